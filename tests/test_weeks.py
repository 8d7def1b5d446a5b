"""The week as verdicts tell it: counts, the gravest session and what came after, threads as they stand."""

from __future__ import annotations

from datetime import date

import pytest

from commentary.model import PastSession, Thread
from commentary.weeks import NAMES, ends_week, last_week, since, standing, thread_names, week_names

FRIDAY = date(2024, 8, 9)
WEEK = [
    ("forced_exit", 4),
    ("relief_rally", 0),
    ("ordinary", 0),
    ("relief_rally", 0),
    ("ordinary", 0),
]


def past(day: int, label: str, severity: int = 0, confidence: float = 0.9) -> PastSession:
    return PastSession(date(2024, 8, day), label, "won", confidence, "", severity, "", "")


DAYS = [past(5 + place, label, severity) for place, (label, severity) in enumerate(WEEK)]


def test_a_week_is_counted_from_its_last_session_backward() -> None:
    names = week_names([past(1, "quiet"), past(2, "quiet"), *DAYS[:-1]], DAYS[-1])
    assert set(names) <= set(NAMES)
    assert (names["week.sessions"], names["week.whole"]) == (5.0, 1.0)
    assert (names["week.label_0"], names["week.label_4"]) == ("ordinary", "forced_exit")
    assert names["week.date_4"] == float(date(2024, 8, 5).toordinal())
    assert (names["week.forced_exit"], names["week.relief_rally"], names["week.quiet"]) == (1.0, 2.0, 0.0)
    assert (names["week.first_label"], names["week.turns"]) == ("forced_exit", 4.0)
    assert (names["week.common_label"], names["week.common_count"]) == ("ordinary", 2.0), (
        "the day's own first"
    )


def test_the_gravest_session_and_the_one_after_it() -> None:
    names = week_names(DAYS[:-1], DAYS[-1])
    assert (names["week.gravest_label"], names["week.gravest_back"]) == ("forced_exit", 4.0)
    assert names["week.after_label"] == "relief_rally"
    last = week_names(DAYS[1:], past(12, "forced_exit", 3))
    assert last["week.gravest_back"] == 0.0
    assert "week.after_label" not in last
    assert "week.gravest_label" not in week_names(DAYS[1:4], DAYS[4])


def test_a_short_memory_is_a_short_week() -> None:
    names = week_names([], DAYS[0])
    assert (names["week.sessions"], names["week.turns"], names["week.whole"]) == (1.0, 0.0, 0.0)
    assert "week.label_1" not in names
    assert last_week((), DAYS[0]) == (DAYS[0],)


@pytest.mark.parametrize(
    ("day", "ends"), [(date(2024, 8, 8), False), (FRIDAY, True), (date(2024, 3, 28), True)]
)
def test_a_week_ends_with_its_last_session(day: date, ends: bool) -> None:
    assert ends_week(day) is ends


def test_the_index_since_a_session_is_the_product_of_what_followed() -> None:
    assert since(1) == "(1 + sp500.return_1d) - 1"
    assert since(2) == "(1 + sp500.return_1d_prev) * (1 + sp500.return_1d) - 1"


def thread(name: str, born: int, status: str = "open", settled: int = 0) -> Thread:
    closed = date(2024, 8, settled) if settled else None
    return Thread(name, name, "vix.level < 20", date(2024, 8, born), date(2024, 8, 30), status, closed)


KNOWN = (
    thread("old", 1),
    thread("met", 2, "met", 6),
    thread("closing", 6),
    thread("long_ago", 1, "lapsed", 2),
)
SETTLED = (thread("closing", 6, "failed", 9),)


def test_threads_are_counted_as_they_stand() -> None:
    assert thread_names(KNOWN, SETTLED, DAYS[0]) == {
        "week.met": 1.0, "week.failed": 1.0, "week.lapsed": 0.0, "week.opened": 1.0, "week.open": 1.0,
    }  # fmt: skip


def test_what_ended_in_the_week_stands_before_what_is_open() -> None:
    found = standing(KNOWN, SETTLED, (thread("new", 9),), DAYS[0].session)
    assert [(item.name, item.status) for item in found] == [
        ("met", "met"), ("closing", "failed"), ("old", "open"), ("new", "open"),
    ]  # fmt: skip
