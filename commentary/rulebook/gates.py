"""Gates: conditions without which a verdict cannot be given, and how far a session is from passing one."""

from __future__ import annotations

import ast
import math
from collections.abc import Mapping

from commentary.conditions import Condition, parse
from commentary.shapes import dataclass

_ABOVE = (ast.Gt, ast.GtE)
_BELOW = (ast.Lt, ast.LtE)


@dataclass(frozen=True)
class _Comparison:
    """``short`` is by how much the compared value falls short of its bound, in its own unit."""

    short: Condition

    def distance(self, scope: Mapping[str, object]) -> float:
        return self.short.number(scope)


@dataclass(frozen=True)
class _Joined:
    """Parts joined by ``and`` (the farthest counts) or ``or`` (the nearest counts)."""

    every: bool
    parts: tuple[_Comparison | _Joined, ...]

    def distance(self, scope: Mapping[str, object]) -> float:
        known = [length for part in self.parts if (length := part.distance(scope)) == length]
        if not known:
            return math.nan
        return max(known) if self.every else min(known)


@dataclass(frozen=True)
class Gate:
    """A parsed gate. Make one with :func:`parse_gate`."""

    condition: Condition
    tree: _Comparison | _Joined

    @property
    def source(self) -> str:
        """The expression as its author wrote it."""
        return self.condition.source

    def passed(self, scope: Mapping[str, object]) -> bool | None:
        """True, False, or None where a reading is missing that decides."""
        return self.condition.holds(scope)

    def distance(self, scope: Mapping[str, object]) -> float | None:
        """How much is wanting, in the unit of the reading that decides; zero or less when it passes.

        Of parts joined by ``and`` the one farthest from passing counts, of parts joined by ``or`` the
        nearest, missing readings left aside; None where nothing is known.
        """
        length = self.tree.distance(scope)
        return length if length == length else None


def parse_gate(source: str) -> Gate:
    """Parse a gate: comparisons by ``<``, ``<=``, ``>``, ``>=`` joined by ``and`` and ``or``.

    Raises ConditionError for an expression outside the language, ValueError for one that is no such gate.
    """
    condition = parse(source)
    return Gate(condition, _tree(ast.parse(source, mode="eval").body))


def _tree(node: ast.expr) -> _Comparison | _Joined:
    if isinstance(node, ast.BoolOp):
        return _Joined(isinstance(node.op, ast.And), tuple(_tree(value) for value in node.values))
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        left, right = ast.unparse(node.left), ast.unparse(node.comparators[0])
        if isinstance(node.ops[0], _ABOVE):
            return _Comparison(parse(f"({right}) - ({left})"))
        if isinstance(node.ops[0], _BELOW):
            return _Comparison(parse(f"({left}) - ({right})"))
    raise ValueError(f"a gate is made of <, <=, >, >= joined by and, or; got {ast.unparse(node)!r}")
