"""Filling the store: what is asked, what is asked again, what is kept when it is stopped."""

from __future__ import annotations

import threading
import time
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from commentary.errors import SourceError
from commentary.sources.filling import OVERLAP, Filled, Order, fill, questions
from commentary.sources.store import Store
from commentary.sources.yahoo import COLUMNS, Answer, Listing, NoBars
from tests.sources.made import sessions

FIRST = date(2024, 6, 3)
DAYS = sessions("2024-06-03", 44)  # to 2024-08-05
MONDAY_EVENING = datetime(2024, 8, 5, 21, 30, tzinfo=UTC)
TUESDAY_EVENING = datetime(2024, 8, 6, 21, 30, tzinfo=UTC)
LISTED = [Listing(name, "XNYS", False) for name in ("SPY", "QQQ", "GLD")]


class Feed:
    """A Yahoo of three funds that close at 100, 101, …; counts what it is asked."""

    def __init__(self) -> None:
        self.days = list(DAYS)
        self.scale: dict[str, float] = {}
        self.splits: dict[str, tuple[date, float]] = {}
        self.asked: list[tuple[str, date]] = []
        self.broken: dict[str, list[Exception]] = {}
        self.lock = threading.Lock()

    def __call__(self, symbol: str, first: date) -> Answer:
        with self.lock:
            self.asked.append((symbol, first))
            if errors := self.broken.get(symbol):
                raise errors.pop(0)
        days = [day for day in self.days if day >= first]
        closes = np.array([100.0 + DAYS.index(day) if day in DAYS else 150.0 for day in days])
        frame = pd.DataFrame(
            {name: closes * self.scale.get(symbol, 1.0) for name in COLUMNS},
            pd.DatetimeIndex(days).tz_localize("America/New_York"),
        )
        day, ratio = self.splits.get(symbol, (None, 0.0))
        frame["Stock Splits"] = [ratio if one == day else 0.0 for one in days]
        return Answer(frame)


def filled(store: Store, feed: Feed, now: datetime = MONDAY_EVENING) -> Filled:
    order = Order(FIRST, now)
    return fill(store, questions(store, LISTED, order), order, feed, lambda symbol: None)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "market.db")


def test_a_first_fill_asks_for_everything_and_a_second_for_nothing(store: Store) -> None:
    feed = Feed()
    assert filled(store, feed).kept == 3 * 44
    assert sorted(feed.asked) == [("GLD", FIRST), ("QQQ", FIRST), ("SPY", FIRST)]
    assert filled(store, feed).asked == 0 and len(feed.asked) == 3


def test_the_next_day_asks_for_what_is_new_and_a_few_days_before(store: Store) -> None:
    feed = Feed()
    filled(store, feed)
    feed.days, feed.asked = [*DAYS, date(2024, 8, 6)], []
    assert filled(store, feed, TUESDAY_EVENING).kept == 3
    assert {first for _, first in feed.asked} == {date(2024, 8, 5) - OVERLAP}


def test_more_years_are_asked_for_once(store: Store) -> None:
    feed = Feed()
    filled(store, feed)
    feed.asked = []
    early = Order(date(2023, 6, 1), MONDAY_EVENING)
    fill(store, questions(store, LISTED, early), early, feed, lambda symbol: None)
    assert len(feed.asked) == 3 and questions(store, LISTED, early) == []


def test_what_is_stale_is_asked_for_once_more(store: Store) -> None:
    feed = Feed()
    feed.days = DAYS[:-1]
    found = filled(store, feed)
    assert len(feed.asked) == 6
    assert found.of("stale") == ["GLD", "QQQ", "SPY"]
    assert found.replies["SPY"].detail == "last bar 2024-08-02, wanted 2024-08-05"


def test_an_answer_that_comes_the_second_time_is_right(store: Store) -> None:
    feed = Feed()
    feed.broken["SPY"] = [NoBars("no bars")]
    assert filled(store, feed).of("fresh") == ["GLD", "QQQ", "SPY"]


def test_a_refusal_keeps_what_was_kept_and_the_next_fetch_goes_on(store: Store) -> None:
    feed = Feed()
    feed.broken["GLD"] = [SourceError("Yahoo refuses")]
    found = filled(store, feed)
    assert found.refused == "Yahoo refuses" and "GLD" not in found.replies
    feed.asked = []
    filled(store, feed)
    assert "GLD" in {symbol for symbol, _ in feed.asked}
    assert filled(store, feed).asked == 0
    assert len(store.bars(["SPY", "QQQ", "GLD"]).days) == 3 * 44


@pytest.mark.parametrize("ratio", [2.0, 10.0])
def test_a_split_asks_for_the_whole_past_again(store: Store, ratio: float) -> None:
    feed = Feed()
    filled(store, feed)
    feed.days, feed.asked = [*DAYS, date(2024, 8, 6)], []
    feed.scale["QQQ"], feed.splits["QQQ"] = 1 / ratio, (date(2024, 8, 6), ratio)
    filled(store, feed, TUESDAY_EVENING)
    assert [first for symbol, first in feed.asked if symbol == "QQQ"] == [date(2024, 8, 5) - OVERLAP, FIRST]
    closes = store.closes("QQQ", FIRST)
    assert closes[FIRST] == pytest.approx(100 / ratio) and closes[date(2024, 8, 6)] == pytest.approx(
        150 / ratio
    )


def test_an_answer_in_another_unit_is_refused(store: Store) -> None:
    feed = Feed()
    filled(store, feed)
    feed.days, feed.scale["QQQ"] = [*DAYS, date(2024, 8, 6)], 100.0
    found = filled(store, feed, TUESDAY_EVENING)
    assert found.of("missing") == ["QQQ"]
    assert found.replies["QQQ"].detail == "closes 100 times those kept: another unit"
    assert store.closes("QQQ", FIRST)[FIRST] == 100.0


def test_the_day_after_a_close_is_asked_for_once_more(store: Store) -> None:
    """Closes are corrected overnight: the morning's verify is to see it."""
    feed = Feed()
    filled(store, feed)
    feed.scale["SPY"], feed.asked = 1.001, []
    morning = datetime(2024, 8, 6, 12, 0, tzinfo=UTC)
    assert filled(store, feed, morning).kept > 0 and len(feed.asked) == 3
    assert store.closes("SPY", DAYS[-1]) == {DAYS[-1]: pytest.approx(143 * 1.001, abs=1e-4)}
    assert filled(store, feed, morning).asked == 0


def test_a_split_rescales_all_that_is_kept_however_few_years_are_asked_for(store: Store) -> None:
    feed = Feed()
    filled(store, feed)
    feed.days = [*DAYS, date(2024, 8, 6)]
    feed.scale["SPY"], feed.splits["SPY"] = 0.25, (date(2024, 8, 6), 4.0)
    few = Order(date(2024, 7, 15), TUESDAY_EVENING)
    fill(store, questions(store, LISTED, few), few, feed, lambda symbol: None)
    assert store.closes("SPY", FIRST)[DAYS[0]] == 25.0


def test_an_interrupt_waits_for_no_thread(store: Store) -> None:
    """Ctrl-C while Yahoo asks for ten minutes of patience."""
    held = threading.Event()

    def stuck(symbol: str, first: date) -> Answer:
        if symbol != "SPY":
            held.wait(20)
        return Feed()(symbol, first)

    def interrupted(symbol: str) -> None:
        raise KeyboardInterrupt

    order, started = Order(FIRST, MONDAY_EVENING), time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        fill(store, questions(store, LISTED, order), order, stuck, interrupted)
    assert time.monotonic() - started < 10
    held.set()
