"""Black's formula for options on a forward, and its inverse.

Black (1976), undiscounted: Black and Scholes (1973) and Merton (1973) are this with the forward S·e^((r−q)T)
and the discount e^(−rT). A *deviation* is σ√T: volatility by the root of the time to expiry in years.
"""

from __future__ import annotations

import math

STEPS = 100
PRECISION = 1e-15
"""Relative step below which a deviation is found."""

_ROOT_TWO, _ROOT_TAU = math.sqrt(2), math.sqrt(2 * math.pi)


def value(call: bool, forward: float, strike: float, deviation: float) -> float:
    """What an option is worth at expiry on average, undiscounted, in the units of the forward."""
    sign = 1 if call else -1
    near, far = _places(forward, strike, deviation)
    return sign * (forward * _below(sign * near) - strike * _below(sign * far))


def delta(call: bool, forward: float, strike: float, deviation: float) -> float:
    """Change of an option's value by that of the forward: 0 to 1 of a call, −1 to 0 of a put."""
    near, _ = _places(forward, strike, deviation)
    return _below(near) if call else -_below(-near)


def implied(call: bool, forward: float, strike: float, worth: float) -> float:
    """The deviation at which ``value`` is ``worth``; nan where none is: not above the intrinsic value, or not
    below the forward (a call) or the strike (a put).

    Newton's steps from the point of inflection (Manaster and Koehler 1982) on the side of the option that is
    out of the money, halving where a step would leave the bracket.
    """
    intrinsic = max(0.0, forward - strike if call else strike - forward)
    moneyness = -abs(math.log(forward / strike))
    target = (worth - intrinsic) / math.sqrt(forward * strike)
    if not 0 < target < math.exp(moneyness / 2):
        return math.nan
    low, high = 0.0, 1.0
    while _scaled(moneyness, high) < target:
        if high > STEPS:
            return math.nan
        low, high = high, 2 * high
    start = math.sqrt(-2 * moneyness)
    return _solved(moneyness, target, (low, high, start if low < start < high else (low + high) / 2))


def _solved(moneyness: float, target: float, bracket: tuple[float, float, float]) -> float:
    low, high, guess = bracket
    for _ in range(STEPS):
        error = _scaled(moneyness, guess) - target
        low, high = (low, guess) if error > 0 else (guess, high)
        slope = _slope(moneyness, guess)
        step = guess - error / slope if slope > 0 else low
        if not low < step < high:
            step = (low + high) / 2
        if abs(step - guess) <= PRECISION * guess:
            return step
        guess = step
    return guess


def _scaled(moneyness: float, deviation: float) -> float:
    """Value of an option out of the money over √(forward · strike); ``moneyness`` is not above 0."""
    first, second = moneyness / deviation, deviation / 2
    half = math.exp(moneyness / 2)
    return half * _below(first + second) - _below(first - second) / half


def _slope(moneyness: float, deviation: float) -> float:
    near = moneyness / deviation + deviation / 2
    return math.exp(moneyness / 2 - near * near / 2) / _ROOT_TAU


def _places(forward: float, strike: float, deviation: float) -> tuple[float, float]:
    """d1 and d2."""
    near = math.log(forward / strike) / deviation + deviation / 2
    return near, near - deviation


def _below(place: float) -> float:
    """Share of a standard normal distribution below a place, exact in the far left tail too."""
    return math.erfc(-place / _ROOT_TWO) / 2
