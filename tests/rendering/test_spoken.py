"""Figures, dates and names in words; every figure is heard back as what was written."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from commentary.auditing.heard import heard
from commentary.library import Library
from commentary.rendering.spoken import cardinal, spell, year
from commentary.universe import load_universe


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Gold lost 2.1 percent.", "Gold lost two point one percent."),
        (
            "The S&P 500 closed at 5,307.",
            "The S and P five hundred closed at five thousand three hundred seven.",
        ),
        ("VIX rose to 39, or 0.05 points.", "VIX rose to thirty-nine, or zero point zero five points."),
        (
            "Its 200-day average, 187.86",
            "Its two-hundred-day average, one hundred eighty-seven point eight six",
        ),
        (
            "the most since 13 September 2022.",
            "the most since the thirteenth of September twenty twenty-two.",
        ),
        ("since March 2020", "since March twenty twenty"),
        ("in October 2008", "in October two thousand eight"),
        ("since 1999", "since nineteen ninety-nine"),
        ("the 21st session", "the twenty-first session"),
        ("Session of 2024-08-05", "Session of the fifth of August twenty twenty-four"),
        ("the Russell 2000 fell", "the Russell two thousand fell"),
        ("(By a forced exit we mean this.)", "By a forced exit we mean this."),
        ("gold (GLD) fell", "gold, GLD, fell"),
        ("a 60 % share, −0.4 or +3σ", "a sixty percent share, minus zero point four or plus three sigma"),
        ("VIX3M and VIX9D", "VIX three M and VIX nine D"),
        ("7.7 million or 3 million shares", "seven point seven million or three million shares"),
        ("$12.50 a barrel at 15:00", "twelve point five zero dollars a barrel at fifteen hundred"),
        ("the Nasdaq 100 three times", "the Nasdaq one hundred, three times"),
    ],
)
def test_what_is_written_is_said(written: str, said: str) -> None:
    assert spell(written) == said


def test_every_whole_number_is_heard_as_it_was_written() -> None:
    for number in [*range(20_000), *range(20_000, 2_000_000, 7_919), 999_999, 1_000_000, 12_345_678]:
        assert heard(spell(f"{number:,} days")) == heard(f"{number:,} days") == [float(number), "days"]


def test_every_figure_with_decimals_is_heard_as_it_was_written() -> None:
    for hundredths in [*range(20_000), *range(20_000, 1_000_000, 97)]:
        text = f"{hundredths // 100}.{hundredths % 100:02d} percent"
        assert heard(spell(text)) == [hundredths / 100, "percent"], text
    for tenths in range(0, 60_000, 7):
        assert heard(spell(f"{tenths / 10:,.1f} points")) == [tenths / 10, "points"]


def test_every_ordinal_and_every_day_is_heard_as_it_was_written() -> None:
    for number in range(1, 1_000):
        ending = "th" if 10 < number % 100 < 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
        assert heard(spell(f"the {number}{ending} session")) == ["the", float(number), "session"]
    days = [date(2024, 1, 1) + timedelta(count) for count in range(366)]
    for day in [*days, *(date(number, 3, 2) for number in range(1900, 2100))]:
        said = spell(f"on {day.day} {day:%B} {day.year}, a {day:%A}")
        assert not re.search(r"\d", said)
        wanted = ["on", float(day.day), f"{day:%B}".lower(), float(day.year), "a", f"{day:%A}".lower()]
        assert heard(said) == heard(f"on {day.isoformat()}, a {day:%A}") == wanted


def test_every_year_is_heard_as_it_was_written() -> None:
    for number in range(1800, 2200):
        assert heard(f"in {year(number)}") == ["in", float(number)]
    assert (year(2000), year(2009), year(2010)) == ("two thousand", "two thousand nine", "twenty ten")


def test_every_name_of_an_instrument_can_be_said() -> None:
    for item in load_universe(Library()).instruments.values():
        for name in (item.full, item.short, item.label):
            said = spell(f"With {name} it was otherwise.")
            assert not re.search(r"[\d&()/%]", said), said


def test_two_figures_side_by_side_are_not_one() -> None:
    assert heard("one hundred three times") != heard("one hundred, three times")
    assert heard(spell("the Nasdaq 100 three times")) == heard("the Nasdaq 100 three times")


def test_a_larger_number_has_its_scales() -> None:
    assert cardinal(1_234_567) == "one million two hundred thirty-four thousand five hundred sixty-seven"
