"""Alignment: which symbol on which session, whose return, what is carried."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commentary.errors import SourceError
from commentary.market import Market
from commentary.sources.align import aligned, since
from commentary.sources.bars import Bars, widened
from commentary.sources.splice import spliced
from tests.sources.made import CARRY, bars, sessions, universe

UNIVERSE = universe()
SMALL = replace(UNIVERSE, instruments={key: UNIVERSE[key] for key in ("spy", "qqq")})


def market(**series: dict[date, float]) -> Market:
    return aligned(bars(series), UNIVERSE, CARRY)


def at(frame: pd.DataFrame, day: date, name: str) -> float:
    return float(frame.loc[pd.Timestamp(day), name])  # type: ignore[arg-type]


def test_return_is_close_to_close() -> None:
    days = sessions("2024-08-02", 3)
    found = market(SPY=dict(zip(days, (100.0, 98.0, 102.9), strict=True)))
    assert found.returns["spy"].tolist() == pytest.approx([math.nan, -0.02, 0.05], nan_ok=True)
    assert found.symbols == {"spy": "SPY"}
    assert found.age["spy"].tolist() == [0, 0, 0]
    assert found.close["gold"].isna().all()


def test_yields_change_in_basis_points_and_volatility_by_logs() -> None:
    days = sessions("2023-03-10", 2)
    found = market(
        **{
            "SPY": dict.fromkeys(days, 1.0),
            "DGS2": dict(zip(days, (4.60, 4.03), strict=True)),
            "BAMLH0A0HYM2": dict(zip(days, (4.48, 4.74), strict=True)),
            "^VIX": dict(zip(days, (20.0, 30.0), strict=True)),
            "^COR1M": dict(zip(days, (30.0, 15.0), strict=True)),
        }
    )
    last = found.returns.iloc[-1]
    assert last["ust2y"] == pytest.approx(-57)
    assert last["high_yield_spread"] == pytest.approx(26)
    assert last["vix"] == pytest.approx(math.log(1.5))
    assert last["implied_correlation"] == pytest.approx(-math.log(2))


def test_a_gap_is_not_printed_as_one_day() -> None:
    first, second, third = sessions("2024-08-02", 3)
    found = market(SPY=dict.fromkeys((first, second, third), 1.0), QQQ={first: 100.0, third: 110.0})
    assert math.isnan(at(found.close, second, "qqq"))
    assert math.isnan(at(found.returns, third, "qqq"))
    assert at(found.close, third, "qqq") == 110.0


def test_bars_of_no_session_are_left_out_and_monday_spans_the_weekend() -> None:
    friday, saturday, monday = date(2024, 8, 2), date(2024, 8, 3), date(2024, 8, 5)
    found = market(
        **{"SPY": {friday: 1.0, monday: 1.0}, "BTC-USD": {friday: 100.0, saturday: 80.0, monday: 90.0}}
    )
    assert [stamp.date() for stamp in found.sessions] == [friday, monday]
    assert at(found.returns, monday, "bitcoin") == pytest.approx(-0.10)


def test_bond_holiday_carries_the_level_and_no_change() -> None:
    """Columbus Day 2023: stocks trade, bonds rest; Tuesday's change is against Friday."""
    friday, monday, tuesday = sessions("2023-10-06", 3)
    found = market(
        **{
            "SPY": dict.fromkeys((friday, monday, tuesday), 1.0),
            "DGS10": {friday: 4.78, tuesday: 4.66},
            "^TNX": {friday: 4.79, monday: 4.80, tuesday: 4.65},
        }
    )
    assert found.close["ust10y"].tolist() == [4.78, 4.78, 4.66]
    assert found.age["ust10y"].tolist() == [0, 1, 0]
    assert found.returns["ust10y"].tolist() == pytest.approx([math.nan, math.nan, -12], nan_ok=True)


def test_no_other_gap_is_carried() -> None:
    first, second, third = sessions("2024-08-02", 3)
    found = market(SPY=dict.fromkeys((first, second, third), 1.0), DGS10={first: 3.8, third: 3.9})
    assert math.isnan(at(found.close, second, "ust10y"))
    assert math.isnan(at(found.returns, third, "ust10y"))


