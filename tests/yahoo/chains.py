"""Option chains of the simulated market: a known surface of volatility, Black-Scholes, a bid and an ask."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from statistics import NormalDist
from zlib import crc32

from commentary import calendar
from tests.yahoo.listings import NEW_YORK
from tests.yahoo.world import World

RATE = 0.0
"""Interest and dividends of the chains: with none, forward and spot are one."""

LEVELS = {"SPY": "^VIX", "QQQ": "^VIX", "IWM": "^VIX", "GLD": "^GVZ", "SLV": "^GVZ"}
"""Fund → the index whose level its one-month volatility has; scaled by SCALES."""

SCALES = {"SPY": 0.92, "QQQ": 1.15, "IWM": 1.2, "GLD": 1.0, "SLV": 1.8}
DEFAULT = 0.45
SKEW, CURVATURE, SLOPE = -0.18, 0.9, 0.08
"""Of volatility on log-moneyness, on its square, and of its level on the root of time."""

DAY = timedelta(1)
YEAR_SECONDS = 365 * 86400.0
NORMAL = NormalDist()


@dataclass(frozen=True)
class Quote:
    """One contract: strike, what is bid and asked, how many are open, how many traded."""

    strike: float
    bid: float
    ask: float
    last: float
    volume: int
    open_interest: int


def expirations(symbol: str, now: datetime) -> list[date]:
    """Days on which options of a symbol expire: Fridays of ten weeks, months' third ones of a year."""
    today = now.astimezone(NEW_YORK).date()
    fridays = [today + DAY * step for step in range(71) if (today + DAY * step).weekday() == 4]
    months = [
        calendar.monthly_expiry(
            today.year + (today.month - 1 + step) // 12, (today.month - 1 + step) % 12 + 1
        )
        for step in range(13)
        if date(today.year + (today.month - 1 + step) // 12, 1, 1) <= calendar.table_end().replace(month=1)
    ]
    days = {_session(day) for day in fridays} | set(months)
    if symbol == "SPY":
        days |= {day for day in (today + DAY * step for step in range(8)) if calendar.is_session(day)}
    return sorted(day for day in days if _end(day) > now)


def years_to(expiry: date, now: datetime) -> float:
    """Time to an expiry's close from the last price's moment, in years of 365 days."""
    return max((_end(expiry) - now).total_seconds(), 0.0) / YEAR_SECONDS


def level(world: World, symbol: str) -> float:
    """One-month at-the-money volatility of a symbol, a fraction."""
    index = LEVELS.get(symbol)
    if index is None or index not in world:
        return DEFAULT
    return SCALES[symbol] * world.price(index) / 100


def volatility(world: World, symbol: str, moneyness: float, years: float) -> float:
    """The surface: implied volatility at ln(strike/spot) and a time to expiry, a fraction."""
    base = level(world, symbol) * (1 + SLOPE * (math.sqrt(years) - math.sqrt(30 / 365)))
    scaled = moneyness / math.sqrt(max(years, 7 / 365))
    return base * max(0.5, 1 + SKEW * scaled + 0.3 * CURVATURE * scaled * scaled)


def black_scholes(call: bool, spot: float, strike: float, deviation: float) -> float:
    """Price of an option whose whole deviation is σ√T, without interest (Black and Scholes 1973)."""
    if deviation <= 0:
        return max(0.0, spot - strike if call else strike - spot)
    near = math.log(spot / strike) / deviation + deviation / 2
    far = near - deviation
    if call:
        return spot * NORMAL.cdf(near) - strike * NORMAL.cdf(far)
    return strike * NORMAL.cdf(-far) - spot * NORMAL.cdf(-near)


def quotes(world: World, symbol: str, expiry: date, call: bool) -> list[Quote]:
    """One side of one expiry's chain, by strike. The mid is the surface's price to half a cent."""
    series = world[symbol]
    day = series.days[series.begun(world.now) - 1]
    moment = min(world.now, series.listing.closes(day))
    spot = world.price(symbol) * series.unsplit(world.now)
    years = years_to(expiry, moment)
    found = []
    for strike in strikes(spot):
        deviation = volatility(world, symbol, math.log(strike / spot), years) * math.sqrt(years)
        found.append(
            _quote(
                black_scholes(call, spot, strike, deviation), strike, _number(symbol, expiry, strike, call)
            )
        )
    return found


def strikes(spot: float) -> list[float]:
    """Strikes within 25 % of a price, one or two hundred of them."""
    step = next(size for size in (0.5, 1.0, 2.5, 5.0, 10.0, 25.0, 50.0, 100.0, 1e9) if spot / size < 400)
    first, last = math.ceil(spot * 0.75 / step), math.floor(spot * 1.25 / step)
    return [place * step for place in range(first, last + 1)]


def _quote(price: float, strike: float, number: int) -> Quote:
    cents = round(price * 100)
    half = max(1, round(cents * 0.01))
    bid, ask = max(0, cents - half) / 100, (cents + half) / 100
    if cents < 2:
        bid, ask = 0.0, 0.05
    return Quote(strike, bid, ask, max(cents, 1) / 100, number % 900, 50 + number % 20000)


def _number(symbol: str, expiry: date, strike: float, call: bool) -> int:
    return crc32(f"{symbol}{expiry}{strike}{call}".encode())


def _end(day: date) -> datetime:
    close = calendar.close_at(day).time() if calendar.is_session(day) else time(16)
    return datetime.combine(day, close, NEW_YORK).astimezone(UTC)


def _session(day: date) -> date:
    return day if calendar.is_session(day) else calendar.previous_session(day)
