"""Models of what rules would hold or trade: by hand, against pandas, and what is true of any prices."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commentary.auditing.models import is_modelled
from commentary.bank import Bank
from commentary.library import Library
from commentary.readings import leveraged, trend, voltarget
from commentary.readings._context import Context
from commentary.readings._ewma import volatility
from tests.readings.synthetic import context, days, setting

NAN = math.nan
LONG = 300


def walked(moves: Sequence[float]) -> list[float]:
    return list(100 * np.cumprod([1.0, *(1 + move for move in moves)]))


def alternating(size: float, count: int = LONG) -> list[float]:
    return [size if day % 2 else -size for day in range(count)]


def model(moves: Sequence[float], measure: str) -> list[float]:
    made = voltarget.compute(context(sp500={"close": walked(moves)}))
    return [float(value) for value in made[f"voltarget.{measure}"]]


def test_exposure_is_the_target_over_volatility() -> None:
    # 1 percent a day is 15.87 percent a year
    assert model(alternating(0.01), "volatility")[-1] == pytest.approx(0.01 * math.sqrt(252))
    assert model(alternating(0.01), "exposure")[-1] == pytest.approx(0.1 / (0.01 * math.sqrt(252)))


def test_exposure_has_a_cap() -> None:
    assert model(alternating(0.001), "exposure")[-1] == 1.5


def test_a_large_move_is_read_by_the_quick_volatility_and_its_sign_by_none() -> None:
    # quick: 0.06 · 25 + 0.94 = 2.44 times the variance; slow: 0.03 · 25 + 0.97 = 1.72 times
    wanted = 1 / math.sqrt(2.44) - 1
    for move in (0.05, -0.05):
        assert model([*alternating(0.01), move], "change_1d")[-1] == pytest.approx(wanted, abs=1e-5)


def test_calm_is_read_by_the_slow_one() -> None:
    # a day without a move: 0.97 of the variance is left in the slow one, 0.94 in the quick one
    wanted = 1 / math.sqrt(0.97) - 1
    assert model([*alternating(0.01), 0.0], "change_1d")[-1] == pytest.approx(wanted, abs=2e-5)
    week = model([*alternating(0.01), *[0.0] * 5], "change_5d")
    assert week[-1] == pytest.approx(1 / math.sqrt(0.97**5) - 1, abs=2e-4)
    assert model([*alternating(0.01), *[0.0] * 5, 0.0], "change_5d_prev")[-1] == pytest.approx(week[-1])


def test_the_change_is_ranked_in_its_own_year() -> None:
    found = model([*alternating(0.01, 400), 0.06], "change_pct_252d")
    assert found[-1] == pytest.approx(1 / 252)  # the deepest cut of 252


def test_half_a_year_of_moves_is_needed() -> None:
    found = model(alternating(0.01, 140), "exposure")
    assert [math.isnan(value) for value in found[124:128]] == [True, True, False, False]


def test_weights_are_those_of_pandas_over_the_window() -> None:
    moves = pd.DataFrame({"it": np.random.default_rng(4).standard_normal(400) * 0.01})
    moves.loc[[300, 350], "it"] = NAN
    found = volatility(moves, 0.97)["it"]
    for row in (251, 299, 301, 399):
        past = moves["it"].iloc[max(0, row - 251) : row + 1] ** 2
        mean = past.ewm(alpha=0.03, adjust=True, ignore_na=False).mean().iloc[-1]
        assert found[row] == pytest.approx(math.sqrt(252 * mean), rel=1e-9)
    assert math.isnan(found[300])


@settings(max_examples=10, deadline=None)
@given(
    st.lists(st.floats(-0.08, 0.08), min_size=130, max_size=140),
    st.floats(0.01, 0.08),
    st.floats(1.01, 3.0),
)
def test_a_wider_day_never_asks_for_more(moves: list[float], last: float, wider: float) -> None:
    close = model([*moves, last / wider], "exposure")[-1]
    wide = model([*moves, last], "exposure")[-1]
    assert 0 < wide <= close + 1e-12
    assert close <= voltarget.CAP
    assert model([*moves, -last], "exposure")[-1] == pytest.approx(wide)


RISING = [float(100 + day) for day in range(252)]


def trended(close: Sequence[float], measure: str, market: str = "gold") -> list[float]:
    made = trend.compute(context(gold={"close": close}))
    frame = made[measure]
    column = frame[market] if isinstance(frame, pd.DataFrame) else frame
    return [float(value) for value in column]


def test_the_signal_is_the_mean_of_three_signs() -> None:
    # 252: 330 against 331, 289 and 100; 253: 280 against 332, 290 and 101; 254: 90 against 333, 291 and 102
    close = [*RISING, 330.0, 280.0, 90.0]
    found = trended(close, "trend_signal")
    assert all(math.isnan(value) for value in found[:252])
    np.testing.assert_allclose(found[252:], [1 / 3, -1 / 3, -1.0])
    np.testing.assert_allclose(trended(close, "trend_signal_prev")[253:], [1 / 3, -1 / 3])


def test_a_turn_is_counted_with_the_sessions_that_the_side_was_held() -> None:
    close = [*RISING, *[352.0 + day for day in range(10)], 280.0, 281.0]
    assert trended(close, "trend_held")[-3:] == [9.0, 10.0, 1.0]
    assert trended(close, "trend.turned")[-3:] == [0.0, 1.0, 0.0]


def test_a_position_is_sized_by_volatility() -> None:
    moves = [*[0.012 if day % 2 else -0.01 for day in range(LONG)]]
    close = walked(moves)
    weights = (60 / 61) ** np.arange(252)
    squares = np.array(moves[::-1][:252]) ** 2
    realised = math.sqrt(252 * float(squares @ weights) / float(weights.sum()))
    assert trended(close, "trend_signal")[-1] == 1
    assert trended(close, "trend_position")[-1] == pytest.approx(0.1 / realised)
    assert trended([100 * 1.0005**day for day in range(LONG)], "trend_position")[-1] == trend.CAP


def test_the_change_of_the_position_is_a_days() -> None:
    close = [*RISING, 330.0, 280.0]
    before, after = trended(close, "trend_position")[-2:]
    assert trended(close, "trend_change_1d")[-1] == pytest.approx(after - before)
    assert after < 0 < before


def test_a_market_without_a_close_has_no_signal_and_no_turn() -> None:
    close = [*RISING, 330.0, NAN, 280.0]
    found = trended(close, "trend_signal")
    assert [math.isnan(value) for value in found[252:]] == [False, True, False]
    assert all(math.isnan(value) for value in trended(close, "trend_held")[252:])
    assert all(math.isnan(value) for value in trended(close, "trend.turned")[252:])


@settings(max_examples=10, deadline=None)
@given(st.lists(st.floats(-0.05, 0.05), min_size=260, max_size=270))
def test_the_sign_of_the_signal_is_the_side_of_the_middle_of_three_closes(moves: list[float]) -> None:
    close = walked(moves)
    found = trended(close, "trend_signal")
    for row in range(252, len(close)):
        middle = sorted(close[row - back] for back in trend.HORIZONS)[1]
        if close[row] not in [close[row - back] for back in trend.HORIZONS]:
            assert (found[row] > 0) == (close[row] > middle)
        assert -1 <= found[row] <= 1


def test_no_rule_of_a_verdict_reads_a_model_or_a_flow() -> None:
    read = Bank(Library()).rulebook.readings
    assert "sp500.move_z" in read
    assert [name for name in read if is_modelled(name) or "fund_flow" in name or "shares_" in name] == []


def geared(observed: dict[str, list[float]]) -> Context:
    bars = {
        "sp500": {"close": [100.0, 98.0]},
        "nasdaq100": {"close": [200.0, 194.0]},
        "spy": {"close": [100.0, 98.0], "volume": [1e8, 5e8]},
        "qqq": {"close": [200.0, 194.0], "volume": [1e8, 21e9 / 194]},
    }
    plain = context(None, "2010-01-04", **bars)
    frame = pd.DataFrame(observed, index=days(2))
    return Context(replace(plain.market, observed=frame), setting(), {})


def test_funds_trade_the_days_way_whatever_the_sign_of_their_multiple() -> None:
    # L(L − 1) of 2, 3, −1, −2, −3 is 2, 6, 2, 6, 12: 5.6 on average
    made = leveraged.compute(geared({}))
    assert made["leveraged.rebalance_share"].iloc[-1] == pytest.approx(-0.02 * 5.6)
    assert math.isnan(made["leveraged.volume_share"].iloc[-1])


def test_assets_of_the_evening_before_are_held_against_the_days_dollars() -> None:
    found = leveraged.compute(
        geared({"leveraged.sp500_gearing": [1e11, 9e11], "leveraged.nasdaq100_gearing": [5e10, NAN]})
    )
    # 2 percent of 100 and 3 percent of 50 billion, over 49 + 21 billion dollars
    assert found["leveraged.volume_share"].iloc[-1] == pytest.approx(-3.5 / 70)


def test_the_assets_of_one_index_alone_say_nothing() -> None:
    made = leveraged.compute(geared({"leveraged.sp500_gearing": [1e11, 1e11]}))
    assert made["leveraged.volume_share"].isna().all()
