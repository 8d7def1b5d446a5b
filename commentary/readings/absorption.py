"""How tightly the sectors are coupled: the shift of Kritzman's absorption ratio. Too slow for a day."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from commentary.model import ReadingSpec
from commentary.readings._context import Context
from commentary.readings._protocol import Blocks, Setting
from commentary.scale import Absorption
from commentary.units import Unit

NEEDS: tuple[str, ...] = ()

Array = NDArray[np.float64]

_CHUNK = 256
"""Sessions whose windows are weighed at once."""


def declare(setting: Setting) -> Iterable[ReadingSpec]:
    """One reading."""
    scale = setting.scale.absorption
    window = f"{scale.window} sessions; {scale.recent} against {scale.usual}"
    source = "Kritzman, Li, Page and Rigobon (2010): (recent − usual mean)/usual sd of their ratio"
    history = scale.window + scale.usual_minimum - 1
    yield ReadingSpec(
        "cross_asset.absorption_shift", Unit.SIGMA, window, setting.of("sector"), history, -15, 15, source
    )


def compute(context: Context) -> Blocks:
    """Missing until the window is full of sessions with every sector."""
    scale = context.setting.scale.absorption
    moves = context.returns(context.setting.of("sector"))
    ratio = pd.Series(absorption(moves.to_numpy(), scale), index=moves.index)
    usual = ratio.rolling(scale.usual, min_periods=scale.usual_minimum)
    shift = (ratio.rolling(scale.recent).mean() - usual.mean()) / usual.std()
    return {"cross_asset.absorption_shift": shift.replace([np.inf, -np.inf], np.nan)}


def absorption(moves: Array, scale: Absorption) -> Array:
    """Share of variance in the first eigenvectors of the weighted covariance of the window to each session.

    ``moves`` is sessions × sectors. Sessions with a sector missing are left out of the count.
    """
    answer = np.full(len(moves), np.nan)
    rows = np.flatnonzero(np.isfinite(moves).all(axis=1))
    known = moves[rows]
    if len(known) < scale.window or not known.shape[1]:
        return answer
    weights = 0.5 ** (np.arange(scale.window)[::-1] / scale.half_life)
    weights /= weights.sum()
    windows = np.lib.stride_tricks.sliding_window_view(known, scale.window, axis=0)
    shares = [
        _shares(windows[start : start + _CHUNK], weights, scale.vectors)
        for start in range(0, len(windows), _CHUNK)
    ]
    answer[rows[scale.window - 1 :]] = np.concatenate(shares)
    return answer


def _shares(windows: Array, weights: Array, vectors: int) -> Array:
    centred = windows - (windows * weights).sum(axis=-1, keepdims=True)
    covariance = (centred * weights) @ centred.swapaxes(-1, -2)
    values = np.linalg.eigvalsh(covariance)
    total = values.sum(axis=-1)
    return np.asarray(values[:, -vectors:].sum(axis=-1) / np.where(total > 0, total, np.nan), dtype=float)
