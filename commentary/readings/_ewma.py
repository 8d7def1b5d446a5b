"""Volatility with exponential weights over a window of its own: no value hangs on where the data begin."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

WINDOW, MINIMUM = 252, 126
"""Sessions that are weighted, and moves needed among them."""

YEAR = 252


def volatility(moves: pd.DataFrame, decay: float) -> pd.DataFrame:
    """Yearly volatility, a fraction: root of 252 times the mean square of moves, ``decay`` to the power of
    their age their weight, the weights of those known made to sum to one (RiskMetrics 1996)."""
    weights: NDArray[np.float64] = np.power(decay, np.arange(WINDOW, dtype=np.float64))
    columns = {name: _of(moves[name].to_numpy(dtype=float), weights) for name in moves.columns}
    return pd.DataFrame(columns, index=moves.index, columns=moves.columns)


def _of(moves: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    known = ~np.isnan(moves)
    squares = _weighted(np.where(known, moves, 0.0) ** 2, weights)
    total = _weighted(known.astype(float), weights)
    enough = _weighted(known.astype(float), np.ones(WINDOW)) >= MINIMUM - 0.5
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(enough & known, np.sqrt(YEAR * squares / total), np.nan)


def _weighted(values: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.convolve(values, weights)[: len(values)]
