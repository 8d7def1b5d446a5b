"""What each mend of the method's list changes: the rules without any of them, then one after the other.

    python scripts/mended.py [BARS]

A mend is undone by putting back the words that stood in its place. Printed after each, in the order in which they
were made: top class, label and log loss (each year left out) on labelled days, forced exits recalled and confirmed,
the panel, the days that the method names, labels a year, and how many labels of all sessions changed. BARS is
``COMMENTARY_MARKET_DATA`` by default; ``events.csv`` and ``panel.csv`` lie beside it.
"""

from __future__ import annotations

import csv
import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from mend_edits import MENDS, Mend
from verdict_figures import tapes_of
from verdict_report import judged

from commentary.evaluation.calls import Calls, calls_of, event_pairs, panel_pairs
from commentary.evaluation.labels import read_events, read_panel
from commentary.evaluation.panels import agreement, either
from commentary.evaluation.probabilities import left_out
from commentary.evaluation.rates import a_year
from commentary.evaluation.scores import forced, label_right, top_right, wrong
from commentary.evaluation.shares import Share
from commentary.library import Library
from commentary.market import Market
from commentary.readings import compute
from commentary.rulebook.load import load_rulebook
from commentary.scale import load_scale
from commentary.sources import load_market
from commentary.universe import load_universe

ROOT = Path(__file__).parents[1]
NAMED = Path(__file__).with_name("named_days.csv")
RATED = ("forced_exit", "rotation", "flight_to_safety", "rates_led", "quiet", "ordinary", "mixed")
COLUMNS = (
    "rules", "top class", "label", "wrong", "log loss", "forced recall", "forced precision", "panel",
    "panel, or runner-up", "forced confirmed", "forced recalled", "named", *RATED, "labels changed",
)  # fmt: skip


def undone(mends: Sequence[Mend], folder: Path) -> Library:
    """The rules without some mends. Raises SystemExit where the words of one are not there any more."""
    texts: dict[str, str] = {}
    for mend in reversed(mends):
        for name, edits in mend.edits.items():
            text = texts.get(name) or (ROOT / name).read_text(encoding="utf-8")
            for now, before in edits:
                if now not in text:
                    raise SystemExit(
                        f"{name}: wanted {now!r}, which mend {mend.name!r} is said to have put there"
                    )
                text = text.replace(now, before, 1)
            texts[name] = text
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Library((folder,))


def calls(library: Library, market: Market) -> Calls:
    """Every session as the rules of a library call it."""
    rulebook = load_rulebook(library)
    readings = compute(market, load_universe(library), load_scale(library))
    return calls_of(judged(rulebook, tapes_of(readings, rulebook.readings)).values())


def row(name: str, found: Calls, before: Calls, labels: Path) -> str:
    """Figures of one state of the rules as a line of a Markdown table."""
    events = event_pairs(read_events(labels / "events.csv"), found)
    panel = panel_pairs(read_panel(labels / "panel.csv"), found)
    later = [call for day, call in found.items() if day.year >= 2006]
    figures: list[Share | float | None] = [
        top_right(events), label_right(events), wrong(events), left_out(events).log,
        forced(events).recall, forced(events).precision, agreement(panel), either(panel),
        forced(panel).precision, forced(panel).recall, _named(found),
    ]  # fmt: skip
    cells = [name, *(f"{_value(figure):.3f}" for figure in figures)]
    cells += [f"{_value(a_year(later, label)):.1f}" for label in RATED]
    cells.append(str(sum(found[day].label != before[day].label for day in before)))
    return "| " + " | ".join(cells) + " |"


def _value(figure: Share | float | None) -> float:
    value = figure.value if isinstance(figure, Share) else figure
    return float("nan") if value is None else value


def _named(found: Mapping[date, object]) -> Share:
    rows = list(csv.DictReader(NAMED.read_text(encoding="utf-8").splitlines()))
    labels = [
        (row["label"], getattr(found.get(date.fromisoformat(row["date"])), "label", "")) for row in rows
    ]
    return Share(sum(wanted == got for wanted, got in labels), len(labels))


def main(arguments: list[str]) -> None:
    """Print the table."""
    bars = Path(arguments[0] if arguments else os.environ["COMMENTARY_MARKET_DATA"])
    library = Library()
    market = load_market(str(bars), load_universe(library), load_scale(library), datetime.now(UTC))
    print("| " + " | ".join(COLUMNS) + " |\n" + "|---" * len(COLUMNS) + "|")
    before: Calls = {}
    for made in range(len(MENDS) + 1):
        with tempfile.TemporaryDirectory() as folder:
            found = calls(undone(MENDS[made:], Path(folder)), market)
        name = MENDS[made - 1].name if made else "none of them"
        print(row(name, found, before or found, bars.parent), flush=True)
        before = found


if __name__ == "__main__":
    main(sys.argv[1:])
