"""The calendar of events: true noughts, pages, what is missing, what was moved."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pandas as pd
import pytest
import yfinance

from commentary.errors import SourceError
from commentary.library import Library
from commentary.sources.collecting import Ask
from commentary.sources.collectors import events
from commentary.sources.pacing import Pace
from commentary.sources.scheduled import WITHDRAWN
from commentary.sources.store import Store
from commentary.sources.store_shapes import Event
from commentary.sources.yahoo import NoBars
from commentary.sources.yahoo_client import Client
from commentary.universe import load_universe
from tests.yahoo.conftest import EVENING, market, server, universe, yahoo  # noqa: F401 - fixtures
from tests.yahoo.server import Yahoo

UNIVERSE = load_universe(Library())
SESSION = date(2026, 6, 10)
Answer = list[list[Any]]

ECONOMIC = [
    "Event",
    "Country Code",
    "Event Time",
    "Period",
    "Actual",
    "Market Expectation",
    "Prior to This",
    "Revised from",
]
EARNINGS = [
    "Symbol", "Company Name", "Market Cap (Intraday)", "Event Name", "Event Start Date", "Event Start Date",
    "EPS Estimate", "Reported EPS", "Surprise (%)",
]  # fmt: skip


class Calendars:
    """Stands in for the library's class: it answers rows page by page, cleaned up as the library does."""

    rows: dict[str, Answer] = {}  # noqa: RUF012 - set by each test
    asked: list[tuple[str, int]] = []  # noqa: RUF012

    def __init__(self, start: Any, end: Any, session: Any) -> None:
        self.window, self.calendars = (start, end), {}  # type: ignore[var-annotated]

    def _get(self, kind: str, columns: list[str], limit: int, offset: int) -> Any:
        type(self).asked.append((kind, offset))
        self.calendars[kind] = pd.DataFrame(
            self.rows.get(kind, [])[offset : offset + min(limit, 100)], columns=columns
        )
        return self._cleanup_df(kind)

    def _cleanup_df(self, kind: str) -> Any:
        return yfinance.Calendars._cleanup_df(cast(Any, self), kind)

    def get_economic_events_calendar(self, limit: int, offset: int, force: bool) -> Any:
        return self._get("economic_event", ECONOMIC, limit, offset)

    def get_earnings_calendar(
        self, market_cap: float, filter_most_active: bool, limit: int, offset: int, force: bool
    ) -> Any:
        assert not filter_most_active
        columns = ["Timing" if place == 5 else name for place, name in enumerate(EARNINGS)]
        return self._get("sp_earnings", columns, limit, offset)


class Fake:
    """A client without a network."""

    def __init__(self, failing: Exception | None = None) -> None:
        query = SimpleNamespace(CalendarQuery=None)
        self.yfinance = SimpleNamespace(Calendars=Calendars, calendars=query)
        self.session, self.failing = None, failing

    def ask(self, what: str, question: Callable[[], Any]) -> Any:
        if self.failing is not None:
            raise self.failing
        return question()


def economic(name: str, at: str, *figures: float | None, country: str = "US") -> list[Any]:
    actual, consensus, previous = (*figures, None, None, None)[:3]
    return [name, country, at, "May", actual, consensus, previous, None]


def ask(store: Store, client: Any, now: datetime = EVENING) -> Ask:
    return Ask(UNIVERSE, SESSION, now, store, cast(Client, client))


def collected(tmp_path: Path, rows: Answer, earnings: Answer | None = None) -> dict[str, Event]:
    Calendars.rows, Calendars.asked = {"economic_event": rows, "sp_earnings": earnings or []}, []
    with Store(tmp_path / "store.db") as store:
        assert events.collect(ask(store, Fake())).warnings == ()
        return {event.name: event for event in store.events()}


def test_the_library_loses_a_true_nought_and_we_do_not(tmp_path: Path) -> None:
    row = economic("CPI MM, SA", "2026-06-10T12:30:00.000Z", 0.0, 0.2, 0.3)
    cleaned = Calendars(None, None, None)
    Calendars.rows = {"economic_event": [row]}
    assert math.isnan(cleaned.get_economic_events_calendar(100, 0, True)["Actual"].iloc[0])  # the trap
    found = collected(tmp_path, [row])["CPI MM, SA"]
    assert (found.actual, found.consensus, found.previous) == (0.0, 0.2, 0.3)
    assert found.at == "2026-06-10T08:30:00-04:00" and found.day == date(2026, 6, 10)


def test_nothing_is_printed_before_its_hour_and_null_is_nothing(tmp_path: Path) -> None:
    found = collected(tmp_path, [economic("Retail Sales MM", "2026-06-12T12:30:00Z", 0.0, None, -0.3)])
    event = found["Retail Sales MM"]
    assert math.isnan(event.actual) and math.isnan(event.consensus) and event.previous == -0.3


def test_noughts_throughout_are_no_figures(tmp_path: Path) -> None:
    event = collected(tmp_path, [economic("Retail Sales MM", "2026-06-09T12:30:00Z", 0.0, 0.0, 0.0)])[
        "Retail Sales MM"
    ]
    assert all(map(math.isnan, (event.actual, event.consensus, event.previous)))


