"""From bars under symbols to instruments on New York sessions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from commentary import calendar
from commentary.disputes import Dispute
from commentary.errors import SourceError
from commentary.market import Flag, Market
from commentary.sources import abroad
from commentary.sources.bars import FIELDS, Bars, Days, Floats, Indices
from commentary.sources.faults import INDICES, RATES, Found, Grid, Mask, cleaned
from commentary.sources.implied import with_implied
from commentary.sources.seconds import Origin, believed, compared, disputes
from commentary.sources.splice import spliced
from commentary.universe import Instrument, Universe, implied_by

ALWAYS_OPEN = ("XNYS", "UTC", "FX")
"""Classes that print on every New York session."""


BAR = ("open", "high", "low", "close", "volume")


@dataclass(frozen=True)
class Series:
    """One instrument on the sessions: arrays (n,), and the position in ``symbols`` in use (−1: none)."""

    columns: Mapping[str, Floats]
    symbols: tuple[str, ...]
    used: Indices


def aligned(bars: Bars, universe: Universe, carry: Mapping[str, int]) -> Market:
    """Every instrument of the universe on the New York sessions that the bars cover.

    ``carry``: class of session → how many sessions a value may be carried over holidays of its exchange.
    Raises SourceError where no instrument of the New York session has a bar.
    """
    bars = with_implied(bars, universe)
    sessions = _sessions(bars, universe)
    raw = on_sessions(bars, sessions)
    grid, found = cleaned(raw, _kinds(universe, raw.symbols))
    opinions = compared(grid, universe.checks)
    grid, unbelieved = believed(grid, opinions)
    grid.columns["volume"][grid.columns["volume"] == 0] = np.nan
    positions = {symbol: position for position, symbol in enumerate(grid.symbols)}
    openings = _openings(universe, sessions)
    series: dict[str, Series] = {}
    for key, item in universe.instruments.items():
        symbols = tuple(symbol for symbol in item.listed(bars.source) if symbol in positions)
        picked = _picked(grid, item, [positions[symbol] for symbol in symbols], openings[item.session])
        if item.session in abroad.EXCHANGES:
            picked = _abroad(picked, bars, item.session, sessions)
        series[key] = _carried(picked, openings[item.session], carry.get(item.session, 0))
    apart = disputes(opinions, sessions, Origin(bars.source, bars.own))
    notes = Notes(bars.source, bars.warnings, (*found, *unbelieved), apart, bars.own)
    return _market(grid, series, universe, notes)


@dataclass(frozen=True)
class Notes:
    """What goes beside the numbers: where they come from, and what was said of them."""

    source: str
    warnings: tuple[str, ...]
    found: tuple[Found, ...]
    disputes: tuple[Dispute, ...] = ()
    own: Mapping[str, frozenset[date]] = field(default_factory=dict)


def since(market: Market, first: date) -> Market:
    """The market's sessions from a day on; ``linked`` and ``symbols`` stay as they are over the whole."""
    frames: dict[str, Any] = {
        each.name: value.loc[pd.Timestamp(first) :]
        for each in fields(market)
        if isinstance(value := getattr(market, each.name), pd.DataFrame)
    }
    return replace(market, sessions=pd.DatetimeIndex(frames["close"].index), **frames)


def on_sessions(bars: Bars, sessions: Days) -> Grid:
    """Bars laid out sessions × symbols; bars of other days are left out."""
    rows = np.searchsorted(sessions, bars.days)
    inside = rows < len(sessions)
    inside[inside] = sessions[rows[inside]] == bars.days[inside]
    shape = (len(sessions), len(bars.symbols))
    columns = {name: np.full(shape, np.nan) for name in FIELDS}
    for name, column in columns.items():
        column[rows[inside], bars.codes[inside]] = bars.columns[name][inside]
    return Grid(sessions, bars.symbols, columns, ~np.isnan(columns["close"]))


def moves(close: Floats, kind: str, opened: Mask) -> Floats:
    """Change of a close (n,) since the session before of its own exchange, nan where either is missing.

    Fractions; basis points for yields and spreads; log changes for volatility indices.
    """
    level = close[opened]
    before = np.concatenate([[np.nan], level[:-1]])
    change = np.full(len(close), np.nan)
    if kind in RATES:
        change[opened] = (level - before) * 100
        return change
    sound = (level > 0) & (before > 0)
    ratio = np.divide(level, before, out=np.full(len(level), np.nan), where=sound)
    change[opened] = np.log(ratio) if kind in INDICES else ratio - 1
    return change


