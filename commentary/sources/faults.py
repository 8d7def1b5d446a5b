"""Bars that cannot be taken at their word: what is masked before any average meets it, and why."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

import numpy as np
import numpy.typing as npt

from commentary.sources.bars import PRICES, Days, Floats

Mask = npt.NDArray[np.bool_]

UNIT_POWERS = (-2.0, -1.0, 1.0, 2.0)
"""The powers of ten that a unit is mistaken by."""

UNIT_TOLERANCE = math.log10(1.15)
"""How far, in powers of ten, a jump may be from ×10, ×100, ÷10, ÷100: 15 %."""

UNIT_RETURN = 0.5
"""Powers of ten within which a close is back in the unit of the last good one."""

YIELD_JUMP = 2.0
"""Percentage points: yields near zero do double and halve tenfold; none moves this far in a session."""

RANGE_TOLERANCE = 0.0005
"""A close may lie outside its high and low by this fraction: rounding, and closing auctions printed late."""

REVERSAL_SIGMAS = 12.0
REVERSAL_LEFT = 0.3
"""A move this large that the next session undoes to within this part of it looks like a bad print."""

WINDOW = 63

RATES = frozenset({"yield", "spread"})
INDICES = frozenset({"volatility", "correlation"})


@dataclass(frozen=True)
class Grid:
    """Bars on New York sessions: one array sessions × symbols for each field, nan where there is none.

    ``present`` is where the source had a bar, whatever became of it.
    """

    sessions: Days
    symbols: tuple[str, ...]
    columns: Mapping[str, Floats]
    present: Mask


@dataclass(frozen=True)
class Found:
    """A bar that a check found wanting: the symbol, the session, which check, and what it saw."""

    symbol: str
    session: date
    kind: str
    detail: str


def cleaned(grid: Grid, kinds: Mapping[str, str]) -> tuple[Grid, tuple[Found, ...]]:
    """The grid with bars masked that repeat the session before, or jump by a power of ten.

    The open, high and low of a bar whose range is impossible are masked; a jump that the next session takes
    back is only told, on that next session. ``kinds``: symbol → kind of instrument.
    """
    rates = np.array([kinds[symbol] in RATES for symbol in grid.symbols], bool)
    priced = np.array([kinds[symbol] not in RATES | INDICES for symbol in grid.symbols], bool)
    jumped = unit_jumps(grid.columns["close"], rates)
    repeated = repeats(grid.columns, priced)
    impossible = impossible_ranges(grid.columns)
    turned = reversals(np.where(jumped | repeated, np.nan, grid.columns["close"])) & priced
    good = filled(np.where(jumped, np.nan, grid.columns["close"]))
    found = (
        *_found(grid, jumped, "unit_jump", partial(_jump_text, good)),
        *_found(grid, repeated & ~jumped, "repeated", _repeat_text),
        *_found(grid, impossible, "impossible", _range_text),
        *_found(grid, turned, "reversal", _turn_text),
    )
    columns = {name: np.where(jumped | repeated, np.nan, column) for name, column in grid.columns.items()}
    columns |= {name: np.where(impossible, np.nan, columns[name]) for name in ("open", "high", "low")}
    return Grid(grid.sessions, grid.symbols, columns, grid.present), found


def unit_jumps(close: Floats, rates: Mask) -> Mask:
    """Where a close is ten or a hundred times, or a tenth or a hundredth of, what it was: another unit.

    Marked from such a jump until a close is back near the last one before it. ``rates`` marks the columns
    of yields and spreads, where the jump must also be YIELD_JUMP large.
    """
    before = np.vstack([np.full(close.shape[1], np.nan), filled(close)[:-1]])
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = close / before
        powers = np.log10(np.where((ratio > 0) & np.isfinite(ratio), ratio, np.nan))
    suspect = (np.abs(powers - np.rint(powers)) <= UNIT_TOLERANCE) & (np.rint(powers) != 0)
    marked = np.zeros(close.shape, bool)
    for column in np.flatnonzero(suspect.any(axis=0)):
        marked[:, column] = _jumped(close[:, column].tolist(), bool(rates[column]))
    return marked


def _jumped(closes: list[float], rate: bool) -> list[bool]:
    marked: list[bool] = []
    good, away = math.nan, False
    for close in closes:
        power = math.log10(close / good) if close * good > 0 else math.nan
        if away and not math.isnan(close):
            away = abs(close - good) > YIELD_JUMP if rate else not abs(power) < UNIT_RETURN
        elif abs(power - _nearest(power)) <= UNIT_TOLERANCE and (not rate or abs(close - good) > YIELD_JUMP):
            away = True
        good = good if away or math.isnan(close) else close
        marked.append(away and not math.isnan(close))
    return marked


def _nearest(power: float) -> float:
    return min(UNIT_POWERS, key=lambda known: abs(power - known))


def repeats(columns: Mapping[str, Floats], priced: Mask) -> Mask:
    """Where open, high, low, close and volume are those of the session before: the feed stood still.

    A series of closes alone may repeat. So may a flat bar, unless it is of something traded whose volume is
    known (zero: nobody traded). ``priced`` marks the columns of what is traded.
    """
    same = ~np.isnan(columns["open"])
    for name in ("open", "high", "low", "close"):
        same &= columns[name] == _shifted(columns[name])
    volume, before = columns["volume"], _shifted(columns["volume"])
    unknown = np.isnan(volume) & np.isnan(before)
    moving = columns["high"] != columns["low"]
    return np.asarray(same & (((volume == before) & (priced | moving)) | (unknown & moving)))


def impossible_ranges(columns: Mapping[str, Floats]) -> Mask:
    """Where the high is below the low, or the open or close outside both beyond RANGE_TOLERANCE."""
    room = np.abs(columns["close"]) * RANGE_TOLERANCE
    high, low = columns["high"] + room, columns["low"] - room
    outside = [(columns[name] > high) | (columns[name] < low) for name in ("open", "close")]
    return np.asarray((columns["high"] < columns["low"]) | outside[0] | outside[1])


def reversals(close: Floats) -> Mask:
    """Where a session takes back a log return beyond REVERSAL_SIGMAS of the 63 sessions before that."""
    with np.errstate(divide="ignore", invalid="ignore"):
        moves = np.diff(np.log(np.where(close > 0, close, np.nan)), axis=0, prepend=np.nan)
    known = ~np.isnan(moves)
    count = _window_sums(known.astype(np.float64))
    squares = _window_sums(np.where(known, moves, 0.0) ** 2)
    with np.errstate(divide="ignore", invalid="ignore"):
        sigma = np.sqrt(np.where(count >= WINDOW // 2, squares / count, np.nan))
    before = _shifted(moves)
    large = np.abs(before) > REVERSAL_SIGMAS * _shifted(sigma)
    return np.asarray(large & (np.abs(before + moves) < REVERSAL_LEFT * np.abs(before)))


def filled(values: Floats) -> Floats:
    """Each column with gaps filled by the last value before; nan before the first."""
    rows = np.where(np.isnan(values), 0, np.arange(len(values))[:, None])
    last = np.maximum.accumulate(rows, axis=0)
    return np.asarray(np.take_along_axis(values, last, axis=0))


def _window_sums(values: Floats) -> Floats:
    """Sums of the WINDOW rows before each row."""
    total = np.vstack([np.zeros(values.shape[1]), np.cumsum(values, axis=0)])[:-1]
    early = np.vstack([np.zeros((min(WINDOW, len(total)), values.shape[1])), total[:-WINDOW]])
    return np.asarray(total - early)


def _shifted(values: Floats) -> Floats:
    return np.vstack([np.full(values.shape[1], np.nan), values[:-1]])


def _found(grid: Grid, mask: Mask, kind: str, text: Callable[[Grid, int, int], str]) -> Iterator[Found]:
    for row, column in np.argwhere(mask):
        day: date = grid.sessions[row].item()
        yield Found(grid.symbols[column], day, kind, text(grid, row, column))


def _jump_text(good: Floats, grid: Grid, row: int, column: int) -> str:
    close = grid.columns["close"][row, column]
    return f"close {close:g} after {good[row, column]:g}: another unit"


def _repeat_text(grid: Grid, row: int, column: int) -> str:
    return f"the bar is that of {grid.sessions[row - 1]} again"


def _range_text(grid: Grid, row: int, column: int) -> str:
    values = {name: grid.columns[name][row, column] for name in PRICES[:4]}
    return "impossible range: " + ", ".join(f"{name} {value:g}" for name, value in values.items())


def _turn_text(grid: Grid, row: int, column: int) -> str:
    before, at, after = grid.columns["close"][row - 2 : row + 1, column]
    return f"the close before, {at:g} between {before:g} and {after:g}, was perhaps a bad print"
