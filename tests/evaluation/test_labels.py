"""Files of labelled days: read whole, or refused with everything that is wrong with them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from commentary.errors import AuthoringError, CommentaryError
from commentary.evaluation.labels import LABELS, read_events, read_panel

EVENTS = "date,label,confidence,reason,source\n"
PANEL = "date,a,b,c,majority,agree,reason\n"


def written(folder: Path, text: str) -> Path:
    path = folder / "days.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_events_come_by_date_with_commas_in_their_reasons(tmp_path: Path) -> None:
    text = EVENTS + '2024-08-05,forced_exit,high,"carry, unwound",bis\n2016-06-24,flight_to_safety,medium,,\n'
    first, second = read_events(written(tmp_path, text))
    assert (first.session, first.label, first.confidence) == (date(2016, 6, 24), "flight_to_safety", "medium")
    assert (second.reason, second.source) == ("carry, unwound", "bis")


def test_a_panel_day_has_three_readings_and_their_majority(tmp_path: Path) -> None:
    text = PANEL + "2022-04-18,quiet,ordinary,ordinary,ordinary,2,flat\n"
    (day,) = read_panel(written(tmp_path, text))
    assert day.readings == ("quiet", "ordinary", "ordinary")
    assert (day.majority, day.agree, day.reason) == ("ordinary", 2, "flat")


def test_every_mistake_of_a_file_of_events_is_told_at_once(tmp_path: Path) -> None:
    text = EVENTS + "2024-13-05,panic,sure,,\n2024-08-06,quiet,high,,\n2024-08-06,quiet,high,,\n"
    path = written(tmp_path, text)
    with pytest.raises(AuthoringError) as raised:
        read_events(path)
    said = [str(problem) for problem in raised.value.problems]
    assert said == [
        f"{path}: row 2, date: got '2024-13-05'; wanted a date such as 2024-08-05",
        f"{path}: row 2, label: got 'panic'; wanted one of {', '.join(LABELS)}",
        f"{path}: row 2, confidence: got 'sure'; wanted one of high, medium, low",
        f"{path}: row 3, date: got 2024-08-06 more than once; wanted one row a day",
        f"{path}: row 4, date: got 2024-08-06 more than once; wanted one row a day",
    ]


def test_every_mistake_of_a_panel_is_told_at_once(tmp_path: Path) -> None:
    path = written(tmp_path, PANEL + "2022-04-18,quiet,calm,ordinary,ordinary,3,flat\n")
    with pytest.raises(AuthoringError) as raised:
        read_panel(path)
    assert [problem.key for problem in raised.value.problems] == ["row 2, b", "row 2, agree"]
    assert raised.value.problems[1].wanted == "1, the readings that say 'ordinary'"


def test_a_row_is_counted_by_its_line_in_the_file(tmp_path: Path) -> None:
    path = written(tmp_path, EVENTS + '2024-08-05,quiet,high,"two\nlines",\n2024-08-06,calm,high,,\n')
    with pytest.raises(AuthoringError, match=r"row 4, label: got 'calm'"):
        read_events(path)


def test_columns_that_are_missing_are_named(tmp_path: Path) -> None:
    with pytest.raises(
        AuthoringError, match=r"row 1: got date, label; wanted columns confidence, reason, source"
    ):
        read_events(written(tmp_path, "date,label\n2024-08-05,quiet\n"))


def test_a_row_that_ends_early_lacks_values_and_not_the_program(tmp_path: Path) -> None:
    with pytest.raises(AuthoringError, match=r"row 2, confidence: got ''"):
        read_events(written(tmp_path, EVENTS + "2024-08-05,quiet\n"))


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommentaryError, match=r"none\.csv: cannot be read \(No such file"):
        read_events(tmp_path / "none.csv")
