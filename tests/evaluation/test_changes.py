"""Sessions under two sets of rules: who changed, what differed beneath, how often each label was given."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from commentary.evaluation import changes
from commentary.evaluation.changes import Change, compared
from commentary.model import EvidenceLine, GateLine, Verdict
from tests.verdicts import verdict

FIRST, SECOND, LATER = date(2023, 12, 28), date(2023, 12, 29), date(2024, 1, 2)


def given(item: str, **points: float) -> EvidenceLine:
    return EvidenceLine(item, "havens", item, 1.0, points)


def gate(label: str, passed: bool | None) -> GateLine:
    return GateLine(label, "sp500.move_z <= -1", passed, None)


def on(day: date, label: str, **more: Any) -> Verdict:
    return verdict(label, session=day, **more)


def three() -> list[Change]:
    """One session leaves rotation, one stays and moves a share, one is the same."""
    before = [
        on(FIRST, "rotation", confidence=0.9, runner_up="quiet", gates=(gate("rotation", True),)),
        on(SECOND, "quiet", shares={"quiet": 0.7, "rotation": 0.2}),
        on(LATER, "forced_exit"),
    ]
    after = [
        on(FIRST, "ordinary", confidence=0.8, runner_up="rotation", gates=(gate("rotation", False),)),
        on(SECOND, "quiet", shares={"quiet": 0.95, "rotation": 0.05}),
        on(LATER, "forced_exit"),
    ]
    return compared(before, after)


def test_only_sessions_that_both_have_are_compared() -> None:
    found = compared([on(FIRST, "quiet"), on(SECOND, "quiet")], [on(SECOND, "mixed"), on(LATER, "quiet")])
    assert [(each.before.session, each.labels) for each in found] == [(SECOND, ("quiet", "mixed"))]


def test_points_that_differ_are_told_by_the_verdict_that_they_move_most() -> None:
    before = verdict(evidence=(given("gold_sold", forced_exit=0.7), given("yen_up", forced_exit=0.4)))
    after = verdict(
        evidence=(given("gold_sold", forced_exit=0.7), given("oil_sold", quiet=-1.0, rotation=0.2))
    )
    # the yen's item is gone, oil's is new
    assert Change(before, after).points() == {"oil_sold": ("quiet", -1.0), "yen_up": ("forced_exit", -0.4)}


def test_a_gate_shut_by_another_verdict_counts_as_failed() -> None:
    before = verdict(gates=(gate("quiet", True), gate("rotation", True), gate("quiet", False)))
    after = verdict(gates=(gate("quiet", True), gate("rotation", None)))
    assert Change(before, after).gates() == {"quiet": (False, True), "rotation": (True, None)}


def test_transitions_are_counted() -> None:
    sheet = changes.transitions_sheet(three())
    assert sheet.rows == [{"before": "rotation", "after": "ordinary", "sessions": 1}]
    assert sheet.note == "1 of 3 sessions change their verdict."


def test_labels_are_counted_before_and_after() -> None:
    rows = {row["label"]: row for row in changes.frequencies_sheet(three()).rows}
    assert (rows["rotation"]["before"], rows["rotation"]["after"]) == (1, 0)
    assert (rows["ordinary"]["most before"], rows["ordinary"]["most after"]) == (0, 1)
    assert rows["quiet"]["a year before"] is None  # three sessions make no year


def test_a_year_is_252_sessions() -> None:
    days = [on(date.fromordinal(FIRST.toordinal() + step), "quiet") for step in range(504)]
    rows = {row["label"]: row for row in changes.frequencies_sheet(compared(days, days)).rows}
    # four days of 2023, all of 2024, the rest of 504 in 2025
    assert (rows["quiet"]["before"], rows["quiet"]["a year before"], rows["quiet"]["most before"]) == (
        504,
        252,
        366,
    )


def test_years_show_an_arrow_where_they_differ() -> None:
    last, now = changes.years_sheet(three()).rows
    assert (last["year"], last["rotation"], last["ordinary"], last["quiet"]) == (2023, "1 → 0", "0 → 1", "1")
    assert (now["year"], now["forced_exit"]) == (2024, "1")


def test_a_session_that_changed_says_what_differs() -> None:
    (row,) = changes.relabelled_sheet(three()).rows
    assert row == {
        "session": "2023-12-28",
        "before": "rotation",
        "after": "ordinary",
        "confidence": "0.90 → 0.80",
        "runner-up": "quiet → rotation",
        "points": "",
        "gates": "rotation passed → failed",
    }


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (3, "c +3.00 quiet, b +2.00 quiet, a +1.00 quiet"),
        (5, "e +5.00 quiet, d +4.00 quiet, c +3.00 quiet, 2 more"),
    ],
)
def test_only_the_largest_points_are_named(count: int, said: str) -> None:
    names = "abcde"[:count]
    lines = tuple(given(name, quiet=float(place)) for place, name in enumerate(names, start=1))
    (row,) = changes.relabelled_sheet([Change(verdict("quiet"), verdict("mixed", evidence=lines))]).rows
    assert row["points"] == said


def test_moves_are_of_sessions_that_keep_their_verdict() -> None:
    sheet = changes.moves_sheet(three())
    (row,) = sheet.rows
    assert (row["session"], row["share of"]) == ("2023-12-29", "quiet")
    assert (row["before gates"], row["after gates"]) == ("0.167", "0.700 → 0.950")


def test_a_share_before_gates_may_be_what_moved_most() -> None:
    scores = dict.fromkeys(verdict().scores, 0.2)
    change = Change(verdict(scores=scores | {"quiet": 0.0}), verdict(scores=scores | {"melt_up": 0.0}))
    # quiet gains what the melt-up loses; of equal moves the first in the table of verdicts
    assert change.move().facts() == {
        "session": "2024-08-05",
        "label": "forced_exit",
        "share_of": "melt_up",
        "before_gates": [0.2, 0.0],
        "after_gates": [0.0, 0.0],
    }


def test_a_program_reads_pairs() -> None:
    found = three()[0].facts()
    assert found["label"] == ["rotation", "ordinary"]
    assert found["gates"] == {"rotation": [True, False]}
    assert changes.by_year(three())[2023]["rotation"] == [1, 0]
