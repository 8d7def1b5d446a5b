"""A simulated market: a random walk of a few shared factors, the same for a seed on every machine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from zlib import crc32

import numpy as np

from commentary import calendar
from tests.yahoo.listings import Listing, listed
from tests.yahoo.series import Floats, Series

DAY = timedelta(1)

FACTORS = {
    "market": 0.009, "gold": 0.008, "coin": 0.025, "oil": 0.018, "dollar": 0.004, "asia": 0.007, "tech": 0.006,
}  # fmt: skip
"""Standard deviation of a weekday's log return."""

WEEKEND = 0.35
"""A weekend day's part of it."""

MODELS: Mapping[str, tuple[float, Mapping[str, float], float]] = {
    "^GSPC": (4800.0, {"market": 1.0}, 0.001),
    "^IXIC": (15000.0, {"market": 1.15, "tech": 0.65}, 0.001),
    "^NDX": (17000.0, {"market": 1.15, "tech": 0.7}, 0.001),
    "^RUT": (2000.0, {"market": 1.2, "tech": -0.2}, 0.005),
    "^DJI": (38000.0, {"market": 0.9, "tech": -0.2}, 0.002),
    "GC=F": (2050.0, {"gold": 1.0, "dollar": -0.5}, 0.001),
    "SI=F": (24.0, {"gold": 1.5, "market": 0.2}, 0.008),
    "HG=F": (3.9, {"market": 0.4, "asia": 0.5}, 0.009),
    "CL=F": (76.0, {"oil": 1.0}, 0.004),
    "BTC-USD": (45000.0, {"coin": 1.0, "market": 0.8}, 0.003),
    "ETH-USD": (2400.0, {"coin": 1.1, "market": 0.9}, 0.012),
    "^N225": (35000.0, {"market": 0.6, "asia": 1.0}, 0.004),
    "JPY=X": (148.0, {"dollar": 1.0}, 0.003),
    "EURUSD=X": (1.09, {"dollar": -1.0}, 0.002),
    "DX-Y.NYB": (103.0, {"dollar": 1.0}, 0.0005),
    "FXY": (64.0, {"dollar": -1.0}, 0.003),
    "UUP": (28.0, {"dollar": 1.0}, 0.0005),
    "XLK": (190.0, {"market": 1.1, "tech": 1.0}, 0.004),
    "XLU": (64.0, {"market": 0.5, "tech": -0.4}, 0.006),
    "XLP": (72.0, {"market": 0.5, "tech": -0.3}, 0.004),
    "EEM": (40.0, {"market": 0.7, "asia": 0.8}, 0.004),
    "FXI": (24.0, {"asia": 1.4}, 0.01),
}  # fmt: skip
"""Symbol → first level, loadings on factors, own standard deviation."""

ECHOES: Mapping[str, tuple[str, float, float]] = {
    "SPY": ("^GSPC", 0.1, 0.0002), "ES=F": ("^GSPC", 1.0, 0.0003), "QQQ": ("^NDX", 1 / 41, 0.0002),
    "NQ=F": ("^NDX", 1.0, 0.0003), "IWM": ("^RUT", 0.1, 0.0003), "DIA": ("^DJI", 0.01, 0.0002),
    "GLD": ("GC=F", 1 / 10.9, 0.0005), "SLV": ("SI=F", 0.92, 0.0008), "CPER": ("HG=F", 6.3, 0.001),
    "USO": ("CL=F", 1.0, 0.002), "BITO": ("BTC-USD", 1 / 2200, 0.001),
}  # fmt: skip
"""Symbol → the one that it follows at a distance, by which scale, how far off (standard deviation)."""

MARKED = {"IBIT": ("BTC-USD", 1 / 1750), "ETHA": ("ETH-USD", 1 / 130)}
"""Funds whose close is the coin's price at their close."""

YIELDS = {"^IRX": 0.25, "2YY=F": 2.0, "^FVX": 5.0, "^TNX": 10.0, "^TYX": 30.0}
"""Symbol → years."""

DURATIONS = {"SHY": (82.0, 1.85), "IEI": (116.0, 4.3), "IEF": (95.0, 7.3), "TLT": (95.0, 16.5)}

CREDIT = {"HYG": (77.0, 3.4, 0.4), "LQD": (109.0, 8.4, 0.12), "EMB": (88.0, 7.0, 0.3)}
"""Symbol → first level, duration in years, loading on the market."""

