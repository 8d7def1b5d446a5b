"""Judges real bars and holds the verdicts against labelled days.

Usage: python scripts/verdict_figures.py BARS LABELS
BARS is a folder of bars, LABELS a folder with events.csv and panel.csv.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from verdict_report import judged, verdict_report

from commentary import readings, sources
from commentary.library import Library
from commentary.market import Readings
from commentary.model import Tape
from commentary.rulebook.lint import lint
from commentary.rulebook.load import load_rulebook
from commentary.scale import load_scale
from commentary.universe import load_universe

FIRST = "2005-01-03"


def main(bars: str, labels: Path) -> None:
    """Print what the rules get wrong beside the readings, then accuracy, agreement and base rates."""
    library = Library()
    universe, scale, rulebook = load_universe(library), load_scale(library), load_rulebook(library)
    for problem in lint(rulebook, readings.specs(universe, scale)):
        print(problem)
    market = sources.load_market(bars, universe, scale, datetime.now(UTC))
    computed = readings.compute(market, universe, scale)
    tapes = list(tapes_of(computed, rulebook.readings))
    started = time.process_time()
    verdicts = judged(rulebook, tapes)
    print(
        f"{len(verdicts)} sessions, {(time.process_time() - started) / len(verdicts) * 1000:.2f} ms CPU each"
    )
    verdict_report(labels, verdicts)


def tapes_of(computed: Readings, names: frozenset[str]) -> Iterator[Tape]:
    """One tape a session from 2005 on, with the readings named."""
    frame = computed.values.loc[FIRST:, [name for name in computed.values.columns if name in names]]
    for day, row in zip(frame.index, frame.to_dict("records"), strict=True):
        values = {name: value for name, value in row.items() if value is not None and value == value}
        yield Tape(day.date(), values, computed.specs)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
