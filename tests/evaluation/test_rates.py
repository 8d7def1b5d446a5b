"""Base rates, counted by hand over years that were made up."""

from __future__ import annotations

import pytest

from commentary.evaluation.calls import Call
from commentary.evaluation.rates import a_year, by_year, calm_years, hidden, rates_sheet, years_sheet
from tests.evaluation.made import START, call, leaning

# 2020 has 366 days, 2021 365, of 2022 ten: three forced exits in 2020, none in 2021, one in 2022
FORCED_ON = {5, 6, 100, 732}
CALLS = [call("forced_exit" if day in FORCED_ON else "quiet", day=day) for day in range(366 + 365 + 10)]


def test_labels_by_year() -> None:
    counts = by_year(CALLS)
    assert {year: (labels["forced_exit"], labels["quiet"]) for year, labels in counts.items()} == {
        2020: (3, 363), 2021: (0, 365), 2022: (1, 9),
    }  # fmt: skip


def test_a_year_is_252_sessions() -> None:
    assert a_year(CALLS, "forced_exit") == pytest.approx(4 / 741 * 252)
    assert a_year([], "forced_exit") is None


def test_a_part_of_a_year_is_no_calm_year_and_no_least() -> None:
    assert calm_years(CALLS) == [2021]
    assert calm_years(CALLS[-5:]) == []
    row = {row["label"]: row for row in rates_sheet(CALLS).rows}["forced_exit"]
    assert (row["least"], row["most"], row["sessions"]) == (0, 3, 4)
    assert row["share"] == pytest.approx(4 / 741)


def test_one_row_a_year() -> None:
    rows = years_sheet(CALLS).rows
    assert [row["sessions"] for row in rows] == [366, 365, 10]
    assert rows[2]["quiet"] == 9


@pytest.mark.parametrize(
    ("label", "share", "found"),
    [("ordinary", 0.75, 1), ("ordinary", 0.74, 0), ("rotation", 0.75, 0)],
)
def test_a_passed_verdict_hidden_behind_another_label(label: str, share: float, found: int) -> None:
    day = Call(START, label, "rotation", shares=leaning("rotation", share))
    assert len(hidden([day])) == found


def test_of_no_sessions_nothing_is_known() -> None:
    row = rates_sheet([]).rows[0]
    assert (row["share"], row["a year"], row["least"], row["most"]) == (None, None, None, None)
