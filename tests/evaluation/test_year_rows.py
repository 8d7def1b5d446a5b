"""Years and runs, counted by hand."""

from __future__ import annotations

from datetime import date

from commentary.calendar import sessions_between
from commentary.evaluation.labels import LABELS
from commentary.evaluation.year_rows import Run, longest_runs, year_rows
from tests.verdicts import verdict

WEEK = sessions_between(date(2019, 12, 30), date(2020, 1, 3))
"""Monday and Tuesday of 2019, Thursday and Friday of 2020: New Year's Day has no session."""


def test_a_row_a_year_with_every_label() -> None:
    labels = ("quiet", "forced_exit", "quiet", "quiet")
    first, second = year_rows([verdict(label, session=day) for label, day in zip(labels, WEEK, strict=True)])
    assert (first.year, second.year) == (2019, 2020)
    assert [each.session for each in first.verdicts] == [date(2019, 12, 30), date(2019, 12, 31)]
    assert (first.counts["quiet"], first.counts["forced_exit"], first.counts["mixed"]) == (1, 1, 0)
    assert set(second.counts) == set(LABELS)
    assert not first.whole
    assert not second.whole


def test_a_year_is_whole_with_its_last_session() -> None:
    days = sessions_between(date(2019, 1, 1), date(2019, 12, 31))
    assert len(days) == 252
    (row,) = year_rows([verdict(session=day) for day in days])
    (short,) = year_rows([verdict(session=day) for day in days[:-1]])
    assert row.whole
    assert not short.whole


def test_longest_runs_by_label_the_first_of_equal_ones() -> None:
    days = sessions_between(date(2020, 1, 2), date(2020, 1, 13))
    labels = ("quiet", "quiet", "rotation", "quiet", "quiet", "forced_exit", "quiet", "rotation")
    runs = longest_runs([verdict(label, session=day) for label, day in zip(labels, days, strict=True)])
    assert runs == (
        Run("forced_exit", 1, date(2020, 1, 9), date(2020, 1, 9)),
        Run("rotation", 1, date(2020, 1, 6), date(2020, 1, 6)),
        Run("quiet", 2, date(2020, 1, 2), date(2020, 1, 3)),
    )


def test_nothing_of_nothing() -> None:
    assert year_rows([]) == ()
    assert longest_runs([]) == ()
