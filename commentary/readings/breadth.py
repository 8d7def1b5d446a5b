"""Breadth of the stock list: how many rose, on what volume, above which averages."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from commentary.model import ReadingSpec
from commentary.readings._context import Context
from commentary.readings._protocol import Blocks, Setting
from commentary.units import Unit

NEEDS: tuple[str, ...] = ()

YEAR = 252
STEP = 5
"""Sessions without a bar that a stock's averages and extremes step across."""


def declare(setting: Setting) -> Iterable[ReadingSpec]:
    """Shares and counts over the stock list."""
    ids, day, count = setting.universe.stocks, "1 session", len(setting.universe.stocks)
    share, number = Unit.SHARE, Unit.COUNT
    dollars = "dollar volume of stocks down over that of all with a return"
    high, low = "stocks above every close of 251 before", "stocks below every close of 251 before"
    return (
        ReadingSpec("breadth.advancing", share, day, ids, 1, 0, 1, "stocks up over stocks"),
        ReadingSpec("breadth.count_up", number, day, ids, 1, 0, count, "stocks up"),
        ReadingSpec("breadth.count_down", number, day, ids, 1, 0, count, "stocks down"),
        ReadingSpec("breadth.down_dollar_volume", share, day, ids, 1, 0, 1, dollars),
        ReadingSpec("breadth.above_50d", share, "50 sessions", ids, 49, 0, 1, "stocks above the mean"),
        ReadingSpec("breadth.above_200d", share, "200 sessions", ids, 199, 0, 1, "stocks above the mean"),
        ReadingSpec("breadth.new_highs", number, "252 sessions", ids, YEAR - 1, 0, count, high),
        ReadingSpec("breadth.new_lows", number, "252 sessions", ids, YEAR - 1, 0, count, low),
    )


def compute(context: Context) -> Blocks:
    """Missing where too few stocks are known."""
    close = context.market.stock_close
    minimum, path = context.setting.scale.stocks.minimum, close.ffill(limit=STEP)
    moves = close / close.shift(1) - 1
    known = moves.notna().sum(axis=1)
    enough = known >= minimum
    up, down = (moves > 0).sum(axis=1), (moves < 0).sum(axis=1)
    dollars = (close * context.market.stock_volume.reindex_like(close)).where(moves.notna())
    before = path.rolling(YEAR - 1)
    high, low = before.max().shift(1), before.min().shift(1)
    return {
        "breadth.advancing": (up / known).where(enough),
        "breadth.count_up": up.astype(float).where(enough),
        "breadth.count_down": down.astype(float).where(enough),
        "breadth.down_dollar_volume": _share(dollars.where(moves < 0), dollars, minimum),
        "breadth.above_50d": _above(close, path.rolling(50).mean(), minimum),
        "breadth.above_200d": _above(close, path.rolling(200).mean(), minimum),
        "breadth.new_highs": _count(close > high, high, minimum),
        "breadth.new_lows": _count(close < low, low, minimum),
    }


def _share(part: pd.DataFrame, whole: pd.DataFrame, minimum: int) -> pd.Series:
    total = whole.sum(axis=1).where(whole.notna().sum(axis=1) >= minimum)
    return part.sum(axis=1) / total.where(total > 0)


def _above(close: pd.DataFrame, average: pd.DataFrame, minimum: int) -> pd.Series:
    known = (close.notna() & average.notna()).sum(axis=1)
    return ((close > average).sum(axis=1) / known).where(known >= minimum)


def _count(truth: pd.DataFrame, basis: pd.DataFrame, minimum: int) -> pd.Series:
    return truth.sum(axis=1).astype(float).where(basis.notna().sum(axis=1) >= minimum)
