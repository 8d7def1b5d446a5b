"""Tapes made by hand, and the shipped rules read once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from commentary.library import Library
from commentary.model import PastSession, ReadingSpec, Tape
from commentary.rulebook.book import Rulebook
from commentary.rulebook.load import load_rulebook
from commentary.units import Unit

SESSION = date(2024, 3, 5)

SOLD = {
    "sp500.move_z": -2.0,
    "breadth.advancing": 0.08,
    "vix.move_z": 2.5,
}
FORCED = SOLD | {
    "cross_asset.sold_share": 0.6,
    "yen.move_z": -2.0,
    "havens.mean_z": -1.2,
    "gold.move_z": -1.5,
    "bonds.move_z": -1.5,
    "metals.worst_z": -1.5,
    "liquid.sold_z": 2.0,
    "curve.rise_z": 1.6,
    "curve.fall_z": -1.4,
    "tape.pressure": 2.0,
}
FLIGHT = SOLD | {
    "havens.mean_z": 1.4,
    "gold.move_z": 1.5,
    "metals.worst_z": 0.5,
    "bonds.move_z": 1.35,
    "curve.fall_z": 1.5,
}
ROTATION = {
    "sp500.move_z": 0.1,
    "leadership.spread_z": 3.0,
    "leadership.second_z": 2.0,
    "bonds.move_z": 0.0,
    "gold.move_z": 0.0,
    "sectors.one_way": 0.1,
    "sectors.dispersion_ratio": 2.5,
    "breadth.advancing": 0.5,
    "vix.move_z": 0.1,
}
BOUGHT = {"sp500.move_z": 2.0, "breadth.advancing": 0.85, "vix.move_z": -1.2}
STRESSED = {
    "vix.level": 30.0,
    "sp500.drawdown": -0.1,
    "sp500.worst_z_10d": -3.5,
    "tape.pressure_max_5d": 2.5,
}
CALM = {"vix.level": 15.0, "sp500.drawdown": 0.0, "sp500.worst_z_10d": -1.0, "tape.pressure_max_5d": 0.0}
RELIEF = BOUGHT | STRESSED
MELT_UP = BOUGHT | CALM
QUIET = {
    "sp500.move_z": 0.1,
    "leadership.spread_z": 0.8,
    "metals.worst_z": -0.2,
    "vix.move_z": 0.1,
    "cross_asset.turbulence_pct": 0.3,
    "equal_weight.move_z": 0.1,
}
RATES = FORCED | {
    "ust10y.change_z": 2.0,
    "curve.rise_z": 2.0,
    "liquid.unexplained_mean": -0.5,
    "tape.pressure_max_5d": 0.5,
}
TORN = SOLD | {
    "bonds.move_z": 0.96,
    "curve.fall_z": 1.0,
    "gold.move_z": 0.0,
    "metals.worst_z": -1.8,
    "tape.pressure": 2.0,
    "equities.worst_z": -3.5,
    "spy.gap_z": -3.5,
}


@cache
def rules() -> Rulebook:
    """The shipped rules."""
    return load_rulebook(Library())


def tape(values: Mapping[str, float], **more: float) -> Tape:
    """A tape of these readings, each declared from -8 to 8 σ; ``more`` has __ for the dot."""
    given = dict(values) | {name.replace("__", "."): value for name, value in more.items()}
    return Tape(SESSION, given, {name: spec(name) for name in given})


def spec(name: str, low: float = -8.0, high: float = 8.0, unit: Unit = Unit.SIGMA) -> ReadingSpec:
    """A declaration with a range."""
    return ReadingSpec(name, unit, "1 session", (), 0, low, high, "made by hand")


def past(*labels: str) -> tuple[PastSession, ...]:
    """Sessions before, oldest first, each a label and, where it has them, its severity and phase."""
    count = len(labels)
    found = []
    for place, told in enumerate(labels):
        label, severity, phase = (*told.split(), "0", "")[:3] if " " in told else (told, "0", "")
        day = SESSION - timedelta(days=count - place)
        found.append(PastSession(day, label, "won", 0.8, "quiet", int(severity), phase, "sp500"))
    return tuple(found)


def overlay(root: Path, files: Mapping[str, str]) -> Library:
    """The shipped rules with files of an author's over them."""
    for place, text in files.items():
        path = root / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Library((root,))
