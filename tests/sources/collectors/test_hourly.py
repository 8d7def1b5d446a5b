"""Hours are banked once, split where they can be trusted, and marked at New York's close."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, cast

import pandas as pd
import pytest

from commentary.errors import SourceError
from commentary.library import Library
from commentary.sources import store as source
from commentary.sources.collecting import Ask, Collected
from commentary.sources.collectors import hourly
from commentary.sources.store import Store
from commentary.sources.store_bars import Daily
from commentary.sources.store_shapes import Hour, Reply
from commentary.sources.yahoo import NoBars
from commentary.sources.yahoo_client import Client
from commentary.universe import in_the_evening, load_universe
from tests.sources.hours import NEW_YORK, Step, always, hours, second, without

UNIVERSE = load_universe(Library())
SESSION = date(2026, 6, 10)
EVENING = datetime(2026, 6, 10, 17, 30, tzinfo=NEW_YORK)
SPAN = ("2026-06-08 10:00", "2026-06-10 17:30")
FALL: list[Step] = [("2026-06-09 21:30", 99.0), ("2026-06-10 04:30", 98.0), ("2026-06-10 10:30", 96.0)]
SYMBOLS = ["GC=F", "SI=F", "ES=F", "BTC-USD", "ETH-USD"]


def frame(bars: list[Hour], first: datetime) -> pd.DataFrame:
    """The bars as yfinance gives them from a moment on."""
    kept = [bar for bar in bars if bar.stamp >= first.timestamp()]
    index = pd.to_datetime([bar.stamp for bar in kept], unit="s", utc=True).tz_convert("America/New_York")
    columns = {
        name.title(): [getattr(bar, name) for bar in kept] for name in ("open", "high", "low", "close")
    }
    return pd.DataFrame(columns | {"Volume": [bar.volume for bar in kept]}, index=index)


class Fake:
    """A client that answers from hours made by hand, and notes what it was asked for."""

    def __init__(self, bars: dict[str, list[Hour]]) -> None:
        self.bars = bars
        self.asked: list[tuple[str, datetime]] = []
        self.failing: dict[str, Exception] = {}

    def ticker(self, symbol: str) -> Any:
        fake = self

        class Ticker:
            def history(self, **given: Any) -> pd.DataFrame:
                assert given.pop("interval") == "60m"
                assert given.pop("prepost") is True
                fake.asked.append((symbol, given["start"]))
                if symbol in fake.failing:
                    raise fake.failing[symbol]
                return frame(fake.bars[symbol], given["start"])

        return Ticker()

    def ask(self, what: str, question: Callable[[], pd.DataFrame]) -> pd.DataFrame:
        return question()


def made() -> dict[str, list[Hour]]:
    coins = hours(SPAN, FALL, trades=always)
    return {"GC=F": hours(SPAN, FALL), "SI=F": hours(SPAN, FALL), "ES=F": hours(SPAN, FALL)} | dict.fromkeys(
        ("BTC-USD", "ETH-USD"), coins
    )


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "store.db") as opened:
        for symbol in ("GLD", "SLV", "^GSPC"):
            daily(opened, symbol, {8: 200.0, 9: 200.0, 10: 192.2})
        yield opened


def daily(store: Store, symbol: str, closes: dict[int, float]) -> None:
    rows = [(date(2026, 6, day), (close,) * 4 + (1.0,)) for day, close in closes.items()]
    reply = Reply(datetime(2026, 6, 10, 21, tzinfo=UTC), rows[0][0], "fresh")
    store.keep_daily(Daily(symbol, "yahoo", rows, {}, reply))


def collected(store: Store, fake: Fake, now: datetime = EVENING, session: date = SESSION) -> Collected:
    return hourly.collect(Ask(UNIVERSE, session, now, store, cast(Client, fake)))


def splits(store: Store, day: date = SESSION) -> dict[str, float]:
    return {item.series: item.value for item in store.observations() if item.day == day}


def test_the_first_run_asks_for_all_there_is_and_each_symbol_once(store: Store) -> None:
    fake = Fake(made())
    found = collected(store, fake)
    assert [symbol for symbol, _ in fake.asked] == SYMBOLS
    assert {(EVENING - first).days for _, first in fake.asked} == {729}
    assert found.warnings == ()
    assert splits(store)["gold.asia_return"] == pytest.approx(-0.01)
    assert splits(store)["silver.london_return"] == pytest.approx(98 / 99 - 1)
    assert splits(store)["sp500.newyork_return"] == pytest.approx(96 / 98 - 1)
    assert splits(store)["bitcoin.closed_return"] == 0
    assert len(splits(store)) == 4 * 10
    assert {item.source for item in store.observations()} == {
        f"yahoo hourly {symbol}" for symbol in SYMBOLS[:4]
    }
    assert found.kept > 0


def test_a_second_run_asks_from_the_last_hour_on_and_keeps_only_what_is_new(store: Store) -> None:
    fake = Fake(made())
    collected(store, fake)
    again = collected(store, fake)
    assert again == Collected(0)
    assert dict(fake.asked[5:]) == {
        symbol: datetime.fromtimestamp(second(f"2026-06-10 {last}"), NEW_YORK)
        for symbol, last in zip(SYMBOLS, ["16:00"] * 4 + ["15:00"], strict=True)
    }
    # of ether only the hour before its mark is kept
    assert [hour.stamp for hour in store.hourly("ETH-USD")] == [
        second(f"2026-06-{day} 15:00") for day in ("08", "09", "10")
    ]


def test_an_hour_in_progress_or_just_ended_is_not_kept(store: Store) -> None:
    collected(store, Fake(made()), datetime(2026, 6, 10, 16, 14, tzinfo=NEW_YORK), date(2026, 6, 9))
    assert store.hourly("GC=F")[-1].stamp == second("2026-06-10 14:00")
    collected(store, Fake(made()), datetime(2026, 6, 10, 16, 15, tzinfo=NEW_YORK))
    assert store.hourly("GC=F")[-1].stamp == second("2026-06-10 15:00")
    assert "gold.newyork_return" in splits(store)


def test_an_hour_that_was_corrected_is_split_anew(store: Store) -> None:
    bars = made()
    collected(store, Fake(bars), datetime(2026, 6, 10, 16, 20, tzinfo=NEW_YORK))
    last = bars["GC=F"][-2]
    assert last.stamp == second("2026-06-10 15:00")
    bars["GC=F"][-2] = Hour(last.stamp, last.open, last.high, last.low, 96.1, last.volume)
    collected(store, Fake(bars))
    assert splits(store)["gold.last_hour_return"] == pytest.approx(96.1 / 96 - 1, rel=1e-6)


def test_the_mark_is_the_price_at_four_on_every_day(store: Store) -> None:
    collected(store, Fake(made()))
    wanted = {date(2026, 6, 8): 100.0, date(2026, 6, 9): 100.0, date(2026, 6, 10): 96.0}
    assert store.closes("BTC-USD@16:00", date(2026, 6, 1)) == wanted
    assert store.closes("ETH-USD@16:00", date(2026, 6, 1)) == wanted
    assert store.replies()["BTC-USD@16:00"].outcome == "fresh"


def test_an_evening_reads_the_mark_and_no_other_does(store: Store) -> None:
    collected(store, Fake(made()))
    evening = source.load(str(store.path), in_the_evening(UNIVERSE), EVENING)
    assert {"BTC-USD@16:00", "ETH-USD@16:00"} <= set(evening.symbols)
    assert not any("@" in symbol for symbol in source.load(str(store.path), UNIVERSE, EVENING).symbols)


def test_no_mark_before_four(store: Store) -> None:
    collected(store, Fake(made()), datetime(2026, 6, 10, 16, 10, tzinfo=NEW_YORK), date(2026, 6, 9))
    assert max(store.closes("BTC-USD@16:00", date(2026, 6, 1))) == date(2026, 6, 9)


def test_a_change_of_contract_is_no_move(store: Store) -> None:
    bars = made()
    rolled = [("2026-06-10 00:30", 100.9)]  # the next contract, at its carry; the metal itself stood still
    bars["GC=F"] = hours(SPAN, rolled)
    daily(store, "GLD", {8: 200.0, 9: 200.0, 10: 200.0})
    found = collected(store, Fake(bars))
    assert [name for name in splits(store) if name.startswith("gold.")] == []
    assert "gold.asia_return" in splits(store, date(2026, 6, 9))
    assert found.warnings == (
        "2026-06-10: GC=F is not split into sessions: its hours make +0.90%, gold's daily bars +0.00%: "
        "another contract",
    )


def test_hours_that_nothing_holds_are_not_split(store: Store) -> None:
    daily(store, "GLD", {9: 200.0})
    with Store(store.path.with_name("other.db")) as other:
        found = collected(other, Fake(made()))
        assert {name.partition(".")[0] for name in splits(other)} == {"bitcoin"}
    assert "no daily bars of gold to hold its hours against" in found.warnings[0]


def test_what_cannot_be_had_is_a_warning_and_stops_nothing(store: Store) -> None:
    fake = Fake(made())
    fake.failing["SI=F"] = NoBars("no data")
    fake.bars["ES=F"] = without(fake.bars["ES=F"], "2026-06-10 07:00")
    found = collected(store, fake)
    assert found.warnings == (
        "no hourly bars of SI=F: no data",
        "2026-06-10: ES=F is not split into sessions: 1 of 23 hours missing, the first at 2026-06-10 07:00",
    )
    assert {name.partition(".")[0] for name in splits(store)} == {"gold", "bitcoin"}


def test_a_feed_that_cannot_be_reached_is_said_so_and_keeps_what_came_before(store: Store) -> None:
    fake = Fake(made())
    fake.failing["ES=F"] = SourceError("out of reach")
    with pytest.raises(SourceError, match="out of reach"):
        collected(store, fake)
    assert len(store.hourly("SI=F")) > 0
    assert collected(store, Fake(made())).warnings == ()
    assert "silver.asia_return" in splits(store)


def test_rows_that_are_no_hours_are_left_out() -> None:
    bars = hours(("2026-06-10 10:00", "2026-06-10 13:00"), [])
    bars.append(Hour(second("2026-06-10 13:00") + 1234, 100, 100, 100, 100, 0))  # a quote
    table = frame(bars, datetime.fromtimestamp(0, UTC))
    table.iloc[1, 3] = float("nan")
    assert [bar.stamp for bar in hourly.hours_of(table)] == [bars[0].stamp, bars[2].stamp]


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (pd.DataFrame(), "no bars"),
        (
            pd.DataFrame({"Close": [1.0]}, index=pd.DatetimeIndex(["2026-06-10"], tz="UTC")),
            "without Open, High",
        ),
    ],
)
def test_what_is_no_history_is_no_bars(table: pd.DataFrame, message: str) -> None:
    with pytest.raises(NoBars, match=message):
        hourly.hours_of(table)
