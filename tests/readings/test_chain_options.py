"""Readings of banked chains, by hand: changes, a year's rank, moves over what was priced, gold's breakeven."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from commentary.readings import chain_options, options
from commentary.readings._context import Context
from tests.readings.synthetic import context, setting

NAN = math.nan
BREAKEVEN = "gold.breakeven_usd_1m"
CLOSES = [100.0, 102.0, 101.0]


def chained(
    observed: Mapping[str, Sequence[float]], made: Mapping[str, Sequence[float]] | None = None
) -> Context:
    """A context with closes of gold and SPY, observations, and readings made before."""
    count = len(next(iter(observed.values()))) if observed else 3
    close = [100.0] * count if count != 3 else CLOSES
    plain = context(made, gold={"close": close}, spy={"close": close}, qqq={"close": close})
    frame = pd.DataFrame(
        {name: np.asarray(values, float) for name, values in observed.items()}, index=plain.sessions
    )
    arrays = {name: np.asarray(values, dtype=float) for name, values in (made or {}).items()}
    return Context(replace(plain.market, observed=frame), setting(), arrays)


def column(found: Context, measure: str, fund: str) -> list[float]:
    frame = chain_options.compute(found)[measure]
    assert isinstance(frame, pd.DataFrame)
    return [float(value) for value in frame[fund]]


def names(found: Context, name: str) -> list[object]:
    series = chain_options.compute(found)[name]
    assert isinstance(series, pd.Series)
    return list(series)


def same(got: Sequence[float], wanted: Sequence[float]) -> None:
    np.testing.assert_allclose(got, wanted, rtol=1e-12)


def test_changes_are_against_the_session_before_and_no_earlier_one() -> None:
    found = chained(
        {"gold.iv_30d": [20, 22, NAN], "spy.iv_30d": [15, NAN, 18], "spy.put_skew_30d": [3, 4.5, 4]}
    )
    same(column(found, "iv_30d", "gold"), [20, 22, NAN])
    same(column(found, "iv_prev", "gold"), [NAN, 20, 22])
    same(column(found, "iv_change", "gold"), [NAN, 2, NAN])
    same(column(found, "iv_change", "spy"), [NAN, NAN, NAN])
    same(column(found, "put_skew_change", "spy"), [NAN, 1.5, -0.5])
    same(column(found, "iv_30d", "qqq"), [NAN, NAN, NAN])


def test_a_fund_without_a_close_has_no_chain() -> None:
    found = chained({"silver.iv_30d": [30, 31, 32]})
    same(column(found, "iv_30d", "silver"), [NAN, NAN, NAN])


def test_the_rank_in_a_year_waits_for_half_of_one() -> None:
    values = [10.0] * 100 + [20.0] * 25 + [15.0]
    found = column(chained({"spy.iv_30d": values}), "iv_pct_252d", "spy")
    assert all(math.isnan(value) for value in found[:125])
    assert math.isclose(found[125], 101 / 126)


def test_the_move_is_held_against_what_was_priced_the_evening_before() -> None:
    made = {
        "gold.return_1d": [NAN, 0.02, -0.0098], "spy.return_1d": [NAN, 0.02, -0.0098],
        "qqq.return_1d": [NAN, 0.02, -0.0098], "gold_vol.level_prev": [NAN, 15.87, 15.87],
        "vix.level_prev": [NAN, 31.74, 31.74],
    }  # fmt: skip
    found = chained({"gold.iv_30d": [NAN, 31.74, 99], "qqq.iv_30d": [15.87, NAN, 99]}, made)
    same(column(found, "move_vs_priced", "gold"), [NAN, 2, 0.49])  # GVZ at 15.87 prices 1 % a day
    same(column(found, "move_vs_priced", "spy"), [NAN, 1, 0.49])
    same(column(found, "move_vs_priced", "qqq"), [NAN, 2, NAN])  # no index of it is in the data
    assert names(found, "gold.priced_by") == [None, "index", "chain"]
    assert names(found, "spy.priced_by") == [None, "index", "index"]
    assert names(found, "qqq.priced_by") == [None, "chain", None]
    assert names(found, "silver.priced_by") == [None, None, None]


def test_gold_breaks_even_by_its_chain_where_there_is_one() -> None:
    made = {"gold_future.level": [4000.0, 4000, NAN], "gold_vol.level": [20.0, 20, 20]}
    dollars = breakeven(chained({"gold.iv_30d": [NAN, 25, 25]}, made))
    # by GVZ 4000 · 0.2 · √(21/252) · 0.8; by the chain Black's straddle, 2 · 4000 · (2N(σ√T/2) − 1)
    assert math.isclose(dollars[0], 184.75, abs_tol=0.01)
    spread = 0.25 * math.sqrt(30 / 365)
    wanted = 2 * 4000 * math.erf(spread / 2 / math.sqrt(2))
    assert math.isclose(dollars[1], wanted, rel_tol=spread**2 / 20)
    assert math.isnan(dollars[2])
    found = chained({"gold.iv_30d": [NAN, 25, 25]}, {BREAKEVEN: dollars})
    assert names(found, "gold.breakeven_by") == ["index", "chain", None]


def test_without_chains_gold_breaks_even_by_its_index() -> None:
    found = breakeven(context({"gold_future.level": [2000.0], "gold_vol.level": [20.0]}))
    assert found == [2000 * 20 / 100 * math.sqrt(21 / 252) * 0.8]
    assert names(context({BREAKEVEN: found}), "gold.breakeven_by") == ["index"]


def breakeven(found: Context) -> list[float]:
    series = options.compute(found)[BREAKEVEN]
    assert isinstance(series, pd.Series)
    return [float(value) for value in series]
