"""What a condition leaves open: the range of each reading on the sessions on which it is true.

Contraction by constraint propagation after Davis (1987): every comparison narrows the names on both of its
sides, ``and`` narrows in turn until nothing changes, ``or`` takes the hull of what its parts leave. Outer bounds:
they may be wider than what can happen, never narrower. Truth of a call is not looked into, but for ``max``,
``min``, ``abs``, ``count`` and ``known``.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Iterator, Mapping
from functools import cache

from commentary.condition_writing import name_of
from commentary.shapes import dataclass

Bounds = tuple[float, float]
ALL: Bounds = (-math.inf, math.inf)
_PASSES = 3

_NEGATED: Mapping[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.GtE, ast.LtE: ast.Gt, ast.Gt: ast.LtE, ast.GtE: ast.Lt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
}  # fmt: skip
_TURNED: Mapping[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.Gt, ast.LtE: ast.GtE, ast.Gt: ast.Lt, ast.GtE: ast.LtE, ast.Eq: ast.Eq,
}  # fmt: skip


@dataclass(frozen=True)
class Left:
    """Bounds by reading, and the words that a name may be where the condition says so. ``empty``: never true."""

    bounds: Mapping[str, Bounds]
    words: Mapping[str, frozenset[str]]
    empty: bool = False

    def of(self, name: str) -> Bounds:
        """Bounds of a reading; anything where nothing is said of it."""
        return self.bounds.get(name, ALL)


NOTHING_SAID = Left({}, {})
NEVER = Left({}, {}, empty=True)


def narrowed(source: str, ranges: Mapping[str, Bounds], before: Left = NOTHING_SAID) -> Left:
    """What a condition leaves of declared ranges, or of what another condition left.

    Raises SyntaxError for text that is no expression.
    """
    tree = _tree(source)
    found = before
    for _ in range(_PASSES):
        last, found = found, _narrow(tree, found, ranges)
        if found.empty or found == last:
            break
    return found


@cache
def _tree(source: str) -> ast.expr:
    return _positive(ast.parse(source, mode="eval").body, denied=False)


def _positive(node: ast.expr, *, denied: bool) -> ast.expr:
    """The expression with every ``not`` taken into its comparisons."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return _positive(node.operand, denied=not denied)
    if isinstance(node, ast.BoolOp):
        both = isinstance(node.op, ast.And) != denied
        return ast.BoolOp(
            ast.And() if both else ast.Or(), [_positive(part, denied=denied) for part in node.values]
        )
    if isinstance(node, ast.Compare) and len(node.ops) > 1:
        ends = (node.left, *node.comparators)
        parts: list[ast.expr] = [
            ast.Compare(left, [sign], [right])
            for left, sign, right in zip(ends, node.ops, ends[1:], strict=False)
        ]
        return _positive(ast.BoolOp(ast.And(), parts), denied=denied)
    if isinstance(node, ast.Compare) and denied and type(node.ops[0]) in _NEGATED:
        return ast.Compare(node.left, [_NEGATED[type(node.ops[0])]()], node.comparators)
    return node if not denied else ast.UnaryOp(ast.Not(), node)


def _narrow(node: ast.expr, left: Left, ranges: Mapping[str, Bounds]) -> Left:
    if left.empty:
        return left
    if isinstance(node, ast.BoolOp):
        if isinstance(node.op, ast.Or):
            return hull([_narrow(part, left, ranges) for part in node.values])
        for part in node.values:
            left = _narrow(part, left, ranges)
        return left
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        return _compared(node, left, ranges)
    name = name_of(node)
    return _within(left, name, ranges, (1.0, 1.0)) if name and ranges.get(name) == (0.0, 1.0) else left


