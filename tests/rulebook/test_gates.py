"""Gates at their thresholds, three-valued, and how far a session is from passing."""

from __future__ import annotations

import pytest

from commentary.rulebook.gates import parse_gate
from commentary.rulebook.judge import judge
from tests.rulebook import made

VIOLENT = {"equities.worst_z": -3.0, "yen.move_z": -2.0}


def _passed(verdict: str, values: dict[str, float]) -> bool | None:
    found = judge(made.rules(), made.tape(values), ())
    return next(line.passed for line in found.gates if line.verdict == verdict)


FORCED = VIOLENT | {
    "tape.pressure": 1.75,
    "sp500.move_z": -0.4,
    "bonds.move_z": 0.0,
    "metals.worst_z": 0.0,
    "gold.move_z": 0.0,
}


@pytest.mark.parametrize(
    ("changes", "passed"),
    [
        ({}, True),
        ({"tape.pressure": 1.7499}, False),
        ({"sp500.move_z": -0.39}, None),  # bitcoin might have been low enough
        ({"sp500.move_z": -0.39, "bitcoin.move_z": -3.5}, True),
        ({"sp500.move_z": -0.39, "bitcoin.move_z": -3.4}, False),
        ({"yen.move_z": -1.99}, False),  # one sign of violence is not two
        # metals_flush: 1 × (1.71 - 1.2) stands by itself
        ({"tape.pressure": 0.0, "metals.worst_z": -5.5, "gold.move_z": -1.71}, True),
        ({"tape.pressure": 0.0, "metals.worst_z": -5.5, "gold.move_z": -1.69}, False),
        # rates_lead 0.5: a third sign is needed
        ({"sp500.move_z": -1.0, "bonds.move_z": -2.1}, False),
        ({"sp500.move_z": -1.0, "bonds.move_z": -2.1, "cross_asset.sold_share": 0.6}, True),
    ],
)
def test_forced_exit(changes: dict[str, float], passed: bool | None) -> None:
    assert _passed("forced_exit", FORCED | changes) is passed


@pytest.mark.parametrize(
    ("verdict", "values", "passed"),
    [
        ("rotation", {"leadership.spread_z": 2.0}, True),
        ("rotation", {"leadership.spread_z": 1.99}, False),
        ("rotation", {}, None),
        ("flight_to_safety", {"sp500.move_z": -0.9}, True),
        ("flight_to_safety", {"sp500.move_z": -0.89, "bonds.move_z": 3.5, "gold.move_z": 1.8}, True),
        ("flight_to_safety", {"sp500.move_z": -0.89, "bonds.move_z": 0.0, "gold.move_z": 1.8}, False),
        ("relief_rally", {"sp500.move_z": 1.2}, True),
        ("relief_rally", {"sp500.move_z": 1.19}, False),
        ("melt_up", {"sp500.move_z": 1.0, "sp500.drawdown": -0.06}, True),
        ("melt_up", {"sp500.move_z": 0.99, "sp500.drawdown": -0.06}, False),
        ("melt_up", {"sp500.move_z": 1.0, "sp500.drawdown": -0.061}, False),
        ("quiet", {"sp500.move_z": 0.0, "metals.worst_z": 0.0, "leadership.spread_z": 1.5}, True),
        ("quiet", {"sp500.move_z": 0.0, "metals.worst_z": 0.0, "leadership.spread_z": 1.54}, False),
    ],
)
def test_other_gates(verdict: str, values: dict[str, float], passed: bool | None) -> None:
    assert _passed(verdict, values) is passed


@pytest.mark.parametrize(
    ("values", "signs"),
    [
        ({}, 0),
        ({"liquid.unexplained_mean": -1.2}, 1),
        ({"liquid.unexplained_mean": -1.8}, 2),
        ({"gold.unexplained_z": -2.2}, 1),
        ({"silver.unexplained_z": -2.7}, 1),
        ({"bitcoin.unexplained_z": -3.0}, 1),
        ({"gold.unexplained_z": -2.2, "silver.unexplained_z": -2.0}, 2),
        ({"equities.worst_z": -3.0}, 1),
        ({"vix.move_z": 3.0}, 1),
        ({"vix.move_z": 1.0, "vix.term_ratio": 1.03}, 1),
        ({"vix.move_z": 1.0, "vix.term_ratio": 1.02, "vix.pct_252d": 0.99}, 0),
        ({"vix.move_z": 1.0, "vix.pct_252d": 0.97}, 1),
        ({"high_yield.move_z": -2.3}, 1),
        ({"high_yield.oas_change_z": 2.5}, 1),
        ({"yen.move_z": -2.0}, 1),
        ({"spy.range_ratio": 2.75}, 1),
        ({"spy.volume_ratio": 2.2, "spy.gap_z": -3.0}, 1),
        ({"cross_asset.sold_share": 0.6}, 1),
        ({"equities.worst_z": -2.99, "yen.move_z": -1.99, "vix.move_z": 2.9, "spy.gap_z": -2.9}, 0),
    ],
)
def test_violence_counts_its_signs(values: dict[str, float], signs: int) -> None:
    assert judge(made.rules(), made.tape(values), ()).violence == signs


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
