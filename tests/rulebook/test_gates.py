"""Gates at their thresholds, three-valued, and how far a session is from passing."""

from __future__ import annotations

import pytest

from commentary.rulebook.gates import parse_gate
from commentary.rulebook.judge import judge
from tests.rulebook import made

SHELTER = 0.6
"""Bid from which somebody hid."""

LITTLE = 0.01
VIOLENT = {"equities.worst_z": -3.0, "yen.move_z": -2.0}
THIRD = {"cross_asset.sold_share": 0.6}
FORCED = VIOLENT | {
    "tape.pressure": 1.75,
    "sp500.move_z": -0.75,
    "bonds.move_z": 0.0,
    "metals.worst_z": 0.0,
    "gold.move_z": 0.0,
}
FLIGHT = {"sp500.move_z": -0.9, "bonds.move_z": 0.0, "gold.move_z": SHELTER}
ROTATION = {
    "leadership.spread_z": 2.0,
    "leadership.second_z": 1.5,
    "sp500.move_z": 0.0,
    "bonds.move_z": 0.0,
    "gold.move_z": 0.0,
}
QUIET = {
    "sp500.move_z": 0.0,
    "metals.worst_z": 0.0,
    "leadership.spread_z": 1.5,
    "equal_weight.move_z": 0.79,
}
HID = {"curve.fall_z": 1.0, "bonds.move_z": 1.0}

Values = dict[str, float]


def _passed(verdict: str, values: Values) -> bool | None:
    found = judge(made.rules(), made.tape(values), ())
    return next(line.passed for line in found.gates if line.verdict == verdict)


def _without(values: Values, *names: str) -> Values:
    return {name: value for name, value in values.items() if name not in names}


LOW = {"spy.low_excursion": -0.02, "spy.sigma_1d": 0.01, "bitcoin.move_z": 0.0}


@pytest.mark.parametrize(
    ("changes", "passed"),
    [
        ({}, True),
        # pressure and a tenth for each sign: 1.75 + 0.2, 1.65 + 0.3
        ({"tape.pressure": 1.75 - LITTLE}, False),
        (THIRD | {"tape.pressure": 1.65 + LITTLE}, True),
        (THIRD | {"tape.pressure": 1.65 - LITTLE}, False),
        # stocks, or bitcoin, or a metal beside stocks that fell less
        ({"sp500.move_z": -0.74, "bitcoin.move_z": -3.49}, False),
        ({"sp500.move_z": -0.74, "bitcoin.move_z": -3.5}, True),
        ({"sp500.move_z": 2.0, "bitcoin.move_z": -3.5}, True),
        ({"sp500.move_z": -0.4, "bitcoin.move_z": 0.0, "metals.worst_z": -3.2}, True),
        ({"sp500.move_z": -0.4, "bitcoin.move_z": 0.0, "metals.worst_z": -3.19}, False),
        ({"sp500.move_z": -0.39, "bitcoin.move_z": 0.0, "metals.worst_z": -3.2}, False),
        ({"sp500.move_z": -0.74}, None),  # bitcoin might have been low enough
        # or a fund that was two of its own sigma lower within the day: 0.02 / 0.01
        (LOW | {"sp500.move_z": 0.0}, True),
        (LOW | {"sp500.move_z": 0.01}, False),
        (LOW | {"sp500.move_z": 0.0, "spy.low_excursion": -0.0199}, False),
        # metals_flush: 1 × (1.71 - 1.2) stands by itself
        ({"tape.pressure": 0.0, "metals.worst_z": -5.5, "gold.move_z": -1.71}, True),
        ({"tape.pressure": 0.0, "metals.worst_z": -5.5, "gold.move_z": -1.69}, False),
        # one sign of violence is not two, whatever the pressure
        ({"tape.pressure": 5.0, "yen.move_z": -1.99}, False),
        # rates_lead 0.64 / 1.8 = 0.356: a third sign is needed; 0.62 / 1.8 = 0.344: it is not
        ({"sp500.move_z": -1.0, "bonds.move_z": -1.84}, False),
        (THIRD | {"sp500.move_z": -1.0, "bonds.move_z": -1.84}, True),
        ({"sp500.move_z": -1.0, "bonds.move_z": -1.82}, True),
    ],
)
def test_forced_exit(changes: Values, passed: bool | None) -> None:
    assert _passed("forced_exit", FORCED | changes) is passed


