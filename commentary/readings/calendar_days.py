"""What kind of day it is: weekday, half day, expiry, month's end."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import pandas as pd

from commentary import calendar
from commentary.model import ReadingSpec
from commentary.readings._context import Context
from commentary.readings._protocol import Blocks, Setting
from commentary.units import Unit

NEEDS: tuple[str, ...] = ()

FRIDAY = 4
QUARTER_MONTHS = (3, 6, 9, 12)


def declare(setting: Setting) -> Iterable[ReadingSpec]:
    """Weekday, calendar days since the session before, and flags."""
    day = "1 session"
    flags = {
        "half_day": "New York closes early",
        "expiry": "third Friday of the month, or the session before where that is a holiday",
        "triple_witching": "expiry in March, June, September or December",
        "month_end": "last session of the month",
        "quarter_end": "last session of the quarter",
        "first_session_of_month": "first session of the month",
    }
    yield ReadingSpec("calendar.weekday", Unit.COUNT, day, (), 0, 1, 5, "1 is Monday")
    spanned = "calendar days since the session before"
    yield ReadingSpec("calendar.days_spanned", Unit.COUNT, day, (), 0, 1, 15, spanned)
    for name, source in flags.items():
        yield ReadingSpec(f"calendar.{name}", Unit.FLAG, day, (), 0, 0, 1, source)


def compute(context: Context) -> Blocks:
    """From the exchange's calendar alone: no bars."""
    days = context.days
    before, after = [_previous(day) for day in days], [_next(day) for day in days]
    expiry = [is_expiry(day) for day in days]
    month_end = [_differs(day, other) for day, other in zip(days, after, strict=True)]
    quarter = [day.month in QUARTER_MONTHS for day in days]
    answers: dict[str, list[float | bool | None]] = {
        "weekday": [float(day.isoweekday()) for day in days],
        "days_spanned": [(day - last).days if last else None for day, last in zip(days, before, strict=True)],
        "half_day": [calendar.is_half_day(day) for day in days],
        "expiry": [*expiry],
        "triple_witching": [it and ends for it, ends in zip(expiry, quarter, strict=True)],
        "month_end": month_end,
        "quarter_end": [it and ends for it, ends in zip(month_end, quarter, strict=True)],
        "first_session_of_month": [_differs(day, last) for day, last in zip(days, before, strict=True)],
    }
    return {
        f"calendar.{name}": pd.Series(values, index=context.sessions, dtype=object).astype(float)
        for name, values in answers.items()
    }


def is_expiry(day: date) -> bool:
    """Whether monthly options expire: the third Friday, or the session before where that is a holiday."""
    first = day.replace(day=1)
    third = first + timedelta((FRIDAY - first.weekday()) % 7 + 14)
    return day == (third if calendar.is_session(third) else calendar.previous_session(third))


def _differs(day: date, other: date | None) -> bool | None:
    return None if other is None else other.month != day.month


def _previous(day: date) -> date | None:
    try:
        return calendar.previous_session(day)
    except calendar.CalendarError:
        return None


def _next(day: date) -> date | None:
    try:
        return calendar.next_session(day)
    except calendar.CalendarError:
        return None
