"""When a fit is made anew: on the calendar, not on the day that the data happen to start."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def refit_rows(numbers: NDArray[np.int64], every: int, phase: int) -> NDArray[np.int64]:
    """Rows on which a fit is made: the first session of each run of ``every`` running numbers."""
    periods = (numbers - phase) // every
    starts = np.flatnonzero(np.r_[False, periods[1:] != periods[:-1]])
    on_time = (numbers[:1] - phase) % every == 0
    return np.concatenate([np.flatnonzero(on_time), starts]).astype(np.int64)
