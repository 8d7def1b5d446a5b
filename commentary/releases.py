"""When a series is published: the day of a period's release by its rule, and the next one after a day."""

from __future__ import annotations

from datetime import date, timedelta

from commentary import calendar
from commentary.macro import MacroSeries, Release

STOCKS, BONDS = "XNYS", "SIFMA"

DAY = timedelta(1)
WEEK = timedelta(7)

_SATURDAY = 5


def period_end(series: MacroSeries, period: date) -> date:
    """Last day of a period, which its source dates by that day (weeks) or by its first (months)."""
    if series.per == "week":
        return period
    return (period.replace(day=28) + timedelta(4)).replace(day=1) - DAY


def release_day(series: MacroSeries, period: date) -> date | None:
    """Session on which a period's figure is out by the series' rule; None outside the calendars' tables."""
    if period in series.moved:
        return series.moved[period]
    end = period_end(series, period)
    rule = _rule(series, end)
    return _open(end + timedelta(rule.days), early=rule.early)


def next_release(series: MacroSeries, day: date) -> date | None:
    """The first release after a day of a weekly series whose rule is exact; None for any other."""
    if series.per != "week" or not series.exact:
        return None
    period = day - timedelta((day.weekday() - _SATURDAY) % 7) - WEEK
    for _ in range(4):
        due = release_day(series, period)
        if due is not None and due > day:
            return due
        period += WEEK
    return None


def _rule(series: MacroSeries, end: date) -> Release:
    return next(rule for rule in series.release if rule.until is None or end <= rule.until)


def _open(day: date, *, early: bool) -> date | None:
    try:
        while not (calendar.is_session(day, STOCKS) and calendar.is_session(day, BONDS)):
            day += -DAY if early else DAY
    except calendar.CalendarError:
        return None
    return day
