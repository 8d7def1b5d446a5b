"""The ledger beside plain rules: the same figures on the same days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from commentary.evaluation.calls import Calls, event_pairs, panel_pairs
from commentary.evaluation.labels import Event, PanelDay
from commentary.evaluation.panels import agreement
from commentary.evaluation.scores import FORCED, decided, forced, label_right, sure, top_right
from commentary.evaluation.shares import SHARE_COLUMNS, Share, share
from commentary.evaluation.sheets import Sheet, Value

NOTE = (
    "(a) S&P below −2 % forced, Nasdaq and Dow more than 1.25 points apart rotation, S&P above +2 % relief, "
    "else quiet; (b) the same, where a fall is a flight to safety unless gold fell; (c) among falls S&P z + 1.5 × "
    "haven z, then a rise in σ relief, then the gap rotation, else quiet; its cuts chosen with each year left out. "
    "A rule's class is its label, the ledger's the strongest of the six; its points were set "
    "with these days in view. Low and high are Wilson's interval at 95 %."
)


def beside_sheet(
    events: Sequence[Event], panel: Sequence[PanelDay], forecasters: Mapping[str, Calls]
) -> Sheet:
    """One row a figure and forecaster."""
    found = {name: _figures(events, panel, calls) for name, calls in forecasters.items()}
    figures = next(iter(found.values()))
    rows: list[dict[str, Value]] = [
        {"forecaster": name, **found[name][figure].row(figure)} for figure in figures for name in found
    ]
    return Sheet("plain", "Beside plain rules", NOTE, ("forecaster", *SHARE_COLUMNS), rows)


def _figures(events: Sequence[Event], panel: Sequence[PanelDay], calls: Calls) -> dict[str, Share]:
    labelled, uncurated = event_pairs(events, calls), panel_pairs(panel, calls)
    found = {
        "class right, all": top_right(labelled),
        "class right, high confidence": top_right(sure(labelled)),
        "verdict right, all": label_right(labelled),
        "forced recall": forced(labelled).recall,
        "forced precision, days not mixed": forced(decided(labelled)).precision,
        "sessions called forced": share(call.label == FORCED for call in calls.values()),
    }
    if uncurated:
        found["panel: label is the majority's"] = agreement(uncurated)
        found["panel: forced confirmed"] = forced(uncurated).precision
    return found
