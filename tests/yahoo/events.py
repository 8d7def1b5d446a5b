"""Calendars and headlines of the simulated market: releases with actual, consensus and previous; earnings; news."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zlib import crc32

from commentary import calendar
from tests.yahoo.listings import NEW_YORK

DAY = timedelta(1)
CORPORATE = ("AAPL", "MSFT", "NVDA", "AMZN", "GOOGL", "META", "TSLA", "JPM", "XOM", "UNH")


@dataclass(frozen=True)
class Release:
    """One release: its value is out at ``at``."""

    name: str
    country: str
    at: datetime
    period: str
    actual: float
    consensus: float | None
    previous: float


@dataclass(frozen=True)
class Report:
    """One company's earnings."""

    symbol: str
    at: datetime
    timing: str
    expected: float
    actual: float
    worth: float


_MONTHLY = {
    "CPI MM, SA": (0.2, 0.1), "Core CPI MM, SA": (0.3, 0.1), "Retail Sales MM": (0.3, 0.4),
    "PPI Machine Manuf'ing": (0.2, 0.2),
    "ISM Manufacturing PMI": (49.0, 1.0), "JOLTS Job Openings": (7.4, 0.2), "ISM N-Mfg PMI": (52.0, 1.0),
}  # fmt: skip
_DAY_OF = {"CPI MM, SA": 12, "Core CPI MM, SA": 12, "Retail Sales MM": 15, "PPI Machine Manuf'ing": 13}
_TEN = ("ISM Manufacturing PMI", "JOLTS Job Openings", "ISM N-Mfg PMI")
ABROAD = ("GB", "DE", "JP", "CN", "FR", "CA", "AU")


def on(day: date) -> list[Release]:
    """Releases of a weekday, in the order of the day."""
    if day.weekday() > 4:
        return []
    return sorted([*_american(day), *_others(day)], key=lambda release: release.at)


def _american(day: date) -> Iterator[Release]:
    if day.weekday() == 3:
        yield _release("Initial Jobless Clm", day, time(8, 30), (225.0, 8.0))
        yield _release("Cont Jobless Clm", day, time(8, 30), (1.9, 0.03))
    if day.weekday() == 4 and day.day <= 7:
        yield _release("Non-Farm Payrolls", day, time(8, 30), (120.0, 60.0))
        yield _release("Unemployment Rate", day, time(8, 30), (4.2, 0.1))
    for name, shape in _MONTHLY.items():
        if name in _TEN:
            due = day.day <= 7 and day.weekday() == _TEN.index(name)
            hour = time(10)
        else:
            due, hour = day == _weekday(date(day.year, day.month, _DAY_OF[name])), time(8, 30)
        if due:
            yield _release(name, day, hour, shape)
    if day.weekday() == 2 and day.month in (1, 3, 4, 6, 7, 9, 10, 12) and 15 <= day.day <= 21:
        yield _release("Fed Funds Tgt Rate", day, time(14), (4.125, 0.0))


def _others(day: date) -> Iterator[Release]:
    for place, country in enumerate(ABROAD):
        for number in range(3):
            made = _release(f"{country} Indicator {number}", day, time(2 + place, 10 * number), (0.5, 0.6))
            yield Release(
                made.name, country, made.at, made.period, made.actual, made.consensus, made.previous
            )


def _release(name: str, day: date, hour: time, shape: tuple[float, float]) -> Release:
    """Every seventh consensus is missing, every ninth actual of a monthly change is a true zero."""
    mean, scale = shape
    number = crc32(f"{name}{day}".encode())
    places = 3 if mean > 4.1 and scale == 0 else 1 if mean < 1000 else 0
    values = [round(mean + scale * (((number >> shift) % 401) / 100 - 2), places) for shift in (0, 8, 16)]
    actual = 0.0 if number % 9 == 0 and mean < 1 else values[0]
    month = (day.replace(day=1) - DAY).strftime("%b")
    return Release(
        name,
        "US",
        datetime.combine(day, hour, NEW_YORK).astimezone(UTC),
        month,
        actual,
        None if number % 7 == 0 else values[1],
        values[2],
    )


def between(first: date, last: date) -> list[Release]:
    """Releases from one day to another, both included."""
    return [release for step in range((last - first).days + 1) for release in on(first + DAY * step)]


def reports(first: date, last: date) -> list[Report]:
    """Earnings from one day to another: each company on one weekday of the quarter's first month."""
    return [report for step in range((last - first).days + 1) for report in _reports_on(first + DAY * step)]


@cache
def _reports_on(day: date) -> tuple[Report, ...]:
    if day.month % 3 != 1 or day.weekday() > 4:
        return ()
    found = []
    for place, symbol in enumerate(CORPORATE):
        number = crc32(symbol.encode())
        if _weekday(date(day.year, day.month, 14 + number % 14)) == day:
            early = number % 2 == 0
            at = datetime.combine(day, time(7) if early else time(16, 5), NEW_YORK).astimezone(UTC)
            expected = round(1 + number % 400 / 100, 2)
            actual = round(expected * (1 + (crc32(f"{symbol}{day}".encode()) % 21 - 10) / 100), 2)
            found.append(Report(symbol, at, "BMO" if early else "AMC", expected, actual, (30 - place) * 1e11))
    return tuple(found)


def headlines(symbol: str, now: datetime, count: int) -> list[tuple[str, str, datetime]]:
    """The last headlines about a symbol: title, publisher, when it was published."""
    found = []
    for step in range(count):
        at = now - timedelta(hours=2 * step + 1)
        number = crc32(f"{symbol}{at:%Y%m%d%H}".encode())
        title = f"{symbol} headline {number % 1000} of {at:%d %B %H:00}"
        found.append((title, ("Newswire", "Market Daily", "The Ledger")[number % 3], at))
    return found


def _weekday(day: date) -> date:
    while day.weekday() > 4 or calendar.describe(day).startswith("holiday"):
        day += DAY
    return day
