"""How figures are worded, by hand."""

from __future__ import annotations

from datetime import date

import pytest

from commentary.phrasing.numbers import FORMATS
from commentary.phrasing.trace import Figure, NothingToSayError, Recorder, unmarked
from commentary.units import Unit

SHOWN = [
    ("percent", 0.0434, Unit.FRACTION, "4.3 percent"),
    ("percent", -0.03, Unit.FRACTION, "3 percent"),
    ("percent", -0.0996, Unit.FRACTION, "10 percent"),
    ("percent", 0.124, Unit.FRACTION, "12 percent"),
    ("percent", 0.0005, Unit.FRACTION, "0.1 percent"),
    ("percent", 0.69, Unit.SHARE, "69 percent"),
    ("whole_percent", 0.0434, Unit.FRACTION, "4 percent"),
    ("yield_level", 3.75, Unit.PERCENT, "3.75 percent"),
    ("yield_level", 4.0, Unit.PERCENT, "4.00 percent"),
    ("basis_points", -28.0, Unit.BASIS_POINTS, "28 basis points"),
    ("basis_points", 1.0, Unit.BASIS_POINTS, "one basis point"),
    ("basis_points", 10.4, Unit.BASIS_POINTS, "ten basis points"),
    ("sigmas", -3.24, Unit.SIGMA, "3.2 sigma"),
    ("points", 15.18, Unit.POINTS, "15 points"),
    ("points", 1.0, Unit.POINTS, "1 point"),
    ("points", 0.058, Unit.FRACTION, "5.8 points"),
    ("level", 5186.33, Unit.PRICE, "5,186"),
    ("level", 187.856, Unit.PRICE, "187.86"),
    ("handle", 38.57, Unit.POINTS, "39"),
    ("strike", 570.0, Unit.PRICE, "570"),
    ("strike", 57.5, Unit.PRICE, "57.5"),
    ("count", 3.0, Unit.COUNT, "three"),
    ("count", 12.0, Unit.COUNT, "twelve"),
    ("count", 69.0, Unit.COUNT, "69"),
    ("millions", 7_412_000.0, Unit.COUNT, "7.4 million"),
    ("millions", 7_960_000.0, Unit.COUNT, "8 million"),
    ("nth", 5.0, Unit.COUNT, "fifth"),
    ("nth", 21.0, Unit.COUNT, "21st"),
    ("nth", 13.0, Unit.COUNT, "13th"),
    ("part", 0.34, Unit.SHARE, "a third"),
    ("part", 0.46, Unit.SHARE, "nearly half"),
    ("part", 0.53, Unit.SHARE, "more than half"),
    ("times", 2.04, Unit.RATIO, "twice"),
    ("times", 2.8, Unit.RATIO, "nearly three times"),
    ("times", 4.3, Unit.RATIO, "more than four times"),
    ("month_year", float(date(2020, 3, 16).toordinal()), Unit.DATE, "March 2020"),
    ("full_date", float(date(2024, 8, 5).toordinal()), Unit.DATE, "5 August 2024"),
    ("day_month", float(date(2024, 8, 5).toordinal()), Unit.DATE, "5 August"),
    ("year", float(date(2007, 6, 7).toordinal()), Unit.DATE, "2007"),
    ("weekday", float(date(2024, 8, 5).toordinal()), Unit.DATE, "Monday"),
]


def _figure(value: float, unit: Unit) -> Figure:
    return Figure("it.reading", value, unit, Recorder())


@pytest.mark.parametrize(("name", "value", "unit", "wanted"), SHOWN)
def test_formats(name: str, value: float, unit: Unit, wanted: str) -> None:
    figure = _figure(value, unit)
    text, numbers = unmarked(FORMATS[name](figure), figure.recorder)
    assert text == wanted
    assert [(number.shown, number.value, number.reading) for number in numbers] == [
        (wanted, value, "it.reading")
    ]


def test_every_format_has_a_case() -> None:
    assert {name for name, *_ in SHOWN} == set(FORMATS)


@pytest.mark.parametrize(
    ("name", "value", "unit"),
    [
        ("percent", 0.0004, Unit.FRACTION),  # rounds to zero: there is nothing to print
        ("basis_points", 0.3, Unit.BASIS_POINTS),
        ("sigmas", 0.04, Unit.SIGMA),
        ("part", 0.03, Unit.SHARE),
        ("times", 1.2, Unit.RATIO),
        ("times", 40.0, Unit.RATIO),
    ],
)
def test_a_figure_that_cannot_be_worded_is_not(name: str, value: float, unit: Unit) -> None:
    with pytest.raises(NothingToSayError):
        FORMATS[name](_figure(value, unit))
