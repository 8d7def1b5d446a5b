"""Yields, the curve, spreads and volatility indices, reckoned by hand."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentary.readings import curve, options, spreads, volatility, yields
from tests.readings.synthetic import context, setting
from tests.readings.test_prices import NAN, same, values


def test_changes_of_yields_in_basis_points() -> None:
    made = yields.compute(context(ust2y={"close": [4.00, 4.10, 4.05, 4.05, 3.90, 3.80]}))
    same(values(made, "change_bp", "ust2y"), [NAN, 10, -5, 0, -15, -10])
    same(values(made, "change_5d_bp", "ust2y"), [NAN] * 5 + [-20])
    same(values(made, "level_prev", "ust2y"), [NAN, 4.00, 4.10, 4.05, 4.05, 3.90])
    same(values(made, "change_bp_prev2", "ust2y"), [NAN, NAN, NAN, 10, -5, 0])
    same(values(made, "streak", "ust2y"), [NAN, 1, -1, 0, -1, -2])
    same(values(made, "fall_since", "ust2y"), [NAN, NAN, 2, NAN, 4, 1])
    same(values(made, "fall_since_bounded", "ust2y"), [NAN, NAN, 1, NAN, 1, 0])
    same(values(made, "low_since", "ust2y"), [NAN, 1, 2, 1, 4, 5])


def test_a_yield_at_its_low_of_a_year_goes_by_two_names() -> None:
    made = yields.compute(context(ust10y={"close": [*np.linspace(5, 3, 252), 3.5]}))
    same(values(made, "at_low_252d", "ust10y")[250:], [NAN, 1, 0])
    same(values(made, "low_252d", "ust10y")[250:], [NAN, 1, 0])
    same(values(made, "at_high_252d", "ust10y")[250:], [NAN, 0, 0])


def test_slope_belly_and_bonds() -> None:
    made = context(
        {
            "ust2y.level": [4.0], "ust10y.level": [4.5],
            "ust2y.change_bp": [10], "ust5y.change_bp": [9], "ust10y.change_bp": [4],
            "ust2y.change_z": [2.0], "ust10y.change_z": [1.0],
        }
    )  # fmt: skip
    found = curve.compute(made)
    same([found[name].iloc[0] for name in ("curve.two_ten_bp", "curve.two_ten_change_bp")], [50, -6])
    same([found["curve.belly_bp"].iloc[0], found["bonds.move_z"].iloc[0]], [2, -1.5])
    assert found["curve.shape"].iloc[0] == "bear_flattening"


@pytest.mark.parametrize(
    ("legs", "rise", "fall"),
    [
        ({"ust2y": 2.4, "ust5y": 1.0, "ust10y": 0.7, "ust30y": -0.3}, 2.4, 0.3),
        ({"ust2y": -0.2, "ust5y": -0.5, "ust10y": -1.0, "ust30y": -2.2}, -0.2, 2.2),
        ({"ust2y": 0.1, "ust5y": -1.5, "ust10y": 0.2, "ust30y": 0.3}, 0.3, 1.5),
        # of those that are known
        ({"ust2y": NAN, "ust5y": NAN, "ust10y": NAN, "ust30y": 2.2}, 2.2, -2.2),
        ({"ust2y": NAN, "ust5y": 0.5, "ust10y": -0.5}, 0.5, 0.5),
        ({"ust2y": 1.0}, 1.0, -1.0),
        ({"ust2y": NAN, "ust10y": NAN}, NAN, NAN),
        ({}, NAN, NAN),
    ],
)
def test_the_hardest_legs_of_the_curve(legs: dict[str, float], rise: float, fall: float) -> None:
    made = {"sp500.move_z": [0.0]} | {f"{leg}.change_z": [z] for leg, z in legs.items()}
    found = curve.compute(context(made))
    same([found["curve.rise_z"].iloc[0], found["curve.fall_z"].iloc[0]], [rise, fall])


@given(st.lists(st.one_of(st.none(), st.floats(-8, 8)), min_size=4, max_size=4))
def test_the_hardest_legs_hold_the_mean_of_the_ends_between_them(legs: list[float | None]) -> None:
    made = {
        f"{name}.change_z": [NAN if leg is None else leg] for name, leg in zip(curve.LEGS, legs, strict=True)
    }
    found = {name: float(each.iloc[0]) for name, each in curve.compute(context(made)).items() if "_z" in name}
    bid = found["bonds.move_z"]
    assert math.isnan(bid) or -found["curve.rise_z"] <= bid + 1e-12
    assert math.isnan(bid) or bid <= found["curve.fall_z"] + 1e-12
    assert math.isnan(found["curve.rise_z"]) == all(leg is None for leg in legs)


@pytest.mark.parametrize(
    ("two", "ten", "name"),
    [
        (-10, -4, "bull_steepening"),
        (4, 10, "bear_steepening"),
        (-4, -10, "bull_flattening"),
        (10, 4, "bear_flattening"),
        (5, 5, "parallel_up"),
        (-5, -4, "parallel_down"),
        (0.5, -0.5, "unchanged"),
        (-3, 4, "bear_steepening"),
        (-3, 3, "bear_steepening"),
        (3, -3, "bull_flattening"),
        (NAN, 3, None),
    ],
)
def test_names_of_the_curves_move(two: float, ten: float, name: str | None) -> None:
    found = curve.shape(pd.Series([float(two)]), pd.Series([float(ten)]), setting().scale.curve).iloc[0]
    assert found == name or (name is None and found is None)


def test_the_spread_goes_under_the_name_of_its_fund() -> None:
    made = spreads.compute(
        context(
            high_yield_spread={"close": [3.0, 3.2, 3.1, 3.2, 3.0, 3.6]},
            high_yield={"close": [10.0] * 6},
            grade={"close": [10.0] * 6},
        )
    )
    same(values(made, "oas_level", "high_yield"), [3.0, 3.2, 3.1, 3.2, 3.0, 3.6])
    same(values(made, "oas_change_bp", "high_yield"), [NAN, 20, -10, 10, -20, 60])
    same(values(made, "oas_change_5d_bp", "high_yield"), [NAN] * 5 + [60])
    same(values(made, "oas_widest_since", "high_yield"), [NAN, 1, 1, 2, 1, 5])
    same(values(made, "oas_widest_since_bounded", "high_yield"), [NAN, 1, 0, 0, 0, 1])


def test_volatility_changes_and_what_a_spike_gave_back() -> None:
    bars = {"close": [20.0, 25.0, 22.0], "high": [21.0, 30.0, 25.2]}
    made = volatility.compute(context(vix=bars))
    same(values(made, "change_1d", "vix"), [NAN, 5, -3])
    same(values(made, "change_pct_1d", "vix"), [NAN, 0.25, -0.12])
    same(values(made, "giveback", "vix"), [NAN, 0.5, NAN])  # 25.2 is less than 2 percent above 25
    same(values(made, "high", "vix"), [21, 30, 25.2])
    same(values(made, "best_since", "vix"), [NAN, 1, NAN])
    same(values(made, "worst_since", "vix"), [NAN, NAN, 2])


def test_a_percentile_shares_ties() -> None:
    close = [10.0] * 100 + [20.0] * 25 + [15.0]
    made = volatility.compute(context(vix={"close": close}))
    assert math.isnan(values(made, "pct_252d", "vix")[124])
    assert math.isclose(values(made, "pct_252d", "vix")[125], 101 / 126)


def test_term_structure_and_forward_volatility() -> None:
    made = options.compute(
        context(
            {
                "vix9d.level": [30.0], "vix.level": [24.0], "vix3m.level": [20.0],
                "gold_vol.level": [20.0], "gold_future.level": [2000.0],
                "vix.level_prev": [15.87], "sp500.return_1d": [-0.021],
            }
        )
    )  # fmt: skip
    first = {name: float(series.iloc[0]) for name, series in made.items()}
    assert math.isclose(first["vix.term_ratio"], 1.2)
    assert math.isclose(first["vix.front_ratio"], 1.25)
    # 30·24² − 9·30² = 9180 over 21 days; 93·20² − 30·24² = 19920 over 63
    assert math.isclose(first["vix.forward_9_30"], math.sqrt(9180 / 21))
    assert math.isclose(first["vix.forward_30_93"], math.sqrt(19920 / 63))
    assert math.isclose(first["sp500.move_vs_implied"], 2.1)
    assert math.isclose(first["gold.breakeven_usd_1m"], 2000 * 0.2 * math.sqrt(1 / 12) * 0.8)


def test_a_far_variance_below_the_near_one_has_no_forward() -> None:
    made = context({"vix9d.level": [80.0], "vix.level": [30.0]})
    assert math.isnan(float(options.compute(made)["vix.forward_9_30"].iloc[0]))
