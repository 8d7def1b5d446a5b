"""A model, not a measurement: which side of a market a rule that follows its trend would be on.

Time-series momentum (Moskowitz, Ooi and Pedersen 2012) over one, three and twelve months in equal parts
(Hurst, Ooi and Pedersen 2017), each position sized by its market's volatility. No holding of anybody is read.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from commentary.model import ReadingSpec
from commentary.readings._context import Context
from commentary.readings._ewma import volatility
from commentary.readings._protocol import Blocks, Measure, Setting, family, shifted
from commentary.readings._scaled import streak
from commentary.units import Unit

NEEDS: tuple[str, ...] = ()

MARKETS = ("sp500", "treasuries", "gold", "oil", "dollar", "yen")
"""Stocks, bonds, metal, oil and currencies, each by its fund or index; the yen as the fund quotes it."""

HORIZONS = (21, 63, 252)
TARGET, CAP = 0.10, 3.0
"""Yearly volatility of a full position, and the most held, in multiples of assets."""

DECAY = 60 / 61
"""Weights whose centre of mass lies 60 sessions back."""

HELD = 252
"""Sessions beyond which a side is not counted on."""

_RULE = "model: mean sign of the price's change over 21, 63 and 252 sessions"
_SIZE = f"{_RULE}, times min({CAP}, {TARGET} / EWMA volatility, centre of mass 60 sessions)"

SIGNAL = Measure("trend_signal", Unit.RATIO, "252 sessions", max(HORIZONS), -1, 1, _RULE)
POSITION = Measure("trend_position", Unit.FRACTION, "252 sessions", max(HORIZONS), -CAP, CAP, _SIZE)
MEASURES = (
    SIGNAL,
    shifted(SIGNAL, "trend_signal_prev"),
    POSITION,
    Measure(
        "trend_change_1d", Unit.FRACTION, "1 session", max(HORIZONS) + 1, -2 * CAP, 2 * CAP,
        f"change of the position, in multiples of assets; {_SIZE}",
    ),
    Measure(
        "trend_held", Unit.SESSIONS, "252 sessions", max(HORIZONS) + 1, 0, HELD,
        f"sessions in a row, up to the one before, of one side, at most {HELD}; {_RULE}",
    ),
)  # fmt: skip


def declare(setting: Setting) -> Iterable[ReadingSpec]:
    """By market: signal, position, its change, how long the side was held; and how many turned today."""
    yield from family(MARKETS, MEASURES)
    turned = f"markets whose signal has another sign than the session before; {_RULE}"
    day, first = "1 session", max(HORIZONS) + 1
    yield ReadingSpec("trend.turned", Unit.COUNT, day, MARKETS, first, 0, len(MARKETS), turned)


def compute(context: Context) -> Blocks:
    """Missing where the market has no close today or none on one of the sessions that it is held against."""
    path, known = context.column(context.path, MARKETS), context.column(context.linked, MARKETS).notna()
    signs = [pd.DataFrame(np.sign(path / path.shift(back) - 1)) for back in HORIZONS]
    signal = (sum(signs[1:], signs[0]) / len(signs)).where(known)
    realised = volatility(context.returns(MARKETS), DECAY)
    position = signal * (TARGET / realised.where(realised > 0)).clip(upper=CAP)
    before = signal.shift(1)
    turned = (signal * before < 0).where(signal.notna() & before.notna())
    return {
        "trend_signal": signal,
        "trend_signal_prev": before,
        "trend_position": position,
        "trend_change_1d": position - position.shift(1),
        "trend_held": streak(signal).abs().clip(upper=HELD).shift(1).where(signal.notna() & before.notna()),
        "trend.turned": turned.sum(axis=1).astype(float).where(turned.notna().any(axis=1)),
    }
