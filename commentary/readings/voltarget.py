"""A model, not a measurement: what a rule that holds stocks to a target of volatility would hold.

Moreira and Muir (2017), in the form of S&P's daily risk control indices: exposure is the target over the
larger of two exponentially weighted volatilities, and never above a cap. No holding of anybody is read.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from commentary.model import ReadingSpec
from commentary.readings._context import Context
from commentary.readings._ewma import MINIMUM, volatility
from commentary.readings._protocol import Blocks, Setting
from commentary.units import Unit

NEEDS: tuple[str, ...] = ()

TARGET, CAP = 0.10, 1.5
"""Yearly volatility aimed at, and the most held, in multiples of assets: S&P's 10 percent index."""

DECAYS = (0.94, 0.97)
"""Of the quick and of the slow volatility; the larger one counts: cut at once, built up over weeks."""

RANKED, RANK_MINIMUM = 252, 126
INDEX = "sp500"


def declare(setting: Setting) -> Iterable[ReadingSpec]:
    """Exposure of the rule, its change over a session and a week, the change's rank in its own year."""
    window, on = "252 sessions, weighted", (INDEX,)
    rule = f"model: min({CAP}, {TARGET} / larger EWMA volatility of decay {DECAYS[0]} and {DECAYS[1]})"
    vol = "larger of two exponentially weighted volatilities, of a year"
    change, week = f"change of exposure over exposure; {rule}", f"the same over 5 sessions; {rule}"
    rank = f"rank of change_1d among 252, ties shared; {rule}"
    spec, fraction, first = ReadingSpec, Unit.FRACTION, MINIMUM
    return (
        spec("voltarget.volatility", fraction, window, on, first, 0, 8, vol),
        spec("voltarget.exposure", fraction, window, on, first, 0, CAP, f"multiple of assets; {rule}"),
        spec("voltarget.exposure_prev", fraction, window, on, first + 1, 0, CAP, f"the day before; {rule}"),
        spec("voltarget.change_1d", fraction, "1 session", on, first + 1, -1, 0.1, change),
        spec("voltarget.change_5d", fraction, "5 sessions", on, first + 5, -1, 0.4, week),
        spec("voltarget.change_5d_prev", fraction, "5 sessions, 1 before", on, first + 6, -1, 0.4, week),
        spec("voltarget.change_pct_252d", Unit.SHARE, "252 sessions", on, first + RANK_MINIMUM, 0, 1, rank),
    )


def compute(context: Context) -> Blocks:
    """Missing where the index has no return; the change where the session before has no exposure."""
    moves = context.returns((INDEX,))
    realised = pd.DataFrame({decay: volatility(moves, decay)[INDEX] for decay in DECAYS}).max(axis=1)
    exposure = (TARGET / realised.where(realised > 0)).clip(upper=CAP)
    change = exposure / exposure.shift(1) - 1
    week = exposure / exposure.shift(5) - 1
    rank = change.rolling(RANKED, min_periods=RANK_MINIMUM).rank(pct=True)
    return {
        "voltarget.volatility": realised,
        "voltarget.exposure": exposure,
        "voltarget.exposure_prev": exposure.shift(1),
        "voltarget.change_1d": change,
        "voltarget.change_5d": week,
        "voltarget.change_5d_prev": week.shift(1),
        "voltarget.change_pct_252d": rank,
    }
