"""When something as large last happened: for all sessions and subjects at once, in O(n log n)."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from commentary.readings._scaled import rounded_array


def previous_as_large(values: NDArray[np.float64]) -> NDArray[np.int64]:
    """For each row, the last earlier row of the same column with a value at least as large; −1 where none is.

    ``values`` is sessions × subjects; nan is smaller than everything and gets −1. Maxima over the last 1, 2,
    4, … rows are tabled, then every row strides back over the longest run of smaller values, as in the sparse
    tables of Bender and Farach-Colton (2000).
    """
    table = np.ascontiguousarray(np.where(np.isnan(values), -np.inf, values).T)
    length = table.shape[1]
    offsets = (np.arange(table.shape[0]) * length)[:, None]
    position = np.broadcast_to(np.arange(length), table.shape).copy()
    for stride, maxima in reversed(_maxima(table)):
        last = maxima.ravel()[offsets + np.maximum(position - 1, 0)]
        position -= np.where((position >= stride) & (last < table), stride, 0)
    found = np.where(np.isneginf(table), -1, position - 1)
    return np.asarray(found.T, dtype=np.int64)


def _maxima(table: NDArray[np.float64]) -> list[tuple[int, NDArray[np.float64]]]:
    levels, stride = [(1, table)], 1
    while 2 * stride <= table.shape[1]:
        before = levels[-1][1]
        wider = before.copy()
        wider[:, stride:] = np.maximum(before[:, stride:], before[:, :-stride])
        stride *= 2
        levels.append((stride, wider))
    return levels


def since(
    values: pd.DataFrame, asked: pd.DataFrame, first: NDArray[np.int64], ordinals: NDArray[np.float64]
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Sessions since a value as large, the ordinal of that session, and whether there was none.

    ``asked`` says on which sessions the question makes sense, ``first`` gives the row of each column's first
    bar: where nothing as large is found, that bar bounds the answer. Values are compared at 10 significant
    digits. Nan where not asked, and on the first bar itself.
    """
    found = previous_as_large(rounded_array(values.to_numpy(dtype=float)))
    rows = np.arange(len(values))[:, None]
    bounded = found < 0
    place = np.where(bounded, first[None, :], found)
    known = asked.to_numpy(dtype=bool) & ~np.isnan(values.to_numpy(dtype=float)) & (rows > place)
    answers = (rows - place, ordinals[np.clip(place, 0, len(values) - 1)], bounded)
    return tuple(  # type: ignore[return-value]
        pd.DataFrame(np.where(known, answer, np.nan), index=values.index, columns=values.columns)
        for answer in answers
    )


def since_blocks(answers: Mapping[str, tuple[pd.DataFrame, ...]]) -> dict[str, pd.DataFrame]:
    """Frames of ``since`` under the names that ``since_measures`` declares."""
    return {
        f"{name}{ending}": block
        for name, blocks in answers.items()
        for ending, block in zip(("", "_date", "_bounded"), blocks, strict=True)
    }


def first_rows(frame: pd.DataFrame) -> NDArray[np.int64]:
    """Row of the first value in each column; the number of rows where there is none."""
    there = frame.notna().to_numpy()
    if not len(there):
        return np.zeros(there.shape[1], np.int64)
    return np.where(there.any(axis=0), there.argmax(axis=0), len(frame)).astype(np.int64)
