"""The stock indices: the worst of them, averages lost, distance from the high, last week, trading cost."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from commentary.model import ReadingSpec
from commentary.readings._context import Context
from commentary.readings._protocol import Blocks, Setting
from commentary.readings._scaled import in_sigmas_of, sigma
from commentary.readings.volume import dollar_volume
from commentary.units import Unit

NEEDS = ("returns", "levels")

INDICES = ("sp500", "nasdaq", "russell")
AVERAGED = ("sp500", "nasdaq")
DEFENSIVE = ("staples", "utilities", "health")
DAYS = (20, 50, 100, 200)


def declare(setting: Setting) -> Iterable[ReadingSpec]:
    """Readings of the S&P 500, the Nasdaq, the Russell, the defensives and the trading of SPY."""
    clip, history, z, day = setting.scale.sigma.clip, setting.history, Unit.SIGMA, "1 session"
    worst = f"lowest move_z of {', '.join(INDICES)}"
    defensives = "z of the mean return of staples, utilities and health care less the S&P's"
    broken = "closes of the S&P and the Nasdaq crossing below their 20-, 50-, 100- and 200-session averages"
    week = "return of the 5 sessions ending the day before, over σ·√5"
    impact = "Amihud (2002): |S&P return|/dollar volume of SPY, mean of 5 over the median of 60 before"
    averages = tuple(f"{name}.broke_{days}d" for name in AVERAGED for days in DAYS)
    return (
        ReadingSpec("equities.worst_z", z, day, INDICES, history, -clip, clip, worst),
        ReadingSpec("defensives.move_z", z, day, (*DEFENSIVE, "sp500"), history, -clip, clip, defensives),
        ReadingSpec("averages.broken", Unit.COUNT, day, averages, 200, 0, 8, broken),
        ReadingSpec("sp500.drawdown", Unit.FRACTION, "252 sessions", ("sp500",), 251, -1, 0, "from the high"),
        ReadingSpec("sp500.return_5d_prev_z", z, "5 sessions before", ("sp500",), history + 1, -40, 40, week),
        ReadingSpec(
            "sp500.worst_z_10d", z, "10 sessions before", ("sp500",), history + 1, -clip, clip, "lowest z"
        ),
        ReadingSpec("spy.impact_ratio", Unit.RATIO, "65 sessions", ("sp500", "spy"), 45, 0, 100, impact),
    )


def compute(context: Context) -> Blocks:
    """``averages.broken`` counts the averages that are known; the worst index is that of those known."""
    scale = context.setting.scale.sigma
    moves = context.returns(("sp500", *DEFENSIVE))
    index = moves["sp500"]
    broken = context.readings([f"{name}.broke_{days}d" for name in AVERAGED for days in DAYS])
    week = context.changes(("sp500",), 5)
    week_z = (week / (sigma(moves[["sp500"]], scale) * np.sqrt(5)))["sp500"]
    return {
        "equities.worst_z": context.frame("move_z", INDICES).min(axis=1),
        "defensives.move_z": in_sigmas_of(moves[list(DEFENSIVE)].mean(axis=1, skipna=False) - index, scale),
        "averages.broken": broken.sum(axis=1).where(broken.notna().all(axis=1)),
        "sp500.drawdown": context.reading("sp500.high_252d_gap"),
        "sp500.return_5d_prev_z": week_z.shift(1),
        "sp500.worst_z_10d": context.reading("sp500.move_z").rolling(10, min_periods=1).min().shift(1),
        "spy.impact_ratio": impact_ratio(index, dollar_volume(context, ("spy",))["spy"]),
    }


def impact_ratio(moves: pd.Series, dollars: pd.Series) -> pd.Series:
    """Price impact a dollar, mean of 5 sessions, over the median of the 60 sessions that end before those."""
    impact = moves.abs() / dollars
    usual = impact.rolling(60, min_periods=40).median().shift(5)
    return impact.rolling(5).mean() / usual.where(usual > 0)
