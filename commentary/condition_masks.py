"""On which of many sessions a condition is known to be true, and on which to be false.

The same answers as ``Condition.holds`` session by session, without compiling: rules share most of their
comparisons, and each comparison of a reading with a constant is looked at once.
"""

from __future__ import annotations

import ast
import operator
from collections import ChainMap
from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from commentary.condition_writing import name_of
from commentary.conditions import parse_once

_OPERATORS: Mapping[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}


@dataclass(frozen=True, slots=True)
class Answer:
    """Two boolean arrays of one length; where neither is set the answer is unknown."""

    true: np.ndarray
    false: np.ndarray


class Masks:
    """Conditions over ``length`` sessions. ``columns``: floats with nan, or objects with None, by name."""

    def __init__(self, columns: Mapping[str, np.ndarray], length: int) -> None:
        self.columns, self.length = columns, length
        self._kept: MutableMapping[object, Answer] = {}
        self._known: MutableMapping[str, np.ndarray] = {}

    def beside(self, columns: Mapping[str, np.ndarray]) -> Masks:
        """The same with further columns, of names that are none of these."""
        found = Masks({**self.columns, **columns}, self.length)
        found._kept, found._known = ChainMap({}, self._kept), ChainMap({}, self._known)
        return found

    def holds(self, source: str) -> np.ndarray:
        """Where a condition is known to be true. Raises ConditionError for text outside the language."""
        return self.answer(source).true

    def answer(self, source: str) -> Answer:
        """Truth of a condition on every session. Raises ConditionError for text outside the language."""
        found = self._kept.get(source)
        if found is None:
            try:
                tree = ast.parse(source, mode="eval").body
            except SyntaxError:
                parse_once(source)  # which says what is wrong with it
                raise
            found = self._kept[source] = self._of(tree)
        return found

    def known(self, name: str) -> np.ndarray:
        """Where a reading has a value."""
        found = self._known.get(name)
        if found is None:
            found = self._known[name] = self._looked_at(name)
        return found

    def _looked_at(self, name: str) -> np.ndarray:
        column = self.columns.get(name)
        if column is None:
            return np.zeros(self.length, dtype=bool)
        if column.dtype == object:
            return np.array([item is not None for item in column], dtype=bool)
        known: np.ndarray = column == column
        return known

    def _of(self, node: ast.expr) -> Answer:
        if isinstance(node, ast.BoolOp):
            parts = [self._of(value) for value in node.values]
            true, false = [part.true for part in parts], [part.false for part in parts]
            if isinstance(node.op, ast.And):
                return Answer(np.logical_and.reduce(true), np.logical_or.reduce(false))
            return Answer(np.logical_or.reduce(true), np.logical_and.reduce(false))
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            inner = self._of(node.operand)
            return Answer(inner.false, inner.true)
        return self._compared(node) or self._evaluated(node)

    def _compared(self, node: ast.expr) -> Answer | None:
        """A reading beside a constant; None for anything else."""
        if not isinstance(node, ast.Compare) or len(node.ops) > 1:
            return None
        name, constant = name_of(node.left), _constant(node.comparators[0])
        if not name or constant is None:
            return None
        key = (name, type(node.ops[0]), constant)
        if key not in self._kept:
            known, column = self.known(name), self.columns.get(name)
            if column is not None and (column.dtype == object) != isinstance(constant, str):
                return None
            compare = _OPERATORS.get(type(node.ops[0]))
            if compare is None:
                return None
            true = known if column is None else known & np.asarray(compare(column, constant), dtype=bool)
            self._kept[key] = Answer(true, known & ~true)
        return self._kept[key]

    def _evaluated(self, node: ast.expr) -> Answer:
        key = ast.unparse(node)
        if key not in self._kept:
            values = parse_once(key).columns(self.columns, self.length)
            self._kept[key] = Answer((values == values) & (values != 0), values == 0)
        return self._kept[key]


def _constant(node: ast.expr) -> float | str | None:
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        inner = _constant(node.operand)
        return -inner if isinstance(inner, float) else None
    if isinstance(node, ast.Constant) and not isinstance(node.value, bool):
        if isinstance(node.value, (int, float)):
            return float(node.value)
        return node.value if isinstance(node.value, str) else None
    return None