def _sessions(bars: Bars, universe: Universe) -> Days:
    inside = {
        symbol
        for item in universe.instruments.values()
        for symbol in item.listed(bars.source)
        if item.session == "XNYS"
    }
    codes = [code for code, symbol in enumerate(bars.symbols) if symbol in inside]
    days = bars.days[np.isin(bars.codes, codes)]
    table = np.array(calendar.sessions("XNYS"), "datetime64[D]")
    covered = table[(table >= days.min()) & (table <= days.max())] if len(days) else table[:0]
    if not len(covered):
        raise SourceError(
            f"no bar on a New York session between {table[0]} and {table[-1]} in the {bars.source}"
        )
    return np.asarray(covered)


def _kinds(universe: Universe, symbols: tuple[str, ...]) -> dict[str, str]:
    kinds: dict[str, str] = {}
    for item in universe.instruments.values():
        kinds |= {symbol: item.kind for names in item.symbols.values() for symbol in names}
    for check in universe.checks:  # what no instrument reads is of the kind of what it is held against
        sides = (check.left.symbol, check.right.symbol)
        for symbol, other in (sides, sides[::-1]):
            kinds.setdefault(symbol, kinds.get(other, "stock"))
    return dict.fromkeys(symbols, "stock") | kinds


def _openings(universe: Universe, sessions: Days) -> dict[str, Mask]:
    classes = {item.session for item in universe.instruments.values()}
    return {name: opened(name, sessions) for name in classes}


def opened(name: str, sessions: Days) -> Mask:
    """On which of the New York sessions a class of instruments has a session of its own.

    Days outside the exchange's table count as open.
    """
    if name in ALWAYS_OPEN:
        return np.ones(len(sessions), bool)
    own = np.array(calendar.sessions(name), "datetime64[D]")
    return np.asarray(np.isin(sessions, own) | (sessions < own[0]) | (sessions > own[-1]))


def _picked(grid: Grid, item: Instrument, positions: list[int], opening: Mask) -> Series:
    """The first symbol in order of preference whose bar was taken at its word, session by session; where none
    was, the first that had one."""
    count = len(grid.sessions)
    symbols = tuple(grid.symbols[position] for position in positions)
    present = grid.present[:, positions] & opening[:, None]
    sound = present & ~np.isnan(grid.columns["close"][:, positions])
    found = np.where(sound.any(axis=1, keepdims=True), sound, present)
    used = np.where(present.any(axis=1), found.argmax(axis=1) if symbols else 0, -1)
    rows = np.flatnonzero(used >= 0)
    columns = {name: np.full(count, np.nan) for name in (*BAR, "returns", "total", "linked", "age")}
    for name in BAR:
        columns[name][rows] = grid.columns[name][:, positions][rows, used[rows]]
    closes, adjusted = (
        np.where(opening[:, None], grid.columns[name][:, positions], np.nan)
        for name in ("close", "adj_close")
    )
    for place in range(len(symbols)):
        mine = used == place
        columns["returns"][mine] = moves(closes[:, place], item.kind, opening)[mine]
        columns["total"][mine] = moves(adjusted[:, place], item.kind, opening)[mine]
    columns["linked"] = spliced(closes, used, difference=item.kind in RATES)
    columns["age"][~np.isnan(columns["close"])] = 0.0
    return Series(columns, symbols, used)


def _abroad(series: Series, bars: Bars, exchange: str, sessions: Days) -> Series:
    """Returns from one session of an exchange abroad to its next; what was paid between is not known."""
    columns = dict(series.columns)
    for place, symbol in enumerate(series.symbols):
        mine = series.used == place
        own = abroad.on_own_sessions(columns["returns"], bars, symbol, (exchange, sessions))
        columns["total"] = np.where(mine & (own != columns["returns"]), np.nan, columns["total"])
        columns["returns"] = np.where(mine, own, columns["returns"])
    return replace(series, columns=columns)


