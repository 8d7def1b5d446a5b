"""Formulas from papers, against a second implementation written from the paper, one session at a time."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commentary.readings._refit import refit_rows
from commentary.readings._ridge import ridge
from commentary.readings._scaled import in_sigmas, sigma
from commentary.readings.absorption import absorption
from commentary.readings.indices import impact_ratio
from commentary.readings.ohlc import range_ratio
from commentary.readings.turbulence import distances
from commentary.readings.unexplained import Array, Drivers, residuals
from commentary.scale import Unexplained
from tests.readings.synthetic import setting

RANDOM = np.random.default_rng(11)


def test_sigma_is_the_root_of_two_mean_squares_that_end_the_day_before() -> None:
    moves = RANDOM.standard_normal(900) * 0.01
    moves[[5, 300]] = math.nan
    found = sigma(pd.DataFrame({"it": moves}), setting().scale.sigma)["it"]
    for row in (39, 60, 250, 300, 400, 899):
        past = moves[:row]
        short, long = past[max(0, row - 63) :], past[max(0, row - 756) :]
        squares = [
            np.mean(part[~np.isnan(part)] ** 2)
            for part, needed in ((short, 40), (long, 252))
            if (~np.isnan(part)).sum() >= needed
        ]
        if squares:
            assert math.isclose(found[row], math.sqrt(sum(squares) / len(squares)), rel_tol=1e-12)
        else:
            assert math.isnan(found[row])


def test_moves_are_clipped_and_a_motionless_series_has_no_sigma() -> None:
    moves = pd.DataFrame({"it": [0.01, -0.01] * 30 + [0.5], "still": [0.0] * 60 + [0.1]})
    found = in_sigmas(moves, setting().scale.sigma)
    assert found["it"].iloc[-1] == 8.0
    assert found["it"].iloc[-2] == -1.0
    assert found["still"].isna().all()


def test_parkinson_range_over_its_median() -> None:
    high, low = 100 + RANDOM.random(120) * 3, 99 - RANDOM.random(120) * 3
    found = range_ratio(pd.DataFrame({"it": high}), pd.DataFrame({"it": low}))["it"]
    deviations = [
        math.sqrt(math.log(up / down) ** 2 / (4 * math.log(2))) for up, down in zip(high, low, strict=True)
    ]
    assert found.iloc[:40].isna().all()
    for row in (40, 75, 119):
        expected = deviations[row] / float(np.median(deviations[max(0, row - 60) : row]))
        assert math.isclose(found[row], expected, rel_tol=1e-12)


def test_amihud_impact_over_its_median() -> None:
    moves, dollars = RANDOM.standard_normal(120) * 0.01, 1e9 * (1 + RANDOM.random(120))
    found = impact_ratio(pd.Series(moves), pd.Series(dollars))
    daily = [abs(move) / dollar for move, dollar in zip(moves, dollars, strict=True)]
    for row in (44, 80, 119):
        recent, before = daily[row - 4 : row + 1], daily[max(0, row - 64) : row - 4]
        assert len(before) <= 60
        expected = sum(recent) / 5 / float(np.median(before))
        assert math.isclose(found[row], expected, rel_tol=1e-12)
    assert found.iloc[:44].isna().all()


def test_turbulence_is_the_mean_squared_mahalanobis_distance() -> None:
    scale = setting().scale.turbulence.model_copy(update={"window": 80, "minimum": 60, "shrink": 0.1})
    moves = RANDOM.standard_normal((140, 3)) @ np.array([[1, 0.4, 0], [0, 1, 0.2], [0, 0, 1]])
    refits = np.array([0, 60, 90, 125])
    found = distances(moves, refits, scale)
    assert np.isnan(found[:60]).all()
    for row, fitted in ((60, 60), (89, 60), (90, 90), (139, 125)):
        past = moves[max(0, fitted - 80) : fitted]
        mean = past.mean(axis=0)
        spread = sum(np.outer(one - mean, one - mean) for one in past) / (len(past) - 1)
        shrunk = [[spread[i, j] * (1.0 if i == j else 0.9) for j in range(3)] for i in range(3)]
        away = moves[row] - mean
        expected = float(away @ np.linalg.solve(np.array(shrunk), away)) / 3
        assert math.isclose(found[row], expected, rel_tol=1e-10)


def test_absorption_is_the_share_of_variance_in_the_first_eigenvectors() -> None:
    scale = setting().scale.absorption.model_copy(update={"window": 40, "half_life": 20.0, "vectors": 2})
    moves = RANDOM.standard_normal((60, 5)) + RANDOM.standard_normal((60, 1))
    found = absorption(moves, scale)
    assert np.isnan(found[:39]).all()
    for row in (39, 59):
        past = moves[row - 39 : row + 1]
        weights = np.array([2.0 ** (-(row - day) / 20) for day in range(row - 39, row + 1)])
        covariance = np.cov(past, rowvar=False, aweights=weights, ddof=0)
        variances = np.linalg.svd(covariance, compute_uv=False)
        assert math.isclose(found[row], variances[:2].sum() / np.trace(covariance), rel_tol=1e-10)


def test_ridge_penalises_the_slope_and_not_the_intercept() -> None:
    design = np.array([[1.0, -1.0], [1.0, 0.0], [1.0, 1.0]])
    target = np.array([2.0, 4.0, 6.0])
    # Centred input: the intercept is the mean, 4; the slope Σxy/(Σx² + penalty) = 4/(2 + 2).
    np.testing.assert_allclose(ridge(design, target, 2.0), [4.0, 1.0])


def free(*drivers: Array) -> Drivers:
    """Drivers none of which is capped."""
    return Drivers(np.column_stack(drivers), np.zeros(len(drivers), dtype=bool))


def scaled(**changes: float) -> Unexplained:
    """The shipped scale of the regression with some figures of a small one."""
    small = {"minimum": 20, "window": 50, "penalty": 1e-9} | changes
    return setting().scale.unexplained.model_copy(update=small)


def test_what_drivers_explain_is_taken_off_and_nothing_of_today_is_fitted() -> None:
    driver = RANDOM.standard_normal(90).clip(-3, 3)
    move = 0.5 + 0.8 * driver
    move[70] += 2.5
    found = residuals(move, free(driver), np.arange(0, 90, 5), scaled())
    assert np.isnan(found[:20]).all()
    np.testing.assert_allclose(found[20:70], 0, atol=1e-8)
    assert math.isclose(found[70], 2.5, rel_tol=1e-8)
    assert abs(found[71]) < 1e-8  # refitted on row 75 only
    assert abs(found[76]) > 1e-3


def test_inputs_are_clipped_for_the_fit_only() -> None:
    driver = np.array([-1.0, 0.0, 1.0, 10.0])
    move = np.array([-1.0, 0.0, 1.0, 10.0])
    found = residuals(move, free(driver), np.array([3]), scaled(minimum=3))
    np.testing.assert_allclose(found[3], 0, atol=1e-6)


# One driver that moves as the metal does and another that explains nothing of it, each square to the other and
# without a mean: slopes 1 and 0 and no intercept. Then one session to be explained.
YIELD = np.array([-1.0, 1.0, -1.0, 1.0])
OTHER = np.array([-1.0, -1.0, 1.0, 1.0])


def left(moves: list[float], today: tuple[float, float, float], capped: tuple[bool, bool]) -> float:
    """What is left of a last session's move; ``today`` is the move and the two drivers, the cap is one sigma."""
    move = np.array([*moves, today[0]])
    drivers = np.column_stack([[*YIELD, today[1]], [*OTHER, today[2]]])
    inputs = Drivers(drivers, np.array(capped))
    return float(residuals(move, inputs, np.array([4]), scaled(minimum=4, cap=1.0))[4])


