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

if TYPE_CHECKING:
    import numpy as np

    from commentary.condition_ranges import Range

CALLS = {
    "up": 3,
    "down": 3,
    "abs": 1,
    "log": 1,
    "min": 0,
    "max": 0,
    "mean": 0,
    "clip": 3,
    "count": 0,
    "known": 1,
}
"""Calls that may be made and how many arguments each takes (0: one or more)."""

_COMPARE = {ast.Lt: "lt", ast.LtE: "le", ast.Gt: "gt", ast.GtE: "ge", ast.Eq: "eq", ast.NotEq: "ne"}
_BINARY = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*"}


class ConditionError(ValueError):
    """An expression that the language does not take; ``column`` counts from one."""

    def __init__(self, message: str, source: str, column: int) -> None:
        self.reason, self.source, self.column = message, source, column
        pointer = " " * (column - 1) + "^"
        super().__init__(f"{message} at column {column}\n    {source}\n    {pointer}")


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
    code = _Writer(source, names).write(tree.body)
    return tuple(sorted(names)), code, compile(f"lambda g: {code}", "<condition>", "eval")


def name_of(node: ast.expr) -> str:
    """The name that a node of a condition's tree reads, nothing where it is no name."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return f"{node.value.id}.{node.attr}"
    return ""


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


class _Writer:
    """Writes a checked syntax tree as calls on whatever set of operations is bound later."""

    def __init__(self, source: str, names: set[str]) -> None:
        self.source, self.names = source, names

    def fail(self, message: str, node: ast.AST) -> ConditionError:
        return ConditionError(message, self.source, getattr(node, "col_offset", 0) + 1)

    def write(self, node: ast.expr) -> str:
        writer = getattr(self, f"_{type(node).__name__.lower()}", None)
        if writer is None:
            raise self.fail(f"{type(node).__name__} is not in the language", node)
        text: str = writer(node)
        return text

    def _constant(self, node: ast.Constant) -> str:
        if isinstance(node.value, bool) or not isinstance(node.value, (int, float, str)):
            raise self.fail(f"constant {node.value!r} is neither a number nor a string", node)
        return repr(float(node.value)) if isinstance(node.value, (int, float)) else repr(node.value)

    def _name(self, node: ast.Name) -> str:
        self.names.add(node.id)
        return f"name(g({node.id!r}))"

    def _attribute(self, node: ast.Attribute) -> str:
        if not isinstance(node.value, ast.Name):
            raise self.fail("a reading is written subject.measure", node)
        dotted = f"{node.value.id}.{node.attr}"
        self.names.add(dotted)
        return f"name(g({dotted!r}))"

    def _binop(self, node: ast.BinOp) -> str:
        left, right = self.write(node.left), self.write(node.right)
        if isinstance(node.op, ast.Div):
            return f"div({left}, {right})"
        sign = _BINARY.get(type(node.op))
        if sign is None:
            raise self.fail(f"operator {type(node.op).__name__} is not in the language", node)
        return f"(num({left}) {sign} num({right}))"

    def _unaryop(self, node: ast.UnaryOp) -> str:
        inner = self.write(node.operand)
        if isinstance(node.op, ast.Not):
            return f"not_({inner})"
        if isinstance(node.op, ast.USub):
            return f"(-num({inner}))"
        raise self.fail(f"operator {type(node.op).__name__} is not in the language", node)

    def _boolop(self, node: ast.BoolOp) -> str:
        name = "and_" if isinstance(node.op, ast.And) else "or_"
        return f"{name}({', '.join(self.write(value) for value in node.values)})"

    def _compare(self, node: ast.Compare) -> str:
        parts: list[str] = []
        left = node.left
        for operator, right in zip(node.ops, node.comparators, strict=True):
            name = _COMPARE.get(type(operator))
            if name is None:
                raise self.fail(f"comparison {type(operator).__name__} is not in the language", node)
            parts.append(f"{name}({self.write(left)}, {self.write(right)})")
            left = right
        return parts[0] if len(parts) == 1 else f"and_({', '.join(parts)})"

    def _ifexp(self, node: ast.IfExp) -> str:
        return f"if_({self.write(node.test)}, {self.write(node.body)}, {self.write(node.orelse)})"

    def _call(self, node: ast.Call) -> str:
        if not isinstance(node.func, ast.Name) or node.func.id not in CALLS:
            called = ast.unparse(node.func)
            import difflib

            close = difflib.get_close_matches(called, CALLS, n=1)
            hint = f"; did you mean {close[0]!r}?" if close else f"; there are {', '.join(CALLS)}"
            raise self.fail(f"unknown call {called!r}{hint}", node)
        wanted, name = CALLS[node.func.id], node.func.id
        if node.keywords or not node.args or (wanted and len(node.args) != wanted):
            raise self.fail(f"{name} takes {wanted or 'one or more'} arguments, got {len(node.args)}", node)
        if name == "known" and not isinstance(node.args[0], (ast.Name, ast.Attribute)):
            raise self.fail("known asks about one reading", node)
        return f"{name}_({', '.join(self.write(argument) for argument in node.args)})"
