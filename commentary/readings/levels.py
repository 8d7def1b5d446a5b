"""Levels, averages, extremes and streaks of everything that has a price."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pandas as pd

from commentary.model import ReadingSpec
from commentary.readings._context import Context
from commentary.readings._protocol import Blocks, Measure, Setting, family, shifted
from commentary.readings._scaled import flag, streak
from commentary.units import Unit

NEEDS: tuple[str, ...] = ()

AVERAGES = (20, 50, 100, 200)
YEAR, MONTH = 252, 20

LEVEL = Measure("level", Unit.PRICE, "1 session", 0, -100, 1e7, "close")
AT_HIGH = Measure("at_high_252d", Unit.FLAG, "252 sessions", 251, 0, 1, "close is the highest of 252")
AT_RECORD = Measure("at_record", Unit.FLAG, "all sessions", 251, 0, 1, "close is the highest in the data")
STREAK = Measure(
    "streak", Unit.SESSIONS, "all sessions", 1, -200, 200, "returns of one sign in a row, signed"
)

STREAKS = ("streak", "streak_prev")

_EXTREMES = (
    Measure("high_252d_gap", Unit.FRACTION, "252 sessions", 251, -1, 0, "close over highest close, less 1"),
    AT_HIGH,
    shifted(AT_HIGH, "at_high_252d_prev"),
    Measure("at_low_252d", Unit.FLAG, "252 sessions", 251, 0, 1, "close is the lowest of 252"),
    AT_RECORD,
    shifted(AT_RECORD, "at_record_prev"),
    Measure("high_20d", Unit.PRICE, "20 sessions before", 20, -100, 1e7, "highest close of the 20 before"),
    Measure("low_20d", Unit.PRICE, "20 sessions before", 20, -100, 1e7, "lowest close of the 20 before"),
    Measure("above_high_20d", Unit.FLAG, "20 sessions before", 20, 0, 1, "close above the 20 before"),
    Measure("below_low_20d", Unit.FLAG, "20 sessions before", 20, 0, 1, "close below the 20 before"),
    STREAK,
    shifted(STREAK, "streak_prev"),
)


def _averages() -> Iterator[Measure]:
    for days in AVERAGES:
        window, history = f"{days} sessions", days - 1
        yield Measure(f"average_{days}d", Unit.PRICE, window, history, -100, 1e7, "mean of closes")
        yield Measure(f"vs_average_{days}d", Unit.FRACTION, window, history, -1, 9, "close over average − 1")
        yield Measure(f"broke_{days}d", Unit.FLAG, window, days, 0, 1, "close below, before it not below")
        yield Measure(f"regained_{days}d", Unit.FLAG, window, days, 0, 1, "close not below, before it below")


def declare(setting: Setting) -> Iterable[ReadingSpec]:
    """Level, averages and crossings, yearly and monthly extremes, records, streaks."""
    return family(setting.priced, (LEVEL, *_averages(), *_EXTREMES))


def compute(context: Context) -> Blocks:
    """One frame a measure, on linked closes; a price is missing where the symbol is not the last in use.

    What stands in for an instrument has streaks alone.
    """
    ids = context.setting.priced
    linked, close = context.column(context.linked, ids), context.column(context.market.close, ids)
    path = context.column(context.path, ids)
    quoted = context.quoted(ids)
    run = streak(context.returns(ids))
    blocks: dict[str, pd.DataFrame] = {
        "level": close.where(quoted),
        "streak": run,
        "streak_prev": run.shift(1),
    }
    for days in AVERAGES:
        blocks |= _average(days, path, linked.notna(), quoted)
    made = blocks | _month(path, linked, quoted) | _year(path, linked)
    own = context.levels(ids)
    return {name: block if name in STREAKS else block.where(own) for name, block in made.items()}


def _average(
    days: int, path: pd.DataFrame, there: pd.DataFrame, quoted: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    mean = path.rolling(days).mean()
    below = path < mean
    before = below.shift(1, fill_value=False)
    known = there & mean.shift(1).notna()
    return {
        f"average_{days}d": mean.where(quoted),
        f"vs_average_{days}d": (path / mean - 1).where(there),
        f"broke_{days}d": flag(below & ~before, known),
        f"regained_{days}d": flag(before & ~below, known),
    }


def _month(path: pd.DataFrame, linked: pd.DataFrame, quoted: pd.DataFrame) -> dict[str, pd.DataFrame]:
    high, low = path.rolling(MONTH).max().shift(1), path.rolling(MONTH).min().shift(1)
    known = linked.notna() & high.notna()
    return {
        "high_20d": high.where(quoted),
        "low_20d": low.where(quoted),
        "above_high_20d": flag(linked > high, known),
        "below_low_20d": flag(linked < low, known),
    }


def _year(path: pd.DataFrame, linked: pd.DataFrame) -> dict[str, pd.DataFrame]:
    high, low = path.rolling(YEAR).max(), path.rolling(YEAR).min()
    known = linked.notna() & high.notna()
    at_high, at_record = flag(linked >= high, known), flag(linked >= path.cummax(), known)
    return {
        "high_252d_gap": (linked / high - 1).where(known),
        "at_high_252d": at_high,
        "at_high_252d_prev": at_high.shift(1),
        "at_low_252d": flag(linked <= low, known),
        "at_record": at_record,
        "at_record_prev": at_record.shift(1),
    }
