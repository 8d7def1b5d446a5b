"""When a row is a finished bar: by the clock, and by Yahoo's own quote."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from commentary.sources.last_bar import Quote, contradicted, newest, settled, unfinished

MONDAY = date(2024, 8, 5)
EVENING = datetime(2024, 8, 5, 21, 30, tzinfo=UTC)  # 17:30 in New York
CLOSE = datetime(2024, 8, 5, 20, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("session", "now", "done"),
    [
        ("XNYS", datetime(2024, 8, 5, 20, 14, tzinfo=UTC), False),
        ("XNYS", datetime(2024, 8, 5, 20, 15, tzinfo=UTC), True),
        ("SIFMA", datetime(2024, 8, 5, 20, 15, tzinfo=UTC), True),
        ("CME", datetime(2024, 8, 5, 21, 14, tzinfo=UTC), False),
        ("CME", datetime(2024, 8, 5, 21, 15, tzinfo=UTC), True),
        ("FX", datetime(2024, 8, 5, 21, 15, tzinfo=UTC), True),
        ("UTC", datetime(2024, 8, 5, 23, 59, tzinfo=UTC), False),
        ("UTC", datetime(2024, 8, 6, 0, 0, tzinfo=UTC), True),
        ("XTKS", datetime(2024, 8, 5, 5, 0, tzinfo=UTC), False),  # 14:00 in Tokyo
        ("XTKS", datetime(2024, 8, 5, 12, 0, tzinfo=UTC), True),
    ],
)
def test_settled(session: str, now: datetime, done: bool) -> None:
    assert settled(MONDAY, session, now) is done


@pytest.mark.parametrize(
    ("session", "now", "day"),
    [
        ("XNYS", EVENING, MONDAY),
        ("XNYS", CLOSE, date(2024, 8, 2)),
        ("UTC", EVENING, date(2024, 8, 4)),  # a Sunday: coins never close
        ("FX", EVENING, MONDAY),
        ("XTKS", datetime(2024, 8, 5, 23, tzinfo=UTC), MONDAY),  # Tuesday morning in Tokyo
        ("XNYS", datetime(2024, 7, 5, 1, tzinfo=UTC), date(2024, 7, 3)),  # over Independence Day
    ],
)
def test_the_newest_finished_day(session: str, now: datetime, day: date) -> None:
    assert newest(session, now) == day


def test_yahoo_itself_says_that_the_session_runs() -> None:
    quote = Quote(ends=EVENING + timedelta(minutes=30))
    assert unfinished(MONDAY, "XNYS", quote, EVENING)
    assert not unfinished(MONDAY, "XNYS", quote, EVENING + timedelta(minutes=30))


@pytest.mark.parametrize(
    ("quote", "said"),
    [
        (Quote(517.38, CLOSE), ""),
        (Quote(517.4, CLOSE + timedelta(seconds=2)), ""),
        (Quote(517.38, CLOSE - timedelta(minutes=19)), ""),
        (Quote(517.38, CLOSE - timedelta(minutes=90)), "the feed's last print is of 2024-08-05 14:30"),
        (Quote(532.9, CLOSE - timedelta(days=3)), "the feed's last print is of 2024-08-02 16:00"),
        (Quote(530.0, CLOSE), "the bar closes at 517.38, the quote after it is 530"),
        (Quote(530.0, CLOSE + timedelta(days=1)), ""),  # another day's quote says nothing of this one
        (Quote(None, None), ""),
        (Quote(530.0, None), ""),
    ],
)
def test_a_bar_is_held_against_the_quote_of_its_day(quote: Quote, said: str) -> None:
    assert contradicted(MONDAY, 517.38, "XNYS", quote).startswith(said) and bool(said) == bool(
        contradicted(MONDAY, 517.38, "XNYS", quote)
    )


def test_what_trades_on_has_a_later_quote() -> None:
    assert contradicted(MONDAY, 54_000.0, "UTC", Quote(58_000.0, EVENING + timedelta(hours=3))) == ""
    assert contradicted(MONDAY, 2_400.0, "CME", Quote(2_500.0, EVENING + timedelta(hours=1))) == ""


@pytest.mark.parametrize(
    ("session", "printed", "stale"),
    [
        ("SIFMA", datetime(2024, 8, 5, 19, 0, tzinfo=UTC), False),  # the fix of 15:00
        ("SIFMA", datetime(2024, 8, 5, 17, 0, tzinfo=UTC), True),
        ("CME", datetime(2024, 8, 5, 19, 31, tzinfo=UTC), False),  # ends at 17:00
        ("CME", datetime(2024, 8, 5, 19, 0, tzinfo=UTC), True),
        ("UTC", datetime(2024, 8, 5, 23, 59, tzinfo=UTC), False),
        ("UTC", datetime(2024, 8, 5, 22, 0, tzinfo=UTC), True),
    ],
)
def test_each_class_prints_last_at_an_hour_of_its_own(session: str, printed: datetime, stale: bool) -> None:
    assert (
        contradicted(MONDAY, 4.0, session, Quote(4.0, printed)).startswith("the feed's last print") is stale
    )


def test_a_future_of_the_evening_is_of_the_next_session() -> None:
    """At 20:30 yfinance shows the session that began at 18:00 under today's date."""
    evening = Quote(2_400.0, datetime(2024, 8, 6, 0, 30, tzinfo=UTC))
    assert unfinished(MONDAY, "CME", evening, evening.at or CLOSE)
    assert not unfinished(date(2024, 8, 2), "CME", evening, evening.at or CLOSE)
    assert not unfinished(MONDAY, "CME", Quote(2_400.0, datetime(2024, 8, 5, 20, 59, tzinfo=UTC)), EVENING)


def test_the_price_of_tokyos_next_session_says_nothing_of_the_last() -> None:
    assert (
        contradicted(MONDAY, 31_458.0, "XTKS", Quote(34_000.0, datetime(2024, 8, 6, 0, 30, tzinfo=UTC))) == ""
    )
    assert contradicted(MONDAY, 31_458.0, "XTKS", Quote(34_000.0, datetime(2024, 8, 5, 6, 0, tzinfo=UTC)))
