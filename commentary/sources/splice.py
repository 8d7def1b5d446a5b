"""Levels across a change of symbol, on the scale of the symbol in use at the end."""

from __future__ import annotations

import numpy as np

from commentary.sources.bars import Floats, Indices


def spliced(closes: Floats, used: Indices, *, difference: bool) -> Floats:
    """Closes (n,) of the symbols in use, earlier symbols moved to the scale of the last.

    ``closes`` sessions × symbols, ``used`` the column in use (−1: none). At each change the two symbols are
    compared on the first session of the later one, else on the last of the earlier one; where neither has
    both, what lies before is nan. Sessions of the last symbol itself stay as they are. By ratio, or by
    ``difference``.
    """
    rows = np.flatnonzero(used >= 0)
    linked = np.full(len(used), np.nan)
    linked[rows] = closes[rows, used[rows]]
    changes = rows[1:][np.diff(used[rows]) != 0]
    shift = same = 0.0 if difference else 1.0
    for first in changes[::-1]:
        last = rows[np.searchsorted(rows, first) - 1]
        step = _step(closes[[first, last]][:, [used[first], used[last]]], difference)
        shift = shift + step if difference else shift * step
        shift = same if used[last] == used[rows[-1]] else shift
        earlier = _segment(changes, rows, first)
        linked[earlier] = linked[earlier] + shift if difference else linked[earlier] * shift
    return linked


def _segment(changes: Indices, rows: Indices, end: int) -> Indices:
    start = changes[changes < end]
    lower = start[-1] if len(start) else 0
    return rows[(rows >= lower) & (rows < end)]


def _step(pairs: Floats, difference: bool) -> float:
    """From two sessions' closes of the later and the earlier symbol: how the earlier one moves."""
    for later, earlier in pairs:
        if difference and np.isfinite(later - earlier):
            return float(later - earlier)
        if not difference and later > 0 and earlier > 0:
            return float(later / earlier)
    return float("nan")
