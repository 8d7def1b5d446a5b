"""When inputs are out, and which set a session is read from at a given time."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from commentary.bank import Bank
from commentary.input_sets import available, awaited, decided, none_came_later
from commentary.universe import Universe

NEW_YORK = ZoneInfo("America/New_York")


def new_york(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=NEW_YORK)


@pytest.fixture(scope="module")
def universe(bank: Bank) -> Universe:
    return bank.universe


@pytest.mark.parametrize(
    ("instrument", "session", "out"),
    [
        ("sp500", "2024-08-05", "2024-08-05 16:00"),
        ("vix", "2024-08-05", "2024-08-05 16:15"),
        ("ust10y", "2024-08-05", "2024-08-06 15:30"),
        ("ust10y", "2024-08-02", "2024-08-05 15:30"),  # a Friday's curve comes on Monday
        ("ust10y", "2024-10-11", "2024-10-15 15:30"),  # and not on Columbus Day
        ("high_yield_spread", "2024-08-05", "2024-08-06 09:00"),
        ("bitcoin", "2024-08-05", "2024-08-05 20:00"),  # midnight in Greenwich, in summer and in winter
        ("bitcoin", "2024-12-05", "2024-12-05 19:00"),
    ],
)
def test_when_an_input_is_out(universe: Universe, instrument: str, session: str, out: str) -> None:
    assert available(universe[instrument], date.fromisoformat(session)) == new_york(out)


@pytest.mark.parametrize(
    ("now", "chosen"),
    [
        ("2024-08-05 17:30", "evening"),
        ("2024-08-06 09:00", "evening"),  # spreads are out, yields are not
        ("2024-08-06 15:29", "evening"),
        ("2024-08-06 15:30", "archive"),
        ("2025-01-01 00:00", "archive"),
    ],
)
def test_the_clock_decides(universe: Universe, now: str, chosen: str) -> None:
    assert decided(universe, date(2024, 8, 5), new_york(now)) == chosen


def test_what_is_still_awaited_in_the_morning(universe: Universe) -> None:
    assert awaited(universe, date(2024, 8, 5), new_york("2024-08-06 09:30")) == (
        "ust3m", "ust2y", "ust5y", "ust10y", "ust30y", "tips10y", "breakeven10y",
    )  # fmt: skip


def test_in_the_evening_nothing_has_come_later(universe: Universe) -> None:
    day = date(2024, 8, 5)
    assert none_came_later(universe, day, new_york("2024-08-05 17:45"))
    assert not none_came_later(universe, day, new_york("2024-08-05 20:30")), "coins are out"
