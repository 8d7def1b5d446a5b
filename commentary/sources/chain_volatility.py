"""What an option chain prices: one-month volatility at the money, put skew, where contracts are open.

Everything is read from bid and ask as they stood at a session's close; the volatility that a feed prints
beside a quote is never read. Times are calendar days over 365, variances σ²T.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from commentary.sources.option_pricing import delta, implied
from commentary.sources.store_shapes import Quote

YEAR, MONTH = 365, 30

SOONEST, LATEST = 14, 60
"""Days to the expiries that may straddle a month."""

ALONE = 2
"""Days about a month within which one expiry stands for it where no other is listed beyond."""

WIDEST = 0.25
"""Ask less bid over their mid, above which a quote is no price."""

CARRY = 0.02
"""Forward over spot less one, above which quotes and spot are not of one moment: over two months, interest
and dividends make less than half of it."""

APART, TWISTED = 0.05, 0.2
"""Share of the forward that two strikes may lie apart for something between them to be read, and by which the
put and the call about it may differ in volatility."""

SKEW_DELTA = 0.25

REACH = 1.25
"""Deviations about the forward within which a chain is kept: a put of SKEW_DELTA lies within one."""

PAIRS = 3
"""Strikes on either side of the forward of which puts and calls are kept both."""


class NoVolatility(Exception):  # noqa: N818 - an answer, not a failure of the source
    """A chain that prices nothing which can be read, with the reason."""


@dataclass(frozen=True)
class Moment:
    """What a chain is read with: its session, the price of what it is on, a yearly rate (fraction)."""

    session: date
    spot: float
    rate: float


@dataclass(frozen=True)
class Smile:
    """One expiry: days to it, the forward, variances at the forward and of the put of SKEW_DELTA (nan where
    the chain does not reach so far)."""

    days: int
    forward: float
    at_money: float
    put: float


def straddling(expiries: Collection[date], session: date) -> tuple[date, ...]:
    """The expiries that a month is read from: the last within it and the first beyond, or one that is as good
    as a month away. Raises NoVolatility where there are none."""
    days = {(expiry - session).days: expiry for expiry in sorted(expiries)}
    near = max((count for count in days if SOONEST <= count <= MONTH), default=None)
    far = min((count for count in days if MONTH <= count <= LATEST), default=None)
    found = sorted({count for count in (near, far) if count is not None})
    if len(found) == 2 or (found and abs(found[0] - MONTH) <= ALONE):
        return tuple(days[count] for count in found)
    listed = ", ".join(map(str, sorted(days))) or "none"
    raise NoVolatility(f"no expiries {SOONEST} to {LATEST} days away about {MONTH} (days listed: {listed})")


def measures(quotes: Iterable[Quote], moment: Moment) -> dict[str, float]:
    """Of a chain, nan where it does not show it: ``iv_30d`` and ``put_skew_30d`` in points of volatility,
    ``oi_put_strike``, ``oi_call_strike`` in the units of the spot, ``put_call_oi``.

    Variances at the forward are interpolated linearly in time to a month, as Cboe's VIX is; put skew is the
    volatility of the put of 25 deltas, interpolated the same way, less that at the forward.
    Raises NoVolatility where there is no ``iv_30d``.
    """
    chain = list(quotes)
    smiles = [smile(part, moment) for part in by_expiry(chain).values()]
    centre = over_a_month({item.days: item.at_money for item in smiles})
    if math.isnan(centre):
        raise NoVolatility("less variance is priced until the later expiry than until the earlier one")
    wing = over_a_month({item.days: item.put for item in smiles})
    return {"iv_30d": centre, "put_skew_30d": wing - centre, **open_interest(chain, moment.spot)}


def by_expiry(quotes: Iterable[Quote]) -> dict[date, list[Quote]]:
    """Quotes of each expiry. Raises NoVolatility where there is no quote."""
    found: dict[date, list[Quote]] = {}
    for quote in quotes:
        found.setdefault(quote.expiry, []).append(quote)
    if not found:
        raise NoVolatility("an empty chain")
    return found


def over_a_month(variances: Mapping[int, float]) -> float:
    """Volatility in points over a month, from the variance up to the one day or the two of ``straddling``.

    nan where the variance falls with time, which no prices of one moment do, and where one is nan.
    """
    days = sorted(variances)
    first, last = days[0], days[-1]
    if not variances[first] <= variances[last]:
        return math.nan
    if first == last:
        return 100 * math.sqrt(variances[first] * YEAR / first)
    share = (MONTH - first) / (last - first)
    variance = variances[first] * (1 - share) + variances[last] * share
    return 100 * math.sqrt(variance * YEAR / MONTH)


def smile(quotes: Collection[Quote], moment: Moment) -> Smile:
    """What the quotes of one expiry price. Raises NoVolatility where nothing at the forward can be read."""
    days = (next(iter(quotes)).expiry - moment.session).days
    growth = math.exp(moment.rate * days / YEAR)
    calls, puts = (_worths(quotes, call, growth) for call in (True, False))
    forward = forward_of(calls, puts)
    if abs(forward / moment.spot - 1) > CARRY:
        raise NoVolatility(f"options price a forward of {forward:.2f} with the price at {moment.spot:.2f}")
    below = _deviations(puts, False, forward)
    above = _deviations(calls, True, forward)
    return Smile(days, forward, _at_forward(below, above, forward) ** 2, _of_delta(below, forward) ** 2)


def mid(quote: Quote) -> float:
    """Middle of bid and ask; nan for a quote that is no price: no bid, crossed, or too wide."""
    middle = (quote.bid + quote.ask) / 2
    sound = quote.bid > 0 and quote.ask >= quote.bid and quote.ask - quote.bid <= WIDEST * middle
    return middle if sound and math.isfinite(middle) else math.nan


def forward_of(calls: Mapping[float, float], puts: Mapping[float, float]) -> float:
    """Forward by put-call parity at the strike where call and put are nearest (Cboe, VIX methodology).

    Undiscounted mids by strike. Raises NoVolatility where no strike has both.
    """
    both = calls.keys() & puts.keys()
    if not both:
        raise NoVolatility("no strike with a price for both its put and its call")
    strike = min(both, key=lambda item: (abs(calls[item] - puts[item]), item))
    return strike + calls[strike] - puts[strike]


def near_money(quotes: Iterable[Quote], moment: Moment) -> list[Quote]:
    """The part of a chain that measures are made from: of each expiry the options out of the money within
    REACH, and both kinds at PAIRS strikes on either side of the forward. Raises NoVolatility as ``smile``."""
    found: list[Quote] = []
    for part in by_expiry(quotes).values():
        shape = smile(part, moment)
        reach = REACH * math.sqrt(shape.at_money)
        paired = _paired(part, shape.forward)
        found += [
            quote
            for quote in part
            if quote.strike in paired
            or (
                quote.call == (quote.strike > shape.forward)
                and abs(math.log(quote.strike / shape.forward)) <= reach
            )
        ]
    return found


def open_interest(quotes: Iterable[Quote], spot: float) -> dict[str, float]:
    """Strikes with the most open puts at or below the price and open calls at or above it, over all expiries
    of the chain, and the open puts below over the open calls above; nan where none are open."""
    puts: dict[float, float] = {}
    calls: dict[float, float] = {}
    for quote in quotes:
        side = calls if quote.call else puts
        beyond = quote.strike >= spot if quote.call else quote.strike <= spot
        if beyond and quote.open_interest > 0:
            side[quote.strike] = side.get(quote.strike, 0.0) + quote.open_interest
    ratio = sum(puts.values()) / sum(calls.values()) if puts and calls else math.nan
    return {"oi_put_strike": _most(puts), "oi_call_strike": _most(calls), "put_call_oi": ratio}


def _most(held: Mapping[float, float]) -> float:
    return max(held, key=lambda strike: (held[strike], -strike), default=math.nan)


def _worths(quotes: Iterable[Quote], call: bool, growth: float) -> dict[float, float]:
    """Undiscounted mids of one kind by strike."""
    found = {quote.strike: mid(quote) * growth for quote in quotes if quote.call == call}
    return {strike: worth for strike, worth in sorted(found.items()) if worth == worth}


def _deviations(worths: Mapping[float, float], call: bool, forward: float) -> dict[float, float]:
    """Deviations of options out of the money, by strike; those outside the bounds of no arbitrage are left out."""
    found = {
        strike: implied(call, forward, strike, worth)
        for strike, worth in worths.items()
        if (strike > forward) == call
    }
    return {strike: deviation for strike, deviation in found.items() if deviation == deviation}


def _at_forward(below: Mapping[float, float], above: Mapping[float, float], forward: float) -> float:
    """Deviation at the forward, between the put at or below it and the call above it."""
    if not below or not above or min(above) - max(below) > APART * forward:
        raise NoVolatility(f"no prices on both sides of the forward at {forward:.2f}")
    low, high = max(below), min(above)
    if not 1 - TWISTED <= below[low] / above[high] <= 1 + TWISTED:
        raise NoVolatility(f"put and call about the forward at {forward:.2f} price different volatilities")
    share = (forward - low) / (high - low)
    return below[low] * (1 - share) + above[high] * share


def _of_delta(below: Mapping[float, float], forward: float) -> float:
    """Deviation of the put of SKEW_DELTA, linearly in delta between two strikes; nan where none straddle it."""
    puts = [(strike, -delta(False, forward, strike, below[strike])) for strike in sorted(below, reverse=True)]
    for (high, more), (low, less) in pairwise(puts):
        if less <= SKEW_DELTA <= more and high - low <= APART * forward:
            share = (more - SKEW_DELTA) / (more - less) if more > less else 0.0
            return below[high] * (1 - share) + below[low] * share
    return math.nan


def _paired(quotes: Iterable[Quote], forward: float) -> set[float]:
    """Strikes next to the forward of which both kinds have a price."""
    priced: dict[float, int] = {}
    for quote in quotes:
        priced[quote.strike] = priced.get(quote.strike, 0) + (mid(quote) > 0)
    both = sorted(strike for strike, kinds in priced.items() if kinds == 2)
    lower = [strike for strike in both if strike <= forward][-PAIRS:]
    return {*lower, *[strike for strike in both if strike > forward][:PAIRS]}
