"""Hourly bars of what trades around the clock, the split of each day's move, and prices at New York's close."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from commentary import calendar
from commentary.sources.bars import widened
from commentary.sources.collecting import Ask, Collected
from commentary.sources.hour_splits import HOUR, NEW_YORK, Unsplit, agreed, marks_of, priced_at, split
from commentary.sources.observed import Observation
from commentary.sources.store_bars import Daily
from commentary.sources.store_shapes import Hour, Reply
from commentary.sources.yahoo import FEED as YAHOO
from commentary.sources.yahoo import NoBars
from commentary.universe import Universe, marked_by

if TYPE_CHECKING:
    from commentary.sources.yahoo_client import Client

NAME = "hourly"
SOURCE = "yahoo hourly"

FIRST_DAYS = timedelta(days=729)
"""Yahoo refuses hours that are older than 730 days."""

DELAY = timedelta(minutes=15)
"""Prices of futures come this late: an hour's bar is finished when it has ended so long ago."""

AGAIN = timedelta(days=7)
"""Sessions that are split anew, as their hours may have come or changed since."""

COLUMNS = ("Open", "High", "Low", "Close", "Volume")
REQUEST_SECONDS = 10


@dataclass(frozen=True)
class Feed:
    """An instrument whose day is split: the symbol of its hours, whether it trades at every hour of the week,
    and whether its hours are held against the instrument's own daily bars, as those of a contract must be."""

    subject: str
    symbol: str
    steady: bool = False
    held: bool = True


FEEDS = (
    Feed("gold", "GC=F"),
    Feed("silver", "SI=F"),
    Feed("sp500", "ES=F"),
    Feed("bitcoin", "BTC-USD", steady=True, held=False),
)


def collect(ask: Ask) -> Collected:
    """Bank new hours, splits and marks. Raises SourceError where Yahoo cannot be reached."""
    kept, warnings = 0, []
    marked = dict(_marked(ask.universe))
    for symbol in dict.fromkeys([feed.symbol for feed in FEEDS] + [base for base, _ in marked.values()]):
        clocks = {clock for base, clock in marked.values() if base == symbol}
        try:
            kept += ask.store.keep_hourly(symbol, _worth(symbol, clocks, _asked(ask, symbol)), ask.now)
        except NoBars as error:
            warnings.append(f"no hourly bars of {symbol}: {error}")
    for feed in FEEDS:
        if feed.subject in ask.universe.instruments:
            found, warning = _observed(ask, feed)
            kept += ask.store.observe(found, ask.now, SOURCE)
            warnings += [warning] if warning else []
    for name, (base, clock) in marked.items():
        kept += _keep_marks(ask, name, base, clock)
    return Collected(kept, tuple(warnings))


def _marked(universe: Universe) -> Iterator[tuple[str, tuple[str, time]]]:
    """Symbols such as ``BTC-USD@16:00`` that the universe reads, with what they are made from."""
    for item in universe.instruments.values():
        for symbol in (*item.symbols.get(YAHOO, ()), *item.evening.get(YAHOO, ())):
            if mark := marked_by(symbol):
                yield symbol, (mark[0], time.fromisoformat(mark[1]))


def _worth(symbol: str, clocks: set[time], hours: list[Hour]) -> list[Hour]:
    """The hours that are banked: of what is only marked, those that end at its marks."""
    if any(feed.symbol == symbol for feed in FEEDS):
        return hours
    return [hour for hour in hours if datetime.fromtimestamp(hour.stamp + HOUR, NEW_YORK).time() in clocks]


def _asked(ask: Ask, symbol: str) -> list[Hour]:
    """Finished hours of a symbol from the last that is kept on, which is asked for again."""
    oldest = ask.now - FIRST_DAYS
    last = ask.store.hourly(symbol, int(oldest.timestamp()))[-1:]
    first = datetime.fromtimestamp(last[0].stamp, ask.now.tzinfo) if last else oldest
    until = int((ask.now - DELAY).timestamp()) - HOUR
    return [hour for hour in hours_of(_frame(ask.client, symbol, first)) if hour.stamp <= until]


