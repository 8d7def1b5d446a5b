"""What the language's operations can give when each reading lies in its declared range.

Interval arithmetic after Moore (1966), with truth as the interval 0–1: an expression whose range is 0 to 0
is never true, one of 1 to 1 always true. Ranges are outer bounds: they may be wider than what can happen,
never narrower.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from commentary.shapes import dataclass


@dataclass(frozen=True)
class Range:
    """All values between ``low`` and ``high``, or any of ``words`` where the value is a name."""

    low: float
    high: float
    words: bool = False

    def __add__(self, other: Range) -> Range:
        return Range(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Range) -> Range:
        return Range(self.low - other.high, self.high - other.low)

    def __mul__(self, other: Range) -> Range:
        ends = [_product(a, b) for a in (self.low, self.high) for b in (other.low, other.high)]
        return Range(min(ends), max(ends))

    def __neg__(self) -> Range:
        return Range(-self.high, -self.low)

    @property
    def never(self) -> bool:
        """True where the expression cannot be true."""
        return not self.words and self.low == self.high == 0

    @property
    def always(self) -> bool:
        """True where the expression cannot be false."""
        return not self.words and (self.low > 0 or self.high < 0)


ANYTHING = Range(-math.inf, math.inf)
EITHER = Range(0.0, 1.0)
YES, NO = Range(1.0, 1.0), Range(0.0, 0.0)
WORDS = Range(0.0, 1.0, words=True)


def range_values(code: str, ranges: Mapping[str, tuple[float, float]]) -> Range:
    """Range of written code; a name without a declared range may be anything."""

    def named(name: str) -> Range:
        return Range(*ranges[name]) if name in ranges else ANYTHING

    function: Callable[..., Any] = eval(f"lambda g: {code}", {"__builtins__": {}, **_OPERATIONS})
    return _lift(function(named))


def _product(left: float, right: float) -> float:
    return 0.0 if left == 0 or right == 0 else left * right


def _lift(value: Any) -> Range:
    if isinstance(value, Range):
        return value
    return WORDS if isinstance(value, str) else Range(float(value), float(value))


def _truth(value: Any) -> Range:
    inner = _lift(value)
    if inner.words:
        return EITHER
    return YES if inner.always else NO if inner.never else EITHER


def _and(*values: Any) -> Range:
    truths = [_truth(value) for value in values]
    return Range(min(item.low for item in truths), min(item.high for item in truths))


def _or(*values: Any) -> Range:
    truths = [_truth(value) for value in values]
    return Range(max(item.low for item in truths), max(item.high for item in truths))


def _not(value: Any) -> Range:
    inner = _truth(value)
    return Range(1 - inner.high, 1 - inner.low)


def _less(left: Any, right: Any, strict: bool) -> Range:
    first, second = _lift(left), _lift(right)
    if first.words or second.words:
        return EITHER
    if first.high < second.low or (not strict and first.high == second.low):
        return YES
    if first.low > second.high or (strict and first.low == second.high):
        return NO
    return EITHER


def _equal(left: Any, right: Any) -> Range:
    first, second = _lift(left), _lift(right)
    if first.words or second.words:
        return EITHER
    if first.low > second.high or first.high < second.low:
        return NO
    return YES if first.low == first.high == second.low == second.high else EITHER


def _div(left: Any, right: Any) -> Range:
    bottom = _lift(right)
    if bottom.low <= 0 <= bottom.high:
        return ANYTHING
    return _lift(left) * Range(1 / bottom.high, 1 / bottom.low)


def _ramp(value: Any, start: Any, full: Any) -> Range:
    inner, first, last = _lift(value), _lift(start).low, _lift(full).low
    ends = [min(max((end - first) / (last - first), 0.0), 1.0) for end in (inner.low, inner.high)]
    return Range(min(ends), max(ends))


def _abs(value: Any) -> Range:
    inner = _lift(value)
    top = max(abs(inner.low), abs(inner.high))
    bottom = 0.0 if inner.low <= 0 <= inner.high else min(abs(inner.low), abs(inner.high))
    return Range(bottom, top)


def _log(value: Any) -> Range:
    inner = _lift(value)
    low = math.log(inner.low) if inner.low > 0 else -math.inf
    return Range(low, math.log(inner.high) if 0 < inner.high < math.inf else math.inf)


def _min(*values: Any) -> Range:
    items = [_lift(value) for value in values]
    return Range(min(item.low for item in items), min(item.high for item in items))


def _max(*values: Any) -> Range:
    items = [_lift(value) for value in values]
    return Range(max(item.low for item in items), max(item.high for item in items))


def _mean(*values: Any) -> Range:
    items = [_lift(value) for value in values]
    return Range(min(item.low for item in items), max(item.high for item in items))


def _clip(value: Any, low: Any, high: Any) -> Range:
    return _min(_max(value, low), high)


def _count(*values: Any) -> Range:
    return Range(0.0, sum(_truth(value).high for value in values))


def _if(test: Any, yes: Any, no: Any) -> Range:
    truth = _truth(test)
    if truth == YES:
        return _lift(yes)
    if truth == NO:
        return _lift(no)
    return Range(min(_lift(yes).low, _lift(no).low), max(_lift(yes).high, _lift(no).high))


_OPERATIONS: Mapping[str, object] = {
    "name": _lift, "num": _lift, "and_": _and, "or_": _or, "not_": _not, "if_": _if, "div": _div,
    "lt": lambda a, b: _less(a, b, True), "le": lambda a, b: _less(a, b, False),
    "gt": lambda a, b: _less(b, a, True), "ge": lambda a, b: _less(b, a, False),
    "eq": _equal, "ne": lambda a, b: _not(_equal(a, b)), "up_": _ramp, "down_": _ramp, "abs_": _abs,
    "log_": _log, "min_": _min, "max_": _max, "mean_": _mean, "clip_": _clip, "count_": _count,
    "known_": lambda value: EITHER,
}  # fmt: skip
