"""The morning after a session, by the exchanges' calendars: who had traded that day, who is shut, who opens when."""

from __future__ import annotations

from datetime import date, timedelta

from commentary import calendar
from commentary.calendar import CalendarError
from commentary.model import Scalar

PLACES = {"tokyo": "XTKS", "shanghai": "XSHG", "london": "XLON", "newyork": "XNYS"}
"""Tokyo and Shanghai close before New York opens; London while it trades, at 11:30 there or, for some weeks, 12:30."""

NAMES = (
    "morning.opens_date", *(f"{place}.{what}" for place in PLACES for what in ("traded", "rests", "opens_date")),
)  # fmt: skip
"""Every name that ``morning_names`` may give."""


def morning_after(session: date) -> date:
    """The next weekday."""
    following = session + timedelta(1)
    while following.weekday() > 4:
        following += timedelta(1)
    return following


def morning_names(session: date) -> dict[str, Scalar]:
    """``traded`` on the day itself, ``rests`` on the morning after, ``opens_date`` of the next session of a place.

    Nothing of a place whose calendar does not reach so far.
    """
    morning = morning_after(session)
    names: dict[str, Scalar] = {"morning.opens_date": float(morning.toordinal())}
    for place, exchange in PLACES.items():
        try:
            names |= {
                f"{place}.traded": float(calendar.is_session(session, exchange)),
                f"{place}.rests": float(not calendar.is_session(morning, exchange)),
                f"{place}.opens_date": float(calendar.next_session(session, exchange).toordinal()),
            }
        except CalendarError:
            continue
    return names