def test_carry_of_nothing() -> None:
    friday, monday = sessions("2023-10-06", 2)
    found = aligned(bars({"SPY": {friday: 1.0, monday: 1.0}, "DGS10": {friday: 4.78}}), UNIVERSE, {})
    assert math.isnan(at(found.close, monday, "ust10y"))


def test_gold_changes_from_future_to_fund() -> None:
    """The first symbol with a bar; no return across the change; earlier levels on the fund's scale."""
    one, two, three, four = sessions("2004-11-16", 4)
    found = market(
        **{
            "SPY": dict.fromkeys((one, two, three, four), 1.0),
            "GC=F": {one: 440.0, two: 444.4, three: 442.0, four: 450.0},
            "GLD": {three: 44.2, four: 44.642},
        }
    )
    assert found.close["gold"].tolist() == [440.0, 444.4, 44.2, 44.642]
    assert found.returns["gold"].tolist() == pytest.approx([math.nan, 0.01, math.nan, 0.01], nan_ok=True)
    assert found.linked["gold"].tolist() == pytest.approx([44.0, 44.44, 44.2, 44.642])
    assert found.symbols["gold"] == "GLD"
    assert [found.symbol_on("gold", day) for day in (one, two, three, four)] == ["GC=F", "GC=F", "GLD", "GLD"]
    assert found.changes["gold"] == ((one, "GC=F"), (three, "GLD"))


def test_a_bar_that_is_not_believed_has_a_stand_in_too() -> None:
    """The fund's last close is in another unit: the future's is taken, with its own return."""
    one, two, three = sessions("2004-11-18", 3)
    found = market(
        **{
            "SPY": dict.fromkeys((one, two, three), 1.0),
            "GC=F": {one: 440.0, two: 444.4, three: 448.844},
            "GLD": {one: 44.0, two: 44.44, three: 4488.44},
        }
    )
    assert found.symbol_on("gold", three) == "GC=F"
    assert (at(found.close, three, "gold"), at(found.returns, three, "gold")) == (
        448.844,
        pytest.approx(0.01),
    )


def test_evening_yield_stands_in_with_its_own_change() -> None:
    days = sessions("2024-08-01", 3)
    found = market(
        **{
            "SPY": dict.fromkeys(days, 1.0),
            "DGS10": dict(zip(days, (3.99, 3.80), strict=False)),
            "^TNX": dict(zip(days, (3.98, 3.79, 3.78), strict=True)),
        }
    )
    assert found.close["ust10y"].tolist() == [3.99, 3.80, 3.78]
    assert at(found.returns, days[2], "ust10y") == pytest.approx(-1)
    assert found.linked["ust10y"].tolist() == pytest.approx([3.98, 3.79, 3.78])


def test_price_below_zero_has_no_return() -> None:
    days = sessions("2020-04-17", 4)
    found = market(
        **{
            "SPY": dict.fromkeys(days, 1.0),
            "CL=F": dict(zip(days, (18.27, -37.63, 10.01, 13.78), strict=True)),
        }
    )
    assert found.close["crude_future"].tolist() == [18.27, -37.63, 10.01, 13.78]
    assert found.returns["crude_future"].tolist() == pytest.approx(
        [math.nan, math.nan, math.nan, 13.78 / 10.01 - 1], nan_ok=True
    )


def test_stock_list_takes_adjusted_closes_only_when_whole() -> None:
    days = sessions("2024-08-02", 2)
    given_bars = bars(
        {"SPY": dict.fromkeys(days, 1.0), "AAPL": dict.fromkeys(days, 10.0), "KO": dict.fromkeys(days, 20.0)}
    )
    adjusted = np.array([np.nan, np.nan, 9.0, 9.5, np.nan, 19.0])
    found = aligned(
        Bars(
            given_bars.days,
            given_bars.codes,
            given_bars.symbols,
            {**given_bars.columns, "adj_close": adjusted},
            "folder",
        ),
        UNIVERSE,
        CARRY,
    )
    assert found.stock_close["AAPL"].tolist() == [9.0, 9.5]
    assert found.stock_close["KO"].tolist() == [20.0, 20.0]
    assert tuple(found.stock_close.columns) == tuple(found.stock_volume.columns) == UNIVERSE.stocks
    assert found.stock_close["MSFT"].isna().all()


