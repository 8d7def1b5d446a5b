"""Collects what is due and what was printed: economic events of the United States, earnings of large companies."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from commentary import calendar
from commentary.sources.collecting import Ask, Collected
from commentary.sources.scheduled import EARNINGS, ECONOMIC, WITHDRAWN, plain
from commentary.sources.store_shapes import Event
from commentary.sources.yahoo import NoBars

NAME = "events"

BEFORE, AFTER = timedelta(10), timedelta(14)
"""Days around the session that are asked for."""

PAGE = 100
"""Rows of one answer: Yahoo gives no more, whatever is asked for."""

PAGES = 20
"""Beyond so many, a calendar that never ends is given up."""

COUNTRY = "US"
GIANT = 100e9
"""Dollars that a company whose earnings are asked for is worth at least."""

Row = Mapping[str, Any]
Asked = Callable[[int], Any]


def collect(ask: Ask) -> Collected:
    """Bank the window's entries; one that Yahoo no longer has is withdrawn.

    What cannot be had is a warning. Raises SourceError where Yahoo cannot be reached at all.
    """
    kept, warnings = 0, []
    first, last = ask.session - BEFORE, ask.session + AFTER
    calendars = _raw(ask.client.yfinance)(start=first, end=last, session=ask.client.session)
    for kind, question, event in (
        (ECONOMIC, calendars.economic, _economic),
        (EARNINGS, calendars.earnings, _earnings),
    ):
        try:
            rows = list(_pages(ask, kind, question))
        except NoBars as error:
            warnings.append(f"the calendar of {kind} events is not to be had ({error})")
            continue
        found = _once(made for row in rows if (made := event(row, ask)) is not None)
        gone = _withdrawn(ask, kind, found, (first, last))
        kept += ask.store.keep_events([*found, *gone], ask.now, NAME)
    return Collected(kept, tuple(warnings))


def _raw(yfinance: Any) -> Any:
    """The library's calendars, read as Yahoo answers.

    ``Calendars._cleanup_df`` (yfinance 1.7, calendars.py) replaces 0.0 by NaN in every column of figures, so that
    a price index that did not move looks as if it had not been printed. Here that step does nothing; what is
    missing comes as null. The second override asks for one country: a window of all has thousands of rows.
    """

    class Raw(yfinance.Calendars):  # type: ignore[misc]
        def _cleanup_df(self, calendar_type: str) -> Any:
            return self.calendars[calendar_type]

        def _get_startdatetime_operators(self, start: Any = None, end: Any = None) -> Any:
            query = super()._get_startdatetime_operators(start, end)
            query.append(yfinance.calendars.CalendarQuery("eq", ["country_code", COUNTRY]))
            return query

        def economic(self, offset: int) -> Any:
            return self.get_economic_events_calendar(limit=PAGE, offset=offset, force=True)

        def earnings(self, offset: int) -> Any:
            return self.get_earnings_calendar(
                market_cap=GIANT, filter_most_active=False, limit=PAGE, offset=offset, force=True
            )

    return Raw


def _pages(ask: Ask, what: str, question: Asked) -> Iterator[Row]:
    for page in range(PAGES):
        offset = page * PAGE
        frame = ask.client.ask(f"the {what} calendar", lambda offset=offset: question(offset))  # type: ignore[misc]
        rows: list[Row] = frame.to_dict("records")
        yield from rows
        if len(rows) < PAGE:
            return


def _economic(row: Row, ask: Ask) -> Event | None:
    at = _moment(row.get("Event Time"))
    if at is None or row.get("Country Code") != COUNTRY or not row.get("Event"):
        return None
    figures = [_number(row.get(key)) for key in ("Actual", "Market Expectation", "Prior to This")]
    if at > ask.now:
        figures[0] = math.nan
    known = [figure for figure in figures if not math.isnan(figure)]
    if len(known) > 1 and not any(known):  # noughts throughout stand for nothing; one alone is a print
        figures = [math.nan] * len(figures)
    local = at.astimezone(ZoneInfo(calendar.NEW_YORK))
    return Event(local.date(), ECONOMIC, plain(str(row["Event"])), local.isoformat(), *figures)


def _earnings(row: Row, ask: Ask) -> Event | None:
    at = _moment(row.get("Event Start Date"))
    symbol = row.get("Symbol")
    if at is None or symbol not in ask.universe.stocks:
        return None
    actual = math.nan if at > ask.now else _number(row.get("Reported EPS"))
    local = at.astimezone(ZoneInfo(calendar.NEW_YORK))
    figures = (actual, _number(row.get("EPS Estimate")), math.nan)
    return Event(local.date(), EARNINGS, str(symbol), local.isoformat(), *figures)


def _once(found: Iterable[Event]) -> list[Event]:
    """One entry a day, kind and name: of two the one that brings a figure."""
    kept: dict[tuple[date, str], Event] = {}
    for event in found:
        key = (event.day, event.name)
        if key not in kept or (math.isnan(kept[key].actual) and not math.isnan(event.actual)):
            kept[key] = event
    return list(kept.values())


def _withdrawn(ask: Ask, kind: str, found: Sequence[Event], window: tuple[date, date]) -> list[Event]:
    """Entries to come that were kept and are no longer in the calendar: moved, or called off."""
    there = {(event.day, event.name) for event in found}
    today = ask.now.astimezone(ZoneInfo(calendar.NEW_YORK)).date()
    return [
        Event(event.day, kind, event.name, WITHDRAWN, math.nan, math.nan, math.nan)
        for event in ask.store.events()
        if event.kind == kind
        and event.at != WITHDRAWN
        and max(today, window[0]) < event.day < window[1]
        and (event.day, event.name) not in there
    ]


def _moment(value: Any) -> datetime | None:
    """A time of Yahoo's, in Greenwich unless it says otherwise."""
    try:
        found = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _number(value: Any) -> float:
    """A figure; nan for null, text that is none, and infinities."""
    try:
        found = float(value)
    except (TypeError, ValueError):
        return math.nan
    return found if math.isfinite(found) else math.nan
