"""What stands in for an instrument in the evening has moves of a week at most; credit against Treasuries."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentary.readings import levels, ohlc, returns, since, spreads, volume, yields
from commentary.readings._context import Context
from commentary.readings._protocol import Setting
from commentary.sources.align import aligned
from commentary.universe import Instrument, in_the_evening
from tests.readings.synthetic import context, setting
from tests.sources.made import CARRY, bars, sessions, universe

EVENING = replace(setting(), universe=in_the_evening(setting().universe))
LEVELS = (
    "level", "level_prev", "change_21d_bp", "change_ytd_bp", "high_since", "high_since_date", "low_since", "rise_since",
    "fall_since", "at_high_252d", "at_low_252d", "low_252d", "average_50d", "average_200d",
)  # fmt: skip


def read(made: Context, *changes: tuple[int, str], of: str, at: Setting = EVENING) -> Context:
    """The context with the symbols that an instrument is read from, each from a row on."""
    spans = tuple((made.days[row], symbol) for row, symbol in changes)
    return Context(replace(made.market, changes={of: spans}), at, {})


def last(made: Any, name: str, of: str) -> float:
    block = made[name]
    return float(block[of].iloc[-1])


YIELD = list(3 + np.sin(np.arange(300) / 40) * 0.4 + np.arange(300) * 0.001)


def test_a_yield_that_a_fund_implies_has_changes_and_no_level() -> None:
    made = yields.compute(read(context(ust2y={"close": YIELD}), (0, "SHY/1.85"), of="ust2y"))
    assert last(made, "change_bp", "ust2y") == pytest.approx((YIELD[-1] - YIELD[-2]) * 100)
    assert last(made, "change_5d_bp", "ust2y") == pytest.approx((YIELD[-1] - YIELD[-6]) * 100)
    assert not math.isnan(last(made, "change_z", "ust2y"))
    assert all(math.isnan(last(made, name, "ust2y")) for name in LEVELS)


@pytest.mark.parametrize("symbol", ["DGS2", "2YY=F"])
def test_a_yield_that_is_quoted_has_both(symbol: str) -> None:
    made = yields.compute(read(context(ust2y={"close": YIELD}), (0, symbol), of="ust2y"))
    assert last(made, "level", "ust2y") == YIELD[-1]
    assert last(made, "change_21d_bp", "ust2y") == pytest.approx((YIELD[-1] - YIELD[-22]) * 100)
    assert not any(math.isnan(last(made, name, "ust2y")) for name in ("average_200d", "at_high_252d"))


def test_extremes_of_a_quoted_yield_do_not_reach_back_into_an_implied_one() -> None:
    found = read(context(ust2y={"close": YIELD}), (0, "SHY/1.85"), (100, "2YY=F"), of="ust2y")
    made = yields.compute(found)
    assert last(made, "level", "ust2y") == YIELD[-1]
    assert math.isnan(last(made, "at_high_252d", "ust2y")), "200 quoted sessions are no year"
    assert not math.isnan(last(made, "average_50d", "ust2y"))
    assert last(made, "low_since_date", "ust2y") >= found.ordinals[100]


COIN = list(30 * np.exp(np.sin(np.arange(300) / 20) * 0.2))


@pytest.mark.parametrize("symbol", ["IBIT", "BITO"])
def test_a_fund_that_stands_in_for_bitcoin_has_moves_and_no_price_of_it(symbol: str) -> None:
    bars = {"close": COIN, "open": COIN, "high": COIN, "low": COIN, "volume": [1e6] * 300}
    made = read(context(bitcoin=bars), (0, symbol), of="bitcoin")
    moves, prices = (
        returns.compute(made),
        {**levels.compute(made), **ohlc.compute(made), **since.compute(made)},
    )
    assert last(moves, "return_1d", "bitcoin") == pytest.approx(COIN[-1] / COIN[-2] - 1)
    assert not any(math.isnan(last(moves, name, "bitcoin")) for name in ("return_5d", "move_z"))
    assert not math.isnan(last(prices, "streak", "bitcoin"))
    absent = (
        "level", "average_20d", "vs_average_200d", "at_high_252d", "at_record", "high_20d", "open", "high", "low",
        "high_since", "worst_since", "best_since",
    )  # fmt: skip
    assert all(math.isnan(last(prices, name, "bitcoin")) for name in absent)
    assert all(math.isnan(last(moves, name, "bitcoin")) for name in ("return_21d", "return_ytd"))
    assert volume.compute(made)["volume_ratio"]["bitcoin"].isna().all()


@pytest.mark.parametrize("symbol", ["BTC-USD", "BTC-USD@16:00"])
def test_bitcoin_at_an_hour_of_the_day_is_bitcoin(symbol: str) -> None:
    made = read(context(bitcoin={"close": COIN}), (0, symbol), of="bitcoin")
    assert last(levels.compute(made), "level", "bitcoin") == COIN[-1]
    assert not math.isnan(last(returns.compute(made), "return_21d", "bitcoin"))


@pytest.mark.parametrize(
    ("instrument", "symbol", "level"),
    [
        ("gold", "GLD", True),
        ("gold", "GC=F", False),  # the table's row says GLD
        ("ust10y", "DGS10", True),
        ("ust10y", "^TNX", True),
        ("ust10y", "IEF/7.3", False),
        ("bitcoin", "BTC-USD@16:00", True),
        ("bitcoin", "IBIT", False),
        ("vix", "^VIX", True),
    ],
)
def test_whose_level_a_symbol_has(instrument: str, symbol: str, level: bool) -> None:
    for known in (setting().universe, EVENING.universe):
        item: Instrument = known[instrument]
        assert item.is_level(symbol) is level


def excess(**total: list[float]) -> Any:
    """Readings of credit from returns with income."""
    prices: Any = {name: {"close": [100.0] * len(values)} for name, values in total.items()}
    made = context(**prices)
    frame = pd.DataFrame(total, index=made.sessions)
    return spreads.compute(Context(replace(made.market, total=frame), made.setting, {}))


def test_high_yield_beyond_treasuries_of_its_duration() -> None:
    """3.5 years against 7.3: a fall of 1 % in Treasuries explains 0.479 % of high yield's."""
    made = excess(high_yield=[0.0, -0.012, 0.004], treasuries=[0.0, -0.01, 0.0], grade=[0.0, -0.012, 0.0])
    assert made["excess_1d"]["high_yield"].tolist() == pytest.approx([0, -0.012 + 0.01 * 3.5 / 7.3, 0.004])
    assert made["excess_1d"]["grade"].tolist() == pytest.approx([0, -0.012 + 0.01 * 8.4 / 7.3, 0.0])


