"""How unusual the day's moves were together: Kritzman and Li's turbulence, as a percentile."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from commentary.model import ReadingSpec
from commentary.readings._context import Context
from commentary.readings._protocol import Blocks, Setting
from commentary.readings._refit import refit_rows
from commentary.scale import Turbulence
from commentary.units import Unit

NEEDS: tuple[str, ...] = ()

Array = NDArray[np.float64]


def declare(setting: Setting) -> Iterable[ReadingSpec]:
    """One reading."""
    scale = setting.scale.turbulence
    window = f"{scale.window} sessions before, ranked among {scale.rank_window}"
    source = "Kritzman and Li (2010): (1/n)(r−μ)'Σ⁻¹(r−μ), Σ shrunk to its diagonal"
    history = scale.minimum + scale.rank_minimum
    yield ReadingSpec(
        "cross_asset.turbulence_pct", Unit.SHARE, window, scale.instruments, history, 0, 1, source
    )


def compute(context: Context) -> Blocks:
    """Missing on sessions on which any of the moves is."""
    scale = context.setting.scale.turbulence
    moves = context.returns(scale.instruments)
    for name, bound in scale.bounds.items():
        moves[name] = moves[name].clip(-bound, bound)
    refits = refit_rows(context.numbers, scale.refit_every, scale.refit_phase)
    distance = pd.Series(distances(moves.to_numpy(), refits, scale), index=moves.index)
    rank = distance.rolling(scale.rank_window, min_periods=scale.rank_minimum).rank(pct=True)
    return {"cross_asset.turbulence_pct": rank.where(distance.notna())}


def distances(moves: Array, refits: NDArray[np.int64], scale: Turbulence) -> Array:
    """Mahalanobis distance squared of each session's moves, over their number; sessions × instruments in."""
    known = np.asarray(np.isfinite(moves).all(axis=1), dtype=bool)
    answer = np.full(len(moves), np.nan)
    for row, until in zip(refits, [*refits[1:], len(moves)], strict=True):
        window = slice(max(0, row - scale.window), row)
        past = moves[window][known[window]]
        if len(past) >= scale.minimum:
            precision = np.linalg.inv(_shrunk(past, scale.shrink))
            away = moves[row:until] - past.mean(axis=0)
            answer[row:until] = (away @ precision * away).sum(axis=1) / moves.shape[1]
    return answer


def _shrunk(past: Array, shrink: float) -> Array:
    covariance = np.cov(past, rowvar=False)
    return np.asarray((1 - shrink) * covariance + shrink * np.diag(np.diag(covariance)), dtype=float)
