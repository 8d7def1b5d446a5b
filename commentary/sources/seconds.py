"""Second opinions on the sessions' bars: where two series that should tell the same do not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from commentary.cross_checks import CrossCheck
from commentary.disputes import OWN, Dispute, Side
from commentary.sources.bars import Days, Floats, Indices
from commentary.sources.faults import Found, Grid, Mask
from commentary.universe import STORE

SCALES = {"bp": 100.0, "points": 1.0, "percent": 100.0}
"""From what is compared to a tolerance's unit: yields are in percent, returns fractions."""

ROUNDING = 1e-9
"""Decimals of a feed are binary fractions here: a difference of exactly the tolerance is within it."""

SECONDS_NEEDED = 2
"""Series that must contradict a bar, and none bear it out, before it is not taken at its word; one of them must
give the very same figure by another way: two funds that follow an index err together in a panic."""


@dataclass(frozen=True)
class Compared:
    """A check over the sessions: what each side says (n,), where both say something, where they disagree."""

    check: CrossCheck
    left: Floats
    right: Floats
    known: Mask
    apart: Mask


def compared(grid: Grid, checks: Iterable[CrossCheck]) -> tuple[Compared, ...]:
    """Every check whose two symbols are in the grid."""
    places = {symbol: place for place, symbol in enumerate(grid.symbols)}
    return tuple(
        _compared(grid, check, places[check.left.symbol], places[check.right.symbol])
        for check in checks
        if check.left.symbol in places and check.right.symbol in places
    )


def _compared(grid: Grid, check: CrossCheck, left: int, right: int) -> Compared:
    one, other = _said(grid, check.on, left), _said(grid, check.on, right)
    with np.errstate(invalid="ignore"):
        gap = np.abs(one - other) * SCALES[check.unit]
        apart = gap > check.tolerance * (1 + ROUNDING)
    return Compared(check, one, other, ~np.isnan(gap), apart)


def _said(grid: Grid, on: str, place: int) -> Floats:
    """Levels (n,), their changes since the session before, or returns; those with dividends where they are
    known, as a fund's price falls by what it pays and an index's does not."""
    close, total = grid.columns["close"][:, place], grid.columns["adj_close"][:, place]
    if on == "level":
        return np.asarray(close)
    before = np.concatenate([[np.nan], close[:-1]])
    if on == "change":
        return np.asarray(close - before)
    paid = np.concatenate([[np.nan], total[:-1]])
    whole = ~np.isnan(total) & ~np.isnan(paid)
    now, base = np.where(whole, total, close), np.where(whole, paid, before)
    sound = (now > 0) & (base > 0)
    return np.asarray(np.divide(now, base, out=np.full(len(now), np.nan), where=sound) - 1)


def believed(grid: Grid, opinions: Iterable[Compared]) -> tuple[Grid, tuple[Found, ...]]:
    """The grid without the bars that SECONDS_NEEDED series contradict and none bears out.

    Nothing is put in their place: what reads them is missing.
    """
    columns = {name: column.copy() for name, column in grid.columns.items()}
    found: list[Found] = []
    places = {symbol: place for place, symbol in enumerate(grid.symbols)}
    for symbol, heard in _heard(opinions).items():
        for row in np.flatnonzero(heard.contradicted):
            close = grid.columns["close"][row, places[symbol]]
            detail = f"the close, {close:g}, is contradicted by {' and by '.join(heard.others)}"
            found.append(Found(symbol, grid.sessions[row].item(), "contradicted", detail))
            for column in columns.values():
                column[row, places[symbol]] = np.nan
    return Grid(grid.sessions, grid.symbols, columns, grid.present), tuple(found)


@dataclass(frozen=True)
class _Heard:
    """What was heard of a symbol (n,): how many contradict it, how many of them by the same figure, how many bear
    it out; and the symbols of all that could."""

    against: Indices
    same: Indices
    borne_out: Indices
    others: tuple[str, ...] = ()

    @property
    def contradicted(self) -> Mask:
        """Where it is not to be believed."""
        return np.asarray((self.against >= SECONDS_NEEDED) & (self.same > 0) & (self.borne_out == 0))


def _heard(opinions: Iterable[Compared]) -> dict[str, _Heard]:
    found: dict[str, _Heard] = {}
    for one in opinions:
        sides = (one.check.left.symbol, one.check.right.symbol)
        apart, known = one.apart.astype(np.intp), one.known.astype(np.intp)
        same = apart * (one.check.on == "level")
        none = np.zeros_like(apart)
        for symbol, other in (sides, sides[::-1]):
            had = found.get(symbol, _Heard(none, none, none))
            sums = (had.against + apart, had.same + same, had.borne_out + known - apart)
            found[symbol] = _Heard(*sums, (*had.others, other))
    return found


def disputes(opinions: Iterable[Compared], sessions: Days, origin: Origin) -> tuple[Dispute, ...]:
    """Every disagreement, by check, then session."""
    return tuple(item for one in opinions for item in _disputes(one, sessions, origin))


@dataclass(frozen=True)
class Origin:
    """Where bars come from: the source's name, and the days of each symbol that a user's folder has."""

    source: str
    own: Mapping[str, frozenset[date]]

    def of(self, symbol: str, feed: str, day: date) -> str:
        """Source of one bar."""
        if day in self.own.get(symbol, ()):
            return OWN
        return feed if self.source == STORE else self.source


def _disputes(one: Compared, sessions: Days, origin: Origin) -> Iterator[Dispute]:
    check = one.check
    for row in np.flatnonzero(one.apart):
        day: date = sessions[row].item()
        left, right = (
            Side(second.symbol, origin.of(second.symbol, second.feed, day), float(values[row]))
            for second, values in ((check.left, one.left), (check.right, one.right))
        )
        yield Dispute(check.name, day, check.on, check.unit, left, right, check.tolerance, check.lag)