def test_other_countries_and_broken_rows_are_left_out(tmp_path: Path) -> None:
    rows = [
        economic("CPI MM", "2026-06-09T06:00:00Z", 0.4, country="GB"),
        economic("Unemployment Rate *", "sometime", 4.1),
        economic("ISM N-Mfg PMI *", "2026-06-03T14:00:00Z", cast(Any, "n/a"), 52.0),
    ]
    found = collected(tmp_path, rows)
    assert set(found) == {"ISM N-Mfg PMI"}
    assert math.isnan(found["ISM N-Mfg PMI"].actual)


def test_every_page_of_a_hundred_is_read(tmp_path: Path) -> None:
    rows = [economic(f"Indicator {number}", "2026-06-09T12:30:00Z", 1.0) for number in range(250)]
    assert len(collected(tmp_path, rows)) == 250
    assert [offset for kind, offset in Calendars.asked if kind == "economic_event"] == [0, 100, 200]


def test_a_full_last_page_is_followed_by_an_empty_one(tmp_path: Path) -> None:
    rows = [economic(f"Indicator {number}", "2026-06-09T12:30:00Z", 1.0) for number in range(100)]
    assert len(collected(tmp_path, rows)) == 100
    assert [offset for kind, offset in Calendars.asked if kind == "economic_event"] == [0, 100]


def test_earnings_of_the_stock_list_are_kept(tmp_path: Path) -> None:
    reports = [
        ["NVDA", "Nvidia", 4e12, "Report", "2026-06-11T20:20:00.000Z", "AMC", 1.0, None, None],
        ["NOBODY", "Nobody", 2e11, "Report", "2026-06-11T20:20:00.000Z", "AMC", 1.0, None, None],
        ["ORCL", "Oracle", 6e11, "Report", "2026-06-09T20:10:00.000Z", "AMC", 1.5, 0.0, None],
    ]
    found = collected(tmp_path, [], reports)
    assert set(found) == {"NVDA", "ORCL"}
    assert math.isnan(found["NVDA"].actual) and found["ORCL"].actual == 0.0


def test_of_two_rows_of_an_event_the_one_with_a_figure_is_kept(tmp_path: Path) -> None:
    at = "2026-06-09T12:30:00Z"
    rows = [economic("Unemployment Rate", at, None, 4.2), economic("Unemployment Rate *", at, 4.3, 4.2)]
    assert collected(tmp_path, rows)["Unemployment Rate"].actual == 4.3


def test_what_yahoo_no_longer_has_is_withdrawn(tmp_path: Path) -> None:
    collected(tmp_path, [economic("Retail Sales MM", "2026-06-12T12:30:00Z", None, 0.3)])
    moved = collected(tmp_path, [economic("Retail Sales MM", "2026-06-15T12:30:00Z", None, 0.3)])
    assert moved["Retail Sales MM"].day == date(2026, 6, 15)
    with Store(tmp_path / "store.db") as store:
        states = {event.day: event.at for event in store.events()}
    assert states[date(2026, 6, 12)] == WITHDRAWN
    collected(tmp_path, [economic("Retail Sales MM", "2026-06-12T12:30:00Z", None, 0.3)])
    with Store(tmp_path / "store.db") as store:
        assert {event.day: event.at == WITHDRAWN for event in store.events()} == {
            date(2026, 6, 12): False, date(2026, 6, 15): True,
        }  # fmt: skip


def test_a_calendar_that_cannot_be_read_is_a_warning_and_withdraws_nothing(tmp_path: Path) -> None:
    collected(tmp_path, [economic("Retail Sales MM", "2026-06-12T12:30:00Z", None, 0.3)])
    with Store(tmp_path / "store.db") as store:
        answer = events.collect(ask(store, Fake(NoBars("html"))))
        assert answer.kept == 0 and len(answer.warnings) == 2
        assert all(event.at != WITHDRAWN for event in store.events())


def test_a_feed_that_cannot_be_reached_is_an_error(tmp_path: Path) -> None:
    with Store(tmp_path / "store.db") as store, pytest.raises(SourceError):
        events.collect(ask(store, Fake(SourceError("down"))))


def test_yahoo_itself_is_asked_page_by_page(yahoo: Yahoo, tmp_path: Path) -> None:  # noqa: F811
    with Store(tmp_path / "store.db") as store:
        client = Client(Pace(1000.0))
        first = events.collect(Ask(UNIVERSE, SESSION, EVENING, store, client))
        again = events.collect(Ask(UNIVERSE, SESSION, EVENING, store, client))
        kept = store.events()
    assert first.warnings == () and first.kept == len(kept) > 10
    assert again.kept == 0
    assert {event.kind for event in kept} <= {"economic", "earnings"}
    claims = {event.day: event for event in kept if event.name == "Initial Jobless Clm"}
    assert not math.isnan(claims[date(2026, 6, 4)].actual) and math.isnan(claims[date(2026, 6, 11)].actual)


def test_the_trap_is_still_there() -> None:
    """Where yfinance has mended it, the way round it may go."""
    frame = pd.DataFrame([economic("CPI MM, SA", "2026-06-10T12:30:00Z", 0.0, 0.2, 0.3)], columns=ECONOMIC)
    holder = SimpleNamespace(calendars={"economic_event": frame})
    assert math.isnan(yfinance.Calendars._cleanup_df(cast(Any, holder), "economic_event")["Actual"].iloc[0])


def test_moments_without_a_zone_are_greenwich_s() -> None:
    found = events._moment("2026-06-10T12:30:00")
    assert found == datetime(2026, 6, 10, 12, 30, tzinfo=UTC)
