"""Whether a session can be written about: every input's state, and the reasons to hold the note."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import numpy as np
import pandas as pd

from commentary import calendar
from commentary.disputes import OWN
from commentary.errors import HeldError
from commentary.market import Flag, Market
from commentary.model import InputStatus
from commentary.sources import abroad
from commentary.universe import STORE, Instrument, Universe

SECTORS_NEEDED = 7
"""Of the nine sector funds: METHOD's must-have inputs."""

STOCKS_NEEDED = 40

VOLUME_COLLAPSE = 0.2
"""Of the 20-session median: an ordinary session has never so little, an unfinished bar has."""

SPANS = "spans "
"""How a remark begins on a change over sessions of the input's own market that New York did not have."""

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
        if session > last:
            late = "nothing newer has come yet: fetch again, or name another with --date"
            raise HeldError(f"{session} is not in the data, whose last session is {last}; {late}")
        rule = "none before [history] first of rules/scale.toml is read"
        raise HeldError(f"{session} is not in the data, which run from {first} to {last} ({rule})")
    day = _Day(market, session, universe.inputs)
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


class _Day:
    """One session of a market, from which each instrument's state is read."""

    def __init__(self, market: Market, session: date, inputs: str) -> None:
        self.market, self.session, self.evening = market, session, inputs == "evening"
        self.row = int(market.sessions.searchsorted(pd.Timestamp(session)))
        self.close, self.returns, self.age = (self._now(name) for name in ("close", "returns", "age"))
        self.flags = [flag for flag in market.flags if flag.session == session]
        self.volume = self._volume_ratios()

    def status(self, item: Instrument) -> InputStatus:
        state, detail = self._state(item)
        listed = next(iter(item.listed(self.market.source)), "")
        symbol = self.market.symbol_on(item.id, self.session) or listed
        last = self._last_bar(item.id)
        return InputStatus(item.id, symbol, self._source(item, symbol, last), last, state, detail)

    def _source(self, item: Instrument, symbol: str, last: date | None) -> str:
        """Where the instrument's last bar came from: a user's folder, the store's feed, or the source itself."""
        if last in self.market.own.get(item.id, ()):
            return OWN
        return item.feed(symbol) if self.market.source == STORE else self.market.source

    def _now(self, name: str) -> dict[str, float]:
        frame: pd.DataFrame = getattr(self.market, name)
        return dict(zip(frame.columns, frame.to_numpy()[self.row].tolist(), strict=True))

    def _volume_ratios(self) -> dict[str, float]:
        """Volume over the median of the 20 sessions before; nothing on a half day."""
        window = self.market.volume.to_numpy()[max(0, self.row - 20) : self.row + 1]
        known = ~np.isnan(window[-1]) & ~np.isnan(window[:-1]).all(axis=0)
        if not known.any() or calendar.is_half_day(self.session):
            return {}
        ratios = window[-1, known] / np.nanmedian(window[:-1, known], axis=0)
        return dict(zip(self.market.volume.columns[known], ratios.tolist(), strict=True))

    def _state(self, item: Instrument) -> tuple[str, str]:
        if math.isnan(self.close[item.id]):
            return self._without_value(item)
        if self.age[item.id] > 0:
            rested = calendar.describe(self.session, item.session)
            return "carried", f"from {self._last_bar(item.id)} over {rested}"
        if math.isnan(self.returns[item.id]):
            return "missing", self._without_return(item)
        return "fresh", "; ".join(self._remarks(item))

    def _without_value(self, item: Instrument) -> tuple[str, str]:
        if self.evening and item.late and not item.listed(self.market.source):
            return "missing", f"comes {item.available_at}"
        for flag in self._flags(item.id):
            return ("stale" if flag.kind == "repeated" else "missing"), flag.detail
        if item.session in calendar.EXCHANGES and not calendar.is_session(self.session, item.session):
            return "missing", f"{item.session} {calendar.describe(self.session, item.session)}"
        if (last := self._last_bar(item.id)) is not None:
            return "stale", f"last bar {last}"
        if changes := self.market.changes.get(item.id):
            return "missing", f"starts {changes[0][0]}"
        return "missing", "not in the source"

    def _without_return(self, item: Instrument) -> str:
        last = self._last_bar(item.id, self.row)
        if last is None:
            return "first bar, no return yet"
        symbol = self.market.symbol_on(item.id, self.session)
        if self.market.symbol_on(item.id, last) != symbol:
            return f"first bar of {symbol}, no return yet"
        own = item.session if item.session in calendar.EXCHANGES else "XNYS"
        if last < calendar.previous_session(self.session, own):
            return f"no bar that holds between {last} and this one: the return would span several sessions"
        return "a price that is not above zero has no return"

    def _remarks(self, item: Instrument) -> Iterator[str]:
        yield from (flag.detail for flag in self._flags(item.id))
        if item.session in abroad.EXCHANGES:
            closed = calendar.close_at(self.session, item.session)
            yield f"session of {self.session}, closed {closed:%H:%M} New York"
        elif (count := self._spanned(item)) > 1:
            yield f"{SPANS}{count} sessions of its own market"
        ratio = self.volume.get(item.id, 1.0)
        future = self.market.symbol_on(item.id, self.session).endswith("=F")  # its contracts roll
        if ratio < VOLUME_COLLAPSE and item.session == "XNYS" and not future:
            yield f"volume {ratio:.2f} of its 20-session median: perhaps an unfinished bar"

    def _spanned(self, item: Instrument) -> int:
        """Sessions of its own exchange that a change since New York's last one spans."""
        if item.session not in calendar.EXCHANGES or item.session == "XNYS":
            return 1
        since = calendar.previous_session(self.session) + timedelta(1)
        return len(calendar.sessions_between(since, self.session, item.session))

    def _flags(self, key: str) -> list[Flag]:
        return [flag for flag in self.flags if flag.instrument == key]

    def _last_bar(self, key: str, stop: int | None = None) -> date | None:
        """Day of the last bar of its own up to this session, or before a row."""
        if stop is None and self.age[key] == 0:
            return self.session
        end = self.row + 1 if stop is None else stop
        own = np.flatnonzero(self.market.age[key].to_numpy()[:end] == 0)
        return self.market.sessions[own[-1]].date() if len(own) else None
