"""Whether a session can be written about: every input's state, and the reasons to hold the note."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
import pandas as pd

from commentary import calendar
from commentary.errors import HeldError
from commentary.market import Flag, Market
from commentary.model import InputStatus
from commentary.universe import Instrument, Universe

SECTORS_NEEDED = 7
"""Of the nine sector funds: METHOD's must-have inputs."""

STOCKS_NEEDED = 40

VOLUME_COLLAPSE = 0.2
"""Of the 20-session median: an ordinary session has never so little, an unfinished bar has."""

USABLE = frozenset({"fresh", "carried"})


def gate(market: Market, universe: Universe, session: date, now: datetime) -> tuple[InputStatus, ...]:
    """State of every instrument on a settled session, in the universe's order.

    ``now``: the clock, with a time zone. Raises HeldError with all reasons not to write about the session:
    no session, not settled, not in the data, a must-have input missing or stale.
    """
    must_be_settled(session, now)
    found = statuses(market, universe, session)
    reasons = unmet(found, universe)
    if reasons:
        raise HeldError(f"no note for {session}:\n" + "\n".join(f"  {reason}" for reason in reasons))
    return found


def must_be_settled(session: date, now: datetime) -> None:
    """Raises HeldError for a day that is no New York session, or one whose prices may still change."""
    if not calendar.is_session(session):
        before, after = calendar.previous_session(session), calendar.next_session(session)
        said = calendar.describe(session)
        raise HeldError(f"{session} is no New York session ({said}); the nearest are {before} and {after}")
    if not calendar.is_settled(session, now):
        close = calendar.close_at(session)
        wait = calendar.SETTLES_AFTER.seconds // 60
        raise HeldError(
            f"the session of {session} is not settled: it closes at {close:%H:%M} New York, its prices are "
            f"taken {wait} minutes later; now is {now.astimezone(close.tzinfo):%Y-%m-%d %H:%M}"
        )


def statuses(market: Market, universe: Universe, session: date) -> tuple[InputStatus, ...]:
    """State of every instrument on a session. Raises HeldError where the data do not cover it."""
    if not covers(market, session):
        first, last = market.sessions[0].date(), market.sessions[-1].date()
        raise HeldError(f"{session} is not in the data, which run from {first} to {last}")
    day = _Day(market, universe, session)
    return tuple(day.status(item) for item in universe.instruments.values())


def covers(market: Market, session: date) -> bool:
    """Whether the market has a row for the session."""
    return pd.Timestamp(session) in market.sessions


def unmet(found: tuple[InputStatus, ...], universe: Universe) -> tuple[str, ...]:
    """Must-have inputs that are missing or stale, each with its reason."""
    states = {status.instrument: status for status in found}
    reasons = [
        _said(universe[key], states[key])
        for key, item in universe.instruments.items()
        if item.must and states[key].status not in USABLE
    ]
    for need, members in universe.must_any.items():
        if not any(states[key].status in USABLE for key in members):
            why = "; ".join(_said(universe[key], states[key]) for key in members)
            reasons.append(f"{need.replace('_', ' ')}: {why}")
    sectors = [key for key in universe.of("sector") if states[key].status not in USABLE]
    usable = len(universe.of("sector")) - len(sectors)
    if usable < SECTORS_NEEDED:
        why = "; ".join(_said(universe[key], states[key]) for key in sectors)
        reasons.append(f"only {usable} sectors, {SECTORS_NEEDED} wanted: {why}")
    return tuple(reasons)


def holds(market: Market, universe: Universe) -> dict[date, tuple[str, ...]]:
    """Every session of the market that a must-have input holds, with the reasons."""
    usable = market.close.notna() & (market.returns.notna() | (market.age > 0))
    musts = [key for key, item in universe.instruments.items() if item.must]
    sound = usable[musts].all(axis=1)
    for members in universe.must_any.values():
        sound &= usable[list(members)].any(axis=1)
    sound &= usable[list(universe.of("sector"))].sum(axis=1) >= SECTORS_NEEDED
    days = [stamp.date() for stamp in market.sessions[np.flatnonzero(~sound.to_numpy())]]
    return {day: unmet(statuses(market, universe, day), universe) for day in days}


def last_session(market: Market, now: datetime) -> date:
    """The last session of the market that is settled at ``now``. Raises HeldError where none is."""
    for stamp in reversed(market.sessions):
        day: date = stamp.date()
        if calendar.is_settled(day, now):
            return day
    raise HeldError(f"no session in the data is settled at {now.isoformat()}")


