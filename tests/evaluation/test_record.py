"""The record's figures, by hand over a few days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from commentary.evaluation.record import LabelledDay, record
from commentary.evaluation.sheets import Sheet, Value
from commentary.model import VERDICTS, Thread

SURE = dict.fromkeys(VERDICTS, 0.02) | {"forced_exit": 0.9}
"""Brier: 0.01 + 5 × 0.0004 = 0.012 for a forced exit, 0.81 + 0.9604 + 4 × 0.0004 = 1.772 for another."""


def day(number: int, published: str, label: str, **changes: object) -> LabelledDay:
    whole: dict[str, object] = {"confidence": 0.9, "shares": SURE, "in_time": True, "why": "told by hand"}
    return LabelledDay(
        session=date(2024, 8, number),
        published=published,
        label=label,
        **(whole | changes),  # type: ignore[arg-type]
    )


DAYS = (
    day(1, "forced_exit", "forced_exit"),
    day(2, "forced_exit", "rotation", confidence=0.75, in_time=False, why="banks chose | utilities"),
    day(5, "quiet", "forced_exit", confidence=0.7499),
    day(6, "rates_led", "rates_led", confidence=0.8999, shares=None),
    day(7, "ordinary", "quiet", confidence=None, shares=None),
)


def thread(name: str, number: int, status: str) -> Thread:
    born, settled = date(2024, 8, number), None if status == "open" else date(2024, 8, 20)
    return Thread(name, "text", "a.b > 1", born, date(2024, 8, 19), status, settled)


THREADS = (
    thread("hurry_ends", 1, "met"),
    thread("hurry_ends", 2, "lapsed"),
    thread("hurry_ends", 5, "failed"),
    thread("hurry_ends", 6, "open"),
    thread("gold_wanted", 1, "open"),
)


def sheet(name: str, whole: bool = False, days: tuple[LabelledDay, ...] = DAYS) -> Sheet:
    return next(each for each in record(days, THREADS, whole) if each.name == name)


def rows(name: str) -> dict[Value, Mapping[str, Value]]:
    found = sheet(name)
    return {row[found.columns[0]]: row for row in found.rows}


def test_hits_by_when_published_and_how_labelled() -> None:
    counts = {name: (row["hits"], row["of"]) for name, row in rows("hits").items()}
    assert counts == {
        "all labelled days": (2, 5),
        "published before the next session closed": (2, 4),
        "published later": (0, 1),
        "labelled with a verdict that is scored": (1, 4),
        "labelled with one that is reached by rule": (1, 1),
    }
    whole = rows("hits")["all labelled days"]
    # z² = 3.841459: (0.4 + 0.384146 ± 1.959964 √(0.24/5 + 3.841459/100)) / 1.768292
    assert (whole["share"], whole["low"], whole["high"]) == pytest.approx((0.4, 0.117621, 0.769276), abs=1e-6)


def test_bands_hold_their_lower_end() -> None:
    found = rows("reliability")
    assert {name: (row["hits"], row["of"]) for name, row in found.items()} == {
        "below 0.75": (0, 1),
        "0.75 to 0.9": (1, 2),
        "0.9 and more": (1, 1),
    }
    assert found["0.75 to 0.9"]["shown"] == pytest.approx((0.75 + 0.8999) / 2)


def test_forced_exits() -> None:
    recall, precision = sheet("forced").rows
    assert (recall["hits"], recall["of"]) == (1, 2)
    assert (precision["hits"], precision["of"]) == (1, 2)


def test_the_score_is_over_days_labelled_with_one_of_the_six() -> None:
    said, even = sheet("scores").rows
    assert said["of"] == 3
    assert said["Brier score"] == pytest.approx((0.012 + 1.772 + 0.012) / 3)
    assert even["Brier score"] == pytest.approx(5 / 6)


def test_a_day_labelled_by_rule_has_no_score() -> None:
    said, _ = sheet("scores", days=(day(1, "forced_exit", "rates_led"),)).rows
    assert (said["of"], said["Brier score"]) == (0, None)


def test_misses_are_listed_with_their_reason() -> None:
    listed = sheet("misses").rows
    assert [row["session"] for row in listed] == ["2024-08-02", "2024-08-05", "2024-08-07"]
    assert listed[0] == {
        "session": "2024-08-02",
        "published": "forced_exit",
        "confidence": 0.75,
        "label": "rotation",
        "why": "banks chose | utilities",
    }


def test_every_day_on_request() -> None:
    assert len(sheet("days", whole=True).rows) == 5


def test_threads_by_name_and_in_all() -> None:
    gold, hurry, every = sheet("threads").rows
    assert gold == {
        "thread": "gold_wanted", "opened": 1, "met": 0, "failed": 0, "lapsed": 0, "open": 1, "share met": None,
    }  # fmt: skip
    assert (hurry["opened"], hurry["met"], hurry["failed"], hurry["lapsed"]) == (4, 1, 1, 1)
    assert hurry["share met"] == pytest.approx(1 / 3)
    assert (every["thread"], every["opened"], every["open"]) == ("all threads", 5, 2)


def test_figures_of_no_days_are_dashes_and_not_zero() -> None:
    hits = next(each for each in record((), ()) if each.name == "hits").rows[0]
    assert (hits["of"], hits["share"], hits["low"]) == (0, None, None)
