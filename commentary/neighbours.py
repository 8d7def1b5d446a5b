"""Earlier sessions that resembled one: nearest in standardised readings, with what they were called."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from commentary.argument import Neighbour, Neighbours
from commentary.rulebook.judge import judge

if TYPE_CHECKING:
    import numpy as np

    from commentary.tapes import Tapes

_SIGMA = (0.0, 1.0)

VECTOR: Mapping[str, tuple[float, float]] = {
    "sp500.move_z": _SIGMA,
    "nasdaq.move_z": _SIGMA,
    "russell.move_z": _SIGMA,
    "emerging.move_z": _SIGMA,
    "defensives.move_z": _SIGMA,
    "momentum.move_z": _SIGMA,
    "leadership.spread_z": _SIGMA,
    "gold.move_z": _SIGMA,
    "silver.move_z": _SIGMA,
    "copper.move_z": _SIGMA,
    "oil.move_z": _SIGMA,
    "bitcoin.move_z": _SIGMA,
    "bonds.move_z": _SIGMA,
    "ust2y.change_z": _SIGMA,
    "ust10y.change_z": _SIGMA,
    "high_yield.move_z": _SIGMA,
    "dollar.move_z": _SIGMA,
    "yen.move_z": _SIGMA,
    "vix.move_z": _SIGMA,
    "cross_asset.sold_share": (0.0, 0.2),
    "breadth.advancing": (0.5, 0.25),
}
"""Readings that sessions are compared by: where a day without moves stands, and what counts as one σ.

Moves are in σ already; the two shares are divided by their standard deviation, near enough, and set by hand.
"""

COUNT = 5
"""Sessions named."""

COMMON = 12
"""Readings that must be known of both sessions."""

KNOWN_THEN = 0.85
"""Part of the day's known readings that an earlier session must have: fewer make it look nearer than it was."""

APART = 10
"""Sessions that must lie between a neighbour and the day itself, and between two neighbours."""

NO_DATA = "a shipped day stands alone: the nearest sessions need data (--source)"


@dataclass(frozen=True, slots=True)
class Near:
    """A place among rows, its distance, its likeness and how many readings were common."""

    place: int
    distance: float
    likeness: float
    common: int


def neighbours(tapes: Tapes, session: date) -> Neighbours:
    """The nearest sessions before one, so that the page of a day never changes later.

    Sessions within ten of the day are left out, and of sessions within ten of each other the nearest is kept.
    """
    place = bisect_left(tapes.sessions, session)
    found, searched = nearest(_rows(tapes, place + 1), place)
    named = tuple(
        Neighbour(
            tapes.sessions[near.place], _label(tapes, near.place), near.distance, near.likeness, near.common
        )
        for near in found
    )
    reason = "" if named else f"no earlier session shares {COMMON} of the {len(VECTOR)} readings compared"
    return Neighbours(named, searched, tapes.sessions[0], reason)


def nearest(rows: np.ndarray, place: int, count: int = COUNT) -> tuple[list[Near], int]:
    """Rows before ``place`` that lie nearest to it, and how many were compared. ``rows``: sessions × readings in σ.

    Distance is the root mean square difference over the readings known on both sessions. Ties go to the older.
    """
    import numpy as np

    earlier, today = rows[: max(place - APART, 0)], rows[place]
    gaps = earlier - today
    common = (~np.isnan(gaps)).sum(axis=1)
    with np.errstate(invalid="ignore"):
        distances = np.sqrt(np.nansum(gaps * gaps, axis=1) / common)
    least = max(COMMON, KNOWN_THEN * int((~np.isnan(today)).sum()))
    distances[common < least] = np.nan
    chosen = _apart(np.argsort(distances, kind="stable").tolist(), distances, count)
    found = [Near(at, float(distances[at]), _likeness(gaps[at], today), int(common[at])) for at in chosen]
    return found, int((~np.isnan(distances)).sum())


def _apart(order: Sequence[int], distances: np.ndarray, count: int) -> list[int]:
    chosen: list[int] = []
    for place in order:
        if len(chosen) == count or distances[place] != distances[place]:
            break
        if all(abs(place - other) > APART for other in chosen):
            chosen.append(place)
    return chosen


def _likeness(gap: np.ndarray, today: np.ndarray) -> float:
    """1 − distance²/size² over the readings in common: the part of the day's squared moves that was repeated."""
    import numpy as np

    own = today[~np.isnan(gap)]
    size = float(np.sum(own * own))
    return 1 - float(np.nansum(gap * gap)) / size if size else 0.0


def _rows(tapes: Tapes, end: int) -> np.ndarray:
    """The readings of the vector up to a place, centred and in σ; nan where missing or not computed."""
    import numpy as np

    frame = tapes.frame
    rows = np.full((end, len(VECTOR)), np.nan)
    for column, (name, (centre, scale)) in enumerate(VECTOR.items()):
        if name in frame.columns:
            rows[:, column] = (frame.figures[:end, frame.columns[name]] - centre) / scale
    return rows


def _label(tapes: Tapes, place: int) -> str:
    """Label of a session; it does not depend on the sessions before."""
    return judge(tapes.bank.rulebook, tapes.ungated(tapes.sessions[place]), ()).label
