"""FRED's series in the simulated market, each with the hour at which a value is published."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zlib import crc32

import numpy as np

from commentary import calendar
from commentary.sources.bars import Bars
from tests.yahoo.listings import NEW_YORK
from tests.yahoo.simulated import Simulated

DAY = timedelta(1)
CURVE = {
    "DGS3MO": 0.25, "DGS1": 1.0, "DGS2": 2.0, "DGS5": 5.0, "DGS7": 7.0, "DGS10": 10.0, "DGS20": 20.0, "DGS30": 30.0,
}  # fmt: skip
SPREADS = {"BAMLH0A0HYM2": (3.4, -32.0), "BAMLC0A0CM": (1.0, -7.0)}
"""Series → mean in percent, what a market move of 1 adds to it."""

SERVED_YEARS = 3
"""FRED serves no more of ICE's spreads than this."""

AT = {
    "BAMLH0A0HYM2": time(9),
    "BAMLC0A0CM": time(9),
    "VIXCLS": time(9, 30),
    "SP500": time(20),
    "NASDAQCOM": time(20),
}
SAME_DAY = ("SP500", "NASDAQCOM", "DJIA")

Values = tuple[tuple[date, float], ...]


@dataclass(frozen=True)
class Figures:
    """Every value that the series will ever have, by series."""

    series: Mapping[str, Values]

    @classmethod
    def simulated(cls, market: Simulated) -> Figures:
        """Yields and spreads of bond days, indices of New York sessions, the labour market by week and month."""
        bond = [day for day in market.days if calendar.is_session(day, "SIFMA")]
        stock = [day for day in market.days if calendar.is_session(day)]
        place = {day: row for row, day in enumerate(market.days)}
        found = {
            name: tuple((day, round(float(market.curve[years][place[day]]), 2)) for day in bond)
            for name, years in CURVE.items()
        }
        real = {day: 1.9 + 0.6 * (value - 4.0) for day, value in found["DGS10"]}
        found["DFII10"] = tuple((day, round(value, 2)) for day, value in real.items())
        found["T10YIE"] = tuple((day, round(value - real[day], 2)) for day, value in found["DGS10"])
        found["DFF"] = tuple((day, 4.08) for day in market.days)
        for name, (mean, loading) in SPREADS.items():
            walk = np.cumsum(loading * market.factors["market"]) * 0.25
            found[name] = tuple((day, round(max(0.4, mean + float(walk[place[day]])), 2)) for day in bond)
        for name, symbol in (
            ("VIXCLS", "^VIX"),
            ("SP500", "^GSPC"),
            ("NASDAQCOM", "^IXIC"),
            ("DJIA", "^DJI"),
        ):
            levels = market.levels(symbol)
            found[name] = tuple((day, round(float(levels[place[day]]), 2)) for day in stock)
        return cls(found | _labour(market))

    @classmethod
    def real(cls, bars: Bars) -> Figures:
        """The series that bars have under FRED's ids, and the VIX."""
        names = {symbol: symbol for symbol in bars.symbols if symbol.isalnum() and _known(symbol)}
        names["VIXCLS"] = "^VIX"
        codes = {symbol: code for code, symbol in enumerate(bars.symbols)}
        found: dict[str, Values] = {}
        for name, symbol in names.items():
            if symbol in codes:
                rows = np.flatnonzero(bars.codes == codes[symbol]).tolist()
                close = bars.columns["close"]
                found[name] = tuple((bars.days[row].item(), float(close[row])) for row in rows)
        return cls(found)


def _known(name: str) -> bool:
    return name in {*CURVE, *SPREADS, *AT, *OUT, "DFII10", "T10YIE"}


def published(figures: Figures, name: str, now: datetime) -> list[tuple[date, float | None]] | None:
    """A series' values that are out at a moment; None is a weekday without one (a holiday)."""
    values = figures.series.get(name)
    if values is None:
        return None
    out = [(day, value) for day, value in values if published_at(name, day) <= now]
    if name in SPREADS:
        first = now.date() - timedelta(days=365 * SERVED_YEARS)
        out = [(day, value) for day, value in out if day >= first]
    known = dict(out)
    if name in OUT or not out:
        return list(out)
    span = range((out[-1][0] - out[0][0]).days + 1)
    days = [out[0][0] + DAY * step for step in span]
    return [(day, known.get(day)) for day in days if day.weekday() < 5 or day in known]


def published_at(name: str, day: date) -> datetime:
    """The moment from which FRED has a day's value."""
    if name in OUT:
        return OUT[name](day)
    after = day if name in SAME_DAY else _next_weekday(day)
    return datetime.combine(after, AT.get(name, time(15, 30)), NEW_YORK).astimezone(UTC)


def _next_weekday(day: date) -> date:
    return day + DAY * (3 if day.weekday() == 4 else 2 if day.weekday() == 5 else 1)


def _later(days: int, hour: time = time(8, 30)) -> Callable[[date], datetime]:
    return lambda day: datetime.combine(day + DAY * days, hour, NEW_YORK).astimezone(UTC)


OUT: Mapping[str, Callable[[date], datetime]] = {
    "ICSA": _later(5),
    "CCSA": _later(12),
    "JTSJOL": _later(64, time(10)),
    "UNRATE": _later(35),
    "PAYEMS": _later(35),
}
"""Series whose days are the ends of weeks or the firsts of months → when a value comes out."""


def _labour(market: Simulated) -> dict[str, Values]:
    saturdays = [day for day in market.days if day.weekday() == 5]
    firsts = [day for day in market.days if day.day == 1]
    plans = {
        "ICSA": (saturdays, 225_000.0, 9_000.0, 1000.0),
        "CCSA": (saturdays, 1_900_000.0, 15_000.0, 1000.0),
        "JTSJOL": (firsts, 7_400.0, 180.0, 1.0),
        "UNRATE": (firsts, 4.2, 0.08, 0.1),
        "PAYEMS": (firsts, 158_000.0, 90.0, 1.0),
    }
    return {
        name: tuple(
            (day, round(round((mean + scale * step) / unit) * unit, 1))
            for day, step in zip(days, _steps(market.span.seed, name, len(days)), strict=True)
        )
        for name, (days, mean, scale, unit) in plans.items()
    }


def _steps(seed: int, name: str, count: int) -> list[float]:
    random = np.random.default_rng((seed, crc32(name.encode())))
    found: list[float] = random.standard_normal(count).tolist()
    return found
