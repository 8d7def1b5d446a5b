"""Moves in their own σ, running ranks and counts: what several reading modules share."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from commentary.scale import Sigma
from commentary.units import SIGNIFICANT_DIGITS, rounded


def sigma(moves: pd.DataFrame, scale: Sigma) -> pd.DataFrame:
    """Root of the mean of two mean squares, both ending the session before, or of the one there is."""
    squares = moves * moves
    short = squares.rolling(scale.short, min_periods=scale.short_minimum).mean().shift(1)
    long = squares.rolling(scale.long, min_periods=scale.long_minimum).mean().shift(1)
    both = (short + long) / 2
    variance = both.where(both.notna(), short.where(short.notna(), long))
    return variance.where(variance > 0).pow(0.5)


def in_sigmas(moves: pd.DataFrame, scale: Sigma) -> pd.DataFrame:
    """Moves over their σ, clipped."""
    return (moves / sigma(moves, scale)).clip(-scale.clip, scale.clip)


def in_sigmas_of(moves: pd.Series, scale: Sigma) -> pd.Series:
    """The same for one series."""
    return in_sigmas(moves.to_frame("it"), scale)["it"]


def flag(truth: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """1.0 and 0.0, nan where not known."""
    return truth.astype(float).where(known)


def streak(moves: pd.DataFrame) -> pd.DataFrame:
    """Signed count of moves in a row of one sign, 0 for no change; sessions without a move are skipped."""
    columns = [_streak_of(moves[name].to_numpy(dtype=float)) for name in moves.columns]
    values = np.column_stack(columns) if columns else np.empty(moves.shape)
    return pd.DataFrame(values, index=moves.index, columns=moves.columns)


def _streak_of(moves: NDArray[np.float64]) -> NDArray[np.float64]:
    known = np.flatnonzero(~np.isnan(moves))
    signs = np.sign(moves[known])
    order = np.arange(len(signs))
    starts = np.maximum.accumulate(np.where(np.r_[True, signs[1:] != signs[:-1]][: len(signs)], order, 0))
    answer = np.full(len(moves), np.nan)
    answer[known] = signs * (order - starts + 1)
    return answer


def rounded_array(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Round to 10 significant digits, as ``units.rounded`` does one number at a time."""
    with np.errstate(divide="ignore"):
        places = np.floor(np.log10(np.abs(values)))
    shift = SIGNIFICANT_DIGITS - 1 - np.where(np.isfinite(places), places, 0.0)
    index = np.clip(shift, -_MOST, _MOST).astype(np.int64)
    up, down = _UP[index], _DOWN[index]
    answer = np.asarray(np.rint(values * up / down) / up * down, dtype=float)
    beyond = np.abs(shift) > _MOST
    answer[beyond] = [rounded(float(value)) for value in values[beyond]]
    return answer


_MOST = 22
"""The largest power of ten that a float holds exactly."""

_EXPONENTS = np.r_[0 : _MOST + 1, -_MOST:0]
_UP, _DOWN = 10.0 ** np.maximum(_EXPONENTS, 0), 10.0 ** np.maximum(-_EXPONENTS, 0)
"""By exponent, negative ones counted from the end: what to multiply and to divide by."""
