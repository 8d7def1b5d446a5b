"""Finds the thresholds of an expression and asks whether examples show each of them."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from commentary.conditions import Condition, parse
from commentary.rulebook.book import Example

_RAMPS = {"up", "down", "clip"}


@dataclass(frozen=True, slots=True)
class Threshold:
    """``inner`` is the part of the expression that is held against ``level``."""

    inner: Condition
    level: float


@cache
def thresholds(source: str) -> tuple[Threshold, ...]:
    """Levels that readings are held against: ends of ramps and clips, and sides of comparisons."""
    found = dict.fromkeys(
        (inner, level) for node in ast.walk(ast.parse(source, mode="eval")) for inner, level in _of_node(node)
    )
    return tuple(Threshold(parse(inner), level) for inner, level in found if parse(inner).names)


def without_pair(source: str, examples: Iterable[Example]) -> Iterator[Threshold]:
    """Thresholds for which no two examples differ in one reading alone, lie on either side and end apart."""
    given = tuple(examples)
    for threshold in thresholds(source):
        if not any(_shows(threshold, one, other) for one in given for other in given):
            yield threshold


def _of_node(node: ast.AST) -> Iterator[tuple[str, float]]:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _RAMPS:
        for bound in node.args[1:]:
            yield from _level(ast.unparse(node.args[0]), bound)
    if isinstance(node, ast.Compare):
        sides = [node.left, *node.comparators]
        for left, right in pairwise(sides):
            yield from _level(ast.unparse(left), right)
            yield from _level(ast.unparse(right), left)


def _level(inner: str, bound: ast.expr) -> Iterator[tuple[str, float]]:
    level = parse(ast.unparse(bound))
    if not level.names and not isinstance(level.evaluate({}), str):
        yield inner, level.number({})


def _shows(threshold: Threshold, one: Example, other: Example) -> bool:
    if one.strength == other.strength or one.readings.keys() != other.readings.keys():
        return False
    differing = [name for name in one.readings if one.readings[name] != other.readings[name]]
    if len(differing) != 1 or differing[0] not in threshold.inner.names:
        return False
    low, high = sorted((threshold.inner.number(one.readings), threshold.inner.number(other.readings)))
    return low <= threshold.level <= high
