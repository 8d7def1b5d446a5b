"""Were the mended thresholds fitted to the days they were measured on? Each is chosen again with every year left out.

    python scripts/thresholds.py [BARS]

Levels are tried together, on every labelled day that is not mixed and on the panel. For each year the levels that
read most of the other years as labelled are taken, and that year is read with them. Printed: the share right with
the levels that stand in the rules, with the best of all tried, with the worst, and with each year left out. BARS is
``COMMENTARY_MARKET_DATA`` by default; ``events.csv`` and ``panel.csv`` lie beside it. Some minutes.
"""

from __future__ import annotations

import itertools
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
from mended import ROOT
from numpy.typing import NDArray
from verdict_figures import tapes_of

from commentary.evaluation.labels import read_events, read_panel
from commentary.library import Library
from commentary.model import Tape
from commentary.readings import compute
from commentary.rulebook.judge import judge
from commentary.rulebook.load import load_rulebook
from commentary.scale import load_scale
from commentary.sources import load_market
from commentary.universe import load_universe

FORCED, FLIGHT, RATES, ROTATION = (
    f"rules/verdicts/{name}.toml" for name in ("forced_exit", "flight_to_safety", "rates_led", "rotation")
)
STANDING = (0.6, 1.75, 0.85, 1.5)
LEVELS = ((0.5, 0.6, 0.7, 0.85), (1.4, 1.6, 1.75, 1.9, 2.1), (0.6, 0.75, 0.85, 1.0), (1.25, 1.5, 1.75))
"""Shelter, dumping, bonds sold on a rates-led day, the second spread of a rotation: σ."""

Levels = tuple[float, float, float, float]


def rules(levels: Levels, folder: Path) -> Library:
    """The rules with other levels in the place of those that stand there."""
    shelter, dumped, bonds, second = levels
    edits: Mapping[str, tuple[tuple[str, str], ...]] = {
        FORCED: (
            ("tape.shelter < 0.6", f"tape.shelter < {shelter}"),
            ("tape.dumped >= 1.75", f"tape.dumped >= {dumped}"),
        ),
        FLIGHT: (("tape.shelter >= 0.6", f"tape.shelter >= {shelter}"),),
        RATES: (("bonds.move_z <= -0.85", f"bonds.move_z <= -{bonds}"),),
        ROTATION: (("second_z >= 1.5", f"second_z >= {second}"),),
    }
    for name, changes in edits.items():
        text = (ROOT / name).read_text(encoding="utf-8")
        for now, then in changes:
            if now not in text:
                raise SystemExit(f"{name}: wanted {now!r}, the level that stands there")
            text = text.replace(now, then)
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Library((folder,))


def right(levels: Levels, tapes: list[Tape], wanted: Mapping[date, str]) -> NDArray[np.bool_]:
    """Which days are read as labelled; labels do not look back, so each day is judged alone."""
    with tempfile.TemporaryDirectory() as folder:
        book = load_rulebook(rules(levels, Path(folder)))
    return np.array([judge(book, tape, ()).label == wanted[tape.session] for tape in tapes])


def labelled(folder: Path) -> dict[date, str]:
    """Labelled days that are not mixed, and the panel's majorities."""
    found = {event.session: event.label for event in read_events(folder / "events.csv")}
    found |= {day.session: day.majority for day in read_panel(folder / "panel.csv")}
    return {day: label for day, label in found.items() if label != "mixed"}


def days_of(bars: Path, wanted: Mapping[date, str]) -> Iterator[Tape]:
    """Tapes of the labelled days."""
    library = Library()
    universe, scale = load_universe(library), load_scale(library)
    readings = compute(load_market(str(bars), universe, scale, datetime.now(UTC)), universe, scale)
    names = load_rulebook(library).readings
    yield from (tape for tape in tapes_of(readings, names) if tape.session in wanted)


def main(arguments: list[str]) -> None:
    """Print the four shares."""
    bars = Path(arguments[0] if arguments else os.environ["COMMENTARY_MARKET_DATA"])
    wanted = labelled(bars.parent)
    tapes = list(days_of(bars, wanted))
    tried: list[Levels] = list(itertools.product(*LEVELS))
    table = np.array([right(levels, tapes, wanted) for levels in tried])
    years = np.array([tape.session.year for tape in tapes])
    out = np.zeros(len(tapes), bool)
    for year in np.unique(years):
        others = years != year
        out[~others] = table[table[:, others].sum(axis=1).argmax(), ~others]
    best = table.sum(axis=1).argmax()
    print(f"{len(tried)} combinations of levels on {len(tapes)} days")
    print(f"as they stand {STANDING}: {table[tried.index(STANDING)].mean():.3f}")
    print(f"best of all {tried[best]}: {table[best].mean():.3f}")
    print(f"worst of all: {table.mean(axis=1).min():.3f}")
    print(f"each year left out: {out.mean():.3f}")


if __name__ == "__main__":
    main(sys.argv[1:])
