"""A model, not a measurement: what funds that promise a multiple of the day must trade into the close.

Cheng and Madhavan (2009): a fund of assets A that promises L times the day's return r must trade
L(L − 1)·r·A, the way that the day went, whichever the sign of L. No trade of anybody is read.
"""

from __future__ import annotations

from collections.abc import Iterable

from commentary.model import ReadingSpec
from commentary.readings._context import Context
from commentary.readings._protocol import Blocks, Setting
from commentary.readings.volume import dollar_volume
from commentary.units import Unit

NEEDS: tuple[str, ...] = ()

MULTIPLES = (2, 3, -1, -2, -3)
"""Multiples in which stock funds are sold; taken with equal assets in each."""

GEARED = {"sp500": "leveraged.sp500_gearing", "nasdaq100": "leveraged.nasdaq100_gearing"}
"""Index → observed sum of L(L − 1)·assets, in dollars, over the funds on it."""

TRADED = ("spy", "qqq")
CARRIED = 21
"""Sessions for which assets are carried: many funds print them by the month."""


def declare(setting: Setting) -> Iterable[ReadingSpec]:
    """Trading into the close: over the funds' assets, and over the day's dollar volume where assets are banked."""
    mean = sum(number * (number - 1) for number in MULTIPLES) / len(MULTIPLES)
    share = f"model: mean of L(L − 1) over L of {MULTIPLES}, {mean:g}, times the S&P's return"
    volume = "model: sum of L(L − 1)·assets·return over funds on the S&P and the Nasdaq 100, over SPY and QQQ"
    day, inputs = "1 session", (*GEARED, *TRADED)
    return (
        ReadingSpec("leveraged.rebalance_share", Unit.FRACTION, day, ("sp500",), 1, -6, 6, share),
        ReadingSpec("leveraged.volume_share", Unit.FRACTION, day, inputs, 1, -10, 10, volume),
    )


def compute(context: Context) -> Blocks:
    """Signed as the day. The share of volume is missing where the assets of either index are not banked."""
    moves = context.returns(tuple(GEARED))
    mean = sum(number * (number - 1) for number in MULTIPLES) / len(MULTIPLES)
    # Assets as known on the evening before: the funds trade on what they had.
    geared = [context.observed(name).ffill(limit=CARRIED).shift(1) * moves[on] for on, name in GEARED.items()]
    dollars = dollar_volume(context, TRADED).sum(axis=1, skipna=False)
    return {
        "leveraged.rebalance_share": mean * moves["sp500"],
        "leveraged.volume_share": (geared[0] + geared[1]) / dollars,
    }
