"""The auditor's ear: words and digits come out as the same numbers."""

from __future__ import annotations

import pytest

from commentary.auditing.heard import heard


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("two point one percent", [2.1, "percent"]),
        ("2.1 %", [2.1, "percent"]),
        ("a hundred days", ["a", "hundred", "days"]),
        ("one hundred eighty-seven point eight six", [187.86]),
        ("five thousand three hundred seven", [5307.0]),
        ("twenty twenty-four", [2024.0]),
        ("nineteen ninety-nine", [1999.0]),
        ("two thousand eight", [2008.0]),
        ("the fifth of August", [5.0, "august"]),
        ("5 August", [5.0, "august"]),
        ("2024-08-05", [5.0, "august", 2024.0]),
        ("twenty-first", [21.0]),
        ("minus zero point four", ["minus", 0.4]),
        ("−0.4", ["minus", 0.4]),
        ("three, five and seven", [3.0, 5.0, "and", 7.0]),
        ("twenty, ten", [20.0, 10.0]),
        ("S&P and S and P", ["s", "and", "p", "and", "s", "and", "p"]),
        ("one point", [1.0, "point"]),
        ("a third of them", ["a", 3.0, "of", "them"]),
        ("the thousandth", ["the", 1000.0]),
    ],
)
def test_what_is_heard(text: str, wanted: list[object]) -> None:
    assert heard(text) == wanted


def test_another_figure_is_heard_as_another() -> None:
    assert heard("two point one percent") != heard("2.2 percent")
    assert heard("the fifth of August twenty twenty-four") != heard("6 August 2024")