FEARS: Mapping[str, tuple[float, float, float]] = {
    "^VIX": (16.0, -5.0, 0.03), "^VIX9D": (15.0, -7.0, 0.05), "^VIX3M": (18.0, -3.0, 0.015),
    "^VVIX": (88.0, -2.5, 0.03), "^SKEW": (140.0, 0.3, 0.015), "^GVZ": (15.0, -1.0, 0.04),
    "^OVX": (35.0, -1.5, 0.04), "^MOVE": (100.0, -1.5, 0.04), "^COR1M": (20.0, -5.0, 0.06),
}  # fmt: skip
"""Index of volatility → mean level, loading of its log on the market, own standard deviation."""

METALS = ("GLD", "SLV", "CPER", "USO", "BITO", "IBIT", "ETHA", "FXY", "UUP")


@dataclass(frozen=True)
class Span:
    """The days that a world covers, and the seed that it grows from."""

    first: date
    last: date
    seed: int = 1


class Simulated:
    """Series of any symbol, each from a random stream of its own, so that none depends on which others exist."""

    def __init__(self, span: Span, splits: Mapping[str, Mapping[date, float]] | None = None) -> None:
        self.span, self.splits = span, splits or {}
        count = (span.last - span.first).days + 1
        self.days = tuple(span.first + DAY * step for step in range(count))
        weekend = np.array([day.weekday() > 4 for day in self.days])
        self.pace = np.where(weekend, WEEKEND, 1.0)
        self.weekend = weekend
        self.factors = {name: self._factor(name, scale) for name, scale in FACTORS.items()}

    def series(self, symbols: Iterable[str]) -> dict[str, Series]:
        """The symbols' bars."""
        return {symbol: self.one(symbol) for symbol in symbols}

    def one(self, symbol: str) -> Series:
        """One symbol's bars."""
        listing = listed(symbol)
        days = tuple(day for day in self.days if listing.trades(day))
        places = np.array([(day - self.span.first).days for day in days], np.intp)
        random = self._random(symbol, "bars")
        close = self.levels(symbol)[places]
        if symbol in MARKED:
            close = self._marked(symbol, days)
        columns = self._bars(listing, close, random)
        dividends = self._dividends(listing, days, columns["close"])
        return Series(listing, days, columns, self.span.seed, self.splits.get(symbol, {}), dividends)

    def levels(self, symbol: str) -> Floats:
        """The symbol's level at the end of every calendar day."""
        if symbol in ECHOES:
            parent, scale, noise = ECHOES[symbol]
            off = self._random(symbol, "echo").standard_normal(len(self.days)) * noise
            return np.asarray(self.levels(parent) * scale * np.exp(off))
        if symbol in FEARS:
            return self._fear(symbol)
        if symbol in YIELDS:
            return np.asarray(self.curve[YIELDS[symbol]] * 1.0)
        random = self._random(symbol, "walk")
        start, steps = self._steps(symbol, random)
        return np.asarray(start * np.exp(np.cumsum(steps)))

    def _steps(self, symbol: str, random: np.random.Generator) -> tuple[float, Floats]:
        own = random.standard_normal(len(self.days)) * self.pace
        if symbol in DURATIONS:
            start, years = DURATIONS[symbol]
            return start, self._bond(years) + own * 0.0003
        if symbol in CREDIT:
            start, years, loading = CREDIT[symbol]
            return start, self._bond(years) + loading * self.factors["market"] + own * 0.0008
        if symbol in MODELS:
            start, loadings, scale = MODELS[symbol]
        else:
            start = float(np.exp(random.uniform(3.2, 5.8)))
            loadings = {"market": random.uniform(0.6, 1.4), "tech": random.uniform(-0.3, 0.8)}
            scale = random.uniform(0.004, 0.013)
        shared = sum((weight * self.factors[name] for name, weight in loadings.items()), start=own * scale)
        return start, np.asarray(shared)

    def _bond(self, years: float) -> Floats:
        tenor = 2.0 if years < 2.5 else 5.0 if years < 5 else 10.0 if years < 10 else 30.0
        changes = np.diff(self.curve[tenor], prepend=self.curve[tenor][0]) / 100
        return np.asarray(-years * changes + self.curve[tenor] / 100 / 365)

    @cached_property
    def curve(self) -> Mapping[float, Floats]:
        """Treasury yields in percent at the end of every calendar day, by years."""
        random = self._random("curve", "walk")
        open_days = np.array([calendar.is_session(day, "SIFMA") for day in self.days])
        level, slope = (self._reverting(random, scale, 0.004) * 1.0 for scale in (0.055, 0.025))
        found: dict[float, Floats] = {}
        for years in (0.25, 1.0, 2.0, 5.0, 7.0, 10.0, 20.0, 30.0):
            weight = np.log(years / 7.0)
            raw = 4.1 + 0.08 * weight + level * (1 - 0.06 * abs(weight)) + 0.4 * slope * weight
            own = np.cumsum(random.standard_normal(len(self.days)) * 0.008) * 0.5
            held = np.maximum.accumulate(np.where(open_days, np.arange(len(raw)), 0))
            found[years] = np.asarray(np.maximum(raw + own, 0.3)[held].round(3))
        return found

    def _reverting(self, random: np.random.Generator, scale: float, pull: float) -> Floats:
        steps = random.standard_normal(len(self.days)) * scale * ~self.weekend
        level = np.zeros(len(steps))
        for place in range(1, len(steps)):
            level[place] = level[place - 1] * (1 - pull) + steps[place]
        return level

    def _fear(self, symbol: str) -> Floats:
        mean, loading, scale = FEARS[symbol]
        own = self._random(symbol, "walk").standard_normal(len(self.days)) * scale * ~self.weekend
        steps = loading * self.factors["market"] * ~self.weekend + own
        level = np.zeros(len(steps))
        for place in range(1, len(steps)):
            level[place] = level[place - 1] * (1.0 if self.weekend[place] else 0.95) + steps[place]
        return np.asarray(mean * np.exp(level))

    def _marked(self, symbol: str, days: tuple[date, ...]) -> Floats:
        coin, scale = MARKED[symbol]
        parent, listing = self.one(coin), listed(symbol)
        closes = []
        for day in days:
            end = int(listing.closes(day).timestamp())
            closes.append(next(b.close for b in parent.whole_hours(day) if b.stamp + 3600 == end) * scale)
        return np.array(closes)

    def _factor(self, name: str, scale: float) -> Floats:
        random = self._random(name, "factor")
        calm = np.exp(self._reverting(random, 0.05, 0.03))
        shocks = random.standard_t(5, len(self.days)) / np.sqrt(5 / 3)
        return np.asarray(np.clip(shocks * scale * calm * self.pace, -0.09, 0.09))

    def _random(self, name: str, use: str) -> np.random.Generator:
        return np.random.default_rng((self.span.seed, crc32(name.encode()), crc32(use.encode())))

    def _bars(self, listing: Listing, close: Floats, random: np.random.Generator) -> dict[str, Floats]:
        digits = listing.digits
        count = len(close)
        before = np.concatenate([close[:1], close[:-1]])
        moves = np.log(close / before)
        share = 0.0 if listing.hours in ("UTC", "FX") else 0.35
        scale = max(float(moves.std()), 1e-4)
        opened = before * np.exp(share * moves + random.standard_normal(count) * scale * 0.2 * (share > 0))
        reach = np.abs(random.standard_normal((2, count))) * scale * 0.4
        opened, close = opened.round(digits), close.round(digits)
        high = (np.maximum(opened, close) * np.exp(reach[0])).round(digits)
        low = (np.minimum(opened, close) * np.exp(-reach[1])).round(digits)
        busy = np.exp(random.standard_normal(count) * 0.25 + 12 * np.minimum(np.abs(moves), 0.08))
        traded = listing.hours in ("XNYS", "CME", "UTC") and not listing.symbol.endswith("YY=F")
        volume = np.rint(busy * float(random.uniform(2e6, 4e7))) if traded else np.zeros(count)
        return {"open": opened, "high": high, "low": low, "close": close, "volume": volume}

    def _dividends(self, listing: Listing, days: tuple[date, ...], close: Floats) -> dict[date, float]:
        """A quarter's payment on the session of the 20th or after it, of about 0.4 % of the price."""
        if listing.kind != "ETF" or listing.symbol in METALS:
            return {}
        rate = float(self._random(listing.symbol, "dividend").uniform(0.0, 0.008))
        found: dict[date, float] = {}
        for row in range(1, len(days)):
            day, before = days[row], days[row - 1]
            due = day.month % 3 == 0 and day.day >= 20 and (before.day < 20 or before.month != day.month)
            if due and rate > 0.001:
                found[day] = round(float(close[row - 1]) * rate, 4)
        return found