@pytest.mark.parametrize(
    ("today", "capped", "unexplained"),
    [
        ((-3.0, -2.5, 0.0), (False, False), -0.5),
        ((-3.0, -2.5, 0.0), (True, False), -2.0),  # explains one sigma of it and no more
        ((-3.0, -0.9, 0.0), (True, False), -2.1),  # less than the cap
        ((-3.0, -1.0, 0.0), (True, False), -2.0),
        ((3.0, 2.5, 0.0), (True, False), 2.0),  # the other way
        ((3.0, -2.5, 0.0), (True, False), 4.0),  # against the move
        ((-3.0, -2.5, 7.0), (True, True), -2.0),
        ((-3.0, -2.5, 0.0), (False, True), -0.5),  # another is capped
    ],
)
def test_what_a_capped_driver_explains_has_an_end(
    today: tuple[float, float, float], capped: tuple[bool, bool], unexplained: float
) -> None:
    assert left(list(YIELD), today, capped) == pytest.approx(unexplained)


@pytest.mark.parametrize(
    ("today", "capped", "unexplained"),
    [
        # slopes 1 and 1: what the capped ones explain is added before it is cut
        ((0.0, 2.0, -1.5), (True, True), -0.5),
        ((0.0, 2.0, 2.0), (True, True), -1.0),
        ((0.0, 2.0, 2.0), (True, False), -3.0),
        ((0.0, 2.0, 2.0), (False, True), -3.0),
        ((0.0, 2.0, 2.0), (False, False), -4.0),
    ],
)
def test_capped_drivers_are_added_before_they_are_cut(
    today: tuple[float, float, float], capped: tuple[bool, bool], unexplained: float
) -> None:
    assert left(list(YIELD + OTHER), today, capped) == pytest.approx(unexplained)


