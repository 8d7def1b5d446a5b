"""Readings as a desk prints them: what they are called in a table, and their figures by unit."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from dataclasses import field
from datetime import date

from commentary.model import ReadingSpec, Scalar
from commentary.shapes import dataclass
from commentary.units import Unit, half_up

MINUS = "−"
MISSING = "–"

_PLACES = {
    Unit.FRACTION: 1, Unit.SHARE: 1, Unit.SIGMA: 2, Unit.BASIS_POINTS: 0, Unit.PERCENT: 2, Unit.POINTS: 2,
    Unit.PERCENT_POINTS: 2, Unit.PRICE: 2, Unit.RATIO: 2, Unit.COUNT: 0, Unit.SESSIONS: 0,
}  # fmt: skip
_SUFFIX = {
    Unit.FRACTION: " %", Unit.SHARE: " %", Unit.SIGMA: "σ", Unit.BASIS_POINTS: " bp", Unit.PERCENT: " %",
    Unit.PERCENT_POINTS: " pt",
}  # fmt: skip
_GAPS = {Unit.FRACTION: " pt", Unit.SHARE: " pt", Unit.PERCENT: " pt", Unit.POINTS: " pt"}
_CHANGES = (Unit.FRACTION, Unit.SIGMA, Unit.BASIS_POINTS, Unit.PERCENT_POINTS)
"""Units of what goes up or down: their figures bear a sign, unless the reading cannot be negative."""

SCALES = {Unit.FRACTION: 100.0, Unit.SHARE: 100.0}


def signed(value: float, decimals: int) -> str:
    """``+1.2``, ``−3.0``, ``0.0``."""
    mark = "+" if half_up(value, decimals) > 0 else ""
    return mark + unsigned(value, decimals)


def unsigned(value: float, decimals: int) -> str:
    """``1.2``, ``−3.0``, ``0.0``: a sign only below zero."""
    rounded = half_up(value, decimals)
    return f"{MINUS if rounded < 0 else ''}{abs(rounded):,.{decimals}f}"


def bare(value: float) -> str:
    """A number without a unit: at most two decimals, none where it is whole."""
    text = unsigned(value, 2)
    return text.removesuffix(".00")


def figure(value: float, unit: str, *, sign: bool = True) -> str:
    """A value in its unit's market format: ``−3.0 %``, ``+1.25σ``, ``5,186.33``, ``yes``.

    ``sign`` false leaves the plus away. Dates are ordinals and come as ISO dates; an empty unit is bare.
    """
    if not unit:
        return bare(value)
    kind = Unit(unit)
    if kind == Unit.FLAG:
        return "yes" if value else "no"
    if kind == Unit.DATE:
        return date.fromordinal(int(value)).isoformat()
    scaled, places = value * SCALES.get(kind, 1.0), _PLACES[kind]
    text = signed(scaled, places) if sign and kind in _CHANGES else unsigned(scaled, places)
    return text + _SUFFIX.get(kind, "")


@dataclass(frozen=True)
class Showing:
    """How readings are shown on one day.

    ``titles`` are names of readings and derived numbers as tables write them, ``labels`` of instruments,
    pairs, verdicts and sleeves by id; ``units`` those of derived numbers that have one.
    """

    specs: Mapping[str, ReadingSpec]
    titles: Mapping[str, str]
    labels: Mapping[str, str]
    units: Mapping[str, str] = field(default_factory=dict)

    def title(self, reading: str) -> str:
        """What a table calls a reading, or an expression over readings."""
        return titled(reading, self.titles, self.labels)

    def label(self, ident: str) -> str:
        """What a table calls an instrument, a verdict or a sleeve."""
        return self.labels.get(ident, ident.replace("_", " "))

    def unit(self, reading: str) -> str:
        """Unit of a reading or derived number; "" where it has none."""
        spec = self.specs.get(reading)
        return spec.unit.value if spec else self.units.get(reading, "")

    def signless(self, reading: str) -> bool:
        """True for a reading, or the size of one, that cannot be negative."""
        if reading.startswith("abs("):
            return True
        spec = self.specs.get(reading)
        return spec is not None and spec.low >= 0

    def of(self, reading: str, value: Scalar | None) -> str:
        """A reading's value as printed; – where it is missing."""
        if value is None or value != value:
            return MISSING
        if isinstance(value, str):
            return self.label(value)
        return figure(float(value), self.unit(reading), sign=not self.signless(reading))


