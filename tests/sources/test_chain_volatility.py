"""One-month volatility, skew and open interest of chains written out by hand or by another's formula."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from statistics import NormalDist

import pytest

from commentary.sources.chain_volatility import (
    Moment,
    NoVolatility,
    by_expiry,
    forward_of,
    measures,
    mid,
    near_money,
    open_interest,
    over_a_month,
    smile,
    straddling,
)
from commentary.sources.store_shapes import Quote
from tests.yahoo.chains import black_scholes

SESSION = date(2026, 3, 4)
NEAR, FAR = SESSION + timedelta(23), SESSION + timedelta(37)
Surface = Callable[[float, int], float]


def flat(level: float) -> Surface:
    return lambda moneyness, days: level


def made(surface: Surface, spot: float = 600.0, rate: float = 0.0, step: float = 1.0) -> list[Quote]:
    """Chains of both expiries to a tenth of a cent, one percent wide."""
    found = []
    for expiry in (NEAR, FAR):
        days = (expiry - SESSION).days
        forward, discount = spot * math.exp(rate * days / 365), math.exp(-rate * days / 365)
        for place in range(round(spot * 0.7 / step), round(spot * 1.3 / step)):
            strike = place * step
            deviation = surface(math.log(strike / forward), days) * math.sqrt(days / 365)
            for call in (True, False):
                price = discount * black_scholes(call, forward, strike, deviation)
                found.append(quote(expiry, strike, call, price))
    return found


def quote(expiry: date, strike: float, call: bool, price: float, held: float = 100.0) -> Quote:
    return Quote(expiry, strike, call, price * 0.995, price * 1.005, held)


def at(spot: float = 600.0, rate: float = 0.0) -> Moment:
    return Moment(SESSION, spot, rate)


@pytest.mark.parametrize("level", [0.08, 0.2, 0.9])
def test_a_flat_surface_is_read_back(level: float) -> None:
    found = measures(made(flat(level)), at())
    assert math.isclose(found["iv_30d"], 100 * level, rel_tol=1e-9)
    assert abs(found["put_skew_30d"]) < 1e-8


def test_interest_moves_the_forward_not_the_volatility() -> None:
    chain = made(flat(0.2), rate=0.05)
    shape = smile(by_expiry(chain)[FAR], at(rate=0.05))
    assert math.isclose(shape.forward, 600 * math.exp(0.05 * 37 / 365), rel_tol=1e-9)
    assert math.isclose(measures(chain, at(rate=0.05))["iv_30d"], 20, rel_tol=1e-9)
    assert abs(measures(chain, at())["iv_30d"] - 20) < 20 * 0.05 / 10  # without a rate


def test_variance_is_interpolated_in_time() -> None:
    # 20 % over 23 days and 22 % over 37: 30 lies midway, (0.04 · 23 + 0.0484 · 37) / 2 / 30 = 0.04518
    assert math.isclose(over_a_month({23: 0.04 * 23 / 365, 37: 0.0484 * 37 / 365}), 100 * math.sqrt(0.04518))
    chain = made(lambda moneyness, days: 0.2 if days == 23 else 0.22)
    assert math.isclose(measures(chain, at())["iv_30d"], 100 * math.sqrt(0.04518), rel_tol=1e-9)
    assert math.isclose(over_a_month({29: 0.04 * 29 / 365}), 20)


def test_variance_that_falls_with_time_is_none() -> None:
    assert math.isnan(over_a_month({23: 0.003, 37: 0.002}))
    with pytest.raises(NoVolatility, match="less variance"):
        measures(made(lambda moneyness, days: 0.4 if days == 23 else 0.2), at())


def test_skew_is_the_volatility_of_the_put_of_25_deltas_less_that_at_the_forward() -> None:
    slope = -0.4  # points of volatility per unit of log-moneyness
    chain = made(lambda moneyness, days: 0.2 + slope * moneyness, step=0.5)
    wings = []
    for days in (23, 37):  # N(−d1) = 0.25 where d1 = 0.6745, by hand: bisection on the strike
        low, high = -0.3, 0.0
        for _ in range(60):
            middle = (low + high) / 2
            deviation = (0.2 + slope * middle) * math.sqrt(days / 365)
            low, high = (
                (middle, high)
                if NormalDist().cdf(middle / deviation - deviation / 2) < 0.25
                else (low, middle)
            )
        wings.append(((0.2 + slope * low) ** 2) * days)
    wanted = 100 * math.sqrt(sum(wings) / 2 / 30) - 20
    assert wanted > 1
    assert abs(measures(chain, at())["put_skew_30d"] - wanted) < 0.01


def test_a_chain_that_does_not_reach_has_no_skew() -> None:
    chain = [item for item in made(flat(0.2)) if item.strike >= 590]
    found = measures(chain, at())
    assert math.isclose(found["iv_30d"], 20, rel_tol=1e-9)
    assert math.isnan(found["put_skew_30d"])


def test_the_forward_is_read_where_put_and_call_are_nearest() -> None:
    # Cboe, VIX methodology: K + (C − P) at the strike of the least difference
    calls = {1965.0: 21.05, 1970.0: 18.1, 1960.0: 24.25}
    puts = {1965.0: 23.15, 1970.0: 25.05, 1960.0: 21.3}
    assert math.isclose(forward_of(calls, puts), 1965 + 21.05 - 23.15)
    with pytest.raises(NoVolatility, match="both its put and its call"):
        forward_of({1.0: 2.0}, {2.0: 1.0})


@pytest.mark.parametrize(
    ("bid", "ask", "middle"),
    [
        (1.0, 1.1, 1.05),
        (1.0, 1.0, 1.0),
        (0.88, 1.12, 1.0),
        (0.0, 0.05, math.nan),  # nobody bids
        (1.2, 1.1, math.nan),  # crossed
        (0.5, 1.5, math.nan),  # wider than a quarter of its middle
        (1.0, 0.0, math.nan),  # nobody asks
        (math.nan, 1.0, math.nan),
        (1.0, math.nan, math.nan),
        (1.0, math.inf, math.nan),
        (-1.0, -0.9, math.nan),
    ],
)
def test_what_is_a_price(bid: float, ask: float, middle: float) -> None:
    found = mid(Quote(NEAR, 100, True, bid, ask, 1))
    assert found == middle or (math.isnan(found) and math.isnan(middle))


def spoiled(chain: list[Quote], bad: Callable[[Quote], Quote], strikes: range) -> list[Quote]:
    return [bad(item) if item.strike in strikes else item for item in chain]


def unbid(item: Quote) -> Quote:
    return replace(item, bid=0.0)


def crossed(item: Quote) -> Quote:
    return replace(item, bid=item.ask, ask=item.bid * 0.9)


def wide(item: Quote) -> Quote:
    return replace(item, bid=item.bid * 0.5, ask=item.ask * 1.5)


def worthless(item: Quote) -> Quote:
    """Below its intrinsic value, or above what it is on: no price without a free gain."""
    price = 1000.0 if item.call else 1200.0
    return replace(item, bid=price, ask=price)


@pytest.mark.parametrize("bad", [unbid, crossed, wide])
def test_single_bad_quotes_are_stepped_across(bad: Callable[[Quote], Quote]) -> None:
    chain = spoiled(made(flat(0.2)), bad, range(598, 603))
    found = measures(chain, at())
    assert math.isclose(found["iv_30d"], 20, rel_tol=1e-9)


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (unbid, "no strike with a price"),
        (crossed, "no strike with a price"),
        (wide, "no strike with a price"),
    ],
)
def test_a_chain_of_bad_quotes_is_refused(bad: Callable[[Quote], Quote], said: str) -> None:
    with pytest.raises(NoVolatility, match=said):
        measures(spoiled(made(flat(0.2)), bad, range(2000)), at())


def test_one_sided_and_empty_chains_are_refused() -> None:
    chain = made(flat(0.2))
    for kind in (True, False):
        with pytest.raises(NoVolatility, match="both its put and its call"):
            measures([item for item in chain if item.call == kind], at())
    with pytest.raises(NoVolatility, match="empty"):
        measures([], at())
    with pytest.raises(NoVolatility, match="empty"):
        near_money([], at())


def test_a_gap_about_the_forward_is_refused() -> None:
    chain = [item for item in made(flat(0.2)) if item.call == (item.strike > 600) or item.strike == 620]
    holed = [item for item in chain if not 580 < item.strike < 620]
    with pytest.raises(NoVolatility):
        measures(holed, at())


def test_quotes_of_another_moment_than_the_spot_are_refused() -> None:
    chain = made(flat(0.2))
    with pytest.raises(NoVolatility, match=r"a forward of 600\.00 with the price at 620\.00"):
        measures(chain, at(620))


def test_a_misquoted_option_at_the_money_is_refused() -> None:
    chain = made(flat(0.2))
    bad = [
        replace(item, bid=item.bid * 2, ask=item.ask * 2) if item.strike == 600 else item for item in chain
    ]
    with pytest.raises(NoVolatility, match="different volatilities"):
        measures([item for item in bad if not (item.strike == 600 and item.call)], at(600.3))


def test_outside_the_bounds_of_no_arbitrage_there_is_no_volatility() -> None:
    chain = spoiled(made(flat(0.2)), worthless, range(575, 580))
    found = measures(chain, at())
    assert math.isclose(found["iv_30d"], 20, rel_tol=1e-9)
    assert abs(found["put_skew_30d"]) < 1e-8


def test_which_expiries_a_month_is_read_from() -> None:
    def days(*counts: int) -> list[date]:
        return [SESSION + timedelta(count) for count in counts]

    assert straddling(days(2, 9, 16, 23, 37, 44), SESSION) == tuple(days(23, 37))
    assert straddling(days(30, 37, 23), SESSION) == tuple(days(30))
    assert straddling(days(14, 60), SESSION) == tuple(days(14, 60))
    assert straddling(days(2, 28), SESSION) == tuple(days(28))
    assert straddling(days(32, 60), SESSION) == tuple(days(32))
    for refused in (days(), days(2, 9), days(16, 90), days(13, 45), days(23)):
        with pytest.raises(NoVolatility, match="no expiries 14 to 60 days away"):
            straddling(refused, SESSION)


def test_open_interest_below_and_above_the_price() -> None:
    chain = [
        quote(NEAR, 580, False, 1, held=500), quote(FAR, 580, False, 1, held=200),
        quote(NEAR, 590, False, 1, held=650), quote(NEAR, 610, True, 1, held=300),
        quote(NEAR, 620, True, 1, held=math.nan), quote(FAR, 630, True, 1, held=150),
        quote(NEAR, 610, False, 1, held=9000), quote(NEAR, 590, True, 1, held=9000),
    ]  # fmt: skip
    assert open_interest(chain, 600) == {
        "oi_put_strike": 580, "oi_call_strike": 610, "put_call_oi": 1350 / 450,
    }  # fmt: skip


def test_without_open_interest_there_are_no_strikes() -> None:
    found = open_interest([replace(item, open_interest=0.0) for item in made(flat(0.2))], 600)
    assert all(math.isnan(item) for item in found.values())
    assert math.isclose(measures(made(flat(0.2)), at())["iv_30d"], 20, rel_tol=1e-9)


def test_the_kept_part_of_a_chain_prices_the_same() -> None:
    chain = made(lambda moneyness, days: 0.2 - 0.3 * moneyness)
    part = near_money(chain, at())
    whole, kept = measures(chain, at()), measures(part, at())
    assert len(part) < len(chain) / 5
    assert math.isclose(whole["iv_30d"], kept["iv_30d"], rel_tol=1e-12)
    assert math.isclose(whole["put_skew_30d"], kept["put_skew_30d"], rel_tol=1e-12)
    assert near_money(part, at()) == part
