"""Returns, levels, extremes and days since, on bars small enough to reckon by hand."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commentary.readings import levels, ohlc, returns, since, volume
from commentary.readings._context import Context
from commentary.readings._scaled import rounded_array, streak
from commentary.readings._since import previous_as_large
from commentary.units import rounded
from tests.readings.synthetic import context

NAN = math.nan


def values(blocks: object, measure: str, subject: str = "gold") -> list[float]:
    return [float(number) for number in blocks[measure][subject]]  # type: ignore[index]


def same(found: list[float], wanted: list[float]) -> None:
    np.testing.assert_allclose(found, wanted, rtol=1e-9, atol=1e-12)


def test_returns_over_one_and_five_sessions_and_those_before() -> None:
    made = returns.compute(context(gold={"close": [100, 110, 99, 99, 108.9, 120, 132]}))
    same(values(made, "return_1d"), [NAN, 0.1, -0.1, 0, 0.1, 120 / 108.9 - 1, 0.1])
    same(values(made, "return_5d"), [NAN] * 5 + [0.2, 0.2])
    same(values(made, "return_1d_prev"), [NAN, NAN, 0.1, -0.1, 0, 0.1, 120 / 108.9 - 1])
    same(values(made, "return_1d_prev2"), [NAN, NAN, NAN, 0.1, -0.1, 0, 0.1])
    same(values(made, "return_5d_prev"), [NAN] * 6 + [0.2])


def test_what_was_paid_is_what_adjusted_closes_earned_more() -> None:
    small = context(gold={"close": [100, 98, 99]})
    earned = small.market.returns + np.array([[NAN], [0.03], [5e-5]])  # below a basis point it is rounding
    made = returns.compute(Context(replace(small.market, total=earned), small.setting, {}))
    same(values(made, "paid_1d"), [NAN, 0.03, 0.0])


def test_the_year_starts_from_the_last_close_of_the_year_before() -> None:
    # 2010-12-30, 2010-12-31, 2011-01-03, 2011-01-04
    made = returns.compute(context(start="2010-12-30", gold={"close": [90, 100, 105, 98]}))
    same(values(made, "return_ytd"), [NAN, NAN, 0.05, -0.02])
    same(values(made, "return_ytd_prev"), [NAN, NAN, NAN, 0.05])


def test_z_of_a_week_and_the_sign_of_an_inverse_instrument() -> None:
    steps = [1.01 if day % 2 else 1 / 1.01 for day in range(60)]
    close = list(np.cumprod([100, *steps, 1.03, 1.03, 1.03, 1.03, 1.03]))
    made = returns.compute(context(gold={"close": close}, yen={"close": close}))
    moves = np.diff(close) / close[:-1]
    past = moves[-64:-1]
    scale = math.sqrt(np.mean(past**2))
    assert math.isclose(values(made, "sigma_1d")[-1], scale, rel_tol=1e-9)
    assert math.isclose(values(made, "move_z")[-1], 0.03 / scale, rel_tol=1e-9)
    assert math.isclose(
        values(made, "return_5d_z")[-1], 5 * math.log(1.03) / (scale * math.sqrt(5)), rel_tol=1e-9
    )
    assert math.isclose(values(made, "move_z", "yen")[-1], -0.03 / scale, rel_tol=1e-9)
    assert math.isclose(values(made, "return_1d", "yen")[-1], 0.03, rel_tol=1e-9)
    assert math.isnan(values(made, "move_z")[40]) and not math.isnan(values(made, "move_z")[41])


def test_averages_and_their_crossings() -> None:
    close = [10.0] * 20 + [9.0, 8.0, 12.0, 12.0]
    made = levels.compute(context(gold={"close": close}))
    same(values(made, "average_20d")[18:], [NAN, 10, 9.95, 9.85, 9.95, 10.05])
    same(values(made, "vs_average_20d")[20:], [9 / 9.95 - 1, 8 / 9.85 - 1, 12 / 9.95 - 1, 12 / 10.05 - 1])
    same(values(made, "broke_20d")[18:], [NAN, NAN, 1, 0, 0, 0])
    same(values(made, "regained_20d")[18:], [NAN, NAN, 0, 0, 1, 0])
    assert math.isnan(values(made, "average_50d")[-1])


def test_extremes_of_twenty_sessions_are_those_before_today() -> None:
    made = levels.compute(context(gold={"close": [*range(1, 21), 20, 21, 0.5]}))
    same(values(made, "high_20d")[19:], [NAN, 20, 20, 21])
    same(values(made, "low_20d")[19:], [NAN, 1, 2, 3])
    same(values(made, "above_high_20d")[19:], [NAN, 0, 1, 0])
    same(values(made, "below_low_20d")[19:], [NAN, 0, 0, 1])


def test_highs_of_a_year_and_records() -> None:
    close = [200.0, *[100.0] * 251, 150.0, 90.0, 210.0, 105.0]
    made = levels.compute(context(gold={"close": close}))
    same(values(made, "high_252d_gap")[250:], [NAN, -0.5, 0, -0.4, 0, -0.5])
    same(values(made, "at_high_252d")[250:], [NAN, 0, 1, 0, 1, 0])
    same(values(made, "at_low_252d")[250:], [NAN, 1, 0, 1, 0, 0])
    same(values(made, "at_record")[250:], [NAN, 0, 0, 0, 1, 0])
    same(values(made, "at_high_252d_prev")[252:], [0, 1, 0, 1])
    same(values(made, "at_record_prev")[252:], [0, 0, 0, 1])


def test_a_gap_in_the_bars_is_stepped_across_by_windows_alone() -> None:
    close = [10.0] * 15 + [NAN] + [10.0] * 10
    made = levels.compute(context(gold={"close": close}))
    assert math.isnan(values(made, "average_20d")[15])
    same(values(made, "average_20d")[19:], [10] * 7)
    long = [10.0] * 15 + [NAN] * 6 + [10.0] * 10
    assert math.isnan(values(levels.compute(context(gold={"close": long})), "average_20d")[25])


def test_a_price_in_the_scale_of_an_earlier_symbol_is_no_level() -> None:
    made = context(gold={"close": [400.0, 404, 41, 42]})
    object.__setattr__(
        made.market, "linked", pd.DataFrame({"gold": [40.0, 40.4, 41, 42]}, index=made.sessions)
    )
    same(values(levels.compute(made), "level"), [NAN, NAN, 41, 42])
    same(values(returns.compute(made), "return_21d"), [NAN] * 4)


def test_a_price_below_nought_breaks_no_return() -> None:
    made = context(crude_future={"close": [18.0, -37.0, 10.0, 11.0]})
    blocks = levels.compute(made)
    same(values(blocks, "level", "crude_future"), [18, -37, 10, 11])
    assert math.isnan(values(returns.compute(made), "return_ytd", "crude_future")[1])


def test_streaks_count_moves_of_one_sign_and_skip_days_without_one() -> None:
    moves = pd.DataFrame({"it": [NAN, 0.1, 0.2, NAN, 0.1, -0.1, -0.1, 0.0, -0.3]})
    same(list(streak(moves)["it"]), [NAN, 1, 2, NAN, 3, -1, -2, 0, -1])


def test_days_since_a_loss_and_a_gain_as_large() -> None:
    # returns: +10 %, −5 %, +2 %, −3 %, −5 %, −6 %, +10 %
    close = list(np.cumprod([100, 1.1, 0.95, 1.02, 0.97, 0.95, 0.94, 1.1]))
    made = since.compute(context(gold={"close": close}))
    same(values(made, "worst_since"), [NAN, NAN, 2, NAN, 2, 3, 6, NAN])
    same(values(made, "worst_since_bounded"), [NAN, NAN, 1, NAN, 0, 0, 1, NAN])
    same(values(made, "best_since"), [NAN, 1, NAN, 2, NAN, NAN, NAN, 6])
    same(values(made, "best_since_bounded"), [NAN, 1, NAN, 0, NAN, NAN, NAN, 0])
    # 2010-01-04 is the first session: row 2 is the 6th, row 5 the 11th
    assert values(made, "worst_since_date")[5] == date(2010, 1, 6).toordinal()
    assert values(made, "worst_since_date")[6] == date(2010, 1, 4).toordinal()


def test_days_since_a_close_as_high_and_as_low() -> None:
    made = since.compute(context(gold={"close": [10, 12, 11, 11, 12, 9, 13]}))
    same(values(made, "high_since"), [NAN, 1, 1, 1, 3, 1, 6])
    same(values(made, "high_since_bounded"), [NAN, 1, 0, 0, 0, 0, 1])
    same(values(made, "low_since"), [NAN, 1, 2, 1, 1, 5, 1])
    same(values(made, "low_since_bounded"), [NAN, 0, 0, 0, 0, 1, 0])


def test_a_series_that_starts_late_is_bounded_by_its_own_first_day() -> None:
    made = since.compute(context(gold={"close": [NAN, NAN, 10, 12, 11, 13]}))
    same(values(made, "high_since"), [NAN, NAN, NAN, 1, 1, 3])
    assert values(made, "high_since_date")[5] == date(2010, 1, 6).toordinal()


BARS = {
    "close": [100.0, 102.0, 99.0, 99.0],
    "open": [100.0, 103.0, 100.98, 98.0],
    "high": [101.0, 104.0, 101.0, 99.0],
    "low": [99.0, 100.0, 98.0, 97.0],
    "volume": [1e6, 2e6, 0.0, 1e6],
}


def test_open_high_low_and_close_of_the_session() -> None:
    made = ohlc.compute(context(gold=BARS))
    same(values(made, "gap_1d"), [NAN, 0.03, -0.01, 98 / 99 - 1])
    same(values(made, "intraday_1d"), [0, 102 / 103 - 1, 99 / 100.98 - 1, 99 / 98 - 1])
    same(values(made, "close_location"), [0, 0, (198 - 101 - 98) / 3, 1])
    same(values(made, "low_excursion"), [NAN, 0, 98 / 102 - 1, 97 / 99 - 1])
    same(values(made, "high_excursion"), [NAN, 0.04, 101 / 102 - 1, 0])
    gap, day = math.log(0.99), math.log(99 / 102)
    same(values(made, "overnight_share"), [NAN, math.log(1.03) / math.log(1.02), gap / day, NAN])
    same(values(made, "gap_since"), [NAN, 1, 2, 3])
    same(values(made, "gap_since_bounded"), [NAN, 1, 1, 1])


def test_gaps_are_compared_on_their_own_side() -> None:
    bars = {"close": [100.0] * 5, "open": [100.0, 98.0, 103.0, 99.0, 102.0]}
    made = ohlc.compute(context(gold=bars))
    same(values(made, "gap_since"), [NAN, 1, 2, 2, 2])
    same(values(made, "gap_since_bounded"), [NAN, 1, 1, 0, 0])


def test_a_settlement_outside_the_range_has_no_location() -> None:
    bars = {"close": [10.0, 9.0], "high": [9.5, 9.0], "low": [8.0, 9.0]}
    same(values(ohlc.compute(context(gold=bars)), "close_location"), [NAN, NAN])


def test_dollar_volume_and_what_is_quoted_in_dollars() -> None:
    made = context(gold=BARS, bitcoin=BARS)
    found = volume.dollar_volume(made, ("gold", "bitcoin"))
    same(list(found["gold"]), [1e8, 2.04e8, NAN, 9.9e7])
    same(list(found["bitcoin"]), [1e6, 2e6, NAN, 1e6])


def test_volume_against_the_median_of_the_month_before() -> None:
    bars = {"close": [10.0] * 17, "volume": [*range(1, 16), 16, 80]}
    made = volume.compute(context(gold=bars))
    same(values(made, "volume_ratio")[14:], [NAN, 2, 80 / 8.5])
    assert math.isnan(values(made, "volume_ratio_252d")[-1])


@given(st.lists(st.integers(-4, 4), min_size=1, max_size=40))
def test_the_previous_value_as_large_is_what_a_plain_search_finds(numbers: list[int]) -> None:
    found = previous_as_large(np.array(numbers, dtype=float)[:, None])[:, 0]
    for row, value in enumerate(numbers):
        before = [place for place in range(row) if numbers[place] >= value]
        assert found[row] == (before[-1] if before else -1)


@given(st.lists(st.one_of(st.none(), st.integers(-3, 3)), min_size=2, max_size=30))
def test_missing_values_are_passed_over(numbers: list[int | None]) -> None:
    column = np.array([NAN if number is None else number for number in numbers])[:, None]
    found = previous_as_large(np.hstack([column, column[::-1]]))[:, 0]
    for row, value in enumerate(numbers):
        before = [
            place
            for place in range(row)
            if value is not None and numbers[place] is not None and numbers[place] >= value
        ]
        assert found[row] == (before[-1] if before else -1)


@given(
    st.lists(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e12, max_value=1e12), min_size=1)
)
def test_arrays_are_rounded_as_single_numbers_are(numbers: list[float]) -> None:
    found = rounded_array(np.array(numbers))
    for ours, number in zip(found, numbers, strict=True):
        assert rounded(float(ours)) == ours
        assert ours == pytest.approx(rounded(number), rel=1.1e-9)  # halves may fall either way


@settings(max_examples=8, deadline=None)
@given(st.lists(st.integers(1, 400), min_size=8, max_size=25), st.integers(1, 50))
def test_prices_times_a_constant_move_as_before(prices: list[int], factor: int) -> None:
    ours, theirs = (
        context(gold={"close": prices}),
        context(gold={"close": [price * factor for price in prices]}),
    )
    for module in (returns, since):
        first, second = module.compute(ours), module.compute(theirs)
        for measure in first:
            same(values(first, measure), values(second, measure))
