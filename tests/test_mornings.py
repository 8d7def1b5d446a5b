"""The morning after, by the exchanges' calendars; days by hand from their holiday lists."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from commentary.model import Scalar
from commentary.mornings import NAMES, morning_after, morning_names


def day(names: Mapping[str, Scalar], name: str) -> date:
    value = names[name]
    assert isinstance(value, float)
    return date.fromordinal(int(value))


def test_an_ordinary_evening() -> None:
    names = dict(morning_names(date(2024, 8, 5)))
    assert set(names) == set(NAMES)
    assert day(names, "morning.opens_date") == date(2024, 8, 6)
    for place in ("tokyo", "shanghai", "london", "newyork"):
        assert (names[f"{place}.traded"], names[f"{place}.rests"]) == (1.0, 0.0)
        assert day(names, f"{place}.opens_date") == date(2024, 8, 6)


def test_a_friday_before_a_holiday_in_tokyo() -> None:
    """Monday, 12 August 2024: Mountain Day, observed."""
    names = dict(morning_names(date(2024, 8, 9)))
    assert day(names, "morning.opens_date") == date(2024, 8, 12)
    assert (names["tokyo.rests"], names["shanghai.rests"]) == (1.0, 0.0)
    assert day(names, "tokyo.opens_date") == date(2024, 8, 13)


def test_the_golden_week_in_shanghai() -> None:
    """1 to 7 October 2024."""
    names = dict(morning_names(date(2024, 10, 2)))
    assert (names["shanghai.traded"], names["shanghai.rests"], names["tokyo.traded"]) == (0.0, 1.0, 1.0)
    assert day(names, "shanghai.opens_date") == date(2024, 10, 8)


def test_good_friday_shuts_new_york_and_london_and_neither_tokyo_nor_shanghai() -> None:
    names = dict(morning_names(date(2024, 3, 28)))
    assert [names[f"{place}.rests"] for place in ("newyork", "london", "tokyo", "shanghai")] == [1, 1, 0, 0]


def test_a_calendar_that_does_not_reach_so_far_says_nothing() -> None:
    names = morning_names(date(2099, 1, 5))
    assert list(names) == ["morning.opens_date"]
    assert morning_after(date(2024, 8, 9)) == date(2024, 8, 12)
