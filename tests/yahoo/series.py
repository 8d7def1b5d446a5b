"""Bars of one symbol in the simulated market, by day and by the hour, as they stand at a moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from zlib import crc32

import numpy as np
import numpy.typing as npt

from tests.yahoo.listings import Listing

Floats = npt.NDArray[np.float64]

PRICES = ("open", "high", "low", "close")
HOUR = timedelta(hours=1)
LATE_PRINT = 0.0004
"""How far a close may still move until its bar is final."""


@dataclass(frozen=True)
class Bar:
    """One bar as Yahoo has it: stamp in seconds, prices, volume."""

    stamp: int
    open: float
    high: float
    low: float
    close: float
    volume: float


@dataclass(frozen=True)
class Series:
    """Every daily bar that the symbol will ever have: arrays (n,) by PRICES and "volume".

    Prices are as they will be seen in the end: adjusted for all splits, for no dividend. ``splits``: first day
    at the new price → new shares for one; ``dividends``: ex-day → amount.
    """

    listing: Listing
    days: tuple[date, ...]
    columns: Mapping[str, Floats]
    seed: int = 0
    splits: Mapping[date, float] = field(default_factory=dict)
    dividends: Mapping[date, float] = field(default_factory=dict)

    @cached_property
    def rows(self) -> Mapping[date, int]:
        """Row of each day."""
        return {day: row for row, day in enumerate(self.days)}

    @cached_property
    def stamps(self) -> npt.NDArray[np.int64]:
        """Yahoo's stamp of each day's bar."""
        return np.array([self.listing.stamp(day) for day in self.days], np.int64)

    @cached_property
    def openings(self) -> npt.NDArray[np.int64]:
        """Second at which each bar begins."""
        return np.array([int(self.listing.opens(day).timestamp()) for day in self.days], np.int64)

    def begun(self, now: datetime) -> int:
        """How many bars have begun at a moment."""
        return int(np.searchsorted(self.openings, now.timestamp(), side="right"))

    def unsplit(self, now: datetime) -> float:
        """What prices are still multiplied by: the splits that have not come yet."""
        today = self.listing.local_day(now)
        return float(np.prod([ratio for day, ratio in self.splits.items() if day > today]))

    def adjustments(self, count: int) -> Floats:
        """Factor from close to adjusted close of the first ``count`` bars, by the dividends among them."""
        steps = np.ones(count)
        for day, amount in self.dividends.items():
            row = self.rows.get(day, count)
            if 0 < row < count:
                steps[row - 1] = 1 - amount / self.columns["close"][row - 1]
        return np.asarray(np.cumprod(steps[::-1])[::-1])

    def daily(self, now: datetime) -> dict[str, Floats]:
        """Bars at a moment: the columns cut to those that have begun, the last as far as it has come."""
        count = self.begun(now)
        found = {name: column[:count].copy() for name, column in self.columns.items()}
        if count:
            last = self.at(self.days[count - 1], now)
            for name in found:
                found[name][-1] = getattr(last, name)
        factor = self.unsplit(now)
        for name in PRICES:
            found[name] = _single(found[name] * factor)
        found["volume"] = np.rint(found["volume"] / factor)
        found["adj_close"] = found["close"] * self.adjustments(count)
        return found

    def at(self, day: date, now: datetime) -> Bar:
        """The bar of a day as it stands, before the splits to come."""
        row = self.rows[day]
        whole = Bar(int(self.stamps[row]), *(float(self.columns[name][row]) for name in (*PRICES, "volume")))
        if now >= self.listing.final(day):
            return whole
        if now >= self.listing.closes(day):
            early = round(whole.close * (1 - LATE_PRINT * self._side(day)), self.listing.digits)
            return Bar(
                whole.stamp, whole.open, max(whole.high, early), min(whole.low, early), early, whole.volume
            )
        return _joined(self.hours(day, now), whole.stamp)

    def hours(self, day: date, now: datetime) -> list[Bar]:
        """The day's hourly bars that have begun, the last as far as it has come, before the splits to come."""
        found: list[Bar] = []
        for bar in self.whole_hours(day):
            start = datetime.fromtimestamp(bar.stamp, UTC)
            if start > now:
                break
            end = min(start + HOUR, self.listing.closes(day))
            found.append(bar if now >= end else _part(bar, (now - start) / (end - start)))
        return found

    def whole_hours(self, day: date) -> list[Bar]:
        """Hourly bars of a whole day, which add up to its daily bar; the first opens it, the last closes it."""
        row = self.rows[day]
        start, end = self.listing.opens(day), self.listing.closes(day)
        count = max(1, -int((start - end) // HOUR))
        opened, high, low, close, volume = (float(self.columns[name][row]) for name in (*PRICES, "volume"))
        random = np.random.default_rng((self.seed, crc32(self.listing.symbol.encode()), day.toordinal()))
        marks = self._marks(random, count, (opened, high, low, close))
        shares = random.dirichlet(np.full(count, 6.0))
        noise = np.abs(random.standard_normal((2, count))) * (high - low) * 0.1
        digits = self.listing.digits
        tops = np.minimum(np.maximum(marks[:-1], marks[1:]) + noise[0], high).round(digits)
        bottoms = np.maximum(np.minimum(marks[:-1], marks[1:]) - noise[1], low).round(digits)
        tops[int(np.argmax(tops))], bottoms[int(np.argmin(bottoms))] = high, low
        volumes = np.rint(shares * volume)
        volumes[-1] = volume - volumes[:-1].sum()
        return [
            Bar(
                int((start + HOUR * place).timestamp()),
                float(marks[place]),
                float(tops[place]),
                float(bottoms[place]),
                float(marks[place + 1]),
                float(volumes[place]),
            )
            for place in range(count)
        ]

    def _marks(self, random: np.random.Generator, count: int, bar: tuple[float, ...]) -> Floats:
        opened, high, low, close = bar
        steps = random.standard_normal(count) * (high - low) / (2 * np.sqrt(count))
        walk = np.concatenate([[0.0], np.cumsum(steps)])
        line = np.linspace(0, 1, count + 1)
        marks = np.clip(opened + walk + (close - opened - walk[-1]) * line, low, high).round(
            self.listing.digits
        )
        marks[0], marks[-1] = opened, close
        return np.asarray(marks)

    def _side(self, day: date) -> float:
        return 1.0 if crc32(f"{self.listing.symbol}{day}".encode()) % 2 else -1.0


def _part(bar: Bar, share: float) -> Bar:
    price = round(bar.open + (bar.close - bar.open) * share, 4)
    reach = min(1.0, 2 * share)
    high = max(price, bar.open + (bar.high - bar.open) * reach)
    low = min(price, bar.open + (bar.low - bar.open) * reach)
    return Bar(bar.stamp, bar.open, round(high, 4), round(low, 4), price, round(bar.volume * share))


def _joined(bars: list[Bar], stamp: int) -> Bar:
    return Bar(
        stamp,
        bars[0].open,
        max(bar.high for bar in bars),
        min(bar.low for bar in bars),
        bars[-1].close,
        sum(bar.volume for bar in bars),
    )


def _single(values: Floats) -> Floats:
    """Prices pass through single precision at Yahoo: 543.01 is sent as 543.010009765625."""
    return np.asarray(values.astype(np.float32).astype(np.float64))