def test_the_cap_cuts_no_intercept() -> None:
    assert left(list(YIELD + 3), (0.0, 2.5, 0.0), (True, True)) == pytest.approx(-4.0)


def test_a_missing_driver_leaves_no_residual_capped_or_not() -> None:
    for capped in ((True, False), (False, True)):
        assert math.isnan(left(list(YIELD), (-3.0, math.nan, 0.0), capped))


WALK = np.random.default_rng(5).standard_normal((60, 3)) * 2


@settings(max_examples=30, deadline=None)
@given(st.lists(st.booleans(), min_size=2, max_size=2), st.floats(0.01, 3.0))
def test_a_cap_out_of_reach_changes_nothing_and_one_in_reach_is_kept(capped: list[bool], cap: float) -> None:
    move, drivers, refits = WALK[:, 0], WALK[:, 1:], np.arange(0, 60, 5)
    held = Drivers(drivers, np.array(capped))
    plain = residuals(move, free(*drivers.T), refits, scaled())
    loose = residuals(move, held, refits, scaled(cap=1e9))
    np.testing.assert_allclose(loose, plain, rtol=1e-12, atol=1e-12)
    tight = residuals(move, held, refits, scaled(cap=cap))
    if all(capped):
        # all that is taken off is the intercept, which no driver and no cap changes, and the cap at most
        bare = residuals(move, held, refits, scaled(cap=1e-12))
        assert np.nanmax(np.abs(tight - bare)) <= cap + 1e-9
    if not any(capped):
        np.testing.assert_allclose(tight, plain, rtol=1e-12, atol=1e-12)


def test_yields_and_the_dollar_are_capped_and_stocks_and_copper_are_not() -> None:
    scale = setting().scale.unexplained
    assert scale.cap == 1.0
    assert set(scale.capped) == {"ust10y.change_z", "ust2y.change_z", "dollar.move_z"}
    others = {name for names in scale.drivers.values() for name in names} - set(scale.capped)
    assert others == {"copper.move_z", "nasdaq.move_z"}


def test_refits_fall_on_running_numbers() -> None:
    assert list(refit_rows(np.arange(3, 20), 5, 2)) == [4, 9, 14]  # numbers 7, 12, 17
    assert list(refit_rows(np.arange(7, 20), 5, 2)) == [0, 5, 10]
    assert list(refit_rows(np.array([6, 8, 9, 12]), 5, 2)) == [1, 3]  # 7 is missing: the next session
    assert list(refit_rows(np.array([], dtype=int), 5, 2)) == []
