"""The one small language of rules: a whitelisted expression over readings.

A source such as ``down(bonds.move_z, -0.2, -1.5) * down(sp500.move_z, -0.5, -1.2)`` is parsed once and
evaluated over one session (``evaluate``), over columns of many sessions (``columns``), or over the ranges
that readings declare (``bounds``). Logic is three-valued after Kleene: a missing reading makes an answer
unknown, never false. ``min`` and ``max`` are unknown when any argument is; ``mean`` and ``count`` take
those that are known; ``known(name)`` asks.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Mapping
from functools import cache, cached_property
from types import CodeType
from typing import TYPE_CHECKING, Any

from commentary import condition_values as scalar_values
from commentary.condition_store import STORE, Entry
from commentary.condition_writing import ConditionError, ScalarWriter, Writer

if TYPE_CHECKING:
    import numpy as np

    from commentary.condition_ranges import Range


class Condition:
    """A parsed expression. Make one with :func:`parse`."""

    def __init__(self, source: str, names: frozenset[str], code: str, compiled: CodeType) -> None:
        self.source, self.names, self._code, self._compiled = source, names, code, compiled

    def __repr__(self) -> str:
        return f"Condition({self.source!r})"

    def __reduce__(self) -> tuple[Callable[[str], Condition], tuple[str]]:
        return parse, (self.source,)

    @cached_property
    def _scalar(self) -> Callable[..., Any]:
        function: Callable[..., Any] = eval(self._compiled, {"__builtins__": {}, **scalar_values.OPERATIONS})
        return function

    def evaluate(self, scope: Mapping[str, object]) -> object:
        """Value for one session: a number (nan if unknown), or True, False, None (unknown)."""
        return self._scalar(scope.get)

    def holds(self, scope: Mapping[str, object]) -> bool | None:
        """Truth for one session: True, False, or None where a reading is missing."""
        return scalar_values.truth(self.evaluate(scope))

    def number(self, scope: Mapping[str, object]) -> float:
        """Number for one session, nan where a reading is missing."""
        return scalar_values.number(self.evaluate(scope))

    def columns(self, scope: Mapping[str, np.ndarray], length: int) -> np.ndarray:
        """Values of ``length`` sessions at once; truth is 1.0, 0.0 and nan for unknown.

        ``scope`` maps names to arrays of that length: floats with nan, or objects with None.
        """
        from commentary.condition_columns import evaluate_columns

        return evaluate_columns(self._code, scope, length)

    def bounds(self, ranges: Mapping[str, tuple[float, float]]) -> Range:
        """Range of values possible when each named reading lies in its declared range."""
        from commentary.condition_ranges import range_values

        return range_values(self._code, ranges)


@cache
def parse(source: str) -> Condition:
    """Parse an expression.

    Raises ConditionError, pointing at the column, for anything outside the language.
    """
    entry = STORE.find(source)
    if entry is None:
        entry = _compiled(source)
        STORE.add(source, entry)
    names, code, compiled = entry
    return Condition(source, frozenset(names), code, compiled)


def parse_once(source: str) -> Condition:
    """Parse an expression that is not kept between runs. Raises ConditionError as ``parse`` does."""
    names, code, compiled = _compiled(source)
    return Condition(source, frozenset(names), code, compiled)


def _compiled(source: str) -> Entry:
    try:
        tree = ast.parse(source, mode="eval")
    except SyntaxError as error:
        raise ConditionError(f"not an expression ({error.msg})", source, error.offset or 1) from None
    names: set[str] = set()
    code = Writer(source, names).write(tree.body)
    quick = ScalarWriter(source, names).write(tree.body)
    return tuple(sorted(names)), code, compile(f"lambda g: {quick}", "<condition>", "eval")


def check_names(condition: Condition, vocabulary: Iterable[str]) -> None:
    """Raise ConditionError with a suggestion for the first name that is not in ``vocabulary``."""
    words = vocabulary if isinstance(vocabulary, (set, frozenset, dict)) else set(vocabulary)
    for name in sorted(condition.names):
        if name not in words:
            import difflib

            close = difflib.get_close_matches(name, words, n=1, cutoff=0.6)
            hint = f"; did you mean {close[0]!r}?" if close else ""
            column = condition.source.find(name) + 1
            raise ConditionError(f"unknown reading {name!r}{hint}", condition.source, max(column, 1))
