"""Figures of tables."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentary.model import Cell
from commentary.rendering.cells import NONE, change, distance, level, sigma, signed

SCENE = {
    "gold.level": 222.484,
    "gold.return_1d": -0.0125,
    "gold.move_z": -1.25,
    "gold.average_20d": 222.96,
    "gold.sigma": 0.01,
    "ust2y.level": 3.885,
    "ust2y.change_bp": 1.4,
    "vix.change_1d": 15.18,
    "bitcoin.level": 53991.459,
}


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [(1.25, 1, "+1.3"), (-1.25, 1, "−1.3"), (0.04, 1, "0.0"), (-0.04, 1, "0.0"), (1234.5, 0, "+1,235")],
)
def test_a_sign_a_true_minus_and_halves_away_from_zero(value: float, decimals: int, shown: str) -> None:
    assert signed(value, decimals) == shown


@given(st.floats(-1e6, 1e6), st.integers(0, 3))
def test_a_shown_figure_is_within_half_a_unit_of_its_value(value: float, decimals: int) -> None:
    back = float(signed(value, decimals).replace("−", "-").replace(",", ""))
    assert abs(back - value) <= 0.5 * 10**-decimals + abs(value) * 1e-9


def test_every_cell_names_its_reading_and_unit() -> None:
    assert level("gold.level", "price", SCENE) == Cell("222.48", "gold.level", 222.484, "price")
    assert level("bitcoin.level", "price", SCENE).shown == "53,991.46"
    assert level("ust2y.level", "percent", SCENE).shown == "3.89 %"
    assert change("gold.return_1d", "price", SCENE) == Cell("−1.3 %", "gold.return_1d", -0.0125, "fraction")
    assert change("ust2y.change_bp", "percent", SCENE) == Cell(
        "+1 bp", "ust2y.change_bp", 1.4, "basis_points"
    )
    assert change("vix.change_1d", "points", SCENE) == Cell("+15.18 pt", "vix.change_1d", 15.18, "points")
    assert sigma("gold.move_z", SCENE) == Cell("−1.3", "gold.move_z", -1.25, "sigma")


def test_a_distance_in_per_cent_and_sigmas() -> None:
    # 222.96 / 222.484 − 1 = 0.214 %, and with a σ of 1 % that is 0.2σ.
    assert distance("gold.average_20d", "gold.level", "gold.sigma", SCENE).shown == "+0.2 %, +0.2σ"
    assert distance("gold.average_20d", "gold.level", "none.sigma", SCENE).shown == "+0.2 %"


def test_a_missing_reading_is_a_dash_that_names_nothing() -> None:
    for cell in (
        level("oil.level", "price", SCENE),
        change("oil.return_1d", "price", SCENE),
        sigma("oil.move_z", SCENE),
        distance("oil.level", "gold.level", "", SCENE),
    ):
        assert cell == NONE
