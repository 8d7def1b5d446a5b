"""When each input of a session is out, and so which set of inputs a session can be read from at a given time."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from commentary import calendar
from commentary.universe import SETS, Instrument, Universe

AUTO = "auto"
CHOICES = (AUTO, *SETS)
"""What ``--set`` takes: ``auto`` leaves it to the clock where the source is live."""

ARCHIVE, EVENING = SETS

_NEXT = "next "


def available(item: Instrument, session: date) -> datetime:
    """When a source has the settled value of a session, in New York time.

    "next" is the next session of the input's own exchange: on a holiday of the bond market nothing is published.
    What trades all day is out when the day in Greenwich is over, if that is later than declared.
    """
    clock = time.fromisoformat(item.available_at.removeprefix(_NEXT))
    exchange = item.session if item.session in calendar.EXCHANGES else "XNYS"
    day = calendar.next_session(session, exchange) if item.available_at.startswith(_NEXT) else session
    declared = datetime.combine(day, clock, ZoneInfo(calendar.NEW_YORK))
    over = datetime.combine(session + timedelta(1), time(0), UTC)
    return max(declared, over.astimezone(declared.tzinfo)) if item.session == "UTC" else declared


def awaited(universe: Universe, session: date, now: datetime) -> tuple[str, ...]:
    """Ids of the inputs of a session that are not out at ``now``, which has a time zone."""
    late = (item for item in universe.instruments.values() if item.late)
    return tuple(item.id for item in late if available(item, session) > now)


def none_came_later(universe: Universe, session: date, now: datetime) -> bool:
    """Whether no late input of a session is out at ``now``: the archive set has nothing yet that the evening's has
    not."""
    late = (item for item in universe.instruments.values() if item.late)
    return not any(available(item, session) <= now for item in late)


def decided(universe: Universe, session: date, now: datetime) -> str:
    """The set that a session can be read from at ``now``: the archive's once every late input is out."""
    return EVENING if awaited(universe, session, now) else ARCHIVE