def _compared(node: ast.Compare, left: Left, ranges: Mapping[str, Bounds]) -> Left:
    sign, right = type(node.ops[0]), node.comparators[0]
    if isinstance(right, ast.Constant) and isinstance(right.value, str):
        if isinstance(node.left, ast.Constant):
            return left if (node.left.value == right.value) == (sign is ast.Eq) else NEVER
        return _worded(left, name_of(node.left), sign, right.value)
    if sign not in _TURNED:
        return left
    first, second = _bounds(node.left, left, ranges), _bounds(right, left, ranges)
    strict = sign in (ast.Lt, ast.Gt)
    left = _side(node.left, _reach(sign, second), strict, (left, ranges))
    return left if left.empty else _side(right, _reach(_TURNED[sign], first), strict, (left, ranges))


def _reach(sign: type[ast.cmpop], other: Bounds) -> Bounds:
    """Where a side may lie that stands so to another."""
    if sign is ast.Eq:
        return other
    return (-math.inf, other[1]) if sign in (ast.Lt, ast.LtE) else (other[0], math.inf)


def _side(node: ast.expr, reach: Bounds, strict: bool, scope: tuple[Left, Mapping[str, Bounds]]) -> Left:
    """Narrow the names of one side of a comparison to what lets it lie within ``reach``."""
    left, ranges = scope
    if name := name_of(node):
        return _within(left, name, ranges, reach, strict=strict)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return _side(node.operand, (-reach[1], -reach[0]), strict, scope)
    if isinstance(node, ast.BinOp):
        return _operated(node, reach, strict, scope)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return _called(node, reach, strict, scope)
    low, high = _bounds(node, left, ranges)
    return NEVER if low > reach[1] or high < reach[0] else left


def _operated(node: ast.BinOp, reach: Bounds, strict: bool, scope: tuple[Left, Mapping[str, Bounds]]) -> Left:
    left, ranges = scope
    first, second = _bounds(node.left, left, ranges), _bounds(node.right, left, ranges)
    if isinstance(node.op, ast.Mult | ast.Div):
        if isinstance(node.op, ast.Mult) and first[0] == first[1] and second[0] < second[1]:
            return _operated(ast.BinOp(node.right, node.op, node.left), reach, strict, scope)
        factor = second if second[0] == second[1] else None
        if factor is None:
            return _signed(node, reach, strict, scope) if isinstance(node.op, ast.Mult) else left
        if factor[0] == 0:
            return left
        by = factor[0] if isinstance(node.op, ast.Mult) else 1 / factor[0]
        ends = sorted((reach[0] / by, reach[1] / by))
        return _side(node.left, (ends[0], ends[1]), strict, scope)
    turned = isinstance(node.op, ast.Sub)
    right = (-second[1], -second[0]) if turned else second
    left = _side(node.left, (reach[0] - right[1], reach[1] - right[0]), strict, scope)
    rest = (reach[0] - first[1], reach[1] - first[0])
    return (
        left
        if left.empty
        else _side(node.right, (-rest[1], -rest[0]) if turned else rest, strict, (left, ranges))
    )


def _signed(node: ast.BinOp, reach: Bounds, strict: bool, scope: tuple[Left, Mapping[str, Bounds]]) -> Left:
    """A product on one side of nought: where one factor's sign is known, so is the other's."""
    side = 1 if reach[0] >= 0 else -1 if reach[1] <= 0 else 0
    left, ranges = scope
    for one, other in ((node.left, node.right), (node.right, node.left)):
        low, high = _bounds(one, left, ranges)
        sign = side * (1 if low >= 0 else -1 if high <= 0 else 0)
        if sign and not left.empty:
            half = (0.0, math.inf) if sign > 0 else (-math.inf, 0.0)
            left = _side(other, half, strict, (left, ranges))
    return left


