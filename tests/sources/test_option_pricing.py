"""Black's formula against books and another library; its inverse against the formula."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentary.sources.option_pricing import delta, implied, value

PUBLISHED = [
    # J. C. Hull, Options, Futures and Other Derivatives, 7th edition, 13.6: S 42, K 40, r 10 %, σ 20 %, half a year
    (True, 42 * math.exp(0.05), 40, 0.2 * math.sqrt(0.5), math.exp(-0.05), 4.76, 0.005),
    (False, 42 * math.exp(0.05), 40, 0.2 * math.sqrt(0.5), math.exp(-0.05), 0.81, 0.005),
    # the same, examples 16.6 and 16.7: options on futures
    (False, 20, 20, 0.25 * math.sqrt(4 / 12), math.exp(-0.03), 1.12, 0.005),
    (True, 620, 600, 0.2 * math.sqrt(0.5), math.exp(-0.025), 44.19, 0.005),
    # E. G. Haug, Complete Guide to Option Pricing Formulas, 2nd edition, §1.1.1 and §1.1.2 (Merton: q 5 %)
    (True, 60 * math.exp(0.02), 65, 0.3 * math.sqrt(0.25), math.exp(-0.02), 2.1334, 0.00005),
    (False, 100 * math.exp(0.025), 95, 0.2 * math.sqrt(0.5), math.exp(-0.05), 2.4648, 0.00005),
    # doctests of py_vollib, ref_python/black_scholes and ref_python/black
    (True, 60 * math.exp(0.02), 65, 0.3 * math.sqrt(0.25), math.exp(-0.02), 2.13336844492, 1e-11),
    (True, 100, 100, 0.2 * math.sqrt(0.5), math.exp(-0.01), 5.5811067246048118, 1e-12),
]


@pytest.mark.parametrize(("call", "forward", "strike", "deviation", "discount", "price", "within"), PUBLISHED)
def test_prices_of_books(
    call: bool, forward: float, strike: float, deviation: float, discount: float, price: float, within: float
) -> None:
    assert abs(discount * value(call, forward, strike, deviation) - price) <= within


def test_volatility_of_a_book() -> None:
    # Hull, §13.11: S 21, K 20, r 10 %, three months, a call at 1.875 implies 23.5 % a year
    found = implied(True, 21 * math.exp(0.025), 20, 1.875 * math.exp(0.025)) / math.sqrt(0.25)
    assert abs(found - 0.235) < 0.0005


def test_a_straddle_at_the_forward_is_four_fifths_of_the_deviation() -> None:
    # Brenner and Subrahmanyam (1988): √(2/π) · F · σ√T
    straddle = value(True, 2000, 2000, 0.05) + value(False, 2000, 2000, 0.05)
    assert math.isclose(straddle, math.sqrt(2 / math.pi) * 2000 * 0.05, rel_tol=2e-4)


def test_deltas_of_a_book() -> None:
    # Haug §2.1.1: options on a future at 105, K 100, half a year, r 10 %, σ 36 %: discounted 0.5946 and −0.3566
    assert abs(math.exp(-0.05) * delta(False, 105, 100, 0.36 * math.sqrt(0.5)) + 0.3566) < 0.00005
    assert abs(math.exp(-0.05) * delta(True, 105, 100, 0.36 * math.sqrt(0.5)) - 0.5946) < 0.00005


FORWARDS = st.floats(1, 10_000)
MONEYNESS = st.floats(-0.6, 0.6)
DEVIATIONS = st.floats(0.01, 1.5)


@given(FORWARDS, MONEYNESS, DEVIATIONS)
def test_put_and_call_keep_parity(forward: float, moneyness: float, deviation: float) -> None:
    strike = forward * math.exp(moneyness)
    call, put = (value(kind, forward, strike, deviation) for kind in (True, False))
    assert math.isclose(call - put, forward - strike, rel_tol=1e-9, abs_tol=1e-9 * forward)
    assert math.isclose(
        delta(True, forward, strike, deviation) - delta(False, forward, strike, deviation), 1, rel_tol=1e-12
    )


@given(st.booleans(), FORWARDS, MONEYNESS, DEVIATIONS)
def test_a_price_leads_back_to_its_volatility(
    call: bool, forward: float, moneyness: float, deviation: float
) -> None:
    strike = forward * math.exp(moneyness)
    worth = value(call, forward, strike, deviation)
    outside = worth - max(0.0, forward - strike if call else strike - forward)
    if outside < 1e-7 * forward:  # less than doubles can tell from the intrinsic value
        return
    assert abs(implied(call, forward, strike, worth) - deviation) < 1e-7


@given(FORWARDS, MONEYNESS, DEVIATIONS, st.floats(1.001, 2))
def test_a_dearer_option_implies_more(
    forward: float, moneyness: float, deviation: float, dearer: float
) -> None:
    strike = forward * math.exp(moneyness)
    call = moneyness >= 0
    worth = value(call, forward, strike, deviation)
    if 1e-9 * forward < worth and worth * dearer < min(forward, strike):
        assert implied(call, forward, strike, worth * dearer) > implied(call, forward, strike, worth)


@pytest.mark.parametrize(
    ("call", "worth"),
    [(True, 0.0), (True, 10.0), (True, 9.5), (True, 110.0), (False, 0.0), (False, -1.0), (False, 100.0)],
)
def test_what_cannot_be_a_price_implies_nothing(call: bool, worth: float) -> None:
    assert math.isnan(implied(call, 110, 100, worth))
