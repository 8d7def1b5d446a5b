"""Yields that a bond fund implies: by hand, and without the fund's income."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commentary.market import Market
from commentary.sources.align import aligned
from commentary.sources.bars import Bars, wanted
from commentary.sources.implied import implied_yield, with_implied
from commentary.universe import Universe, implied_by
from tests.sources.made import CARRY, bars, sessions, universe

SHIPPED = universe()
DAYS = sessions("2024-01-02", 150)


def one(*symbols: str) -> Universe:
    """A universe of the two-year yield alone, read from these symbols, and of one fund in New York."""
    yields = replace(SHIPPED["ust2y"], symbols={"folder": symbols})
    return replace(SHIPPED, instruments={"spy": SHIPPED["spy"], "ust2y": yields})


def fund(closes: list[float]) -> Bars:
    """A fund that pays nothing, beside another."""
    spy = dict.fromkeys(DAYS[: len(closes)], 500.0)
    found = bars({"SHY": dict(zip(DAYS, closes, strict=False)), "SPY": spy})
    return replace(found, columns={**found.columns, "adj_close": found.columns["close"]})


def stamps(days: list[date]) -> np.ndarray:
    return np.array(days, "datetime64[D]")


def test_a_fall_of_the_fund_is_a_rise_of_its_yield() -> None:
    prices = np.full(100, 80.0)
    prices[90:] = 80.0 * math.exp(-0.01)
    level = implied_yield(stamps(DAYS[:100]), prices, prices, 2.0)
    assert np.diff(level)[89] == pytest.approx(0.5)  # one per cent over two years of duration
    assert np.nansum(np.abs(np.diff(level))) == pytest.approx(0.5)


def test_income_is_no_fall_of_the_yield() -> None:
    # the total return rises by a hundredth of a per cent a day, the price stands
    days = [date(2024, 1, 1) + timedelta(number) for number in range(200)]
    total = 100 * np.exp(0.0001 * np.arange(200))
    level = implied_yield(stamps(days), np.full(200, 80.0), total, 1.85)
    assert np.nanmax(np.abs(level)) == pytest.approx(0.0, abs=1e-9)


def test_nothing_is_implied_before_the_income_is_known() -> None:
    prices = 80 + np.sin(np.arange(100))
    level = implied_yield(stamps(DAYS[:100]), prices, prices, 2.0)
    first = int(np.flatnonzero(np.isfinite(level))[0])
    assert (DAYS[first - 1] - DAYS[0]).days >= 60 > (DAYS[first - 2] - DAYS[0]).days


@given(st.lists(st.floats(-0.02, 0.02), min_size=70, max_size=90), st.floats(1, 20))
@settings(max_examples=25)
def test_without_income_a_change_is_the_return_over_the_duration(moves: list[float], years: float) -> None:
    prices = 100 * np.exp(np.cumsum([0.0, *moves]))
    level = implied_yield(stamps(DAYS[: len(prices)]), prices, prices, years)
    known = np.isfinite(np.diff(level))
    assert known.any()
    np.testing.assert_allclose(np.diff(level)[known], -100 * np.array(moves)[known] / years, atol=1e-9)


def test_the_future_changes_nothing() -> None:
    random = np.random.default_rng(3)
    prices = 80 * np.exp(np.cumsum(random.standard_normal(150) * 0.001))
    total = prices * np.exp(0.0001 * np.arange(150))
    whole = implied_yield(stamps(DAYS), prices, total, 1.85)
    part = implied_yield(stamps(DAYS[:120]), prices[:120], total[:120], 1.85)
    np.testing.assert_array_equal(whole[:120], part)


@pytest.mark.parametrize("count", [0, 1])
def test_a_fund_with_next_to_no_bars_implies_nothing(count: int) -> None:
    prices = np.full(count, 80.0)
    level = implied_yield(stamps(DAYS[:count]), prices, prices, 2.0)
    assert len(level) == count
    assert np.isnan(level).all()


def market(*symbols: str) -> Market:
    return aligned(fund([80.0] * 99 + [80.0 * math.exp(-0.0037)]), one(*symbols), CARRY)


def test_the_instrument_reads_it_in_basis_points() -> None:
    found = market("2YY=F", "SHY/1.85")
    assert found.symbols["ust2y"] == "SHY/1.85"
    last = pd.Timestamp(DAYS[99])
    assert found.returns["ust2y"][last] == pytest.approx(20.0)  # 0.37 % over 1.85 years


def test_a_fund_that_is_not_there_implies_nothing() -> None:
    found = market("IEI/4.3")
    assert found.close["ust2y"].isna().all()
    assert "ust2y" not in found.symbols


def test_bars_without_such_symbols_are_left_alone() -> None:
    found = fund([80.0, 80.1])
    assert with_implied(found, SHIPPED) is found


def test_for_the_yield_that_a_fund_implies_the_fund_is_asked_for() -> None:
    assert set(wanted(replace(one("2YY=F", "IEI/4.3"), stocks=(), checks=()), "folder")) == {
        "SPY",
        "2YY=F",
        "IEI",
    }


@pytest.mark.parametrize(("symbol", "found"), [("SHY/1.85", ("SHY", 1.85)), ("BRK-B", None), ("^TNX", None)])
def test_a_stroke_parts_fund_and_duration(symbol: str, found: tuple[str, float] | None) -> None:
    assert implied_by(symbol) == found


@pytest.mark.parametrize("symbol", ["SHY/", "/1.85", "SHY/two", "SHY/-1", "SHY/0", "SHY/nan", "SHY/100"])
def test_what_is_no_duration_is_refused(symbol: str) -> None:
    with pytest.raises(ValueError):
        implied_by(symbol)
