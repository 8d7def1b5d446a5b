"""Right, wrong and undecided days, counted by hand."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from commentary.evaluation.labels import LABELS
from commentary.evaluation.scores import (
    confusion,
    confusion_sheet,
    differing_sheet,
    events_sheet,
    forced,
    label_right,
    sure,
    top_right,
    undecided,
    wrong,
)
from tests.evaluation.made import pairs

DAYS = pairs(
    "forced_exit forced_exit",
    "forced_exit rotation forced_exit",  # swapped; the class before gates was right
    "rotation forced_exit",  # swapped
    "quiet forced_exit quiet",
    "melt_up ordinary melt_up",  # undecided
    "quiet rates_led",  # wrong by rule
    "mixed forced_exit",
    "ordinary ordinary quiet",  # right, and none of the six
)


def test_the_top_class_is_asked_of_days_of_the_six_alone() -> None:
    assert top_right(DAYS) == (4, 6)  # not the rotation, nor the quiet day with rates on top


def test_right_wrong_and_undecided_make_the_days_that_are_not_mixed() -> None:
    assert label_right(DAYS) == (2, 7)
    assert wrong(DAYS) == (4, 7)
    assert undecided(DAYS) == (1, 7)


def test_forced_exits_found_and_confirmed() -> None:
    found = forced(DAYS)
    assert found.recall == (1, 2)
    assert found.precision == (1, 4)  # the mixed day is not confirmed
    assert found.cheerful == (1, 3)
    assert found.swapped == (2, 3)


def test_confident_labels_are_those_that_say_so() -> None:
    days = pairs("quiet quiet") + pairs("quiet rotation", sure=False)
    assert label_right(days) == (1, 2)
    assert label_right(sure(days)) == (1, 1)


def test_the_matrix_shows_labels_that_were_given_and_every_verdict() -> None:
    sheet = confusion_sheet(DAYS)
    assert [row["labelled"] for row in sheet.rows] == [
        "forced_exit", "rotation", "melt_up", "quiet", "ordinary", "mixed",
    ]  # fmt: skip
    assert sheet.columns == ("labelled", *LABELS)
    assert sheet.rows[3] == {
        **dict.fromkeys(LABELS, 0), "labelled": "quiet", "forced_exit": 1, "rates_led": 1,
    }  # fmt: skip


@given(st.lists(st.tuples(st.sampled_from(LABELS), st.sampled_from(LABELS))))
def test_no_day_is_lost(days: list[tuple[str, str]]) -> None:
    found = pairs(*(" ".join(day) for day in days))
    assert sum(confusion(found).values()) == len(days)
    assert label_right(found).hits + wrong(found).hits + undecided(found).hits == label_right(found).of


def test_each_figure_stands_once_for_all_and_once_for_confident_labels() -> None:
    rows = {row["figure"]: row for row in events_sheet(DAYS).rows}
    assert len(rows) == 18
    assert rows["forced precision, all"]["share"] == 0.25
    assert rows["forced precision, days not mixed, all"]["of"] == 3
    assert rows["verdict right, high confidence"] == {
        **rows["verdict right, all"],
        "figure": "verdict right, high confidence",
    }


def test_a_figure_of_no_days_is_none() -> None:
    rows = {row["figure"]: row for row in events_sheet([]).rows}
    assert rows["forced recall, all"] == {
        "figure": "forced recall, all", "hits": 0, "of": 0, "share": None, "low": None, "high": None,
    }  # fmt: skip


def test_days_under_another_verdict_are_listed() -> None:
    rows = differing_sheet("events", "Events", DAYS).rows
    assert [row["session"] for row in rows][:2] == ["2020-01-02", "2020-01-03"]
    assert len(rows) == 6
