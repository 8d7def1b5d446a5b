"""The simulated market keeps what it promises: calendars, hours that add up, prices that hang together."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import numpy as np
import pytest

from commentary.sources.bars import faults, wanted
from commentary.universe import Universe
from tests.yahoo.chains import black_scholes, expirations, quotes, volatility, years_to
from tests.yahoo.conftest import EVENING
from tests.yahoo.listings import listed
from tests.yahoo.series import Series
from tests.yahoo.simulated import Simulated, Span
from tests.yahoo.world import World, simulated

SHORT = Span(date(2026, 1, 2), date(2026, 6, 30))


def at(moment: str) -> datetime:
    return datetime.fromisoformat(moment).astimezone(UTC)


@pytest.mark.parametrize(
    ("symbol", "day", "trades"),
    [
        ("SPY", "2025-11-27", False),  # Thanksgiving
        ("SPY", "2025-11-28", True),
        ("SPY", "2026-06-19", False),  # Juneteenth
        ("SPY", "2026-04-03", False),  # Good Friday
        ("^TNX", "2026-04-03", False),
        ("BTC-USD", "2026-06-20", True),  # a Saturday
        ("JPY=X", "2026-06-20", False),
        ("JPY=X", "2026-06-19", True),
        ("^N225", "2026-05-04", False),  # Greenery Day
        ("^N225", "2026-06-19", True),
        ("GC=F", "2026-04-03", False),
        ("^TNX", "2026-10-12", False),  # Columbus Day: no bonds
        ("^VIX", "2026-10-12", True),
    ],
)
def test_each_class_of_session_has_its_own_days(symbol: str, day: str, trades: bool) -> None:
    assert listed(symbol).trades(date.fromisoformat(day)) is trades


@pytest.mark.parametrize(
    ("symbol", "day", "opens", "closes"),
    [
        ("SPY", "2026-06-10", "2026-06-10T13:30+00:00", "2026-06-10T20:00+00:00"),
        ("SPY", "2026-12-10", "2026-12-10T14:30+00:00", "2026-12-10T21:00+00:00"),
        ("SPY", "2025-11-28", "2025-11-28T14:30+00:00", "2025-11-28T18:00+00:00"),
        ("^VIX", "2026-06-10", "2026-06-10T13:30+00:00", "2026-06-10T20:15+00:00"),
        ("^TNX", "2026-06-10", "2026-06-10T12:20+00:00", "2026-06-10T19:00+00:00"),
        ("GC=F", "2026-06-10", "2026-06-09T22:00+00:00", "2026-06-10T21:00+00:00"),
        ("BTC-USD", "2026-06-10", "2026-06-10T00:00+00:00", "2026-06-11T00:00+00:00"),
        ("^N225", "2026-06-10", "2026-06-10T00:00+00:00", "2026-06-10T06:30+00:00"),
        ("JPY=X", "2026-06-10", "2026-06-09T23:00+00:00", "2026-06-10T23:00+00:00"),
    ],
)
def test_hours(symbol: str, day: str, opens: str, closes: str) -> None:
    listing, when = listed(symbol), date.fromisoformat(day)
    assert (listing.opens(when), listing.closes(when)) == (at(opens), at(closes))


@pytest.mark.parametrize("symbol", ["SPY", "^VIX", "GC=F", "BTC-USD", "^N225", "^TNX"])
def test_hours_add_up_to_their_day(market: World, symbol: str) -> None:
    series = market[symbol]
    for row in range(100, 160):
        hours = series.whole_hours(series.days[row])
        bar = {name: series.columns[name][row] for name in series.columns}
        assert (hours[0].open, hours[-1].close) == (bar["open"], bar["close"])
        assert max(hour.high for hour in hours) == bar["high"]
        assert min(hour.low for hour in hours) == bar["low"]
        assert sum(hour.volume for hour in hours) == bar["volume"]
        assert all(one.close == pytest.approx(other.open) for one, other in pairwise(hours))
        assert all(hour.low <= min(hour.open, hour.close) for hour in hours)
        assert all(hour.high >= max(hour.open, hour.close) for hour in hours)


def test_every_finished_bar_is_one_that_a_source_may_have(market: World, universe: Universe) -> None:
    market.now = EVENING
    signed = wanted(universe, "yahoo")
    assert list(faults(market.bars(signed), signed)) == []


def test_a_bar_in_progress_grows_to_what_it_will_be(market: World) -> None:
    series, day = market["SPY"], date(2026, 6, 10)
    row = series.rows[day]
    moments = [at(f"2026-06-10T{hour}-04:00") for hour in ("09:45", "11:20", "15:59", "16:11")]
    volumes = [series.at(day, moment).volume for moment in moments]
    assert volumes == sorted(volumes)
    assert series.at(day, moments[-1]).close == series.columns["close"][row]
    assert series.at(day, moments[0]).close != series.columns["close"][row]
    assert series.at(day, at("2026-06-10T16:04-04:00")).close != series.columns["close"][row]


def test_what_has_begun() -> None:
    series = Simulated(SHORT).one("SPY")
    assert series.days[series.begun(at("2026-06-10T09:29-04:00")) - 1] == date(2026, 6, 9)
    assert series.days[series.begun(at("2026-06-10T09:30-04:00")) - 1] == date(2026, 6, 10)
    coin = Simulated(SHORT).one("BTC-USD")
    assert coin.days[coin.begun(at("2026-06-10T20:00-04:00")) - 1] == date(2026, 6, 11)


def test_a_symbol_is_the_same_whatever_else_there_is(market: World) -> None:
    alone = Simulated(Span(date(2024, 1, 2), date(2026, 11, 22))).one("NVDA")
    assert alone.columns["close"].tolist() == market["NVDA"].columns["close"].tolist()
    other = Simulated(Span(date(2024, 1, 2), date(2026, 11, 22), seed=2)).one("NVDA")
    assert alone.columns["close"].tolist() != other.columns["close"].tolist()


def test_funds_follow_what_they_hold(market: World) -> None:
    gold, fund = market["GC=F"], market["GLD"]
    days = [day for day in fund.days if day in gold.rows]
    ratio = [
        fund.columns["close"][fund.rows[day]] / gold.columns["close"][gold.rows[day]] * 10.9 for day in days
    ]
    assert np.abs(np.array(ratio) - 1).max() < 0.005


def test_a_bitcoin_fund_closes_at_the_coin_of_16_00(market: World) -> None:
    day = date(2026, 6, 10)
    coin, fund = market["BTC-USD"], market["IBIT"]
    mark = next(
        hour.close for hour in coin.whole_hours(day) if hour.stamp == at("2026-06-10T19:00Z").timestamp()
    )
    assert fund.columns["close"][fund.rows[day]] == round(mark / 1750, 2)


def test_fred_publishes_a_day_later(market: World) -> None:
    market.now = at("2026-06-10T15:00-04:00")
    yields = dict(market.published("DGS10") or ())
    assert max(yields) == date(2026, 6, 8)
    market.now = at("2026-06-10T15:31-04:00")
    assert max(dict(market.published("DGS10") or ())) == date(2026, 6, 9)
    assert yields[date(2026, 6, 8)] == pytest.approx(
        market["^TNX"].columns["close"][market["^TNX"].rows[date(2026, 6, 8)]], abs=0.006
    )
    market.now = at("2026-10-14T16:00-04:00")
    assert dict(market.published("DGS10") or ())[date(2026, 10, 12)] is None
    assert market.published("NONE") is None
    assert min(dict(market.published("BAMLH0A0HYM2") or ())) >= date(2023, 10, 14)


def test_a_split_is_unknown_until_its_day(universe: Universe) -> None:
    world = simulated(universe, SHORT, splits={"NVDA": {date(2026, 6, 10): 10.0}})
    series: Series = world["NVDA"]
    before, after = (series.daily(at(f"2026-06-{day}T17:30-04:00")) for day in ("09", "10"))
    row = series.rows[date(2026, 6, 8)]
    assert before["close"][row] == pytest.approx(after["close"][row] * 10)
    assert before["volume"][row] == pytest.approx(after["volume"][row] / 10, abs=1)


def test_dividends_lower_only_the_adjusted_past(market: World) -> None:
    series = market["TLT"]
    day, amount = next((d, a) for d, a in series.dividends.items() if d > date(2025, 1, 1))
    row = series.rows[day]
    factors = series.adjustments(row + 1)
    assert factors[row] == 1.0
    assert factors[row - 1] == pytest.approx(1 - amount / series.columns["close"][row - 1])


def test_mids_are_the_surface(market: World) -> None:
    market.now = EVENING
    expiry = next(day for day in expirations("SPY", EVENING) if (day - EVENING.date()).days > 25)
    spot = market.price("SPY")
    years = years_to(expiry, at("2026-06-10T16:00-04:00"))
    for call in (True, False):
        near = min(quotes(market, "SPY", expiry, call), key=lambda one: abs(one.strike - spot))
        sigma = volatility(market, "SPY", math.log(near.strike / spot), years)
        wanted_price = black_scholes(call, spot, near.strike, sigma * math.sqrt(years))
        assert (near.bid + near.ask) / 2 == pytest.approx(wanted_price, abs=0.006)


def test_black_scholes_at_the_money() -> None:
    """Hull: at the money, without interest, a call is about 0.4 S σ √T."""
    assert black_scholes(True, 100, 100, 0.2 * math.sqrt(0.25)) == pytest.approx(3.9878, abs=1e-4)
    assert black_scholes(True, 100, 90, 0.1) - black_scholes(False, 100, 90, 0.1) == pytest.approx(10)


def test_expiries_are_sessions(market: World) -> None:
    days = expirations("GLD", EVENING)
    assert days == sorted(set(days))
    assert date(2026, 6, 18) in days  # Juneteenth's Friday expires on the Thursday
    assert days[-1] - EVENING.date() > timedelta(300)
