"""Hours, splits and marks through an unmodified yfinance, against the loopback."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from commentary import calendar
from commentary.sources.collecting import Ask, Collected
from commentary.sources.collectors import hourly
from commentary.sources.collectors.hourly import FEEDS, collect
from commentary.sources.hour_splits import agreed
from commentary.sources.pacing import Pace
from commentary.sources.store import Store
from commentary.sources.store_bars import Daily
from commentary.sources.store_shapes import Reply
from commentary.sources.yahoo_client import Client
from commentary.universe import Universe
from tests.yahoo.conftest import EVENING
from tests.yahoo.faults import made
from tests.yahoo.server import Yahoo
from tests.yahoo.world import World

SESSION = date(2026, 6, 10)
LEGS = ("closed", "asia", "london", "newyork")


def collected(
    store: Store, universe: Universe, now: datetime = EVENING, session: date = SESSION
) -> Collected:
    return collect(Ask(universe, session, now, store, Client(Pace(1e6), lambda seconds: None)))


def dailies(store: Store, world: World, *symbols: str) -> None:
    """Daily closes of the funds and the index, as a fetch has left them."""
    for symbol in symbols or ("GLD", "SLV", "^GSPC"):
        bars = world.bars([symbol])
        rows = [
            (day, (close,) * 4 + (1.0,))
            for day, close in zip(bars.days.tolist(), bars.columns["close"].tolist(), strict=True)
        ]
        store.keep_daily(Daily(symbol, "yahoo", rows, {}, Reply(EVENING, rows[0][0], "fresh")))


def series(store: Store, name: str) -> dict[date, float]:
    return {item.day: item.value for item in store.observations() if item.series == name}


@pytest.fixture
def months(monkeypatch: pytest.MonkeyPatch) -> None:
    """A first run that asks for half a year, as two take the loopback seconds to make."""
    monkeypatch.setattr(hourly, "FIRST_DAYS", timedelta(days=180))


def test_two_years_in_one_request_a_symbol_then_from_the_last_hour_on(
    yahoo: Yahoo, universe: Universe, tmp_path: Path
) -> None:
    with Store(tmp_path / "store.db") as store:
        dailies(store, yahoo.world)
        collected(store, universe)
        assert yahoo.counts["hourly"] == 5
        sessions = set(calendar.sessions_between(date(2024, 7, 1), SESSION))
        for feed in FEEDS:
            found = series(store, f"{feed.subject}.newyork_return").keys() & sessions
            assert len(found) > (0.99 if feed.steady else 0.6) * len(sessions), feed
        yahoo.world.now = EVENING + timedelta(days=1)
        dailies(store, yahoo.world)
        again = collected(store, universe, yahoo.world.now, date(2026, 6, 11))
        assert yahoo.counts["hourly"] == 10
        assert 0 < again.kept <= 5 * 24 + 4 * 10 + 2
        assert max(series(store, "bitcoin.newyork_return")) == date(2026, 6, 11)


def test_hours_and_marks_are_those_that_yahoo_has(
    yahoo: Yahoo, universe: Universe, tmp_path: Path, months: None
) -> None:
    coin = yahoo.world["BTC-USD"]
    with Store(tmp_path / "store.db") as store:
        collected(store, universe)
        kept = {hour.stamp: hour.close for hour in store.hourly("BTC-USD")}
        marks = store.closes("BTC-USD@16:00", date(2026, 6, 1))
    for day in (date(2026, 6, 9), SESSION):
        close = next(bar.close for bar in coin.whole_hours(day) if bar.stamp + 3600 == second(day))
        assert marks[day] == pytest.approx(close, rel=1e-6)
        assert kept[second(day) - 3600] == pytest.approx(close, rel=1e-6)
    assert max(marks) == SESSION
    assert max(kept) == second(SESSION)  # 16:00 to 17:00, half an hour before the evening


def second(day: date) -> int:
    return int(calendar.close_at(day).timestamp())


def test_the_parts_make_the_day_of_the_fund(
    yahoo: Yahoo, universe: Universe, tmp_path: Path, months: None
) -> None:
    with Store(tmp_path / "store.db") as store:
        dailies(store, yahoo.world)
        collected(store, universe)
        parts = {leg: series(store, f"gold.{leg}_return") for leg in LEGS}
        closes = store.closes("GLD", date(2025, 1, 1))
    days = [day for day in parts["asia"].keys() & parts["london"].keys() if day.year == 2026]
    assert len(days) > 60
    for day in days:
        whole = 1.0
        for leg in LEGS:
            whole *= 1 + parts[leg][day]
        assert agreed(whole - 1, closes[day] / closes[calendar.previous_session(day)] - 1)


def test_a_symbol_that_yahoo_does_not_have_leaves_the_others(
    yahoo: Yahoo, universe: Universe, tmp_path: Path, months: None
) -> None:
    yahoo.world.gone.add("SI=F")
    with Store(tmp_path / "store.db") as store:
        dailies(store, yahoo.world)
        found = collected(store, universe)
        assert [line for line in found.warnings if line.startswith("no hourly bars of SI=F")]
        assert series(store, "silver.newyork_return") == {}
        assert series(store, "bitcoin.newyork_return")


def test_an_unreadable_answer_is_a_warning(
    yahoo: Yahoo, universe: Universe, tmp_path: Path, months: None
) -> None:
    yahoo.put(made("html", ["GC=F"], kind="hourly"))
    with Store(tmp_path / "store.db") as store:
        dailies(store, yahoo.world)
        found = collected(store, universe)
        assert found.warnings[0].startswith("no hourly bars of GC=F: an answer that cannot be read")
        assert not any(item.series.startswith("gold.") for item in store.observations())
        assert series(store, "bitcoin.newyork_return")
