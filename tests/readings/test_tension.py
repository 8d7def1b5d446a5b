"""What stocks and yields leave of a reading: against least squares on stacked rows, and by hand where they say all."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from commentary.readings import tension
from commentary.readings._context import Context
from tests.readings.synthetic import market, setting

Array = NDArray[np.float64]

COUNT = 420


def drawn(seed: int = 5) -> dict[str, Array]:
    """Gold that follows stocks and yields loosely, and stocks and yields, in σ."""
    random = np.random.default_rng(seed)
    stocks, yields, rest = random.standard_normal((3, COUNT))
    gold = 0.4 * stocks - 0.8 * yields + 0.5 * rest
    return {"sp500.move_z": stocks, "ust10y.change_z": yields, "gold.move_z": gold}


def made(readings: dict[str, Array]) -> Array:
    scale = setting().scale
    only = scale.tension.model_copy(update={"moves": {"gold": "gold.move_z"}, "instead": {}})
    narrowed = replace(setting(), scale=scale.model_copy(update={"tension": only}))
    found = tension.compute(Context(market(COUNT), narrowed, readings))
    return np.asarray(found["gold.tension_z"], dtype=float)


def by_hand(readings: dict[str, Array], row: int, refit: int) -> float:
    """Ridge as ordinary least squares with a row of root penalty for each slope, on the 252 rows before ``refit``."""
    names = ("sp500.move_z", "ust10y.change_z")
    drivers = np.column_stack([np.ones(COUNT), *(readings[name] for name in names)])
    window = slice(max(0, refit - 252), refit)
    penalty = np.sqrt(10.0) * np.eye(3)[1:]
    design = np.vstack([np.clip(drivers[window], -4, 4), penalty])
    wanted = np.concatenate([np.clip(readings["gold.move_z"][window], -4, 4), [0.0, 0.0]])
    slopes, *_ = np.linalg.lstsq(design, wanted, rcond=None)
    left = wanted[:-2] - design[:-2] @ slopes
    rest = readings["gold.move_z"][row] - drivers[row] @ slopes
    return float(rest / np.sqrt(np.mean(left**2)))


def test_it_is_the_rest_of_a_ridge_over_what_the_ridge_left() -> None:
    readings = drawn()
    found = made(readings)
    numbers = Context(market(COUNT), setting(), {}).numbers
    for row in (300, 303, 419):
        refit = max(at for at in range(row + 1) if numbers[at] % 5 == 0)
        assert found[row] == pytest.approx(by_hand(readings, row, refit), rel=1e-9)


def test_nothing_before_enough_rows_are_known() -> None:
    found = made(drawn())
    first = int(np.isfinite(found).argmax())
    assert 150 <= first < 155  # the first refit with 150 rows before it
    assert np.isfinite(found[first:]).all()


def test_the_day_does_not_change_its_own_measure() -> None:
    readings = drawn()
    last = COUNT - 1
    moved = {**readings, "gold.move_z": readings["gold.move_z"].copy()}
    moved["gold.move_z"][last] += 1.0
    before, after = made(readings), made(moved)
    np.testing.assert_array_equal(before[:last], after[:last])
    size = 1.0 / (after[last] - before[last])
    assert size == pytest.approx(0.5, abs=0.1)  # σ of what was drawn beside stocks and yields


def test_a_missing_driver_is_a_missing_tension_and_a_far_one_is_clipped() -> None:
    readings = drawn()
    readings["sp500.move_z"][400] = np.nan
    readings["gold.move_z"][401] = 90.0
    found = made(readings)
    assert np.isnan(found[400])
    assert found[401] == 8.0
    assert np.isfinite(found[402])
