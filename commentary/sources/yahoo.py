"""Daily bars from Yahoo through an unmodified yfinance: one request a symbol, every failure a typed one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from commentary import calendar
from commentary.errors import SourceError
from commentary.sources.bars import FIELDS, Bars, faults, joined, wanted
from commentary.universe import Universe, implied_by

NAME = "yahoo"

THREADS = 4

COLUMNS = ("Open", "High", "Low", "Close", "Adj Close", "Volume")

FUTURES_CLOSE = time(17, 15)
"""New York: the electronic day of CME ends at 17:00, and so does that of currencies."""


class NoBars(Exception):  # noqa: N818 - an answer, not a failure of the source
    """Yahoo answered, and has nothing that can be read under a symbol."""


@dataclass(frozen=True)
class Answer:
    """Yahoo's daily history of a symbol: columns COLUMNS by day, and when the trading day it shows ends."""

    frame: pd.DataFrame
    ends: datetime | None = None


Fetch = Callable[[str], Answer]


def stamp(where: str) -> None:
    """Nothing tells Yahoo's bars of today from those of an hour ago: they are fetched each time."""


def load(where: str, universe: Universe, now: datetime) -> Bars:
    """Bars of every symbol that the universe names for Yahoo, without those of sessions in progress.

    Raises SourceError, within seconds, where Yahoo cannot be reached, and where it refuses.
    """
    from commentary.sources.yahoo_client import Client, probe

    probe()
    return collected(universe, now, Client())


def collected(universe: Universe, now: datetime, fetch: Fetch) -> Bars:
    """Bars of all symbols from a pool of four threads; a symbol without bars becomes a warning.

    The first SourceError stops all and is raised. Raises SourceError where no symbol has bars.
    """
    symbols = wanted(universe, NAME)
    classes = _classes(universe)
    pool = ThreadPoolExecutor(THREADS)
    fetching = _until_refused(fetch)
    try:
        futures = {symbol: pool.submit(fetching, symbol) for symbol in symbols}
        parts: list[Bars] = []
        warnings: list[str] = []
        for symbol, future in futures.items():
            try:
                answer = future.result()
                days = _settled(answer, classes[symbol], now)
                parts.append(_bars(symbol, answer.frame[days], symbols))
            except NoBars as error:
                warnings.append(f"{symbol}: {error}")
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
    if not parts:
        raise SourceError(
            f"Yahoo has none of {len(symbols)} symbols; the first answers: {'; '.join(warnings[:3])}"
        )
    return joined(parts, NAME, warnings)


def _until_refused(fetch: Fetch) -> Fetch:
    """The fetch, which after its first SourceError asks for nothing more and raises that one again."""
    refusals: list[SourceError] = []

    def fetching(symbol: str) -> Answer:
        if refusals:
            raise refusals[0]
        try:
            return fetch(symbol)
        except SourceError as error:
            refusals.append(error)
            raise

    return fetching


def settled(day: date, session: str, now: datetime) -> bool:
    """Whether a class of instruments has finished a day's bar at ``now``.

    Coins end with the day in Greenwich, futures and currencies at 17:00 in New York, the others with their
    exchange's session. A day that is no session of the exchange counts as finished when it is over.
    """
    if session == "UTC":
        return now >= datetime.combine(day + timedelta(1), time(0), UTC)
    new_york = ZoneInfo(calendar.NEW_YORK)
    if session in ("CME", "FX"):
        return now >= datetime.combine(day, FUTURES_CLOSE, new_york)
    exchange = "XNYS" if session == "SIFMA" else session  # Yahoo's yields are fixed at 15:00
    if calendar.is_session(day, exchange):
        return calendar.is_settled(day, now, exchange)
    return now >= datetime.combine(day + timedelta(1), time(0), new_york)


def _classes(universe: Universe) -> dict[str, str]:
    classes = dict.fromkeys(universe.stocks, "XNYS")
    for item in universe.instruments.values():
        for symbol in item.symbols.get(NAME, ()):
            if implied := implied_by(symbol):
                classes.setdefault(implied[0], "XNYS")
            else:
                classes[symbol] = "CME" if symbol.endswith("=F") else item.session
    return classes


def _settled(answer: Answer, session: str, now: datetime) -> list[bool]:
    """Which rows are finished bars; only the last two can be others."""
    if not isinstance(answer.frame.index, pd.DatetimeIndex) or answer.frame.empty:
        raise NoBars("no bars")
    days = [stamp.date() for stamp in answer.frame.index]
    keep = [True] * len(days)
    for row in range(max(0, len(days) - 2), len(days)):
        running = answer.ends is not None and days[row] == answer.ends.date() and now < answer.ends
        keep[row] = settled(days[row], session, now) and not running
    return keep


def _bars(symbol: str, frame: pd.DataFrame, signed: Mapping[str, bool]) -> Bars:
    missing = [name for name in COLUMNS if name not in frame.columns]
    if missing:
        raise NoBars(f"an answer without {', '.join(missing)}")
    frame = frame[frame["Close"].notna()]
    days = np.array([stamp.date() for stamp in frame.index], "datetime64[D]")
    columns = {name: frame[label].to_numpy(np.float64) for name, label in zip(FIELDS, COLUMNS, strict=True)}
    bars = Bars(days, np.zeros(len(days), np.intp), (symbol,), columns, NAME)
    if found := list(faults(bars, signed)):
        raise NoBars("; ".join(f"{days[fault.row]}: {fault.text}" for fault in found))
    return bars
