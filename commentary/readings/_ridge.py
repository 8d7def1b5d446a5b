"""Ridge regressions on the sessions before, refitted on the calendar (Hoerl and Kennard 1970)."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


class Fit(Protocol):
    """Window in sessions, rows needed, penalty in squared inputs, and where inputs are clipped for the fit."""

    @property
    def window(self) -> int: ...
    @property
    def minimum(self) -> int: ...
    @property
    def penalty(self) -> float: ...
    @property
    def input_clip(self) -> float: ...


def fits(move: Array, drivers: Array, refits: NDArray[np.int64], fit: Fit) -> tuple[Array, Array]:
    """Coefficients, sessions × (intercept, drivers), and what they left, sessions: of the last refit.

    ``move``: sessions; ``drivers``: sessions × drivers. Both are clipped for the fit, whose window ends the session
    before; the intercept is not penalised. What is left is the root of the mean square in the window. nan where the
    window has too few rows.
    """
    clipped = np.clip(drivers, -fit.input_clip, fit.input_clip)
    target = np.clip(move, -fit.input_clip, fit.input_clip)
    design = np.column_stack([np.ones(len(move)), clipped])
    known = np.isfinite(move) & np.isfinite(drivers).all(axis=1)
    fitted, left = np.full(design.shape, np.nan), np.full(len(move), np.nan)
    for row, until in zip(refits, [*refits[1:], len(move)], strict=True):
        window = slice(max(0, row - fit.window), row)
        rows = known[window]
        if rows.sum() >= fit.minimum:
            inputs, wanted = design[window][rows], target[window][rows]
            fitted[row:until] = found = ridge(inputs, wanted, fit.penalty)
            left[row:until] = np.sqrt(np.mean((wanted - inputs @ found) ** 2))
    return fitted, left


def ridge(design: Array, target: Array, penalty: float) -> Array:
    """Coefficients of a ridge regression whose first column is the unpenalised intercept."""
    weights = np.eye(design.shape[1]) * penalty
    weights[0, 0] = 0.0
    return np.asarray(np.linalg.solve(design.T @ design + weights, design.T @ target), dtype=float)