@pytest.mark.parametrize(
    ("changes", "passed"),
    [
        ({"gold.move_z": SHELTER - LITTLE}, True),
        ({"gold.move_z": SHELTER}, False),
        ({"curve.fall_z": SHELTER - LITTLE, "bonds.move_z": SHELTER - LITTLE}, True),
        ({"curve.fall_z": SHELTER + LITTLE, "bonds.move_z": SHELTER + LITTLE}, False),
        ({"long_bonds.move_z": SHELTER - LITTLE}, True),
        ({"long_bonds.move_z": SHELTER}, False),
        # shelter was bought, and beside it a metal, several things, or stocks were dumped
        (HID | {"metals.worst_z": -1.75}, True),
        (HID | {"metals.worst_z": -1.74}, False),
        (HID | {"liquid.sold_z": 1.53}, True),
        (HID | {"liquid.sold_z": 1.52}, False),
        (HID | {"liquid.sold_z": 1.53, "gold.move_z": 0.51}, False),
        (HID | {"sp500.move_z": -4.0}, True),
        (HID | {"sp500.move_z": -3.99}, False),
        (HID | {"sp500.move_z": -4.0, "gold.move_z": 0.41}, False),
    ],
)
def test_who_bought_shelter_was_forced_only_if_something_was_dumped(changes: Values, passed: bool) -> None:
    assert _passed("forced_exit", FORCED | changes) is passed


@pytest.mark.parametrize(
    ("missing", "changes", "passed"),
    [
        ("tape.pressure", {}, None),
        ("tape.pressure", {"yen.move_z": -1.99}, False),
        ("sp500.move_z", {}, None),
        ("sp500.move_z", {"bitcoin.move_z": -3.5}, True),
        # where nobody knows whether yields led, two signs are enough
        ("bonds.move_z", {}, True),
        ("bonds.move_z", {"yen.move_z": -1.99}, False),
        ("metals.worst_z", {}, True),
        ("metals.worst_z", HID, False),  # a metal that is not known was not dumped
        # without gold the other shelter and the other things dumped speak
        ("gold.move_z", {}, True),
        ("gold.move_z", HID, False),
        ("gold.move_z", HID | {"metals.worst_z": -1.75}, True),
        ("gold.move_z", HID | {"liquid.sold_z": 1.53}, True),
        ("gold.move_z", HID | {"sp500.move_z": -4.0}, True),
        ("gold.move_z", {"tape.pressure": 1.0}, None),  # were metals flushed?
    ],
)
def test_a_forced_exit_of_which_too_little_is_known(
    missing: str, changes: Values, passed: bool | None
) -> None:
    assert _passed("forced_exit", _without(FORCED, missing) | changes) is passed


@pytest.mark.parametrize(
    ("values", "passed"),
    [
        (FLIGHT, True),
        (FLIGHT | {"sp500.move_z": -0.89}, False),
        (FLIGHT | {"gold.move_z": SHELTER - LITTLE}, False),
        (FLIGHT | {"gold.move_z": 0.0, "curve.fall_z": 0.71, "bonds.move_z": 0.51}, True),
        (FLIGHT | {"gold.move_z": 0.0, "curve.fall_z": 0.69, "bonds.move_z": 0.49}, False),
        (FLIGHT | {"gold.move_z": 0.0, "long_bonds.move_z": SHELTER}, True),
        (FLIGHT | {"gold.move_z": 0.0, "long_bonds.move_z": SHELTER - LITTLE}, False),
        # haven_shock: (3.5 → 1) × (1.15 - 0.7) / 1.1 = 0.41, (1.13 - 0.7) / 1.1 = 0.39; the index may be flat
        ({"sp500.move_z": 0.0, "bonds.move_z": 3.5, "gold.move_z": 1.15}, True),
        ({"sp500.move_z": 0.0, "bonds.move_z": 3.5, "gold.move_z": 1.13}, False),
        (_without(FLIGHT, "bonds.move_z"), True),
        (_without(FLIGHT, "gold.move_z"), None),  # haven_shock
        (_without(FLIGHT, "gold.move_z") | {"curve.fall_z": 1.0, "bonds.move_z": 1.0}, True),
        (_without(FLIGHT, "sp500.move_z"), None),
        ({"sp500.move_z": -0.89, "gold.move_z": 1.0}, None),  # bonds might have leapt
        ({"sp500.move_z": -0.89, "gold.move_z": 0.7}, None),
    ],
)
def test_flight_to_safety(values: Values, passed: bool | None) -> None:
    assert _passed("flight_to_safety", values) is passed


