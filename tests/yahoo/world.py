"""The market that the loopback server answers from: series of every symbol, and a clock that a test sets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import numpy as np

from commentary import calendar
from commentary.sources.bars import FIELDS, Bars, Floats
from commentary.universe import Universe
from tests.yahoo.fred import Figures, published
from tests.yahoo.listings import listed, stocks_of, symbols_of
from tests.yahoo.series import Series
from tests.yahoo.simulated import Simulated, Span

EXTRAS = ("ES=F", "NQ=F", "^DJI", "JPY=X", "EURUSD=X", "DX-Y.NYB", "IEI", "BITO", "IBIT", "ETHA")
"""Symbols that Yahoo has beside those of the universe."""

FROM_FRED = {"^FVX": "DGS5", "^TYX": "DGS30", "2YY=F": "DGS2", "^TNX": "DGS10", "^IRX": "DGS3MO"}
"""Symbol → the series that it is made from where real bars do not have it."""

TOMORROW = timedelta(days=6)
"""Bars run this far beyond the last day, so that nights and weekends have something in progress."""


@dataclass
class World:
    """Everything that Yahoo and FRED could ever answer, and the moment at which they are asked.

    ``gone``: symbols that are delisted.
    """

    series: Mapping[str, Series]
    figures: Figures
    stocks: frozenset[str] = frozenset()
    now: datetime = field(default_factory=lambda: datetime(2026, 6, 10, 21, 30, tzinfo=UTC))
    gone: set[str] = field(default_factory=set)

    def __contains__(self, symbol: object) -> bool:
        return symbol in self.series and symbol not in self.gone

    def __getitem__(self, symbol: str) -> Series:
        return self.series[symbol]

    def price(self, symbol: str, now: datetime | None = None) -> float:
        """Last price at a moment, before the splits to come."""
        moment = now or self.now
        series = self[symbol]
        return series.at(series.days[series.begun(moment) - 1], moment).close

    def bars(self, symbols: Iterable[str] = ()) -> Bars:
        """Finished daily bars, as one feed of all symbols would have them: what a clean answer amounts to."""
        chosen = [symbol for symbol in symbols or self.series if symbol in self]
        parts = [self._finished(symbol) for symbol in chosen]
        columns = {name: np.concatenate([part[1][name] for part in parts]) for name in FIELDS}
        codes = np.concatenate([np.full(len(part[0]), code, np.intp) for code, part in enumerate(parts)])
        days = np.concatenate([np.array(part[0], "datetime64[D]") for part in parts])
        return Bars(days, codes, tuple(chosen), columns, "yahoo")

    def _finished(self, symbol: str) -> tuple[list[date], dict[str, Floats]]:
        series = self[symbol]
        days = [day for day in series.days if series.listing.final(day) <= self.now]
        found = series.daily(self.now)
        return days, {name: values[: len(days)] for name, values in found.items()}

    def published(self, name: str) -> list[tuple[date, float | None]] | None:
        """FRED's values of a series that are out by now; None where FRED has no such series."""
        return published(self.figures, name, self.now)


def simulated(
    universe: Universe,
    span: Span,
    extras: Iterable[str] = (),
    splits: Mapping[str, Mapping[date, float]] | None = None,
) -> World:
    """A world grown from a seed, with every symbol that the universe names for Yahoo, and the extras.

    ``span``: the days to be asked about; bars go on for a few days more. ``splits``: symbol → first day at the
    new price → new shares for one.
    """
    market = Simulated(Span(span.first, span.last + TOMORROW, span.seed), splits)
    series = market.series(dict.fromkeys((*symbols_of(universe), *EXTRAS, *extras)))
    now = calendar.close_at(_session(span.last)) + timedelta(minutes=90)
    return World(series, Figures.simulated(market), frozenset(stocks_of(universe)), now.astimezone(UTC))


def backed(universe: Universe, bars: Bars) -> World:
    """A world of real bars: what they lack has no answer, except for yields, which are made from FRED's."""
    held = {symbol: code for code, symbol in enumerate(bars.symbols)}
    lines = {symbol: FROM_FRED.get(symbol, "") for symbol in (*symbols_of(universe), *EXTRAS)}
    series = {
        symbol: _real(bars, held[symbol if symbol in held else lines[symbol]], symbol)
        for symbol in lines
        if symbol in held or lines[symbol] in held
    }
    last = max(one.days[-1] for one in series.values())
    now = calendar.close_at(_session(last)) + timedelta(minutes=90)
    return World(series, Figures.real(bars), frozenset(stocks_of(universe)), now.astimezone(UTC))


def _real(bars: Bars, code: int, symbol: str) -> Series:
    listing = listed(symbol)
    rows = np.flatnonzero(bars.codes == code)
    kept = [row for row in rows.tolist() if listing.trades(bars.days[row].item())]
    close = bars.columns["close"][kept]
    columns = {
        name: np.where(np.isnan(bars.columns[name][kept]), close, bars.columns[name][kept])
        for name in ("open", "high", "low")
    }
    volume = np.nan_to_num(bars.columns["volume"][kept])
    days = tuple(day.item() for day in bars.days[kept])
    return Series(listing, days, columns | {"close": close, "volume": volume})


def _session(day: date) -> date:
    return day if calendar.is_session(day) else calendar.previous_session(day)