def titled(expression: str, titles: Mapping[str, str], labels: Mapping[str, str]) -> str:
    """Title of a reading, or an expression over readings in words.

    A reading without a title goes by its subject's label and its measure.
    """
    if expression in titles or _NAME.fullmatch(expression):
        return _title(expression, titles, labels)
    words = _Wording(titles, labels).worded(ast.parse(expression, mode="eval").body)
    return words[0].upper() + words[1:]


@dataclass(frozen=True)
class _Wording:
    """Says an expression in the titles of what it reads."""

    titles: Mapping[str, str]
    labels: Mapping[str, str]

    def worded(self, node: ast.expr) -> str:
        text = ast.unparse(node)
        if isinstance(node, ast.Name | ast.Attribute):
            return _title(text, self.titles, self.labels)
        if isinstance(node, ast.BinOp):
            sign = _SIGNS.get(type(node.op), "?")
            return f"{self._inner(node.left)} {sign} {self._inner(node.right)}"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            return self._call(node.func.id, node.args)
        if isinstance(node, ast.Compare) and len(node.ops) == 1:
            sign = _COMPARED.get(type(node.ops[0]), "?")
            return f"{self.worded(node.left)} {sign} {self.worded(node.comparators[0])}"
        if isinstance(node, ast.UnaryOp):
            mark = "not " if isinstance(node.op, ast.Not) else MINUS
            return mark + self._inner(node.operand)
        return text

    def _inner(self, node: ast.expr) -> str:
        text = self.worded(node)
        return f"({text})" if isinstance(node, ast.BinOp) and not isinstance(node.op, ast.Mult) else text

    def _call(self, name: str, arguments: list[ast.expr]) -> str:
        first = arguments[0]
        if name == "abs" and isinstance(first, ast.BinOp) and isinstance(first.op, ast.Sub):
            return f"gap between {self.worded(first.left)} and {self.worded(first.right)}"
        words = "; ".join(map(self.worded, arguments))
        if name == "known":
            return f"{words} is known"
        return f"size of {words}" if name == "abs" else f"{_CALLS.get(name, name)} ({words})"


_NAME = re.compile(r"[a-z]\w*(?:\.\w+)?")
_SIGNS: Mapping[type[ast.operator], str] = {ast.Add: "+", ast.Sub: MINUS, ast.Mult: "×", ast.Div: "/"}
_COMPARED: Mapping[type[ast.cmpop], str] = {
    ast.Gt: ">", ast.GtE: "≥", ast.Lt: "<", ast.LtE: "≤", ast.Eq: "=", ast.NotEq: "≠",
}  # fmt: skip
_CALLS = {"max": "highest of", "min": "lowest of", "mean": "mean of", "count": "how many of", "log": "log of"}


def _title(reading: str, titles: Mapping[str, str], labels: Mapping[str, str]) -> str:
    if reading in titles:
        return titles[reading]
    subject, _, measure = reading.partition(".")
    words = measure.replace("_", " ")
    return f"{labels.get(subject, subject.replace('_', ' '))}, {words}" if words else words or subject


def gap(length: float, unit: str) -> str:
    """A difference in its unit, without a sign: ``1.23σ``, ``2.5 pt`` between two percentages, ``3``."""
    if not unit:
        return bare(abs(length))
    kind = Unit(unit)
    text = unsigned(abs(length) * SCALES.get(kind, 1.0), _PLACES.get(kind, 2))
    return text + _GAPS.get(kind, _SUFFIX.get(kind, ""))