def test_tokyo_holiday_is_a_hole_not_a_gap() -> None:
    """2024-08-12 was Mountain Day in Tokyo: no value, and the next session's return is against the last."""
    days = sessions("2024-08-09", 3)
    found = market(**{"SPY": dict.fromkeys(days, 1.0), "^N225": {days[0]: 35000.0, days[2]: 36225.0}})
    assert found.close["nikkei"].tolist() == pytest.approx([35000, math.nan, 36225], nan_ok=True)
    assert at(found.returns, days[2], "nikkei") == pytest.approx(0.035)


def test_since_keeps_what_begins_on_a_day() -> None:
    days = sessions("2024-08-01", 4)
    found = since(market(SPY=dict.fromkeys(days, 1.0)), days[1])
    assert [stamp.date() for stamp in found.sessions] == days[1:]
    assert len(found.stock_close) == len(found.linked) == 3


def test_no_session_at_all() -> None:
    with pytest.raises(SourceError, match="no bar on a New York session"):
        market(SPY={date(2024, 8, 3): 1.0})


def test_spliced_without_a_session_in_common() -> None:
    closes = np.array([[10.0, np.nan], [11.0, np.nan], [np.nan, 1.0], [np.nan, 1.1]])
    used = np.array([0, 0, 1, 1])
    assert spliced(closes, used, difference=False).tolist() == pytest.approx(
        [math.nan] * 2 + [1.0, 1.1], nan_ok=True
    )


def test_spliced_there_and_back() -> None:
    closes = np.array([[10.0, 1.0], [np.nan, 2.0], [15.0, 3.0]])
    assert spliced(closes, np.array([0, 1, 0]), difference=False).tolist() == pytest.approx(
        [10.0, 10.0, 15.0]
    )


def small(**series: dict[date, float]) -> Market:
    return aligned(bars(series), SMALL, CARRY)


PRICES = st.lists(st.floats(1.0, 5.0), min_size=2, max_size=30)


@settings(max_examples=25, deadline=None)
@given(PRICES, st.sampled_from([0.001, 0.5, 3.0, 1000.0]))
def test_returns_do_not_depend_on_the_scale(prices: list[float], scale: float) -> None:
    days = sessions("2024-01-02", len(prices))
    plain = small(SPY=dict(zip(days, prices, strict=True)))
    scaled = small(SPY=dict(zip(days, (price * scale for price in prices), strict=True)))
    assert scaled.returns["spy"].tolist() == pytest.approx(
        plain.returns["spy"].tolist(), nan_ok=True, abs=1e-12
    )


@settings(max_examples=25, deadline=None)
@given(PRICES, st.integers(1, 29))
def test_the_past_does_not_depend_on_the_future(prices: list[float], cut: int) -> None:
    cut = min(cut, len(prices))
    days = sessions("2024-01-02", len(prices))
    whole = small(SPY=dict(zip(days, prices, strict=True)))
    past = small(SPY=dict(zip(days[:cut], prices[:cut], strict=True)))
    for name in ("close", "returns", "age"):
        expected = getattr(past, name)["spy"].tolist()
        assert getattr(whole, name)["spy"].tolist()[:cut] == pytest.approx(expected, nan_ok=True)


@settings(max_examples=25, deadline=None)
@given(PRICES, st.data())
def test_every_value_on_a_session_is_kept(prices: list[float], data: st.DataObject) -> None:
    start = date(2024, 1, 1)
    offsets = data.draw(st.sets(st.integers(0, 60), min_size=len(prices), max_size=len(prices)))
    series = {start + timedelta(offset): price for offset, price in zip(sorted(offsets), prices, strict=True)}
    days = sessions("2024-01-02", 45)
    found = small(QQQ=dict.fromkeys(days, 1.0), SPY=series)
    values = found.close["spy"].tolist()
    kept = {day: value for day, value in zip(days, values, strict=False) if not math.isnan(value)}
    assert kept == {day: price for day, price in series.items() if day in days}


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 9_999_999), st.integers(0, 4))
def test_narrow_prices_come_back_as_they_were_written(digits: int, places: int) -> None:
    price = digits / 10**places
    assert widened(np.array([price], np.float32)).tolist() == [price]
