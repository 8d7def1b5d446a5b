"""What is next, by the calendars and by what a session could know."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any, cast

import pandas as pd
import pytest

from commentary import calendar
from commentary.readings import ahead
from commentary.readings._context import Context
from commentary.readings._targets import closures
from tests.readings.synthetic import setting


def readings(first: str, last: str, **observed: dict[str, float]) -> pd.DataFrame:
    days = calendar.sessions_between(date.fromisoformat(first), date.fromisoformat(last))
    sessions = pd.DatetimeIndex(days)
    frame = pd.DataFrame(
        {
            name.replace("__", "."): [values.get(day.isoformat(), float("nan")) for day in days]
            for name, values in observed.items()
        },
        index=sessions,
    )
    market = SimpleNamespace(sessions=sessions, observed=frame)
    return pd.DataFrame(ahead.compute(Context(cast(Any, market), setting(), {})))


DUE = [
    ("expiry", "2024-09-18", 2, "2024-09-20"),
    ("witching", "2024-09-19", 1, "2024-09-20"),
    ("vix_expiry", "2024-09-17", 1, "2024-09-18"),
    ("russell_day", "2024-06-26", 2, "2024-06-28"),
    ("msci_review", "2024-08-29", 1, "2024-08-30"),
    ("half_day", "2024-11-27", 1, "2024-11-29"),
    ("quarter_end", "2024-09-27", 1, "2024-09-30"),
    ("month_end", "2024-10-30", 1, "2024-10-31"),
    ("holiday", "2024-08-30", 1, "2024-09-02"),
    ("holiday", "2024-08-29", 2, "2024-09-02"),
    ("shanghai", "2024-09-30", 1, "2024-10-01"),
    ("shanghai", "2024-02-06", 3, "2024-02-09"),
    ("tokyo", "2024-09-13", 1, "2024-09-16"),
    ("london", "2024-08-23", 1, "2024-08-26"),
    ("claims", "2024-08-05", 3, "2024-08-08"),
    ("claims", "2024-11-26", 1, "2024-11-27"),  # the day before Thanksgiving
]


@pytest.mark.parametrize(("name", "session", "sessions", "day"), DUE)
def test_days_that_calendars_name(name: str, session: str, sessions: int, day: str) -> None:
    row = readings(session, session).iloc[0]
    assert row[f"{name}.due_in"] == sessions
    assert row[f"{name}.due_date"] == date.fromisoformat(day).toordinal()


def test_nothing_is_said_of_what_is_far_off() -> None:
    row = readings("2024-08-05", "2024-08-05").iloc[0]
    assert pd.isna(row["witching.due_in"]) and pd.isna(row["witching.due_date"])


def test_a_day_itself_is_no_longer_ahead() -> None:
    found = readings("2024-09-19", "2024-09-23")["expiry.due_in"]
    assert found["2024-09-19"] == 1 and found[["2024-09-20", "2024-09-23"]].isna().all()


def test_shanghai_s_closures_are_counted_in_weekdays() -> None:
    found = readings("2024-09-27", "2024-10-09")
    assert found["shanghai.due_days"]["2024-09-30"] == 5
    assert list(found["shanghai.shut"]) == [0, 0, 1, 1, 1, 1, 1, 0, 0]
    assert list(found["shanghai.back_in"].dropna()) == [5, 4, 3, 2, 1]
    assert set(found["shanghai.shut_days"].dropna()) == {5}
    assert set(found["shanghai.back_date"].dropna()) == {date(2024, 10, 8).toordinal()}


def test_closures_that_nobody_foresaw_are_not_looked_ahead_to() -> None:
    """Hurricane Sandy, days of mourning, Tokyo's system failure of 1 October 2020."""
    assert pd.isna(readings("2012-10-26", "2012-10-26")["holiday.due_in"].iloc[0])
    assert readings("2025-01-08", "2025-01-08")["holiday.due_in"].iloc[0] > 1
    assert date(2020, 10, 1) not in {
        one.first for one in closures("XTKS", date(2020, 9, 1), date(2020, 10, 9))
    }


def test_an_event_is_due_as_the_calendar_had_it() -> None:
    friday = float(date(2024, 8, 2).toordinal())
    found = readings(
        "2024-07-30", "2024-08-02",
        payrolls__next_date={"2024-07-31": friday, "2024-08-01": friday},
        payrolls__next_consensus={"2024-08-01": 175_000.0},
    )  # fmt: skip
    assert list(found["payrolls.due_in"].fillna(0)) == [0, 2, 1, 0]
    assert found["payrolls.due_consensus"]["2024-08-01"] == 175_000
    assert found["payrolls.due_consensus"].notna().sum() == 1


def test_an_event_on_a_holiday_is_due_before_the_session_after_it() -> None:
    """Payrolls on Good Friday."""
    friday = float(date(2023, 4, 7).toordinal())
    found = readings(
        "2023-04-05", "2023-04-06", payrolls__next_date={"2023-04-05": friday, "2023-04-06": friday}
    )
    assert list(found["payrolls.due_in"]) == [2, 1]


def test_a_calendar_s_word_goes_over_the_rule() -> None:
    friday = float(date(2024, 8, 9).toordinal())
    found = readings("2024-08-05", "2024-08-06", claims__next_date={"2024-08-05": friday})
    assert list(found["claims.due_in"]) == [4, 2]


def test_later_sessions_change_nothing() -> None:
    short, long = readings("2023-01-03", "2023-06-30"), readings("2023-01-03", "2024-12-31")
    pd.testing.assert_frame_equal(short, long.loc[short.index], check_freq=False)


def test_earlier_sessions_change_nothing() -> None:
    late, long = readings("2023-03-01", "2023-06-30"), readings("2019-01-03", "2023-06-30")
    pd.testing.assert_frame_equal(late, long.loc[late.index], check_freq=False)


def test_the_end_of_the_table_is_survived() -> None:
    end = calendar.sessions()[-1]
    found = readings((end - timedelta(20)).isoformat(), end.isoformat())
    assert pd.isna(found["expiry.due_in"].iloc[-1])


def test_everything_declared_is_made_and_nothing_else() -> None:
    assert set(readings("2024-08-05", "2024-08-05")) == {spec.name for spec in ahead.declare(setting())}
