"""What Yahoo answers to one symbol, as bars that can be taken at their word."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

import numpy as np
import pandas as pd

from commentary import calendar
from commentary.sources.bars import Floats, widened
from commentary.sources.faults import Mask
from commentary.sources.last_bar import Quote, contradicted, unfinished
from commentary.sources.store_bars import KEPT
from commentary.universe import Instrument, Universe, implied_by, in_the_evening, marked_by

FEED = "yahoo"

COLUMNS = ("Open", "High", "Low", "Close", "Volume")
PAID = ("Dividends", "Capital Gains")
SPLITS = "Stock Splits"

TORN = 0.6
"""Of a split's ratio, in logs: a day on which the close falls by more of it has unadjusted prices before it."""


class NoBars(Exception):  # noqa: N818 - an answer, not a failure of the source
    """Yahoo answered, and has nothing that can be read under a symbol."""


@dataclass(frozen=True)
class Answer:
    """Yahoo's daily history of a symbol by day: COLUMNS, and PAID where something was; and its quote."""

    frame: pd.DataFrame
    quote: Quote = field(default_factory=Quote)


Fetch = Callable[[str, date], Answer]
"""Symbol and first day → answer. Raises NoBars, SourceError."""


@dataclass(frozen=True)
class Listing:
    """What is known of a symbol before it is asked for: its class of session, and whether it may be below nought."""

    symbol: str
    session: str
    signed: bool


@dataclass(frozen=True)
class Sound:
    """Rows of an answer by day, values of KEPT each; dividends by day; what was refused, and why; and whether
    there was a split in it."""

    rows: tuple[tuple[date, tuple[float, ...]], ...]
    dividends: Mapping[date, float]
    refused: tuple[str, ...] = ()
    split: bool = False


def listings(universe: Universe) -> tuple[Listing, ...]:
    """Every symbol that the universe reads from Yahoo, in the archive set or in the evening, once each."""
    found = {symbol: Listing(symbol, "XNYS", False) for symbol in universe.stocks}
    for variant in (universe, in_the_evening(universe)):
        for item in variant.instruments.values():
            for symbol in item.symbols.get(FEED, ()):
                if marked_by(symbol):
                    continue
                if implied := implied_by(symbol):
                    found.setdefault(implied[0], Listing(implied[0], "XNYS", False))
                    continue
                signed = symbol.endswith("=F") or item.kind in ("yield", "spread")
                found[symbol] = Listing(symbol, _session(symbol, item), signed)
    return tuple(found.values())


def _session(symbol: str, item: Instrument) -> str:
    """A symbol's own class of session: a fund that stands in for a coin or a future trades New York's hours."""
    if symbol.endswith("=F"):
        return "CME"
    fund = item.session in ("UTC", "CME") and not symbol.endswith("-USD")
    return "XNYS" if fund else item.session


def sound(answer: Answer, listing: Listing, now: datetime) -> Sound:
    """The finished bars of an answer. Raises NoBars where it is no history of daily bars."""
    frame = _history(answer.frame)
    days = [stamp.date() for stamp in frame.index]
    torn = _torn(frame, days)
    values = np.column_stack([_values(frame, name) for name in COLUMNS])
    kept: dict[date, tuple[float, ...]] = {}
    refused: list[str] = []
    newest = sorted(set(days))[-2:]
    for day, row in zip(days, values.tolist(), strict=True):
        if day in newest and unfinished(day, listing.session, answer.quote, now):
            continue
        why = _unsound(day, row, listing, answer.quote if day in newest else Quote())
        if torn is not None and day >= torn:
            why = f"the split of {torn} is not yet in the prices before it"
        if why:
            refused.append(f"{day}: {why}")
            kept.pop(day, None)
        else:
            kept[day] = tuple(row)
    dividends = _paid(frame, days)
    return Sound(tuple(sorted(kept.items())), dividends, tuple(refused), bool(_splits(frame).any()))


def _history(frame: pd.DataFrame) -> pd.DataFrame:
    if not isinstance(frame.index, pd.DatetimeIndex) or frame.empty:
        raise NoBars("no bars")
    if missing := [name for name in COLUMNS if name not in frame.columns]:
        raise NoBars(f"an answer without {', '.join(missing)}")
    found = frame[frame["Close"].notna()]
    if found.empty:
        raise NoBars("no bar with a close")
    return found


def _values(frame: pd.DataFrame, name: str) -> Floats:
    """Yahoo's prices are float32 written out: the shortest decimals that they stand for. Volumes stay."""
    values = pd.to_numeric(frame[name], errors="coerce").to_numpy(np.float64)
    return values if name == "Volume" else widened(values.astype(np.float32))


def _unsound(day: date, row: list[float], listing: Listing, quote: Quote) -> str:
    """Why a row is no bar, or nothing."""
    if _closed(day, listing.session):
        return f"no session of {listing.session}"
    prices = dict(zip(KEPT[:4], row[:4], strict=True))
    for name, value in prices.items():
        if value in (np.inf, -np.inf) or (value <= 0 and not listing.signed):
            return f"{name} is {value:g}; wanted above zero"
    return contradicted(day, row[3], listing.session, quote)


def _closed(day: date, session: str) -> bool:
    """Whether an exchange's own bar stands on a day without a session; days outside the table are let pass."""
    if session != "XNYS" or not calendar.table_start() <= day <= calendar.table_end():
        return False
    return not calendar.is_session(day)


def _splits(frame: pd.DataFrame) -> Mask:
    """Where a split's first day is."""
    if SPLITS not in frame.columns:
        return np.zeros(len(frame), bool)
    ratios = frame[SPLITS].to_numpy(np.float64)
    return np.asarray((ratios > 0) & (ratios != 1))


def _torn(frame: pd.DataFrame, days: list[date]) -> date | None:
    """The first day of a split that the closes before it have not been divided by."""
    closes = frame["Close"].to_numpy(np.float64)
    for place in np.flatnonzero(_splits(frame)):
        if place > 0 and closes[place] > 0 and closes[place - 1] > 0:
            fell = np.log(closes[place - 1] / closes[place]) / np.log(frame[SPLITS].iloc[place])
            if TORN < fell < 2 - TORN:
                return days[place]
    return None


def _paid(frame: pd.DataFrame, days: list[date]) -> dict[date, float]:
    paid = sum(
        (frame[name].to_numpy(np.float64) for name in PAID if name in frame.columns), np.zeros(len(days))
    )
    return {day: float(value) for day, value in zip(days, paid, strict=True) if value > 0}
