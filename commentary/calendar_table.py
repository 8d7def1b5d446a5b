"""The shipped table behind ``calendar``: ``data/calendar.json``, made by ``scripts/make_calendar.py``."""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from commentary.errors import HeldError
from commentary.shapes import dataclass

EXCHANGES = ("XNYS", "CME", "SIFMA", "XSHG", "XLON", "XTKS")
_TABLE = Path(__file__).parent / "data" / "calendar.json"


class CalendarError(HeldError):
    """A day that the table cannot answer for, or an exchange that it does not have."""


@dataclass(frozen=True)
class Exchange:
    """One exchange of the table: ``closed`` holds weekdays only, closes are in the exchange's own zone."""

    code: str
    zone: str
    first: date
    last: date
    close: tuple[tuple[date, time], ...]  # regular close by the day from which it holds
    closed: Mapping[date, str]
    early: Mapping[date, tuple[time, str]]
    provisional: tuple[date, str] | None

    @cached_property
    def sessions(self) -> tuple[date, ...]:
        """Every session of the table, in order."""
        closed = {day.toordinal() for day in self.closed}
        ordinals = range(self.first.toordinal(), self.last.toordinal() + 1)
        return tuple(
            map(date.fromordinal, (day for day in ordinals if (day - 1) % 7 < 5 and day not in closed))
        )

    def covered(self, day: date) -> date:
        """The day as a plain date. Raises CalendarError outside the table."""
        plain = day.date() if isinstance(day, datetime) else day
        if plain > self.last:
            remedy = "make it longer with scripts/make_calendar.py"
            raise CalendarError(
                f"{plain} is beyond the {self.code} calendar, which ends {self.last}: {remedy}"
            )
        if plain < self.first:
            raise CalendarError(f"{plain} is before the {self.code} calendar, which starts {self.first}")
        return plain

    def is_session(self, day: date) -> bool:
        """Whether the day is a session. Raises CalendarError outside the table."""
        plain = self.covered(day)
        return plain.weekday() < 5 and plain not in self.closed

    def before(self, day: date) -> date:
        """The last session before the day. Raises CalendarError where the table has none."""
        index = bisect_left(self.sessions, self.covered(day)) - 1
        if index < 0:
            self.covered(self.first - timedelta(1))
        return self.sessions[index]

    def after(self, day: date) -> date:
        """The first session after the day. Raises CalendarError where the table has none."""
        index = bisect_right(self.sessions, self.covered(day))
        if index == len(self.sessions):
            self.covered(self.last + timedelta(1))
        return self.sessions[index]

    def closes(self, day: date) -> time:
        """Close of a session in the exchange's own zone."""
        if day in self.early:
            return self.early[day][0]
        return next(close for start, close in reversed(self.close) if start <= day)


@cache
def exchange(code: str) -> Exchange:
    """One exchange of the table. Raises CalendarError for a code that it does not have."""
    if code not in EXCHANGES:
        raise CalendarError(f"no calendar of {code!r}; wanted one of {', '.join(EXCHANGES)}")
    table = _table()
    entry = table["exchanges"][code]
    since = entry["provisional"]
    early = {
        day: (time.fromisoformat(at), name)
        for at, named in entry["early"].items()
        for day, name in _by_day(named).items()
    }
    return Exchange(
        code=code,
        zone=entry["timezone"],
        first=date.fromisoformat(table["first"]),
        last=date.fromisoformat(table["last"]),
        close=tuple((date.fromisoformat(day), time.fromisoformat(at)) for day, at in entry["close"].items()),
        closed=_by_day(entry["closed"]),
        early=early,
        provisional=(date.fromisoformat(since[0]), since[1]) if since else None,
    )


@cache
def _table() -> dict[str, Any]:
    table: dict[str, Any] = json.loads(_TABLE.read_text(encoding="utf-8"))
    return table


def _by_day(named: Mapping[str, str]) -> dict[date, str]:
    return {date.fromisoformat(text): name for name, texts in named.items() for text in texts.split()}