@pytest.mark.parametrize(
    ("values", "passed"),
    [
        (ROTATION, True),
        (ROTATION | {"leadership.spread_z": 1.99}, False),
        (ROTATION | {"leadership.second_z": 1.49}, False),
        (ROTATION | {"sp500.move_z": 2.19}, True),
        (ROTATION | {"sp500.move_z": 2.2}, False),
        (ROTATION | {"sp500.move_z": -2.19}, True),
        (ROTATION | {"sp500.move_z": -2.2}, False),
        # haven_shock: (3.32 - 1.8) / 1.7 = 0.894, (3.34 - 1.8) / 1.7 = 0.906
        (ROTATION | {"gold.move_z": 1.8, "bonds.move_z": 3.32}, True),
        (ROTATION | {"gold.move_z": 1.8, "bonds.move_z": 3.34}, False),
        (ROTATION | VIOLENT, True),
        (ROTATION | VIOLENT | THIRD, False),
        (_without(ROTATION, "leadership.second_z"), None),
        (_without(ROTATION, "leadership.spread_z"), None),
        (_without(ROTATION, "gold.move_z"), True),  # a rush that nobody can see stops no rotation
        (_without(ROTATION, "bonds.move_z"), True),
        (_without(ROTATION, "sp500.move_z"), None),
        (_without(ROTATION, "gold.move_z") | {"leadership.second_z": 1.49}, False),
    ],
)
def test_rotation(values: Values, passed: bool | None) -> None:
    assert _passed("rotation", values) is passed


@pytest.mark.parametrize(
    ("values", "passed"),
    [
        # small_day: 1 - (1.5 - 1) / 0.8 = 0.375, 1 - (1.54 - 1) / 0.8 = 0.325
        (QUIET, True),
        (QUIET | {"leadership.spread_z": 1.54}, False),
        (QUIET | {"equal_weight.move_z": 0.8}, False),
        (QUIET | {"equal_weight.move_z": -0.79}, True),
        (QUIET | {"equal_weight.move_z": -0.8}, False),
        (_without(QUIET, "equal_weight.move_z"), True),
        *((QUIET | {name: 2.24}, True) for name in ("oil.move_z", "dollar.move_z", "curve.rise_z")),
        *((QUIET | {name: 2.25}, False) for name in ("oil.move_z", "dollar.move_z", "curve.fall_z")),
        *((QUIET | {name: -2.25}, False) for name in ("oil.move_z", "dollar.move_z")),
        (QUIET | {"curve.rise_z": 2.25, "curve.fall_z": -2.0}, False),
        (QUIET | {"bitcoin.move_z": -2.99}, True),
        (QUIET | {"bitcoin.move_z": -3.0}, False),
        (_without(QUIET, "leadership.spread_z"), None),
        (_without(QUIET, "leadership.spread_z") | {"oil.move_z": 3.0}, False),
    ],
)
def test_quiet(values: Values, passed: bool | None) -> None:
    assert _passed("quiet", values) is passed


@pytest.mark.parametrize(
    ("verdict", "values", "passed"),
    [
        ("relief_rally", {"sp500.move_z": 1.1, "sp500.drawdown": -0.01}, True),
        ("relief_rally", {"sp500.move_z": 1.09, "sp500.drawdown": -0.01}, False),
        ("relief_rally", {"sp500.move_z": 1.1, "sp500.drawdown": -0.009}, False),
        ("relief_rally", {"sp500.move_z": 1.1}, None),
        ("relief_rally", {}, None),
        ("melt_up", {"sp500.move_z": 1.0, "sp500.drawdown": -0.015}, True),
        ("melt_up", {"sp500.move_z": 0.99, "sp500.drawdown": -0.015}, False),
        ("melt_up", {"sp500.move_z": 1.0, "sp500.drawdown": -0.0151}, False),
        ("melt_up", {"sp500.move_z": 1.0}, None),
    ],
)
def test_rallies(verdict: str, values: Values, passed: bool | None) -> None:
    assert _passed(verdict, values) is passed


def test_distance_is_what_is_wanting_in_the_readings_own_unit() -> None:
    gate = parse_gate("sp500.move_z <= -0.9 and tape.pressure >= 1.75")
    assert gate.distance({"sp500.move_z": -0.4, "tape.pressure": 1.5}) == pytest.approx(0.5)
    assert gate.distance({"sp500.move_z": -1.0, "tape.pressure": 1.5}) == pytest.approx(0.25)
    assert gate.distance({"sp500.move_z": -1.0, "tape.pressure": 2.0}) == pytest.approx(-0.1)


def test_distance_takes_the_nearest_of_alternatives_and_leaves_the_unknown_aside() -> None:
    gate = parse_gate("sp500.move_z <= -0.9 or bitcoin.move_z <= -3.5")
    assert gate.distance({"sp500.move_z": -0.4, "bitcoin.move_z": -3.3}) == pytest.approx(0.2)
    assert gate.distance({"sp500.move_z": -0.4}) == pytest.approx(0.5)
    assert gate.distance({}) is None


def test_a_gate_is_made_of_comparisons() -> None:
    with pytest.raises(ValueError, match="a gate is made of"):
        parse_gate("sp500.move_z * 2")


def test_a_gate_that_rates_close_says_which_rule_closed_it() -> None:
    found = judge(made.rules(), made.tape(made.RATES), ())
    closed = [line for line in found.gates if line.expression.startswith("not (rates_led")]
    assert {line.verdict for line in closed} >= {"forced_exit", "flight_to_safety"}
    assert all(line.passed is False for line in closed)