def _called(node: ast.Call, reach: Bounds, strict: bool, scope: tuple[Left, Mapping[str, Bounds]]) -> Left:
    called = node.func.id if isinstance(node.func, ast.Name) else ""
    left, ranges = scope
    if called == "abs" and reach[1] < math.inf:
        return _side(node.args[0], (-reach[1], reach[1]), strict, scope)
    if called == "abs" and reach[0] > 0:  # of one sign already: away from zero
        low, high = _bounds(node.args[0], left, ranges)
        away = (reach[0], math.inf) if low >= 0 else (-math.inf, -reach[0]) if high <= 0 else ALL
        return _side(node.args[0], away, strict, scope)
    wanted = {"max": (-math.inf, reach[1]), "min": (reach[0], math.inf)}.get(called)
    if wanted is not None:
        for argument in node.args:
            left = left if left.empty else _side(argument, wanted, strict, (left, ranges))
        return left
    if called == "count" and reach[0] > len(node.args) - 1:
        for argument in node.args:
            left = _narrow(_positive(argument, denied=False), left, ranges)
        return left
    low, high = _bounds(node, left, ranges)
    return NEVER if low > reach[1] or high < reach[0] else left


def _bounds(node: ast.expr, left: Left, ranges: Mapping[str, Bounds]) -> Bounds:
    """Range of an arithmetic expression; anything for what is not looked into."""
    if name := name_of(node):
        return left.bounds.get(name) or ranges.get(name, ALL)
    if isinstance(node, ast.Constant) and isinstance(node.value, (int, float)):
        return float(node.value), float(node.value)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        low, high = _bounds(node.operand, left, ranges)
        return -high, -low
    if isinstance(node, ast.BinOp):
        return _arithmetic(type(node.op), _bounds(node.left, left, ranges), _bounds(node.right, left, ranges))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return _call_bounds(node.func.id, [_bounds(item, left, ranges) for item in node.args])
    return ALL


def _arithmetic(operation: type[ast.operator], first: Bounds, second: Bounds) -> Bounds:
    if operation is ast.Add:
        return first[0] + second[0], first[1] + second[1]
    if operation is ast.Sub:
        return first[0] - second[1], first[1] - second[0]
    if operation is ast.Div:
        if second[0] <= 0 <= second[1]:
            return ALL
        second = (1 / second[1], 1 / second[0])
    ends = [0.0 if 0 in (a, b) else a * b for a in first for b in second]
    return min(ends), max(ends)


def _call_bounds(called: str, inner: list[Bounds]) -> Bounds:
    if called == "abs":
        low, high = inner[0]
        return (0.0 if low <= 0 <= high else min(abs(low), abs(high))), max(abs(low), abs(high))
    if called == "max":
        return max(low for low, _ in inner), max(high for _, high in inner)
    if called == "min":
        return min(low for low, _ in inner), min(high for _, high in inner)
    if called == "mean":
        return min(low for low, _ in inner), max(high for _, high in inner)
    return {"up": (0.0, 1.0), "down": (0.0, 1.0), "known": (0.0, 1.0), "count": (0.0, float(len(inner)))}.get(
        called, ALL
    )


def _within(
    left: Left, name: str, ranges: Mapping[str, Bounds], reach: Bounds, *, strict: bool = False
) -> Left:
    low, high = left.bounds.get(name) or ranges.get(name, ALL)
    found = max(low, reach[0]), min(high, reach[1])
    if found[0] > found[1] or (strict and (low >= reach[1] or high <= reach[0])):
        return NEVER
    return Left({**left.bounds, name: found}, left.words)


def _worded(left: Left, name: str, sign: type[ast.cmpop], word: str) -> Left:
    if not name or sign is not ast.Eq:
        return left
    words = left.words.get(name, frozenset({word})) & {word}
    return Left(left.bounds, {**left.words, name: words}) if words else NEVER


def hull(parts: list[Left]) -> Left:
    """What any of them leaves."""
    kept = [part for part in parts if not part.empty]
    if not kept:
        return NEVER
    bounds = {
        name: (min(part.bounds[name][0] for part in kept), max(part.bounds[name][1] for part in kept))
        for name in _shared(part.bounds for part in kept)
    }
    words = {
        name: frozenset[str]().union(*(part.words[name] for part in kept))
        for name in _shared(part.words for part in kept)
    }
    return Left(bounds, words)


def _shared(parts: Iterator[Mapping[str, object]]) -> list[str]:
    """Names that all of them have."""
    first, *others = parts
    return [name for name in first if all(name in other for other in others)]
