"""A condition taken apart: what each comparison reads, where it stands, what it asks, how far it is."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from commentary.conditions import Condition, parse
from commentary.model import Scalar
from commentary.quoted import Part, Read
from commentary.rulebook.book import Rulebook, Step
from commentary.shapes import dataclass
from commentary.shown import Showing, figure, gap
from commentary.units import Unit

_SIGNS: Mapping[type[ast.cmpop], str] = {
    ast.Gt: ">", ast.GtE: ">=", ast.Lt: "<", ast.LtE: "<=", ast.Eq: "=", ast.NotEq: "≠",
}  # fmt: skip
_TURNED = {">": "<", ">=": "<=", "<": ">", "<=": ">="}
_KEEPS_UNIT = ("abs", "min", "max", "mean", "clip")
_NAME = re.compile(r"(?<![\w.])[a-z]\w*(?:\.\w+)?(?![\w(])")


@dataclass(frozen=True)
class Reader:
    """Takes conditions apart over a worked scope; ``deep`` also says what each comparison rests on and counts."""

    rulebook: Rulebook
    scope: Mapping[str, object]
    showing: Showing
    deep: bool = True

    def part(self, source: str) -> Part:
        """A condition with its parts, down to single comparisons. Raises nothing on a condition that parsed."""
        return self._part(ast.parse(source, mode="eval").body)

    def reads(self, names: Iterable[str]) -> tuple[Read, ...]:
        """Names as quoted, in their order."""
        return tuple(self.read(name) for name in names)

    def read(self, name: str) -> Read:
        """A reading or derived number as quoted."""
        value = self.scope.get(name)
        known = value if isinstance(value, (int, float, str)) and value == value else None
        unit = self._unit_of_name(name)
        return Read(name, self.showing.title(name), known, unit, self._shown(name, known, unit))

    def _part(self, node: ast.expr) -> Part:
        text = ast.unparse(node)
        passed = parse(text).holds(self.scope)
        if isinstance(node, ast.BoolOp):
            join = "and" if isinstance(node.op, ast.And) else "or"
            return Part(text, join, passed, parts=tuple(map(self._part, node.values)))
        if isinstance(node, ast.IfExp):
            return self._taken(node)
        if isinstance(node, ast.Compare):
            sides = list(pairwise((node.left, *node.comparators)))
            if len(sides) == 1:
                return self._comparison(text, sides[0], _SIGNS[type(node.ops[0])])
            parts = [
                ast.Compare(left, [op], [right]) for (left, right), op in zip(sides, node.ops, strict=True)
            ]
            return Part(text, "and", passed, parts=tuple(map(self._part, parts)))
        return Part(text, "", passed, self.showing.title(text), reads=self._under(parse(text)))

    def _in_force(self, node: ast.expr) -> ast.expr:
        """An expression with the branches that are in force in the place of its choices, where that is known."""
        taken: ast.expr = _Branches(self.scope).visit(ast.parse(ast.unparse(node), mode="eval").body)
        return taken

    def _taken(self, node: ast.IfExp) -> Part:
        """The branch that is in force; the whole, untaken, where that is not known."""
        test = parse(ast.unparse(node.test)).holds(self.scope)
        if test is None:
            text = ast.unparse(node)
            return Part(text, "", None, self.showing.title(text), reads=self._under(parse(text)))
        return self._part(node.body if test else node.orelse)

    def _comparison(self, text: str, sides: tuple[ast.expr, ast.expr], sign: str) -> Part:
        left, right = (self._in_force(side) for side in sides)
        if not parse(ast.unparse(left)).names:
            left, right, sign = right, left, _TURNED.get(sign, sign)
        inner, bound = parse(ast.unparse(left)), parse(ast.unparse(right))
        passed = parse(text).holds(self.scope)
        value, level = _known(inner.evaluate(self.scope)), _known(bound.evaluate(self.scope))
        unit = self._unit(left) or self._unit(right) or ""
        length = _distance(value, level, sign)
        counted, direct = self._counted(inner), inner.source.startswith("count(")
        return Part(
            text,
            "count" if counted else "",
            passed,
            compared=inner.source,
            title="how many of" if direct else self.showing.title(inner.source),
            value=value,
            value_shown=self._shown(inner.source, value, unit),
            sign=sign,
            threshold=level,
            threshold_shown=self._shown(inner.source, level, unit),
            distance=length,
            distance_shown="" if length is None else gap(length, unit),
            unit=unit,
            reads=self._under(inner),
            parts=counted,
        )

    def _counted(self, inner: Condition) -> tuple[Part, ...]:
        """What is counted, where the condition compares a count or a derived number that is one."""
        if not self.deep:
            return ()
        step = self._step(inner.source)
        root = _tree(step.value if step else inner)
        if isinstance(root, ast.Call) and isinstance(root.func, ast.Name) and root.func.id == "count":
            return tuple(map(self._part, root.args))
        return ()

    def _under(self, condition: Condition) -> tuple[Read, ...]:
        """The readings of the tape that a condition comes from, in the order in which it names them."""
        found: dict[str, None] = {}
        for name in in_order(condition) if self.deep else ():
            step = self._step(name)
            found |= dict.fromkeys((read.name for read in self._under(step.value)) if step else (name,))
        return self.reads(found)

    def _step(self, name: str) -> Step | None:
        return next((step for step in self.rulebook.steps if step.key == name), None)

    def _shown(self, source: str, value: Scalar | None, unit: str) -> str:
        if not isinstance(value, (int, float)):
            return self.showing.of(source, value)
        return figure(float(value), unit, sign=not self.showing.signless(source))

    def _unit_of_name(self, name: str) -> str:
        if name.startswith("evidence."):
            return Unit.RATIO
        step = self._step(name)
        return self.showing.unit(name) if step is None else self._unit(_tree(step.value)) or ""

    def _unit(self, node: ast.expr) -> str | None:
        """Unit of an expression; "" where it has none, None of a constant."""
        if isinstance(node, (ast.Name, ast.Attribute)):
            return self._unit_of_name(ast.unparse(node))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _KEEPS_UNIT:
            return self._common(node.args)
        if isinstance(node, ast.UnaryOp):
            return self._unit(node.operand)
        if isinstance(node, ast.IfExp):
            return self._common((node.body, node.orelse))
        if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Sub)):
            return self._common((node.left, node.right))
        return "" if parse(ast.unparse(node)).names and not _naught(node) else None

    def _common(self, nodes: Iterable[ast.expr]) -> str | None:
        found = {unit for node in nodes if (unit := self._unit(node)) is not None}
        return (found.pop() if len(found) == 1 else "") if found else None


class _Branches(ast.NodeTransformer):
    """Puts the branch that is in force in the place of a choice."""

    def __init__(self, scope: Mapping[str, object]) -> None:
        self.scope = scope

    def visit_IfExp(self, node: ast.IfExp) -> ast.AST:
        """The branch in force; the choice itself where its test is not known."""
        test = parse(ast.unparse(node.test)).holds(self.scope)
        if test is None:
            return self.generic_visit(node)
        taken: ast.AST = self.visit(node.body if test else node.orelse)
        return taken


def in_order(condition: Condition) -> Iterator[str]:
    """Names of a condition in the order in which it reads them."""
    found = (match[0] for match in _NAME.finditer(condition.source))
    return (name for name in dict.fromkeys(found) if name in condition.names)


def _tree(condition: Condition) -> ast.expr:
    return ast.parse(condition.source, mode="eval").body


def _naught(node: ast.expr) -> bool:
    """True of ``0 * …``, which rules write to make a sum unknown where a reading is."""
    if not isinstance(node, ast.BinOp) or not isinstance(node.op, ast.Mult):
        return False
    return isinstance(node.left, ast.Constant) and node.left.value == 0


def _known(value: object) -> Scalar | None:
    if isinstance(value, str):
        return value
    return float(value) if isinstance(value, (int, float)) and value == value else None


def _distance(value: Scalar | None, level: Scalar | None, sign: str) -> float | None:
    if sign not in _TURNED or not isinstance(value, float) or not isinstance(level, float):
        return None
    return level - value if sign in (">", ">=") else value - level