def stock_list(market: Market, universe: Universe, session: date) -> str:
    """What the data line says of the stock list; empty where every stock has a price of the session."""
    have = market.stock_close.loc[pd.Timestamp(session)].dropna().index
    lacking = [symbol for symbol in universe.stocks if symbol not in have]
    if not lacking:
        return ""
    count = len(universe.stocks) - len(lacking)
    short = "" if count >= STOCKS_NEEDED else f", fewer than the {STOCKS_NEEDED} that breadth needs"
    return f"{count} of {len(universe.stocks)} stocks{short}; without {', '.join(lacking)}"


def _said(item: Instrument, status: InputStatus) -> str:
    symbol = "" if status.symbol in item.label else f" ({status.symbol})"
    return f"{item.label}{symbol} is {status.status}: {status.detail}"


@dataclass(frozen=True)
class _Day:
    """One session of a market, from which each instrument's state is read."""

    market: Market
    universe: Universe
    session: date

    @property
    def row(self) -> int:
        return int(self.market.sessions.searchsorted(pd.Timestamp(self.session)))

    def status(self, item: Instrument) -> InputStatus:
        state, detail = self._state(item.id)
        listed = next(iter(item.symbols.get(self.market.source, ())), "")
        symbol = self.market.symbol_on(item.id, self.session) or listed
        return InputStatus(item.id, symbol, self.market.source, self._last_bar(item.id), state, detail)

    def _state(self, key: str) -> tuple[str, str]:
        close, age = self._at("close", key), self._at("age", key)
        if np.isnan(close):
            return self._without_value(key)
        if age > 0:
            name = self.universe[key].session
            return "carried", f"from {self._last_bar(key)} over {calendar.describe(self.session, name)}"
        if np.isnan(self._at("returns", key)):
            return "missing", self._without_return(key)
        return "fresh", "; ".join(self._remarks(key))

    def _without_value(self, key: str) -> tuple[str, str]:
        for flag in self._flags(key, self.session):
            return ("stale" if flag.kind == "repeated" else "missing"), flag.detail
        own = self.universe[key].session
        if own in calendar.EXCHANGES and not calendar.is_session(self.session, own):
            return "missing", f"{own} {calendar.describe(self.session, own)}"
        if (last := self._last_bar(key)) is not None:
            return "stale", f"last bar {last}"
        if (start := self.market.close[key].first_valid_index()) is not None:
            return "missing", f"starts {pd.Timestamp(str(start)).date()}"
        return "missing", "not in the source"

    def _without_return(self, key: str) -> str:
        last = self._last_bar(key, self.row)
        if last is None:
            return "first bar, no return yet"
        if self.market.symbol_on(key, last) != (symbol := self.market.symbol_on(key, self.session)):
            return f"first bar of {symbol}, no return yet"
        own = self.universe[key].session
        before = calendar.previous_session(self.session, own if own in calendar.EXCHANGES else "XNYS")
        if last < before:
            return f"no bar that holds between {last} and this one: the return would span several sessions"
        return "a price that is not above zero has no return"

    def _remarks(self, key: str) -> Iterator[str]:
        yield from (flag.detail for flag in self._flags(key, self.session))
        if self.universe[key].session != "XNYS":
            return
        row = self.row
        window = self.market.volume[key].to_numpy()[max(0, row - 20) : row + 1]
        if np.isnan(window[-1]) or np.isnan(window[:-1]).all() or calendar.is_half_day(self.session):
            return
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)
            usual = float(np.nanmedian(window[:-1]))
        if window[-1] < VOLUME_COLLAPSE * usual:
            yield f"volume {window[-1] / usual:.2f} of its 20-session median: perhaps an unfinished bar"

    def _flags(self, key: str, day: date) -> list[Flag]:
        return [flag for flag in self.market.flags if flag.instrument == key and flag.session == day]

    def _at(self, frame: str, key: str) -> float:
        return float(getattr(self.market, frame)[key].to_numpy()[self.row])

    def _last_bar(self, key: str, stop: int | None = None) -> date | None:
        """Day of the last bar of its own up to this session, or before a row."""
        end = self.row + 1 if stop is None else stop
        own = np.flatnonzero(self.market.age[key].to_numpy()[:end] == 0)
        return self.market.sessions[own[-1]].date() if len(own) else None
