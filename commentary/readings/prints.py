"""Prints of the day against what was expected, and the tally of the last sessions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from commentary.macro import MacroEvent
from commentary.model import ReadingSpec
from commentary.readings._context import Context
from commentary.readings._protocol import Blocks, Setting
from commentary.units import Unit

NEEDS: tuple[str, ...] = ()

SESSIONS = 10
CLIP = 5.0
"""Most that one surprise counts, in usual ones."""

LEAST = 3
"""Prints against an expectation within the sessions, below which there is no tally."""

_UNITS = {"count": Unit.COUNT, "percent": Unit.PERCENT, "points": Unit.POINTS}
_TALLIES: Mapping[str, tuple[str, int, str]] = {
    "count_up": ("growth", 1, "stronger than expected"),
    "count_down": ("growth", -1, "weaker than expected"),
    "count_hot": ("prices", 1, "hotter than expected"),
    "count_cool": ("prices", -1, "cooler than expected"),
}


def declare(setting: Setting) -> Iterable[ReadingSpec]:
    """By event the print, what was expected, what it was before, the surprise; the tally over all."""
    day = "1 session"
    for name, event in setting.scale.macro.events.items():
        unit = _UNITS[event.unit]
        bounds = (-1e8, 1e8) if event.unit == "count" else (-100.0, 200.0)
        for measure, source in (
            ("actual", "as the calendar of events has it, on the day of the print"),
            ("consensus", "what that calendar expected of it"),
            ("previous", "what it was the time before, as that calendar has it"),
        ):
            yield ReadingSpec(f"{name}.{measure}", unit, day, (), 0, *bounds, source)
        sign = "" if event.sign > 0 else "minus "
        source = f"{sign}(actual − consensus) / {event.usual:g}, its usual distance; {event.side}"
        yield ReadingSpec(f"{name}.surprise", Unit.RATIO, day, (), 0, -CLIP, CLIP, source)
    window = f"{SESSIONS} sessions"
    for measure, (side, _, words) in _TALLIES.items():
        source = f"prints of {side} {words}; at least {LEAST} of {side} against an expectation"
        yield ReadingSpec(f"surprises.{measure}", Unit.COUNT, window, (), 0, 0, 200, source)
    today = "events of the rules that printed on the session, whatever was expected"
    yield ReadingSpec("surprises.printed_today", Unit.COUNT, "1 session", (), 0, 0, 50, today)
    mean = "mean surprise of the prints of growth, each in its usual distance"
    yield ReadingSpec("surprises.mean_10d", Unit.RATIO, window, (), 0, -CLIP, CLIP, mean)


def compute(context: Context) -> Blocks:
    """Missing on days without the print, or without an expectation of it."""
    events = context.setting.scale.macro.events
    made: dict[str, pd.Series] = {}
    for name, event in events.items():
        for measure in ("actual", "consensus", "previous"):
            found = context.observed(f"{name}.{measure}")
            made[f"{name}.{measure}"] = found.round() if event.unit == "count" else found
        made[f"{name}.surprise"] = _surprise(made, name, event)
    printed = pd.concat([made[f"{name}.actual"] for name in events], axis=1).notna().sum(axis=1)
    made["surprises.printed_today"] = printed.where(printed > 0).astype(float)
    return made | _tally(made, events, context.sessions)


def _surprise(made: Mapping[str, pd.Series], name: str, event: MacroEvent) -> pd.Series:
    gap = (made[f"{name}.actual"] - made[f"{name}.consensus"]) * event.sign / event.usual
    return gap.round(9).clip(-CLIP, CLIP) + 0.0  # minus nought is nought


def _tally(
    made: Mapping[str, pd.Series], events: Mapping[str, MacroEvent], sessions: pd.DatetimeIndex
) -> dict[str, pd.Series]:
    by_side = {
        side: np.column_stack(
            [made[f"{name}.surprise"].to_numpy() for name, event in events.items() if event.side == side]
            or [np.full(len(sessions), np.nan)]
        )
        for side in ("growth", "prices")
    }
    found: dict[str, pd.Series] = {}
    for measure, (side, sign, _) in _TALLIES.items():
        counted = (by_side[side] * sign > 0).sum(axis=1)
        found[f"surprises.{measure}"] = _over(counted, by_side[side], sessions)
    growth = by_side["growth"]
    known = (~np.isnan(growth)).sum(axis=1)
    total = _over(np.nansum(growth, axis=1), growth, sessions)
    found["surprises.mean_10d"] = (
        total / pd.Series(known, index=sessions).rolling(SESSIONS, min_periods=1).sum()
    )
    return found


def _over(counted: np.ndarray, side: np.ndarray, sessions: pd.DatetimeIndex) -> pd.Series:
    """Sum over the last sessions, missing where they had too few prints."""
    known = pd.Series((~np.isnan(side)).sum(axis=1), index=sessions, dtype=float)
    enough = known.rolling(SESSIONS, min_periods=1).sum() >= LEAST
    return (
        pd.Series(counted, index=sessions, dtype=float).rolling(SESSIONS, min_periods=1).sum().where(enough)
    )
