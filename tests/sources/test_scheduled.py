"""Events become what was printed on a session and what a session could know to be next."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentary.library import Library
from commentary.macro import load_macro
from commentary.sources.observed import Observation
from commentary.sources.scheduled import WITHDRAWN, Seen, observations, plain, printed_days
from commentary.sources.store_shapes import Event

MACRO = load_macro(Library())
NAN = math.nan


def event(day: str, name: str, *figures: float, at: str = "", kind: str = "economic") -> Event:
    actual, consensus, previous = (*figures, NAN, NAN, NAN)[:3]
    return Event(date.fromisoformat(day), kind, name, at or day, actual, consensus, previous)


def made(*events: Event | Seen) -> list[Observation]:
    return list(observations([one if isinstance(one, Seen) else Seen(one) for one in events], MACRO))


def of(found: list[Observation], series: str) -> dict[date, float]:
    return {item.day: item.value for item in found if item.series == series}


def test_a_print_stands_on_its_session_in_people() -> None:
    found = made(
        event("2024-08-02", "Non-Farm Payrolls *", 114.0, 175.0, 179.0, at="2024-08-02T08:30:00-04:00")
    )
    assert of(found, "payrolls.actual") == {date(2024, 8, 2): 114_000}
    assert of(found, "payrolls.consensus") == {date(2024, 8, 2): 175_000}
    assert of(found, "payrolls.previous") == {date(2024, 8, 2): 179_000}


def test_a_true_nought_is_a_print() -> None:
    found = made(event("2024-07-11", "CPI MM, SA", 0.0, 0.1, 0.0))
    assert of(found, "cpi.actual") == {date(2024, 7, 11): 0.0}
    assert of(found, "cpi.previous") == {date(2024, 7, 11): 0.0}


def test_without_an_expectation_there_is_none() -> None:
    found = made(event("2024-08-02", "Unemployment Rate", 4.3))
    assert of(found, "unemployment.actual") and not of(found, "unemployment.consensus")


def test_payrolls_on_good_friday_are_the_next_session_s() -> None:
    found = made(event("2023-04-07", "Non-Farm Payrolls", 236.0, 230.0, at="2023-04-07T08:30:00-04:00"))
    assert of(found, "payrolls.actual") == {date(2023, 4, 10): 236_000}
    assert of(found, "payrolls.next_date")[date(2023, 4, 6)] == date(2023, 4, 7).toordinal()


def test_what_comes_after_the_close_is_the_next_session_s() -> None:
    late = event("2024-07-31", "Fed Funds Tgt Rate", 5.375, at="2024-07-31T20:30:00+00:00")
    assert of(made(late), "policy.actual") == {date(2024, 8, 1): 5.375}
    on_time = event("2024-07-31", "Fed Funds Tgt Rate", 5.375, at="2024-07-31T18:00:00+00:00")
    assert of(made(on_time), "policy.actual") == {date(2024, 7, 31): 5.375}


def test_what_is_next_is_known_on_ten_sessions_before() -> None:
    found = of(made(event("2024-08-02", "Unemployment Rate", NAN, 4.1)), "unemployment.next_date")
    assert min(found) == date(2024, 7, 19) and max(found) == date(2024, 8, 1)
    assert len(found) == 10 and set(found.values()) == {date(2024, 8, 2).toordinal()}


def test_of_two_to_come_the_nearer_is_next() -> None:
    found = of(
        made(event("2024-08-01", "Initial Jobless Clm"), event("2024-08-08", "Initial Jobless Clm")),
        "claims.next_date",
    )
    assert found[date(2024, 7, 31)] == date(2024, 8, 1).toordinal()
    assert found[date(2024, 8, 1)] == date(2024, 8, 8).toordinal()


def test_a_session_knows_what_had_been_seen_by_its_evening() -> None:
    seen = datetime(2024, 7, 31, 21, 30, tzinfo=UTC)
    found = made(Seen(event("2024-08-02", "Unemployment Rate", NAN, 4.1), seen))
    assert set(of(found, "unemployment.next_date")) == {date(2024, 7, 31), date(2024, 8, 1)}


def test_an_expectation_is_the_one_of_its_day() -> None:
    first, later = datetime(2024, 7, 30, 22, tzinfo=UTC), datetime(2024, 8, 1, 22, tzinfo=UTC)
    found = made(
        Seen(event("2024-08-02", "Unemployment Rate", NAN, 4.1), first),
        Seen(event("2024-08-02", "Unemployment Rate", NAN, 4.2), later),
    )
    expected = of(found, "unemployment.next_consensus")
    assert expected == {date(2024, 7, 30): 4.1, date(2024, 7, 31): 4.1, date(2024, 8, 1): 4.2}


def test_what_is_withdrawn_is_no_longer_next() -> None:
    first, later = datetime(2024, 7, 30, 22, tzinfo=UTC), datetime(2024, 7, 31, 22, tzinfo=UTC)
    found = made(
        Seen(event("2024-08-02", "Unemployment Rate", NAN, 4.1), first),
        Seen(event("2024-08-02", "Unemployment Rate", at=WITHDRAWN), later),
        Seen(event("2024-08-06", "Unemployment Rate", NAN, 4.1), later),
    )
    days = of(found, "unemployment.next_date")
    assert days[date(2024, 7, 30)] == date(2024, 8, 2).toordinal()
    assert days[date(2024, 7, 31)] == date(2024, 8, 6).toordinal()
    assert not of(found, "unemployment.actual")


def test_reports_are_waited_for_and_not_printed() -> None:
    found = made(event("2024-08-28", "NVDA", 0.67, 0.64, at="2024-08-28T20:20:00+00:00", kind="earnings"))
    assert {item.series for item in found} == {"nvidia.next_date"}
    assert of(found, "nvidia.next_date")[date(2024, 8, 27)] == date(2024, 8, 28).toordinal()


def test_unknown_events_are_left_out() -> None:
    assert (
        made(event("2024-08-02", "Fed Balance Sheet", 7.2), event("2024-08-02", "ZZZ", kind="earnings")) == []
    )


def test_an_event_under_two_names_counts_once() -> None:
    found = made(event("2024-08-14", "CPI MM", 0.3), event("2024-08-14", "CPI MM, SA", 0.2))
    assert [item.value for item in found if item.series == "cpi.actual"] == [0.2]


def test_sessions_with_a_print_are_told() -> None:
    states = [
        Seen(event("2024-08-01", "Initial Jobless Clm", 249.0)),
        Seen(event("2024-08-08", "Initial Jobless Clm")),
    ]
    assert printed_days(states, MACRO) == {"claims": [date(2024, 8, 1)]}


@given(st.lists(st.floats(-5, 5), min_size=3, max_size=3), st.integers(1, 9))
def test_figures_to_come_change_no_earlier_session(figures: list[float], after: int) -> None:
    """What is printed later is not seen, nor what lies beyond the horizon."""
    now, later = (
        event("2024-08-14", "CPI MM, SA", 0.2, 0.2),
        event(f"2024-09-{10 + after}", "CPI MM, SA", *figures),
    )
    until = date(2024, 8, 20)
    before = [item for item in made(now) if item.day <= until]
    assert [item for item in made(now, later) if item.day <= until] == before


@pytest.mark.parametrize(
    ("name", "bare"), [("CPI MM, SA*", "CPI MM, SA"), ("GDP Advance *", "GDP Advance"), ("A", "A")]
)
def test_asterisks_are_no_part_of_a_name(name: str, bare: str) -> None:
    assert plain(name) == bare
