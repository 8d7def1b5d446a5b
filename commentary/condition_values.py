"""What the language's operations mean for one session: floats with nan, and True, False, None."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

NAN = math.nan


def name(value: Any) -> Any:
    """A name's value; a missing one is nan."""
    return NAN if value is None else value


def truth(value: Any) -> bool | None:
    """Truth of a value: None is unknown, a number is true when it is not zero."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return value != ""
    return None if value != value else value != 0


def number(value: Any) -> float:
    """A value as a number; unknown is nan, truth is one or zero."""
    if value is None or isinstance(value, str):
        return NAN
    return float(value)


def and_(*values: Any) -> bool | None:
    unknown = False
    for value in values:
        known = truth(value)
        if known is False:
            return False
        unknown = unknown or known is None
    return None if unknown else True


def or_(*values: Any) -> bool | None:
    unknown = False
    for value in values:
        known = truth(value)
        if known is True:
            return True
        unknown = unknown or known is None
    return None if unknown else False


def not_(value: Any) -> bool | None:
    known = truth(value)
    return None if known is None else not known


def _missing(left: Any, right: Any) -> bool:
    return left is None or right is None or left != left or right != right


def lt(left: Any, right: Any) -> bool | None:
    return None if _missing(left, right) else left < right


def le(left: Any, right: Any) -> bool | None:
    return None if _missing(left, right) else left <= right


def gt(left: Any, right: Any) -> bool | None:
    return None if _missing(left, right) else left > right


def ge(left: Any, right: Any) -> bool | None:
    return None if _missing(left, right) else left >= right


def eq(left: Any, right: Any) -> bool | None:
    return None if _missing(left, right) else left == right


def ne(left: Any, right: Any) -> bool | None:
    return None if _missing(left, right) else left != right


def if_(test: Any, yes: Any, no: Any) -> Any:
    known = truth(test)
    if known is None:
        return NAN
    return yes if known else no


def div(left: Any, right: Any) -> float:
    bottom = number(right)
    return NAN if bottom == 0 else number(left) / bottom


def up_(value: Any, start: float, full: float) -> float:
    """``clip((x − a) / (b − a), 0, 1)``."""
    position = number(value)
    if position != position:
        return NAN
    return min(max((position - start) / (full - start), 0.0), 1.0)


def down_(value: Any, start: float, full: float) -> float:
    """``clip((a − x) / (a − b), 0, 1)``."""
    position = number(value)
    if position != position:
        return NAN
    return min(max((start - position) / (start - full), 0.0), 1.0)


def abs_(value: Any) -> float:
    return abs(number(value))


def log_(value: Any) -> float:
    """Natural logarithm; unknown for zero and below."""
    position = number(value)
    return math.log(position) if position > 0 else NAN


def min_(*values: Any) -> float:
    numbers = [number(value) for value in values]
    return NAN if any(item != item for item in numbers) else min(numbers)


def max_(*values: Any) -> float:
    numbers = [number(value) for value in values]
    return NAN if any(item != item for item in numbers) else max(numbers)


def mean_(*values: Any) -> float:
    numbers = [item for item in map(number, values) if item == item]
    return sum(numbers) / len(numbers) if numbers else NAN


def clip_(value: Any, low: float, high: float) -> float:
    position = number(value)
    return NAN if position != position else min(max(position, low), high)


def count_(*values: Any) -> float:
    """How many are known to be true; unknown only when none is known."""
    known = [answer for answer in map(truth, values) if answer is not None]
    return float(sum(known)) if known else NAN


def known_(value: Any) -> bool:
    return value is not None and value == value


OPERATIONS: Mapping[str, object] = {
    "name": name, "num": number, "and_": and_, "or_": or_, "not_": not_, "lt": lt, "le": le, "gt": gt,
    "ge": ge, "eq": eq, "ne": ne, "if_": if_, "div": div, "up_": up_, "down_": down_, "abs_": abs_,
    "log_": log_, "min_": min_, "max_": max_, "mean_": mean_, "clip_": clip_, "count_": count_,
    "known_": known_, "truth": truth,
}  # fmt: skip
