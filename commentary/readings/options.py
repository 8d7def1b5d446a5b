"""What the volatility indices say together: term structure, forward volatility, priced moves."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from commentary.model import ReadingSpec
from commentary.readings._context import Context
from commentary.readings._protocol import Blocks, Setting
from commentary.units import Unit

NEEDS = ("returns", "volatility", "levels")

NEAR, MONTH, QUARTER = ("vix9d", 9), ("vix", 30), ("vix3m", 93)
"""Indices of the S&P's implied volatility and the calendar days that they look over."""

DAILY = 15.87
"""Square root of 252: yearly volatility in percent over this is a day's."""


def declare(setting: Setting) -> Iterable[ReadingSpec]:
    """Ratios of VIX indices, forward volatilities, the S&P's move over the priced one, gold's breakeven."""
    day, forward = "1 session", "sqrt((T·long² − t·short²)/(T − t)), days of the indices as T and t"
    implied = "absolute return in percent over (VIX of the session before / 15.87)"
    gold = (
        "a month's at-the-money straddle: future · iv_30d/100 · sqrt(30/365) · sqrt(2/π) (Brenner and "
        "Subrahmanyam 1988), else future · GVZ/100 · sqrt(21/252) · 0.8"
    )
    ratio, points, metal = Unit.RATIO, Unit.POINTS, ("gold_future", "gold_vol")
    return (
        ReadingSpec("vix.term_ratio", ratio, day, ("vix", "vix3m"), 0, 0.2, 5, "VIX over three-month VIX"),
        ReadingSpec("vix.front_ratio", ratio, day, ("vix9d", "vix"), 0, 0.2, 5, "nine-day VIX over VIX"),
        ReadingSpec("vix.forward_9_30", points, day, ("vix9d", "vix"), 0, 0, 600, forward),
        ReadingSpec("vix.forward_30_93", points, day, ("vix", "vix3m"), 0, 0, 600, forward),
        ReadingSpec("sp500.move_vs_implied", ratio, day, ("sp500", "vix"), 1, 0, 50, implied),
        ReadingSpec("gold.breakeven_usd_1m", Unit.PRICE, day, metal, 0, 0, 10_000, gold),
    )


def compute(context: Context) -> Blocks:
    """Missing where either index is; gold's breakeven where neither chain nor index prices it."""
    level = context.frame("level", ("vix9d", "vix", "vix3m", "gold_vol", "gold_future"))
    priced = context.reading("vix.level_prev") / DAILY
    chain, index = straddles(context, level)
    return {
        "vix.term_ratio": level["vix"] / level["vix3m"],
        "vix.front_ratio": level["vix9d"] / level["vix"],
        "vix.forward_9_30": forward(level, NEAR, MONTH),
        "vix.forward_30_93": forward(level, MONTH, QUARTER),
        "sp500.move_vs_implied": context.reading("sp500.return_1d").abs() * 100 / priced,
        "gold.breakeven_usd_1m": chain.fillna(index),
    }


def straddles(context: Context, level: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Dollars an ounce that a month's straddle on gold costs, by the fund's chain and by the index."""
    future, implied = level["gold_future"], context.observed("gold.iv_30d")
    chain = future * implied / 100 * np.sqrt(30 / 365) * np.sqrt(2 / np.pi)
    return chain, future * level["gold_vol"] / 100 * np.sqrt(21 / 252) * 0.8


def forward(level: pd.DataFrame, near: tuple[str, int], far: tuple[str, int]) -> pd.Series:
    """Volatility between two horizons; missing where the far variance is below the near one."""
    (short, start), (long, end) = near, far
    variance = (end * level[long] ** 2 - start * level[short] ** 2) / (end - start)
    return pd.Series(np.sqrt(variance.where(variance >= 0)), index=level.index)
