"""Calls held against a panel: days that nobody curated, read blind three times."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from commentary.evaluation.calls import Pair
from commentary.evaluation.labels import PanelDay
from commentary.evaluation.scores import forced
from commentary.evaluation.shares import SHARE_COLUMNS, Share, share
from commentary.evaluation.sheets import Sheet

READERS = "abc"


def agreement(pairs: Sequence[Pair]) -> Share:
    """Days whose verdict is the majority's, days with a mixed majority among them."""
    return share(pair.call.label == pair.wanted for pair in pairs)


def either(pairs: Sequence[Pair]) -> Share:
    """Days whose verdict or runner-up is the majority's."""
    return share(pair.wanted in (pair.call.label, pair.call.runner_up) for pair in pairs)


def among_readers(panel: Sequence[PanelDay]) -> dict[str, Share]:
    """Days on which two readings agree, by pair."""
    return {
        f"{READERS[one]} and {READERS[other]}": share(
            day.readings[one] == day.readings[other] for day in panel
        )
        for one, other in combinations(range(len(READERS)), 2)
    }


def panel_sheet(panel: Sequence[PanelDay], pairs: Sequence[Pair]) -> Sheet:
    """Agreement with the majority, beside that of the readings with each other."""
    found = forced(pairs)
    judged = {pair.call.session for pair in pairs}
    own = {
        "verdict is the majority's": agreement(pairs),
        "verdict or runner-up is": either(pairs),
        "forced confirmed": found.precision,
        "forced recalled": found.recall,
    }
    others = among_readers([day for day in panel if day.session in judged])
    rows = [figure.row(name) for name, figure in own.items()]
    rows += [figure.row(f"readings {name} agree") for name, figure in others.items()]
    return Sheet(
        "panel",
        "Days that nobody curated",
        f"{len(pairs)} days read blind three times; the last rows say how far the readings agree among "
        "themselves. Low and high are Wilson's interval at 95 %.",
        SHARE_COLUMNS,
        rows,
    )
