"""Where the session opened, ranged and closed: gaps, excursions, Parkinson's range."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np
import pandas as pd

from commentary.model import ReadingSpec
from commentary.readings._context import Context
from commentary.readings._protocol import Blocks, Measure, Setting, family, since_measures
from commentary.readings._scaled import in_sigmas
from commentary.readings._since import first_rows, since, since_blocks
from commentary.units import Unit

NEEDS: tuple[str, ...] = ()

RANGE_WINDOW, RANGE_MINIMUM = 60, 40
SHARE_ABOVE = 0.003
"""Size of a day's return above which its overnight share is told."""


def _measures(setting: Setting) -> tuple[Measure, ...]:
    clip, history = setting.scale.sigma.clip, setting.history
    parkinson = "Parkinson (1980): ln(high/low)/sqrt(4 ln 2), over its median of the 60 sessions before"
    return (
        Measure("open", Unit.PRICE, "1 session", 0, -100, 1e7, "open"),
        Measure("high", Unit.PRICE, "1 session", 0, -100, 1e7, "high"),
        Measure("low", Unit.PRICE, "1 session", 0, -100, 1e7, "low"),
        Measure("gap_1d", Unit.FRACTION, "1 session", 1, -1, 2, "open over previous close, less 1"),
        Measure("gap_z", Unit.SIGMA, "1 session", history, -clip, clip, "gap over its own σ"),
        Measure("intraday_1d", Unit.FRACTION, "1 session", 0, -1, 2, "close over open, less 1"),
        Measure(
            "intraday_z", Unit.SIGMA, "1 session", history - 1, -clip, clip, "intraday return over its own σ"
        ),
        Measure("close_location", Unit.RATIO, "1 session", 0, -1, 1, "(2·close − high − low)/(high − low)"),
        Measure(
            "overnight_share",
            Unit.RATIO,
            "1 session",
            1,
            -200,
            200,
            "log gap over log return above 0.3 percent",
        ),
        Measure("low_excursion", Unit.FRACTION, "1 session", 1, -1, 2, "low over previous close, less 1"),
        Measure("high_excursion", Unit.FRACTION, "1 session", 1, -1, 2, "high over previous close, less 1"),
        Measure("range_ratio", Unit.RATIO, "60 sessions before", RANGE_MINIMUM, 0, 1000, parkinson),
        *since_measures("gap_since", 1, "sessions since a gap as large on the same side"),
    )


def declare(setting: Setting) -> Iterable[ReadingSpec]:
    """Open, high and low; gap, intraday return and range; where the close lay."""
    return family(setting.priced, _measures(setting))


def compute(context: Context) -> Blocks:
    """One frame a measure; nan where a symbol has closes only."""
    market, ids, scale = context.market, context.setting.priced, context.setting.scale.sigma
    opened, high, low, close = (
        context.column(frame, ids) for frame in (market.open, market.high, market.low, market.close)
    )
    before, moves, quoted = context.previous_close(ids), context.returns(ids), context.quoted(ids)
    gap, intraday = _over(opened, before), _over(close, opened)
    return {
        "open": opened.where(quoted),
        "high": high.where(quoted),
        "low": low.where(quoted),
        "gap_1d": gap,
        "gap_z": in_sigmas(gap, scale),
        "intraday_1d": intraday,
        "intraday_z": in_sigmas(intraday, scale),
        "close_location": close_location(high, low, close),
        "overnight_share": _overnight(gap, moves),
        "low_excursion": _over(low, before),
        "high_excursion": _over(high, before),
        "range_ratio": range_ratio(high, low),
        **since_blocks({"gap_since": _gap_since(context, gap, close)}),
    }


def _overnight(gap: pd.DataFrame, moves: pd.DataFrame) -> pd.DataFrame:
    share = pd.DataFrame(np.log1p(gap)) / pd.DataFrame(np.log1p(moves))
    return share.where(moves.abs() >= SHARE_ABOVE)


def close_location(high: pd.DataFrame, low: pd.DataFrame, close: pd.DataFrame) -> pd.DataFrame:
    """−1 on the low, 1 on the high; a settlement outside the session's range has no place in it."""
    inside = (high > low) & (close <= high) & (close >= low)
    return ((2 * close - high - low) / (high - low)).where(inside)


def _over(price: pd.DataFrame, base: pd.DataFrame) -> pd.DataFrame:
    return price.where(price > 0) / base.where(base > 0) - 1


def range_ratio(high: pd.DataFrame, low: pd.DataFrame) -> pd.DataFrame:
    """Parkinson's range over its median of the sessions before, at least 40 of 60."""
    reach = pd.DataFrame(np.log(high.where(high > 0) / low.where(low > 0)))
    spread = reach / math.sqrt(4 * math.log(2))
    usual = spread.rolling(RANGE_WINDOW, min_periods=RANGE_MINIMUM).median().shift(1)
    return spread / usual.where(usual > 0)


def _gap_since(context: Context, gap: pd.DataFrame, close: pd.DataFrame) -> tuple[pd.DataFrame, ...]:
    first, ordinals = first_rows(close), context.ordinals
    up, down = since(gap, gap > 0, first, ordinals), since(-gap, gap < 0, first, ordinals)
    return tuple(above.where(gap > 0, below) for above, below in zip(up, down, strict=True))
