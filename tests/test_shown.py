"""How readings are called and printed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentary.shown import Showing, bare, figure, gap, titled
from commentary.units import Unit
from tests.rulebook.made import spec

TITLES = {"tape.pressure": "Pressure", "breadth.advancing": "Large stocks up", "sp500.move_z": "S&P 500"}


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (-0.02997, "fraction", "−3.0 %"),
        (0.00449, "fraction", "+0.4 %"),
        (0.8, "share", "80.0 %"),
        (-3.224, "sigma", "−3.22σ"),
        (1.235, "sigma", "+1.24σ"),
        (28.4, "basis_points", "+28 bp"),
        (3.885, "percent", "3.89 %"),
        (38.57, "points", "38.57"),
        (5186.333, "price", "5,186.33"),
        (1.144, "ratio", "1.14"),
        (8.0, "count", "8"),
        (1.0, "flag", "yes"),
        (float(date(2024, 8, 5).toordinal()), "date", "2024-08-05"),
        (2.5, "", "2.50"),
        (2.0, "", "2"),
    ],
)
def test_each_unit_in_its_market_format(value: float, unit: str, shown: str) -> None:
    assert figure(value, unit) == shown


def test_a_difference_has_no_sign_and_points_between_percentages() -> None:
    assert gap(-1.231, "sigma") == "1.23σ"
    assert gap(0.025, "fraction") == gap(-0.025, "share") == "2.5 pt"
    assert gap(-3.0, "") == "3"


def test_what_cannot_be_negative_has_no_plus_and_what_is_missing_a_dash() -> None:
    showing = Showing({"tape.pressure": spec("tape.pressure", 0), "gold.move_z": spec("gold.move_z")}, {}, {})
    assert showing.of("tape.pressure", 2.981) == "2.98σ"
    assert showing.of("gold.move_z", 2.981) == "+2.98σ"
    assert showing.of("gold.move_z", None) == showing.of("gold.move_z", float("nan")) == "–"


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("tape.pressure", "Pressure"),
        ("gold.gap_z", "Gold (GLD), gap z"),
        ("tape.pressure + 0.05 * tape.violence", "Pressure + 0.05 × tape, violence"),
        ("abs(breadth.advancing - 0.5)", "Gap between Large stocks up and 0.5"),
        ("abs(sp500.move_z)", "Size of S&P 500"),
        ("max(sp500.move_z, tape.pressure)", "Highest of (S&P 500; Pressure)"),
        ("not sp500.move_z >= 1", "Not S&P 500 ≥ 1"),
        ("known(tape.pressure)", "Pressure is known"),
    ],
)
def test_expressions_are_said_in_titles(expression: str, words: str) -> None:
    assert titled(expression, TITLES, {"gold": "Gold (GLD)"}) == words


@given(st.floats(-1e4, 1e4))  # beyond, the tenth digit that readings keep is near the second decimal
def test_a_bare_number_reads_back_to_two_decimals(value: float) -> None:
    read = float(bare(value).replace(",", "").replace("−", "-"))
    assert read == pytest.approx(value, abs=0.00501)


@given(st.floats(-8, 8), st.sampled_from([Unit.SIGMA, Unit.FRACTION, Unit.SHARE, Unit.RATIO]))
def test_no_hyphen_stands_for_a_minus(value: float, unit: Unit) -> None:
    assert "-" not in figure(value, unit)
