"""Calendar entries as observations: what was printed on a session, and what was known to be next."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from commentary import calendar
from commentary.macro import Macro
from commentary.sources.observed import Observation
from commentary.sources.store_shapes import Event

ECONOMIC, EARNINGS = "economic", "earnings"
KINDS = (ECONOMIC, EARNINGS)

WITHDRAWN = "withdrawn"
"""Stands as ``at`` of an entry that its feed no longer has."""

AHEAD = 10
"""Sessions before an event from which on it is looked ahead to."""

_CLOSE = time(16)


@dataclass(frozen=True)
class Seen:
    """A state of an entry, and when it was first seen; None: known as long as anybody cares."""

    event: Event
    at: datetime | None = None


@dataclass(frozen=True)
class _Entry:
    """An entry that the rules know: its id, its day in New York, the session that can answer it, its states."""

    ident: str
    day: date
    session: date
    states: tuple[Seen, ...]

    def known_on(self, session: date) -> Event | None:
        """Its state as it stood on the evening of a session; None where it was not known or withdrawn."""
        known = [state.event for state in self.states if state.at is None or _first(state.at) <= session]
        return known[-1] if known and known[-1].at != WITHDRAWN else None


def observations(states: Iterable[Seen], macro: Macro) -> Iterator[Observation]:
    """Of every event and company that the rules name: ``actual``, ``consensus`` and ``previous`` on the session
    of the print, where there is an actual; ``next_date`` and ``next_consensus`` on the sessions before it.

    ``states`` of one entry in the order in which they were seen. What is printed is the newest state; what is
    next is the state that a session could know. Days are ordinals; a print after 16:00 is the next session's.
    """
    entries = _entries(states, macro)
    for entry in entries:
        yield from _printed(entry, macro)
    yield from _coming(entries, macro)


def printed_days(states: Iterable[Seen], macro: Macro) -> Mapping[str, Sequence[date]]:
    """Event → sessions on which it brought a figure."""
    found: dict[str, list[date]] = {}
    for entry in _entries(states, macro):
        newest = entry.states[-1].event
        if newest.at != WITHDRAWN and math.isfinite(newest.actual):
            found.setdefault(entry.ident, []).append(entry.session)
    return found


def moment_of(at: str) -> tuple[date, time] | None:
    """Day and time in New York of a time with its zone; None for anything else."""
    try:
        found = datetime.fromisoformat(at)
    except ValueError:
        return None
    if len(at) <= len("2024-08-02") or found.tzinfo is None:
        return None
    local = found.astimezone(ZoneInfo(calendar.NEW_YORK))
    return local.date(), local.time()


def _entries(states: Iterable[Seen], macro: Macro) -> list[_Entry]:
    """One entry an id and session; where a calendar lists one under several names, the first of the rules."""
    names = {(ECONOMIC, word): (ident, place) for ident, it in macro.events.items()
             for place, word in enumerate(it.words)}  # fmt: skip
    names |= {(EARNINGS, it.symbol): (ident, 0) for ident, it in macro.companies.items()}
    grouped: dict[tuple[str, int, date, date], list[Seen]] = {}
    for state in states:
        event = state.event
        ident, place = names.get((event.kind, plain(event.name)), ("", 0))
        day, session = _placed(event)
        if ident and session is not None:
            grouped.setdefault((ident, place, event.day, session), []).append(state)
    kept: dict[tuple[str, date], _Entry] = {}
    for (ident, _, day, session), found in sorted(grouped.items(), key=lambda item: item[0]):
        kept.setdefault((ident, session), _Entry(ident, day, session, tuple(found)))
    return list(kept.values())


def plain(name: str) -> str:
    """A name without the asterisk that marks it in some calendars."""
    return name.rstrip("* ").strip()


def _placed(event: Event) -> tuple[date, date | None]:
    """The entry's day in New York, and the first session whose close knows it."""
    moment = moment_of(event.at)
    day, hour = moment or (event.day, time(0))
    try:
        late = hour >= _CLOSE or not calendar.is_session(day)
        return day, calendar.next_session(day) if late else day
    except calendar.CalendarError:
        return day, None


def _printed(entry: _Entry, macro: Macro) -> Iterator[Observation]:
    event, known = entry.states[-1].event, macro.events.get(entry.ident)
    if known is None or event.at == WITHDRAWN or not math.isfinite(event.actual):
        return
    figures = {"actual": event.actual, "consensus": event.consensus, "previous": event.previous}
    for measure, value in figures.items():
        if math.isfinite(value):
            yield Observation(f"{entry.ident}.{measure}", entry.session, value * known.times, ECONOMIC)


def _coming(entries: Sequence[_Entry], macro: Macro) -> Iterator[Observation]:
    """The nearest entry of each id, on each of the sessions before it that could know of it."""
    told: set[tuple[str, date]] = set()
    for entry in sorted(entries, key=lambda item: item.session):
        for session in _before(entry.session):
            event = entry.known_on(session)
            if event is None or (entry.ident, session) in told or entry.day <= session:
                continue
            told.add((entry.ident, session))
            yield Observation(f"{entry.ident}.next_date", session, float(entry.day.toordinal()), event.kind)
            known = macro.events.get(entry.ident)
            if known is not None and math.isfinite(event.consensus):
                yield Observation(
                    f"{entry.ident}.next_consensus", session, event.consensus * known.times, event.kind
                )


def _before(session: date) -> tuple[date, ...]:
    """The sessions before one from which it is looked ahead to."""
    first = max(session - timedelta(3 * AHEAD), calendar.table_start())
    return calendar.sessions_between(first, session - timedelta(1))[-AHEAD:]


def _first(seen: datetime) -> date:
    """The first session whose note could know what was seen at a time."""
    return calendar.latest_settled(seen)
