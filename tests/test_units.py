"""Rounding: half away from zero, as a desk reads a figure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentary.units import half_up, rounded


@pytest.mark.parametrize(
    ("value", "decimals", "wanted"),
    [
        (2.5, 0, 3.0),
        (-2.5, 0, -3.0),
        (2.675, 2, 2.68),  # binary 2.67499999999999982
        (1.005, 2, 1.01),
        (0.05, 1, 0.1),
        (0.0499, 1, 0.0),
        (-0.04, 1, 0.0),
        (4.349999999999, 1, 4.4),  # 4.35 at ten significant digits
        (4.34999, 1, 4.3),
        (5186.33, 0, 5186.0),
    ],
)
def test_half_up(value: float, decimals: int, wanted: float) -> None:
    assert half_up(value, decimals) == wanted


def test_zero_has_no_sign() -> None:
    assert str(half_up(-0.01, 1)) == "0.0"


@given(st.floats(-1e4, 1e4), st.integers(0, 4))
def test_half_up_is_near_and_odd(value: float, decimals: int) -> None:
    assert abs(half_up(value, decimals) - value) <= 0.5 * 10**-decimals + 1e-5
    assert half_up(-value, decimals) == -half_up(value, decimals)


def test_readings_leave_at_ten_significant_digits() -> None:
    assert rounded(1 / 3) == 0.3333333333
    assert rounded(123456.789012345) == 123456.7890
