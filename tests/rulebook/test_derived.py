"""Derived numbers by hand: each reading in its place, and what stands where one is missing."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentary.rulebook.judge import judge
from tests.rulebook import made

Tape = dict[str, float]
UNKNOWN = math.nan


def derived(name: str, values: Tape) -> float:
    """A derived number whose own needs are not derived."""
    return next(step.value for step in made.rules().steps if step.key == name).number(values)


def test_stress_is_the_largest_of_its_signs() -> None:
    assert derived("tape.stress", made.CALM) == 0.0
    assert derived("tape.stress", made.CALM | {"vix.level": 23.0}) == pytest.approx(0.5)
    assert derived("tape.stress", made.CALM | {"sp500.drawdown": -0.065}) == pytest.approx(0.5)
    assert derived("tape.stress", made.CALM | {"sp500.worst_z_10d": -2.4}) == pytest.approx(0.5)
    assert derived("tape.stress", made.CALM | {"tape.pressure_max_5d": 1.9}) == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("values", "shelter"),
    [
        # half the hardest leg, half the mean of the two ends
        ({"curve.fall_z": 1.5, "bonds.move_z": 0.5, "gold.move_z": 0.2}, 1.0),
        ({"curve.fall_z": 1.5, "bonds.move_z": 0.5, "gold.move_z": 1.1}, 1.1),
        ({"curve.fall_z": -2.0, "bonds.move_z": -3.0, "gold.move_z": -4.0}, -2.5),
        # the long end alone is known
        ({"curve.fall_z": 1.5, "gold.move_z": 0.2}, 1.5),
        # a holiday of the bond market: the fund speaks, and only then
        ({"long_bonds.move_z": 0.9, "gold.move_z": 0.2}, 0.9),
        ({"long_bonds.move_z": 0.9, "bonds.move_z": 3.0, "gold.move_z": 0.2}, 0.9),
        ({"curve.fall_z": 0.0, "bonds.move_z": 0.0, "long_bonds.move_z": 2.0, "gold.move_z": -1.0}, 0.0),
        # nothing is known of bonds: gold alone
        ({"gold.move_z": -1.5}, -1.5),
        ({"gold.move_z": 2.5}, 2.5),
        # nothing is known of gold: bonds alone
        ({"curve.fall_z": 3.0, "bonds.move_z": 2.0, "long_bonds.move_z": 8.0}, 2.5),
        ({"long_bonds.move_z": -1.0}, -1.0),
    ],
)
def test_shelter_is_the_stronger_bid_of_bonds_and_gold(values: Tape, shelter: float) -> None:
    assert derived("tape.shelter", values) == pytest.approx(shelter, nan_ok=True)


@pytest.mark.parametrize(
    ("values", "dumped"),
    [
        ({"metals.worst_z": -2.0, "sp500.move_z": -1.0, "gold.move_z": -1.0}, 2.0),  # a metal alone
        ({"metals.worst_z": -2.0, "sp500.move_z": -1.0, "gold.move_z": -1.0, "liquid.sold_z": 2.0}, 2.3),
        ({"metals.worst_z": -0.5, "sp500.move_z": -5.0, "gold.move_z": -0.5, "liquid.sold_z": 2.0}, 2.75),
        # where gold was bought: several things together count up to 0.5, stocks alone up to 0.4
        ({"metals.worst_z": -0.5, "sp500.move_z": -5.0, "gold.move_z": 0.4, "liquid.sold_z": 2.0}, 2.75),
        ({"metals.worst_z": -0.5, "sp500.move_z": -5.0, "gold.move_z": 0.41, "liquid.sold_z": 2.0}, 2.3),
        ({"metals.worst_z": -0.5, "sp500.move_z": -5.0, "gold.move_z": 0.5, "liquid.sold_z": 2.0}, 2.3),
        ({"metals.worst_z": -0.5, "sp500.move_z": -5.0, "gold.move_z": 0.51, "liquid.sold_z": 2.0}, 0.5),
        # never below nought
        ({"metals.worst_z": 1.0, "sp500.move_z": -1.0, "gold.move_z": 1.0}, 0.0),
        ({"metals.worst_z": 1.0, "sp500.move_z": -1.0, "gold.move_z": 0.0}, 0.0),
        # what is not known was not dumped, and gold that is not known was not bought
        ({"metals.worst_z": -1.0, "sp500.move_z": -1.0, "gold.move_z": 0.0}, 1.0),
        ({"metals.worst_z": -1.0, "sp500.move_z": -1.0, "liquid.sold_z": 2.0}, 2.3),
        ({"metals.worst_z": -1.0, "sp500.move_z": -5.0, "liquid.sold_z": 2.0}, 2.75),
        ({"sp500.move_z": -1.0, "gold.move_z": 0.0, "liquid.sold_z": 2.0}, 2.3),
        ({"sp500.move_z": -1.0}, 0.0),
        # stocks may not be missing where they are asked
        ({"metals.worst_z": -3.0, "gold.move_z": 0.0, "liquid.sold_z": 2.0}, UNKNOWN),
        ({}, UNKNOWN),
        ({"metals.worst_z": -3.0, "gold.move_z": 1.0}, 3.0),  # gold bought: stocks are not asked
    ],
)
def test_dumped_is_the_hardest_of_a_metal_several_things_and_stocks(values: Tape, dumped: float) -> None:
    assert derived("tape.dumped", values) == pytest.approx(dumped, nan_ok=True)


@pytest.mark.parametrize(
    ("values", "elsewhere"),
    [
        ({"oil.move_z": -2.0}, 2.0),
        ({"oil.move_z": 2.0}, 2.0),
        ({"dollar.move_z": -1.5}, 1.5),
        ({"curve.rise_z": 1.2, "curve.fall_z": -0.8}, 1.2),
        ({"curve.rise_z": -0.8, "curve.fall_z": 1.2}, 1.2),
        ({"bitcoin.move_z": -4.0}, 3.0),  # three quarters of it
        ({"oil.move_z": -1.0, "dollar.move_z": 2.0, "curve.fall_z": 1.9, "bitcoin.move_z": 2.0}, 2.0),
        ({"curve.rise_z": -1.0}, 0.0),
        ({}, 0.0),
    ],
)
def test_elsewhere_is_the_largest_move_of_those_known(values: Tape, elsewhere: float) -> None:
    assert derived("tape.elsewhere", values) == pytest.approx(elsewhere)


@given(st.dictionaries(st.sampled_from(["oil.move_z", "dollar.move_z", "curve.rise_z"]), st.floats(-8, 8)))
def test_a_further_move_elsewhere_never_makes_it_smaller(values: Tape) -> None:
    less = derived("tape.elsewhere", values)
    assert derived("tape.elsewhere", values | {"bitcoin.move_z": -2.0}) == max(less, 1.5)


PLAIN = dict.fromkeys(
    (
        "calendar.half_day", "calendar.nasdaq_day", "calendar.triple_witching", "calendar.expiry",
        "calendar.month_end", "calendar.msci_review", "calendar.russell_day", "calendar.quarter_end",
    ),
    0.0,
)  # fmt: skip
"""A day on which the calendar brings no volume."""


@pytest.mark.parametrize(
    ("flags", "habit"),
    [
        ((), 1.0),
        (("half_day",), 0.0),
        (("nasdaq_day",), 1.9),
        (("triple_witching",), 1.35),
        (("expiry",), 1.2),
        (("month_end",), 1.2),
        (("msci_review",), 1.2),
        (("russell_day",), 1.1),
        (("quarter_end",), 1.1),
        # the largest of those that fall together
        (("nasdaq_day", "triple_witching", "expiry"), 1.9),
        (("triple_witching", "expiry"), 1.35),
        (("quarter_end", "month_end"), 1.2),
        # a half day has no volume that compares
        (("half_day", "month_end"), 0.0),
    ],
)
def test_what_the_calendar_makes_of_the_days_volume(flags: tuple[str, ...], habit: float) -> None:
    values = PLAIN | {f"calendar.{flag}": 1.0 for flag in flags}
    assert derived("tape.volume_habit", values) == habit


def test_a_calendar_of_which_nothing_is_known_has_no_habit() -> None:
    assert math.isnan(derived("tape.volume_habit", {}))
    assert derived("tape.volume_habit", {"calendar.half_day": 1.0}) == 0.0


HARD = {"sp500.move_z": -2.0, "bonds.move_z": 0.0, "curve.fall_z": 0.0}


@pytest.mark.parametrize(
    ("values", "signs"),
    [
        ({}, 0),
        ({"liquid.unexplained_mean": -1.2}, 1),
        ({"liquid.unexplained_mean": -1.19}, 0),
        ({"liquid.unexplained_mean": -1.8}, 2),
        ({"liquid.unexplained_mean": -1.79}, 1),
        ({"gold.unexplained_z": -2.2}, 1),
        ({"gold.unexplained_z": -2.19}, 0),
        ({"silver.unexplained_z": -2.7}, 1),
        ({"silver.unexplained_z": -2.69}, 0),
        ({"bitcoin.unexplained_z": -3.0}, 1),
        ({"bitcoin.unexplained_z": -2.99}, 0),
        ({"gold.unexplained_z": -2.2, "silver.unexplained_z": -2.0}, 2),
        ({"gold.unexplained_z": -2.2, "silver.unexplained_z": -1.99}, 1),
        ({"equities.worst_z": -3.0}, 1),
        ({"vix.move_z": 3.0}, 1),
        ({"vix.move_z": 1.0, "vix.term_ratio": 1.03}, 1),
        ({"vix.move_z": 0.99, "vix.term_ratio": 1.03}, 0),
        ({"vix.move_z": 1.0, "vix.term_ratio": 1.02, "vix.pct_252d": 0.99}, 0),
        ({"vix.move_z": 1.0, "vix.pct_252d": 0.97}, 1),
        ({"high_yield.move_z": -2.3}, 1),
        ({"high_yield.oas_change_z": 2.5}, 1),
        ({"yen.move_z": -2.0}, 1),
        ({"pound.move_z": -4.0}, 1),
        ({"pound.move_z": -3.99}, 0),
        ({"pound.move_z": 4.0}, 0),
        ({"yen.move_z": -2.0, "pound.move_z": -4.0}, 1),  # one sign: currencies
        ({"yen.move_z": 0.0, "pound.move_z": -4.0}, 1),
        (PLAIN | {"spy.range_ratio": 2.75}, 1),
        (PLAIN | {"spy.range_ratio": 2.74}, 0),
        ({"spy.gap_z": -3.0}, 1),
        (PLAIN | {"spy.volume_ratio": 2.2}, 1),
        (PLAIN | {"spy.volume_ratio": 2.19}, 0),
        (PLAIN | {"spy.volume_ratio": 2.2, "spy.gap_z": -3.0, "spy.range_ratio": 3.0}, 1),  # one sign
        # 2.2 × 1.35 = 2.97; 2.2 × 1.9 = 4.18
        (PLAIN | {"calendar.triple_witching": 1.0, "spy.volume_ratio": 2.96}, 0),
        (PLAIN | {"calendar.triple_witching": 1.0, "spy.volume_ratio": 2.98}, 1),
        (PLAIN | {"calendar.nasdaq_day": 1.0, "spy.volume_ratio": 4.17}, 0),
        (PLAIN | {"calendar.nasdaq_day": 1.0, "spy.volume_ratio": 4.19}, 1),
        # half days: neither volume nor range, a gap all the same
        (PLAIN | {"calendar.half_day": 1.0, "spy.volume_ratio": 9.0, "spy.range_ratio": 9.0}, 0),
        (PLAIN | {"calendar.half_day": 1.0, "spy.gap_z": -3.0}, 1),
        ({"spy.volume_ratio": 9.0, "spy.range_ratio": 9.0}, 0),  # nobody knows what day it was
        ({"cross_asset.sold_share": 0.6}, 1),
        (HARD | {"gold.move_z": 0.49}, 1),
        (HARD | {"gold.move_z": 0.5}, 0),  # gold was a shelter
        (HARD | {"gold.move_z": 0.0, "curve.fall_z": 0.5, "bonds.move_z": 0.5}, 0),  # bonds were
        (HARD | {"gold.move_z": 0.0, "curve.fall_z": 0.5, "bonds.move_z": 0.48}, 1),
        (HARD | {"gold.move_z": 0.0, "sp500.move_z": -1.99}, 0),
        (HARD, 1),  # bonds alone are asked where nothing is known of gold
        (HARD | {"curve.fall_z": 0.5, "bonds.move_z": 0.5}, 0),
        ({"sp500.move_z": -2.0, "gold.move_z": 0.0}, 1),
        (HARD | {"gold.move_z": 0.0, "yen.move_z": -2.0}, 2),
        ({"equities.worst_z": -2.99, "yen.move_z": -1.99, "vix.move_z": 2.9, "spy.gap_z": -2.9}, 0),
    ],
)
def test_violence_counts_its_signs(values: Tape, signs: int) -> None:
    assert judge(made.rules(), made.tape(values), ()).violence == signs