@given(rate=st.lists(st.floats(-0.02, 0.02), min_size=60, max_size=60))
def test_what_treasuries_explain_moves_no_excess(rate: list[float]) -> None:
    credit = [0.001 * (-1) ** number for number in range(60)]
    hedged = [own + step * 3.5 / 7.3 for own, step in zip(credit, rate, strict=True)]
    calm = excess(high_yield=credit, treasuries=[0.0] * 60, grade=credit)
    moved = excess(high_yield=hedged, treasuries=rate, grade=credit)
    assert moved["excess_1d"]["high_yield"].tolist() == pytest.approx(
        calm["excess_1d"]["high_yield"].tolist()
    )
    assert moved["excess_z"]["high_yield"].iloc[-1] == pytest.approx(calm["excess_z"]["high_yield"].iloc[-1])


def test_on_the_day_that_a_fund_pays_its_price_falls_and_nothing_is_lost() -> None:
    days = sessions("2024-08-29", 3)
    made = bars({name: dict(zip(days, (100.0, 100.0, 99.5), strict=True)) for name in ("SPY", "HYG", "IEF")})
    adjusted = made.columns["close"].copy()
    adjusted[made.codes == made.symbols.index("HYG")] = (
        99.5,
        99.5,
        99.5,
    )  # half a dollar paid on the third day
    found = aligned(replace(made, columns={**made.columns, "adj_close": adjusted}), universe(), CARRY)
    assert found.returns["high_yield"].iloc[-1] == pytest.approx(-0.005)
    assert found.total["high_yield"].iloc[-1] == pytest.approx(0.0)
    assert aligned(made, universe(), CARRY).total["high_yield"].isna().all(), "no adjusted closes: not known"
