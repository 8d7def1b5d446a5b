"""Splits of a day by hand: clocks that change on different days, half days, holidays, weekends, holes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentary.sources.hour_splits import Hours, Unsplit, agreed, marks_of, priced_at, split
from commentary.sources.store_shapes import Hour
from tests.sources.hours import always, hours, second, shut, without

WEDNESDAY = date(2026, 6, 10)
LEGS = ("closed_return", "asia_return", "london_return", "newyork_return")


def by_stamp(bars: Sequence[Hour]) -> Hours:
    return {bar.stamp: bar for bar in bars}


@pytest.mark.parametrize(
    ("session", "before", "evening", "london", "morning", "close"),
    [
        # both on winter time: London opens at 03:00 in New York
        ("2026-02-11", "02-10 16:00", "02-10 18:00", "02-11 03:00", "02-11 09:00", "02-11 16:00"),
        # New York changed on 8 March, London changes on the 29th: 04:00
        ("2026-03-10", "03-09 16:00", "03-09 18:00", "03-10 04:00", "03-10 09:00", "03-10 16:00"),
        ("2026-03-09", "03-06 16:00", "03-08 18:00", "03-09 04:00", "03-09 09:00", "03-09 16:00"),
        ("2026-03-31", "03-30 16:00", "03-30 18:00", "03-31 03:00", "03-31 09:00", "03-31 16:00"),
        # London changed on 25 October, New York changes on 1 November
        ("2026-10-27", "10-26 16:00", "10-26 18:00", "10-27 04:00", "10-27 09:00", "10-27 16:00"),
        ("2026-11-02", "10-30 16:00", "11-01 18:00", "11-02 03:00", "11-02 09:00", "11-02 16:00"),
        # Thanksgiving is skipped, and the day after it closes at 13:00
        ("2026-11-27", "11-25 16:00", "11-26 18:00", "11-27 03:00", "11-27 09:00", "11-27 13:00"),
        ("2026-11-30", "11-27 13:00", "11-29 18:00", "11-30 03:00", "11-30 09:00", "11-30 16:00"),
        # Martin Luther King Day: from Friday to Tuesday
        ("2026-01-20", "01-16 16:00", "01-19 18:00", "01-20 03:00", "01-20 09:00", "01-20 16:00"),
    ],
)
def test_the_moments_of_a_day(
    session: str, before: str, evening: str, london: str, morning: str, close: str
) -> None:
    found = marks_of(date.fromisoformat(session))
    wanted = [second(f"2026-{text}") for text in (before, evening, london, morning, close)]
    assert [found.before, found.evening, found.london, found.morning, found.close] == wanted


STEPS = [
    ("2026-06-09 16:30", 101.0),  # after New York's close
    ("2026-06-09 18:00", 102.0),  # a gap over the pause
    ("2026-06-09 21:30", 104.0),  # Asia
    ("2026-06-10 05:30", 100.0),  # London
    ("2026-06-10 09:30", 96.0),  # New York's first hour
    ("2026-06-10 12:30", 95.0),
    ("2026-06-10 15:30", 97.0),  # and its last
]


def test_an_ordinary_day_by_hand() -> None:
    found = split(by_stamp(hours(("2026-06-09 12:00", "2026-06-10 17:00"), STEPS)), WEDNESDAY)
    assert found == pytest.approx(
        {
            "whole_return": -0.03,
            "closed_return": 0.02,
            "asia_return": 104 / 102 - 1,
            "london_return": 100 / 104 - 1,
            "newyork_return": -0.03,
            "first_hour_return": -0.04,
            "last_hour_return": 97 / 95 - 1,
            "asia_gap": 102 / 101 - 1,
            "largest_hour_return": -0.04,
            "largest_hour": 9.0,
            "half_done_hour": 18.0,  # at 10:00: never again above the root of 100 times 97
        }
    )


def test_half_of_a_loss_counts_when_it_is_done_for_good() -> None:
    steps = [
        ("2026-06-09 20:30", 90.0),  # half of it, but it comes back
        ("2026-06-09 23:30", 100.0),
        ("2026-06-10 13:30", 92.0),
    ]
    found = split(by_stamp(hours(("2026-06-09 12:00", "2026-06-10 17:00"), steps)), WEDNESDAY)
    assert found["half_done_hour"] == 22.0  # 14:00
    assert (found["largest_hour"], found["largest_hour_return"]) == (23.0, pytest.approx(1 / 9))


@pytest.mark.parametrize("price", [100.0, 99.8, 105.0])
def test_no_half_of_what_is_no_loss(price: float) -> None:
    steps = [("2026-06-10 10:30", price)]
    found = split(by_stamp(hours(("2026-06-09 12:00", "2026-06-10 17:00"), steps)), WEDNESDAY)
    assert "half_done_hour" not in found


def test_a_gap_over_the_weekend_is_done_when_asia_opens() -> None:
    bars = hours(("2026-03-06 10:00", "2026-03-09 17:00"), [("2026-03-08 18:00", 95.0)])
    found = split(by_stamp(bars), date(2026, 3, 9))
    assert found["asia_gap"] == pytest.approx(-0.05)
    assert found["closed_return"] == pytest.approx(-0.05)
    assert found["asia_return"] == 0
    # Friday 16:00 on winter time to Sunday 18:00 on summer time: 49 hours by the clock that runs on
    assert found["half_done_hour"] == 49.0


def test_coins_trade_through_the_weekend() -> None:
    steps = [("2026-06-06 12:30", 90.0), ("2026-06-08 11:30", 88.0)]
    bars = by_stamp(hours(("2026-06-05 10:00", "2026-06-08 17:00"), steps, trades=always))
    found = split(bars, date(2026, 6, 8), steady=True)
    assert found["closed_return"] == pytest.approx(-0.1)
    assert found["asia_gap"] == 0
    assert found["newyork_return"] == pytest.approx(88 / 90 - 1)
    assert found["half_done_hour"] == 21.0  # Saturday 13:00
    with pytest.raises(Unsplit, match=r"1 of 73 hours missing, the first at 2026-06-07 04:00"):
        split(without_hour(bars, "2026-06-07 04:00"), date(2026, 6, 8), steady=True)


def without_hour(bars: Hours, text: str) -> Hours:
    return {stamp: bar for stamp, bar in bars.items() if stamp != second(text)}


def test_a_half_day_ends_at_one() -> None:
    steps = [("2026-11-27 12:30", 98.0), ("2026-11-27 13:00", 50.0)]
    bars = hours(("2026-11-25 10:00", "2026-11-27 13:00"), steps)
    closed = shut(bars, date(2026, 11, 26), time(13), time(18))
    found = split(by_stamp(closed), date(2026, 11, 27))
    assert (
        found["whole_return"] == found["newyork_return"] == found["last_hour_return"] == pytest.approx(-0.02)
    )


def test_a_new_york_holiday_lies_in_the_closed_part() -> None:
    steps = [("2026-01-19 10:30", 97.0), ("2026-01-20 04:30", 96.0)]
    bars = shut(hours(("2026-01-16 10:00", "2026-01-20 17:00"), steps), date(2026, 1, 19), time(13), time(18))
    found = split(by_stamp(bars), date(2026, 1, 20))
    assert found["closed_return"] == pytest.approx(-0.03)
    assert found["asia_gap"] == 0  # the holiday traded until 13:00, and opened where it stopped
    assert found["london_return"] == pytest.approx(96 / 97 - 1)


@pytest.mark.parametrize(
    ("session", "missing"), [("2026-08-31", "london_return"), ("2026-05-04", "asia_return")]
)
def test_a_session_that_was_shut_has_no_part(session: str, missing: str) -> None:
    day = date.fromisoformat(session)
    bars = hours((f"{session[:8]}01 10:00", f"{session} 17:00"), [])
    if day.day < 5:
        bars = hours(("2026-05-01 10:00", f"{session} 17:00"), [])
    found = split(by_stamp(bars), day)
    assert missing not in found
    assert "newyork_return" in found


@pytest.mark.parametrize(
    "gone",
    ["2026-06-09 15:00", "2026-06-09 18:00", "2026-06-10 02:00", "2026-06-10 07:00", "2026-06-10 15:00"],
)
def test_a_day_with_a_hole_is_not_split(gone: str) -> None:
    bars = without(hours(("2026-06-09 12:00", "2026-06-10 17:00"), STEPS), gone)
    with pytest.raises(Unsplit, match=f"1 of 23 hours missing, the first at {gone}"):
        split(by_stamp(bars), WEDNESDAY)


def test_a_bad_print_is_not_split() -> None:
    steps = [("2026-06-10 03:30", 10.0), ("2026-06-10 04:30", 100.0)]
    with pytest.raises(Unsplit, match=r"the hour of 2026-06-10 03:00 moves by more than 25%"):
        split(by_stamp(hours(("2026-06-09 12:00", "2026-06-10 17:00"), steps)), WEDNESDAY)


@pytest.mark.parametrize(
    ("whole", "daily", "same"),
    [
        (-0.012, -0.0125, True),  # the fund's close against the last trade of the hour
        (0.0075, -0.001, False),  # a new contract, two months of carry dearer
        (-0.045, -0.041, True),  # a violent day: a part of the move itself
        (-0.3, -0.27, True),
        (0.0, 0.0041, False),
    ],
)
def test_a_roll_is_no_move(whole: float, daily: float, same: bool) -> None:
    assert agreed(whole, daily) is same


def test_the_price_at_four_in_new_york_on_every_day() -> None:
    steps = [("2026-11-27 13:30", 99.0), ("2026-11-28 15:30", 97.0)]
    bars = hours(("2026-11-27 10:00", "2026-11-29 16:00"), steps, trades=always)
    wanted = [(date(2026, 11, 27), 99.0), (date(2026, 11, 28), 97.0), (date(2026, 11, 29), 97.0)]
    assert list(priced_at(bars, time(16))) == wanted
    assert list(priced_at(bars[:6], time(16))) == [(date(2026, 11, 27), 99.0)]  # 15:00 to 16:00 is the sixth
    assert list(priced_at(bars[:5], time(16))) == []


@given(st.lists(st.floats(-0.05, 0.05), min_size=23, max_size=23), st.floats(1, 1e5))
def test_the_parts_make_the_whole(moves: list[float], start: float) -> None:
    bars, price = [], start
    frame = hours(("2026-06-09 15:00", "2026-06-10 16:00"), [])
    frame = without(frame, "2026-06-09 16:00")
    for bar, move in zip(frame, moves, strict=True):
        opened, price = price * (1 + move / 3), price * (1 + move)
        bars.append(Hour(bar.stamp, opened, opened, opened, price, 1.0))
    found = split(by_stamp(bars), WEDNESDAY)
    logs = [math.log1p(found[name]) for name in LEGS]
    assert sum(logs) == pytest.approx(math.log1p(found["whole_return"]), abs=1e-12)
    assert found["whole_return"] == pytest.approx(price / bars[0].close - 1, abs=1e-12)
