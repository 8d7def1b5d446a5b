"""What trades every day of the week, against the days that its move spans."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commentary.readings import cross_asset, returns
from commentary.readings._context import Context
from tests.readings.synthetic import context, setting
from tests.readings.test_prices import NAN, same, values

# From Thursday 2010-01-07: Friday, Monday, four days, and a Tuesday after Martin Luther King's day.
START = "2010-01-07"
SPANNED = [NAN, 1, 3, 1, 1, 1, 1, 4, 1, 1]


def days_spanned(count: int) -> list[int]:
    """Days that the move of each session but the first spans, counted on the calendar of the sessions."""
    sessions = context({"a.b": [0.0] * count}, start=START).days
    return [(later - earlier).days for earlier, later in pairwise(sessions)]


def walked(moves: list[float]) -> list[float]:
    """Closes that move so, from 100."""
    return [100.0, *(100 * np.cumprod([1 + move for move in moves]))]


def test_roots_of_the_days_spanned_for_what_trades_on_all_of_them() -> None:
    found = context({"a.b": [0.0] * 10}, start=START).day_roots(("bitcoin", "gold", "ether"))
    same(list(found["bitcoin"] ** 2), SPANNED)
    same(list(found["ether"] ** 2), SPANNED)
    same(list(found["gold"]), [1.0] * 10)
    assert list(found) == ["bitcoin", "gold", "ether"]


@pytest.mark.parametrize("name", ["sp500", "gold", "copper", "yen", "bitcoin_fund", "high_yield", "nikkei"])
def test_other_classes_of_session_are_left_alone(name: str) -> None:
    same(list(context({"a.b": [0.0] * 10}, start=START).day_roots((name,))[name]), [1.0] * 10)


def test_no_instruments_make_an_empty_frame() -> None:
    assert context({"a.b": [0.0] * 3}, start=START).day_roots(()).shape == (3, 0)


def test_a_monday_of_three_days_is_held_against_three_days() -> None:
    # One percent a root of a day, up and down in turn: σ is one percent a day, whatever day it is.
    spans = days_spanned(70)
    moves = [0.01 * math.sqrt(span) * (-1) ** row for row, span in enumerate(spans)]
    monday = next(row for row in range(60, 70) if spans[row - 1] == 3)
    moves[monday - 1] = -0.03
    moves[monday] = -0.03  # Tuesday
    close = walked(moves)
    made = returns.compute(
        context(start=START, bitcoin={"close": close}, bitcoin_fund={"close": close}, gold={"close": close})
    )
    assert values(made, "sigma_1d", "bitcoin")[monday] == pytest.approx(0.01 * math.sqrt(3))
    assert values(made, "move_z", "bitcoin")[monday] == pytest.approx(-math.sqrt(3))
    # A move of √3 σ is what Tuesday's σ now knows besides: (62 × 1 + 3) / 63.
    tuesday = 0.01 * math.sqrt(65 / 63)
    assert values(made, "sigma_1d", "bitcoin")[monday + 1] == pytest.approx(tuesday)
    assert values(made, "move_z", "bitcoin")[monday + 1] == pytest.approx(-0.03 / tuesday)
    # The fund and gold rest at the weekend: their move is held against sessions.
    plain = math.sqrt(np.mean(np.square(moves[monday - 64 : monday - 1])))
    for name in ("bitcoin_fund", "gold"):
        assert values(made, "sigma_1d", name)[monday] == pytest.approx(plain)
        assert values(made, "move_z", name)[monday] == pytest.approx(-0.03 / plain)


def test_a_holiday_weekend_spans_four_days() -> None:
    # Good Friday, 2010-04-02: from Thursday the 1st to Monday the 5th, the third such weekend of that year.
    spans = days_spanned(70)
    holiday = [row + 1 for row, span in enumerate(spans) if span == 4][2]
    assert context({"a.b": [0.0] * 70}, start=START).days[holiday].isoformat() == "2010-04-05"
    moves = [0.01 * math.sqrt(span) * (-1) ** row for row, span in enumerate(spans)]
    moves[holiday - 1] = 0.05
    made = returns.compute(context(start=START, bitcoin={"close": walked(moves)}))
    assert values(made, "sigma_1d", "bitcoin")[holiday] == pytest.approx(0.02)
    assert values(made, "move_z", "bitcoin")[holiday] == pytest.approx(2.5)


def test_the_first_move_is_on_the_second_session_and_forty_make_a_sigma() -> None:
    spans = days_spanned(50)
    moves = [0.01 * math.sqrt(span) * (-1) ** row for row, span in enumerate(spans)]
    made = returns.compute(context(start=START, bitcoin={"close": walked(moves)}))
    assert math.isnan(values(made, "return_1d", "bitcoin")[0])
    assert math.isnan(values(made, "sigma_1d", "bitcoin")[40])
    same(values(made, "sigma_1d", "bitcoin")[41:], [0.01 * math.sqrt(span) for span in spans[40:]])
    same([abs(z) for z in values(made, "move_z", "bitcoin")[41:]], [1.0] * len(spans[40:]))


def test_returns_themselves_are_what_they_were() -> None:
    close = [100.0, 101, 104, 103, 106, 105, 108, 99]
    made = returns.compute(context(start=START, bitcoin={"close": close}, gold={"close": close}))
    for measure in ("return_1d", "return_5d", "return_1d_prev"):
        same(values(made, measure, "bitcoin"), values(made, measure, "gold"))


def test_without_the_setting_bitcoin_is_as_gold() -> None:
    scale = setting().scale
    plain = scale.model_copy(update={"sigma": scale.sigma.model_copy(update={"by_days": ()})})
    close = walked([0.01 * (-1) ** row * (1 + row % 3) for row in range(69)])
    bars = context(start=START, bitcoin={"close": close}, gold={"close": close})
    made = returns.compute(Context(bars.market, replace(setting(), scale=plain), {}))
    for measure in ("sigma_1d", "move_z", "return_5d_z"):
        same(values(made, measure, "bitcoin"), values(made, measure, "gold"))


def test_the_crowds_bitcoin_of_a_monday_spans_three_days() -> None:
    # Bitcoin alone: the weight falls out, and the reversal is minus its z.
    spans = days_spanned(80)
    moves = [0.01 * math.sqrt(span) * (-1) ** row for row, span in enumerate(spans)]
    monday = next(row for row in range(70, 80) if spans[row - 1] == 3)
    moves[monday - 30] = 0.2  # it has run
    moves[monday - 1] = -0.03
    scaled = [move / math.sqrt(span) for move, span in zip(moves, spans, strict=True)]
    sigma = math.sqrt(np.mean(np.square(scaled[monday - 64 : monday - 1]))) * math.sqrt(3)
    made = cross_asset.compute(context(start=START, bitcoin={"close": walked(moves)}))
    assert float(made["cross_asset.crowd_reversal"].iloc[monday]) == pytest.approx(0.03 / sigma)


@settings(max_examples=10, deadline=None)
@given(st.lists(st.sampled_from([-3, -2, -1, 1, 2, 3]), min_size=45, max_size=60), st.floats(0.001, 0.01))
def test_a_walk_by_days_has_the_same_z_on_every_kind_of_day(steps: list[int], size: float) -> None:
    # The same steps, once a session and once stretched by the root of the days, give the same z.
    spans = days_spanned(len(steps) + 1)
    stretched = [size * step * math.sqrt(span) for step, span in zip(steps, spans, strict=True)]
    even = [size * step for step in steps]
    made = returns.compute(
        context(start=START, bitcoin={"close": walked(stretched)}, gold={"close": walked(even)})
    )
    same(values(made, "move_z", "bitcoin"), values(made, "move_z", "gold"))