def _carried(series: Series, opening: Mask, limit: int) -> Series:
    columns = {name: column.copy() for name, column in series.columns.items()}
    for row in np.flatnonzero(~opening[1:]) + 1:
        if columns["age"][row - 1] + 1 <= limit:
            columns["age"][row] = columns["age"][row - 1] + 1
            columns["close"][row] = columns["close"][row - 1]
            columns["linked"][row] = columns["linked"][row - 1]
    return Series(columns, series.symbols, series.used)


def _market(grid: Grid, series: Mapping[str, Series], universe: Universe, notes: Notes) -> Market:
    index = pd.DatetimeIndex(grid.sessions.astype("datetime64[s]"), name="session")
    frames = {
        name: pd.DataFrame({key: one.columns[name] for key, one in series.items()}, index=index)
        for name in (*BAR, "returns", "total", "age", "linked")
    }
    changes = {key: _changes(one, grid.sessions) for key, one in series.items()}
    return Market(
        sessions=index,
        **frames,
        stock_close=pd.DataFrame(_stocks(grid, universe.stocks), index=index),
        stock_volume=pd.DataFrame(_columns(grid, universe.stocks, "volume"), index=index),
        symbols={key: change[-1][1] for key, change in changes.items() if change},
        source=notes.source,
        warnings=notes.warnings,
        changes={key: change for key, change in changes.items() if change},
        flags=tuple(_flags(notes.found, series, grid, universe)),
        own={key: days for key, one in series.items() if (days := _own(one, grid.sessions, notes.own))},
        disputes=notes.disputes,
    )


def _changes(series: Series, sessions: Days) -> tuple[tuple[date, str], ...]:
    rows = np.flatnonzero(series.used >= 0)
    places = series.used[rows]
    starts = np.flatnonzero(np.diff(places, prepend=-1))
    return tuple((sessions[rows[start]].item(), series.symbols[places[start]]) for start in starts)


def _own(series: Series, sessions: Days, own: Mapping[str, frozenset[date]]) -> frozenset[date]:
    """Sessions on which the bar in use is one of the user's own, or made from one."""
    days = [_days_of(symbol, own) for symbol in series.symbols]
    return frozenset(
        day
        for day, used in zip(sessions.tolist(), series.used.tolist(), strict=True)
        if used >= 0 and day in days[used]
    )


def _days_of(symbol: str, own: Mapping[str, frozenset[date]]) -> frozenset[date]:
    implied = implied_by(symbol)
    return own.get(implied[0] if implied else symbol, frozenset())


def _columns(grid: Grid, symbols: tuple[str, ...], name: str) -> dict[str, Floats]:
    known = {symbol: position for position, symbol in enumerate(grid.symbols)}
    none = np.full(len(grid.sessions), np.nan)
    return {symbol: grid.columns[name][:, known[symbol]] if symbol in known else none for symbol in symbols}


def _stocks(grid: Grid, symbols: tuple[str, ...]) -> dict[str, Floats]:
    """Adjusted closes of the stocks that have one on every bar, closes of the others: never a mixture."""
    closes = _columns(grid, symbols, "close")
    adjusted = _columns(grid, symbols, "adj_close")
    whole = {
        symbol for symbol, close in closes.items() if not np.isnan(adjusted[symbol][~np.isnan(close)]).any()
    }
    return {symbol: adjusted[symbol] if symbol in whole else close for symbol, close in closes.items()}


def _flags(
    found: tuple[Found, ...], series: Mapping[str, Series], grid: Grid, universe: Universe
) -> list[Flag]:
    """What was found, of the bars in use only."""
    rows = {day: row for row, day in enumerate(grid.sessions.tolist())}
    users: dict[str, list[tuple[str, Indices, int]]] = {}
    for key, item in series.items():
        for place, symbol in enumerate(item.symbols):
            users.setdefault(symbol, []).append((key, item.used, place))
    flags = [
        Flag(one.symbol, one.session, one.kind, one.detail) for one in found if one.symbol in universe.stocks
    ]
    for one in found:
        for key, used, place in users.get(one.symbol, ()):
            if used[rows[one.session]] == place:
                flags.append(Flag(key, one.session, one.kind, one.detail))
    return flags
