"""Bars that are masked: other units, bars that repeat, impossible ranges, prints that were taken back."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commentary.sources.bars import FIELDS, Floats
from commentary.sources.faults import Grid, cleaned, impossible_ranges, repeats, reversals, unit_jumps


def column(*values: float) -> Floats:
    return np.array(values, np.float64)[:, None]


def jumps(*closes: float, rate: bool = False) -> list[bool]:
    marked: list[bool] = unit_jumps(column(*closes), np.array([rate]))[:, 0].tolist()
    return marked


@pytest.mark.parametrize(
    ("closes", "marked"),
    [
        ((40.3, 403.0, 40.5), [False, True, False]),  # ×10 and back
        ((40.3, 4030.0, 4040.0, 40.5), [False, True, True, False]),  # ×100 for two sessions
        ((40.3, 4.1, 41.0), [False, True, False]),  # ÷10
        ((40.3, 0.41, 40.0), [False, True, False]),  # ÷100
        ((100.0, 1149.0, 100.0), [False, True, False]),  # within 15 % of ×10
        ((100.0, 1160.0, 100.0), [False, False, False]),  # beyond
        ((100.0, 1140.0, 92.0, 93.0), [False, True, False, False]),  # back, if not by the same factor
        ((100.0, 1000.0, 10000.0, 100.0), [False, True, True, False]),  # in two steps
        ((100.0, np.nan, 1000.0, 100.0), [False, False, True, False]),  # across a hole
        ((100.0, 1000.0, np.nan, 1010.0), [False, True, False, True]),  # until it comes back
        ((18.27, -37.63, 10.01), [False, False, False]),  # crude in April 2020
        ((19.0, 82.7, 20.0), [False, False, False]),
    ],
)
def test_unit_jumps(closes: tuple[float, ...], marked: list[bool]) -> None:
    assert jumps(*closes) == marked


def test_a_yield_near_zero_may_be_tenfold_the_next_day() -> None:
    assert jumps(0.01, 0.10, 0.01, rate=True) == [False, False, False]
    assert jumps(4.03, 40.3, 4.05, rate=True) == [False, True, False]


def bar(**fields: Floats) -> dict[str, Floats]:
    empty = np.full_like(next(iter(fields.values())), np.nan)
    return {name: fields.get(name, empty) for name in FIELDS}


MOVING = {"open": column(1, 1), "high": column(3, 3), "low": column(1, 1), "close": column(2, 2)}
FLAT = {name: column(2, 2) for name in MOVING}


@pytest.mark.parametrize(
    ("columns", "priced", "repeated"),
    [
        (bar(**MOVING, volume=column(7, 7)), True, True),
        (bar(**MOVING, volume=column(7, 8)), True, False),
        (bar(**MOVING), True, True),  # an index without volume
        (bar(**FLAT), True, False),  # closes alone, written into four columns
        (bar(**FLAT, volume=column(0, 0)), True, True),  # a fund that nobody traded
        (bar(**FLAT, volume=column(0, 0)), False, False),  # an index of closes
        (bar(close=column(2, 2)), True, False),
        (bar(**{**MOVING, "high": column(3, 4)}, volume=column(7, 7)), True, False),
    ],
)
def test_repeats(columns: dict[str, Floats], priced: bool, repeated: bool) -> None:
    assert repeats(columns, np.array([priced]))[:, 0].tolist() == [False, repeated]


@pytest.mark.parametrize(
    ("open_", "high", "low", "close", "wrong"),
    [
        (100, 101, 99, 100.5, False),
        (100, 99, 101, 100, True),  # high below low
        (100, 101, 99, 102, True),  # close above high
        (100, 101, 99, 98, True),
        (2.58, 14.48, 13.68, 13.8, True),  # ^VIX on 2004-11-08
        (100, 101, 99, 101.01, False),  # rounding
        (np.nan, np.nan, np.nan, 100, False),
    ],
)
def test_impossible_ranges(open_: float, high: float, low: float, close: float, wrong: bool) -> None:
    columns = {"open": column(open_), "high": column(high), "low": column(low), "close": column(close)}
    assert impossible_ranges(columns).tolist() == [[wrong]]


def test_a_print_taken_back_is_told_the_session_after() -> None:
    quiet = [100 * 1.01 ** (step % 2) for step in range(64)]
    marked = reversals(column(*quiet, 130.0, 101.0, 100.0))
    assert np.flatnonzero(marked).tolist() == [65]
    assert not reversals(column(*quiet, 130.0, 131.0, 130.0)).any()  # it stayed
    assert not reversals(column(*quiet, 104.0, 100.0, 101.0)).any()  # four sigmas


def test_cleaned_masks_the_bar_and_says_why() -> None:
    days = np.array(["2024-08-01", "2024-08-02", "2024-08-05", "2024-08-06"], "datetime64[D]")
    closes = np.array([[5.0, 50.0], [50.0, 51.0], [5.1, 51.0], [5.2, 52.0]])
    columns = {name: closes.copy() for name in FIELDS}
    columns["high"], columns["low"] = closes * 1.1, closes * 0.9
    columns["low"][3, 1] = 60.0
    columns["volume"] = np.full_like(closes, 9.0)
    clean, found = cleaned(Grid(days, ("A", "B"), columns, np.isfinite(closes)), {"A": "fund", "B": "fund"})
    assert np.isnan(clean.columns["close"]).tolist() == [
        [False, False],
        [True, False],
        [False, True],
        [False] * 2,
    ]
    assert np.isnan(clean.columns["volume"]).tolist() == np.isnan(clean.columns["close"]).tolist()
    assert np.isnan(clean.columns["high"][3]).tolist() == [False, True]
    assert clean.columns["close"][3, 1] == 52.0
    assert [(one.symbol, str(one.session), one.kind, one.detail) for one in found] == [
        ("A", "2024-08-02", "unit_jump", "close 50 after 5: another unit"),
        ("B", "2024-08-05", "repeated", "the bar is that of 2024-08-02 again"),
        ("B", "2024-08-06", "impossible", "impossible range: open 52, high 57.2, low 60, close 52"),
    ]


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.floats(50.0, 200.0), min_size=1, max_size=40),
    st.integers(1, 39),
    st.sampled_from([0.01, 0.1, 10.0, 100.0]),
)
def test_one_bar_in_another_unit_is_found_and_no_other(closes: list[float], at: int, power: float) -> None:
    """Closes near each other, one of them in another unit, nothing else marked."""
    near = [100 + (close - 100) / 20 for close in closes]
    at = min(at, len(near))
    wrong = [*near[:at], near[at - 1] * power, *near[at:]]
    assert jumps(*wrong) == [place == at for place in range(len(wrong))]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.floats(1.0, 8.0), min_size=2, max_size=60), st.floats(0.01, 1000.0))
def test_masks_do_not_depend_on_the_scale(closes: list[float], scale: float) -> None:
    assert jumps(*closes) == jumps(*(close * scale for close in closes))
    plain, scaled = reversals(column(*closes)), reversals(column(*closes) * scale)
    assert plain.tolist() == scaled.tolist()
