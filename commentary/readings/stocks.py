"""Winners and losers of the stock list: momentum, and how the leaders of the day before fared."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from commentary.model import ReadingSpec
from commentary.readings._context import Context, year_base
from commentary.readings._protocol import Blocks, Setting
from commentary.readings._scaled import in_sigmas_of
from commentary.scale import Stocks
from commentary.units import Unit

NEEDS: tuple[str, ...] = ()

QUARTER = 63
FIFTHS = 5


def declare(setting: Setting) -> Iterable[ReadingSpec]:
    """Momentum in σ; returns of winners and losers of three months and of the year; the fifth hit hardest."""
    ids, clip, day = setting.universe.stocks, setting.scale.sigma.clip, "1 session"
    momentum = "z of the mean return of the top less the bottom fifth by P(t−21)/P(t−252)"
    history, window = 252 + setting.history - 1, "252 sessions"
    yield ReadingSpec("momentum.move_z", Unit.SIGMA, window, ids, history, -clip, clip, momentum)
    for span, needed in (("3m", QUARTER + 1), ("ytd", setting.scale.stocks.year_sessions)):
        for side, rank in (("winners", "best"), ("losers", "worst")):
            source = f"mean return of the {rank} fifth as ranked the session before"
            yield ReadingSpec(f"{side}_{span}.return_1d", Unit.FRACTION, day, ids, needed, -1, 1, source)
    gap = "winners_3m less losers_3m over its own σ"
    quarter = QUARTER + setting.history
    yield ReadingSpec("winners_vs_losers.spread_z", Unit.SIGMA, day, ids, quarter, -clip, clip, gap)
    hardest = "fifth by return of 63 sessions to the one before that fell most; 1 = weakest"
    yield ReadingSpec("stocks.hardest_fifth_3m", Unit.COUNT, day, ids, QUARTER + 1, 1, FIFTHS, hardest)


def compute(context: Context) -> Blocks:
    """Missing where too few stocks are known."""
    close, scale = context.market.stock_close, context.setting.scale.stocks
    moves = close / close.shift(1) - 1
    momentum = _sides(moves, close.shift(21) / close.shift(252) - 1, scale)
    quarter = (close / close.shift(QUARTER) - 1).shift(1)
    recent, year = _sides(moves, quarter, scale), _sides(moves, _year(context, close, scale), scale)
    return {
        "momentum.move_z": in_sigmas_of(momentum[0] - momentum[1], context.setting.scale.sigma),
        "winners_3m.return_1d": recent[0],
        "losers_3m.return_1d": recent[1],
        "winners_vs_losers.spread_z": in_sigmas_of(recent[0] - recent[1], context.setting.scale.sigma),
        "winners_ytd.return_1d": year[0],
        "losers_ytd.return_1d": year[1],
        "stocks.hardest_fifth_3m": _hardest(moves, quarter, scale),
    }


def _sides(moves: pd.DataFrame, score: pd.DataFrame, scale: Stocks) -> tuple[pd.Series, pd.Series]:
    rank = score.rank(axis=1, pct=True)
    enough = score.notna().sum(axis=1) >= scale.minimum
    top, bottom = moves.where(rank >= 1 - scale.fifth), moves.where(rank <= scale.fifth)
    return top.mean(axis=1).where(enough), bottom.mean(axis=1).where(enough)


def _year(context: Context, close: pd.DataFrame, scale: Stocks) -> pd.DataFrame:
    """Year-to-date return of the session before, once the year is old enough to have winners."""
    years = context.sessions.year
    old = pd.Series(1, index=close.index).groupby(years).cumsum() > scale.year_sessions
    return (close.shift(1) / year_base(close) - 1).where(old)


def _hardest(moves: pd.DataFrame, score: pd.DataFrame, scale: Stocks) -> pd.Series:
    rank = score.rank(axis=1, pct=True)
    fifths = np.ceil(rank * FIFTHS)
    means = pd.DataFrame({fifth: moves.where(fifths == fifth).mean(axis=1) for fifth in range(1, FIFTHS + 1)})
    known = means.notna().all(axis=1) & (score.notna().sum(axis=1) >= scale.minimum)
    worst = means.fillna(np.inf).to_numpy().argmin(axis=1) + 1.0
    return pd.Series(worst, index=moves.index).where(known)
