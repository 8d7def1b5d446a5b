"""A day's move split among the sessions that trade around the clock, from hourly bars.

The day runs from New York's close to New York's close (13:00 on half days) and has four parts, each a simple
return, whose logs add up to the whole:

* ``closed``: New York's close to the first price at 18:00 New York on the evening before the session, with the
  pause of the futures, weekends and holidays;
* ``asia``: from there to the London opening, 08:00 in London (03:00 in New York, 04:00 in the weeks in which
  only New York has changed its clocks);
* ``london``: from there to 09:00 New York, the last full hour before stocks open at 09:30;
* ``newyork``: from there to the close.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from commentary import calendar
from commentary.sources.store_shapes import Hour

HOUR = 3600
EVENING, LONDON_OPEN, MORNING = time(18), time(8), time(9)

NEW_YORK, LONDON = ZoneInfo(calendar.NEW_YORK), ZoneInfo("Europe/London")
ASIA_EXCHANGES, LONDON_EXCHANGE = ("XTKS", "XSHG"), "XLON"

LOSS = 0.003
"""Size of a loss from which it is told when half of it was done."""

TOLERANCE, SLACK = 0.004, 0.15
"""Between a whole of hourly bars and the same day's daily one: a part of a percent, or of a large move. A change
of contract jumps by the carry of two or three months; one that jumps by less passes, and a part is off by it."""

LARGEST = 0.25
"""No hour of these markets has moved by more: a bar that does is a bad print."""

Hours = Mapping[int, Hour]
"""Hourly bars by the second at which each begins."""

Point = tuple[int, float]
"""A second, and the price at it."""


@dataclass(frozen=True)
class Marks:
    """The moments that part a session's day, in seconds since 1970."""

    before: int
    evening: int
    london: int
    morning: int
    close: int

    @property
    def hours(self) -> range:
        """The hours from the evening to the close, by the seconds at which they begin."""
        return range(self.evening, self.close, HOUR)


class Unsplit(Exception):  # noqa: N818 - an answer, not a failure
    """A day that cannot be split, and why."""


def marks_of(session: date) -> Marks:
    """Moments of a New York session. Raises CalendarError for a day that is none."""
    return Marks(
        before=_second(calendar.close_at(calendar.previous_session(session))),
        evening=_second(datetime.combine(session - timedelta(1), EVENING, NEW_YORK)),
        london=_second(datetime.combine(session, LONDON_OPEN, LONDON)),
        morning=_second(datetime.combine(session, MORNING, NEW_YORK)),
        close=_second(calendar.close_at(session)),
    )


def split(hours: Hours, session: date, steady: bool = False) -> dict[str, float]:
    """Measure → value for one session, all from the same whole run of bars.

    ``steady``: trades at every hour of the week. Without ``asia_return`` where neither Tokyo nor Shanghai has a
    session that day, without ``london_return`` where London has none. Raises Unsplit where an hour is missing.
    """
    marks = marks_of(session)
    _check(hours, marks, steady)
    start, evening = hours[marks.before - HOUR].close, hours[marks.evening].open
    london, morning = hours[marks.london - HOUR].close, hours[marks.morning - HOUR].close
    close = hours[marks.close - HOUR].close
    found = {
        "whole_return": close / start - 1,
        "closed_return": evening / start - 1,
        "asia_return": london / evening - 1,
        "london_return": morning / london - 1,
        "newyork_return": close / morning - 1,
        "first_hour_return": hours[marks.morning].close / morning - 1,
        "last_hour_return": close / hours[marks.close - 2 * HOUR].close - 1,
        "asia_gap": evening / _last_before(hours, marks) - 1,
        **_largest(hours, marks),
        **_half_done(hours, marks),
    }
    if not any(_trades(session, exchange) for exchange in ASIA_EXCHANGES):
        del found["asia_return"]
    if not _trades(session, LONDON_EXCHANGE):
        del found["london_return"]
    return found


def agreed(whole: float, daily: float) -> bool:
    """Whether a whole of hourly bars is the move of the daily bars, both simple returns."""
    logs = math.log1p(whole), math.log1p(daily)
    return abs(logs[0] - logs[1]) <= max(TOLERANCE, SLACK * abs(logs[1]))


def priced_at(hours: Iterable[Hour], clock: time) -> Iterator[tuple[date, float]]:
    """Every day with a bar that ends at a time of the day in New York, and that bar's close."""
    for hour in hours:
        end = datetime.fromtimestamp(hour.stamp + HOUR, NEW_YORK)
        if end.time() == clock:
            yield end.date(), hour.close


def _second(moment: datetime) -> int:
    return int(moment.timestamp())


def _check(hours: Hours, marks: Marks, steady: bool) -> None:
    first = marks.before if steady else marks.evening
    wanted = [marks.before - HOUR, *range(first, marks.close, HOUR)]
    missing = [stamp for stamp in wanted if stamp not in hours]
    if missing:
        began = datetime.fromtimestamp(missing[0], NEW_YORK)
        raise Unsplit(f"{len(missing)} of {len(wanted)} hours missing, the first at {began:%Y-%m-%d %H:%M}")
    for stamp in marks.hours:
        if abs(_hourly(hours, stamp)) > LARGEST:
            began = datetime.fromtimestamp(stamp, NEW_YORK)
            raise Unsplit(f"the hour of {began:%Y-%m-%d %H:%M} moves by more than {LARGEST:.0%}")


def _hourly(hours: Hours, stamp: int) -> float:
    """Move of an hour from the close before it; from its own open after a pause."""
    before = hours.get(stamp - HOUR)
    return hours[stamp].close / (before.close if before else hours[stamp].open) - 1


def _last_before(hours: Hours, marks: Marks) -> float:
    """The last price before the evening; the check has seen the hour up to New York's close."""
    stamps = range(marks.evening - HOUR, marks.before - 2 * HOUR, -HOUR)
    return next(hours[stamp].close for stamp in stamps if stamp in hours)


def _largest(hours: Hours, marks: Marks) -> dict[str, float]:
    moves = {stamp: _hourly(hours, stamp) for stamp in marks.hours}
    largest = max(moves, key=lambda stamp: abs(moves[stamp]))
    begins = datetime.fromtimestamp(largest, NEW_YORK)
    return {"largest_hour_return": moves[largest], "largest_hour": float(begins.hour)}


def _half_done(hours: Hours, marks: Marks) -> dict[str, float]:
    """Hours from the close before until a loss had come half its way and never again stood above that."""
    points = list(_path(hours, marks))
    (begin, start), (_, close) = points[0], points[-1]
    if close / start - 1 > -LOSS:
        return {}
    half = math.sqrt(start * close)
    done = next(later for (_, price), (later, _) in reversed(list(pairwise(points))) if price > half)
    return {"half_done_hour": (done - begin) / HOUR}


def _path(hours: Hours, marks: Marks) -> Iterator[Point]:
    """The day's prices hour by hour, with the first one after each pause."""
    yield marks.before, hours[marks.before - HOUR].close
    for stamp in range(marks.before, marks.close, HOUR):
        if stamp not in hours:
            continue
        if stamp - HOUR not in hours:
            yield stamp, hours[stamp].open
        yield stamp + HOUR, hours[stamp].close


def _trades(day: date, exchange: str) -> bool:
    """Whether an exchange has a session; days outside its table count as open."""
    if not calendar.table_start(exchange) <= day <= calendar.table_end(exchange):
        return True
    return calendar.is_session(day, exchange)
