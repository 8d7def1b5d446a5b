"""What kind of day it is: weekday, half day, expiry, month's end."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from datetime import date

import pandas as pd

from commentary import calendar
from commentary.model import ReadingSpec
from commentary.readings._context import Context
from commentary.readings._protocol import Blocks, Setting
from commentary.units import Unit

NEEDS: tuple[str, ...] = ()

BONDS = "SIFMA"


FLAGS: Mapping[str, tuple[str, Callable[[date], bool]]] = {
    "half_day": ("New York closes early", calendar.is_half_day),
    "expiry": ("monthly stock options trade for the last time", calendar.is_monthly_expiry),
    "triple_witching": ("expiry in March, June, September or December", calendar.is_triple_witching),
    "vix_expiry": ("the month's VIX contracts settle", calendar.is_vix_expiry),
    "russell_day": ("the Russell indices are made anew", calendar.is_russell_reconstitution),
    "index_rebalance": (
        "S&P's and Nasdaq's indices are rebalanced, or Russell's made anew",
        calendar.is_index_rebalance,
    ),
    "nasdaq_day": ("the Nasdaq-100 takes its members of the next year", calendar.is_nasdaq_reconstitution),
    "msci_review": ("a review of MSCI's indices takes effect", calendar.is_msci_review),
    "bond_holiday": ("the bond market is shut", lambda day: not calendar.is_session(day, BONDS)),
    "bond_half_day": ("the bond market closes early", lambda day: calendar.is_half_day(day, BONDS)),
    "month_end": ("last session of the month", calendar.is_month_end),
    "quarter_end": ("last session of the quarter", calendar.is_quarter_end),
    "first_session_of_month": ("first session of the month", calendar.is_first_session_of_month),
}
"""Readings that a day alone decides: what each means, and who answers."""


def declare(setting: Setting) -> Iterable[ReadingSpec]:
    """Weekday, calendar days since the session before, and flags."""
    day, spanned = "1 session", "calendar days since the session before"
    yield ReadingSpec("calendar.weekday", Unit.COUNT, day, (), 0, 1, 5, "1 is Monday")
    yield ReadingSpec("calendar.days_spanned", Unit.COUNT, day, (), 0, 1, 15, spanned)
    for name, (source, _) in FLAGS.items():
        yield ReadingSpec(f"calendar.{name}", Unit.FLAG, day, (), 0, 0, 1, source)


def compute(context: Context) -> Blocks:
    """From the exchanges' calendars alone: no bars. Missing where their tables end."""
    answers = {name: [answer(day) for day in context.days] for name, (_, answer) in FLAGS.items()}
    columns: dict[str, list[float]] = {name: [*map(float, values)] for name, values in answers.items()}
    columns["days_spanned"] = [_spanned(day) for day in context.days]
    columns["weekday"] = [float(day.isoweekday()) for day in context.days]
    return {
        f"calendar.{name}": pd.Series(values, index=context.sessions, dtype=float)
        for name, values in columns.items()
    }


def _spanned(day: date) -> float:
    try:
        return float((day - calendar.previous_session(day)).days)
    except calendar.CalendarError:
        return math.nan