def _frame(client: Client, symbol: str, first: datetime) -> pd.DataFrame:
    ticker = client.ticker(symbol)

    def question() -> pd.DataFrame:
        # Without prepost yfinance throws away what lies outside the hours that Yahoo calls regular.
        frame: pd.DataFrame = ticker.history(
            start=first,
            interval="60m",
            prepost=True,
            auto_adjust=False,
            actions=False,
            timeout=REQUEST_SECONDS,
        )
        return frame

    return client.ask(f"hours of {symbol}", question)


def hours_of(frame: pd.DataFrame) -> list[Hour]:
    """Whole hours of Yahoo's answer, in order; rows off the hour are quotes, rows without a price are none.

    Raises NoBars for what is no history by the hour.
    """
    if not isinstance(frame.index, pd.DatetimeIndex) or frame.index.tz is None or frame.empty:
        raise NoBars("no bars")
    if missing := [name for name in COLUMNS if name not in frame.columns]:
        raise NoBars(f"an answer without {', '.join(missing)}")
    stamps = frame.index.tz_convert("UTC").as_unit("s").asi8
    prices = np.column_stack([widened(frame[name].to_numpy(np.float32)) for name in COLUMNS[:4]])
    volumes = frame["Volume"].to_numpy(np.float64)
    sound = np.isfinite(prices).all(axis=1) & (prices > 0).all(axis=1) & (stamps % HOUR == 0)
    rows = zip(stamps[sound].tolist(), prices[sound].tolist(), volumes[sound].tolist(), strict=True)
    found = {
        stamp: Hour(stamp, opened, high, low, close, volume)
        for stamp, (opened, high, low, close), volume in rows
    }
    return [found[stamp] for stamp in sorted(found)]


def _observed(ask: Ask, feed: Feed) -> tuple[list[Observation], str]:
    """Splits of the sessions that have none yet, and of the last again; and why the newest has none."""
    hours = {hour.stamp: hour for hour in ask.store.hourly(feed.symbol)}
    if not hours:
        return [], ""
    series = f"{feed.subject}.newyork_return"
    had = [item.day for item in ask.store.observations() if item.series == series]
    begins = max(had) - AGAIN if had else datetime.fromtimestamp(min(hours), ask.now.tzinfo).date()
    daily = _daily(ask, feed, begins)
    found: list[Observation] = []
    why = ""
    for session in calendar.sessions_between(begins, ask.session):
        try:
            values, why = _held(split(hours, session, feed.steady), daily.get(session), feed), ""
        except Unsplit as error:
            why = f"{session}: {feed.symbol} is not split into sessions: {error}"
            continue
        source = f"{SOURCE} {feed.symbol}"
        found += [
            Observation(f"{feed.subject}.{name}", session, value, source) for name, value in values.items()
        ]
    return found, why


def _held(values: dict[str, float], daily: float | None, feed: Feed) -> Mapping[str, float]:
    """The values, where their whole is the day's move. Raises Unsplit."""
    whole = values.pop("whole_return")
    if not feed.held:
        return values
    if daily is None:
        raise Unsplit(f"no daily bars of {feed.subject} to hold its hours against")
    if not agreed(whole, daily):
        raise Unsplit(
            f"its hours make {whole:+.2%}, {feed.subject}'s daily bars {daily:+.2%}: another contract"
        )
    return values


def _daily(ask: Ask, feed: Feed, begins: date) -> dict[date, float]:
    """Moves of an instrument's own daily closes, session by session."""
    first = calendar.previous_session(begins)
    for symbol in ask.universe[feed.subject].listed(YAHOO) if feed.held else ():
        if closes := ask.store.closes(symbol, first):
            before = {day: closes.get(calendar.previous_session(day)) for day in closes if day > first}
            return {day: closes[day] / base - 1 for day, base in before.items() if base}
    return {}


def _keep_marks(ask: Ask, name: str, base: str, clock: time) -> int:
    """Bars, closes only, of the price at a time of every day, New York's half days among them."""
    last = ask.store.last_days().get(name)
    since = marks_of(ask.session).close - int(AGAIN.total_seconds()) if last else 0
    prices = list(priced_at(ask.store.hourly(base, since), clock))
    if not prices:
        return 0
    nan = float("nan")
    rows = [(day, (nan, nan, nan, price, nan)) for day, price in prices]
    return ask.store.keep_daily(Daily(name, SOURCE, rows, {}, Reply(ask.now, rows[0][0], "fresh")))
