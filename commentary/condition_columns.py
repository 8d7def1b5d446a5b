"""What the language's operations mean for many sessions at once: float arrays, nan for unknown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import numpy as np

Column = Any
"""A float or object array of one length, or a scalar constant."""


def evaluate_columns(code: str, scope: Mapping[str, np.ndarray], length: int) -> np.ndarray:
    """Evaluate written code over columns; a constant answer is repeated ``length`` times."""
    with np.errstate(all="ignore"):
        answer = _function(code)(scope.get)
    return np.broadcast_to(np.asarray(answer, dtype=float), (length,)).copy()


@cache
def _function(code: str) -> Callable[..., Any]:
    function: Callable[..., Any] = eval(f"lambda g: {code}", {"__builtins__": {}, **OPERATIONS})
    return function


def _name(value: Column) -> Column:
    return np.nan if value is None else value


def _num(value: Column) -> Column:
    if isinstance(value, str):
        return np.nan
    array = np.asarray(value)
    return np.full(array.shape, np.nan) if array.dtype == object else array


def _truth(value: Column) -> Column:
    array = np.asarray(value)
    if array.dtype == object:
        return np.where(_absent(array), np.nan, (array != "").astype(float))
    return np.where(np.isnan(array), np.nan, (array != 0).astype(float))


def _absent(value: Column) -> np.ndarray:
    array = np.asarray(value)
    if array.dtype.kind in "OU":
        absent: np.ndarray = np.asarray([item is None or item != item for item in array.ravel()])
        return absent.reshape(array.shape)
    return np.asarray(np.isnan(array))


def _and(*values: Column) -> Column:
    truths = [_truth(value) for value in values]
    lowest = np.minimum.reduce([np.where(np.isnan(item), 1.0, item) for item in np.broadcast_arrays(*truths)])
    unknown = np.any(np.isnan(np.stack(np.broadcast_arrays(*truths))), axis=0)
    return np.where(lowest == 0, 0.0, np.where(unknown, np.nan, 1.0))


def _or(*values: Column) -> Column:
    return _not(_and(*[_not(value) for value in values]))


def _not(value: Column) -> Column:
    return 1.0 - _truth(value)


def _compare(operation: Callable[[Any, Any], Any]) -> Callable[[Column, Column], Column]:
    def compared(left: Column, right: Column) -> Column:
        first, second = np.asarray(left), np.asarray(right)
        unknown = _absent(first) | _absent(second)
        if first.dtype.kind in "OU" or second.dtype.kind in "OU":
            first, second = (
                np.where(unknown, "", first).astype(str),
                np.where(unknown, "", second).astype(str),
            )
        truth: np.ndarray = np.where(unknown, np.nan, operation(first, second).astype(float))
        return truth

    return compared


def _div(left: Column, right: Column) -> Column:
    bottom = _num(right)
    return _num(left) / np.where(np.asarray(bottom) == 0, np.nan, bottom)


def _ramp(value: Column, start: float, full: float) -> Column:
    return np.clip((_num(value) - start) / (full - start), 0.0, 1.0)


def _stacked(values: tuple[Column, ...]) -> np.ndarray:
    return np.stack(np.broadcast_arrays(*[np.asarray(_num(value), dtype=float) for value in values]))


def _mean(*values: Column) -> Column:
    stacked = _stacked(values)
    seen = np.sum(~np.isnan(stacked), axis=0)
    return np.where(seen > 0, np.nansum(stacked, axis=0) / np.where(seen > 0, seen, 1), np.nan)


def _count(*values: Column) -> Column:
    stacked = np.stack(np.broadcast_arrays(*[_truth(value) for value in values]))
    seen = np.sum(~np.isnan(stacked), axis=0)
    return np.where(seen > 0, np.nansum(stacked, axis=0), np.nan)


def _log(value: Column) -> Column:
    array = np.asarray(_num(value), dtype=float)
    return np.log(np.where(array > 0, array, np.nan))


def _if(test: Column, yes: Column, no: Column) -> Column:
    truth = _truth(test)
    return np.where(np.isnan(truth), np.nan, np.where(truth == 1, _num(yes), _num(no)))


OPERATIONS: Mapping[str, object] = {
    "name": _name, "num": _num, "and_": _and, "or_": _or, "not_": _not, "if_": _if, "div": _div,
    "lt": _compare(np.less), "le": _compare(np.less_equal), "gt": _compare(np.greater),
    "ge": _compare(np.greater_equal), "eq": _compare(np.equal), "ne": _compare(np.not_equal),
    "up_": _ramp, "down_": _ramp, "abs_": lambda value: np.abs(_num(value)), "log_": _log,
    "min_": lambda *values: np.min(_stacked(values), axis=0),
    "max_": lambda *values: np.max(_stacked(values), axis=0),
    "mean_": _mean, "clip_": lambda value, low, high: np.clip(_num(value), low, high),
    "count_": _count, "known_": lambda value: (~_absent(value)).astype(float),
}  # fmt: skip
