"""The table of the case: every name is the rules', every figure the verdict's, every side the right one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from commentary.auditing.figures import half_up
from commentary.auditing.numbers import SCALES, same, tape_value
from commentary.auditing.proof import Finding, Proof
from commentary.case import CaseGate, CaseItem, Flip
from commentary.model import Cell, Table, Verdict
from commentary.shapes import dataclass
from commentary.shown import titled
from commentary.units import Unit

NAME = "case"
_FIGURE = re.compile(r"^(?P<sign>[+−]?)(?P<digits>\d[\d,]*(?:\.\d+)?)(?P<unit>σ| %| bp| pt)?$")
_ASKED = {">=": "at least", ">": "above", "<=": "at most", "<": "below"}
_SUFFIX = {Unit.FRACTION: " %", Unit.SHARE: " %", Unit.SIGMA: "σ", Unit.BASIS_POINTS: " bp", Unit.PERCENT: " %",
           Unit.PERCENT_POINTS: " pt"}  # fmt: skip
_GAPS = {**_SUFFIX, Unit.FRACTION: " pt", Unit.SHARE: " pt", Unit.PERCENT: " pt", Unit.POINTS: " pt"}
_STATES = {"passed": "gate open", "failed": "gate failed", "unknown": "gate unknown"}
_DASH = "–"


@dataclass(frozen=True)
class _Wanted:
    """What a cell must say: words before and after a figure, the figure's value and unit; none: words alone."""

    before: str = ""
    value: float | None = None
    unit: str = ""
    after: str = ""
    gap: bool = False  # a distance: shown without a sign
    signed: bool = False  # a plus may not be left away


def argued(proof: Proof) -> Iterator[Finding]:
    """The table of the case says what the verdict's argument does, row by row."""
    table = next((table for table in proof.tables if table.name == NAME), None)
    if table is None or proof.verdict is None:
        return
    if proof.verdict.case is None:
        yield Finding("tables", NAME, "a case", "none: the verdict carries none")
        return
    wanted = list(_rows(proof, proof.verdict))
    if len(wanted) != len(table.rows):
        yield Finding("tables", NAME, f"{len(table.rows)} rows", f"{len(wanted)} rows")
    for row, due in zip(table.rows, wanted, strict=False):
        for cell, asked in zip(row, due, strict=True):
            yield from _cell(table, row, cell, asked)


def _cell(table: Table, row: Sequence[Cell], cell: Cell, asked: _Wanted) -> Iterator[Finding]:
    where = f"{table.name}: {row[0].shown}: {row[1].shown}: {cell.shown}"
    inner = cell.shown.removeprefix(asked.before).removesuffix(asked.after)
    if f"{asked.before}{inner}{asked.after}" != cell.shown:
        yield Finding("tables", where, cell.shown, f"{asked.before}…{asked.after}")
    elif asked.value is None:
        if inner:
            yield Finding("tables", where, cell.shown, asked.before)
    elif not _agrees(inner, asked):
        yield Finding("tables", where, inner, f"{asked.value:.4g} in {asked.unit or 'no unit'}")
    elif cell.value is None or not same(cell.value, asked.value):
        yield Finding("tables", where, f"{cell.reading} = {cell.value}", f"{asked.value:g}")


def _agrees(text: str, asked: _Wanted) -> bool:
    match, unit = _FIGURE.match(text), Unit(asked.unit) if asked.unit else None
    if match is None or asked.value is None or (match["unit"] or "") != _suffix(unit, asked.gap):
        return False
    value = abs(asked.value) if asked.gap else asked.value
    scaled = value * (SCALES.get(unit, 1.0) if unit else 1.0)
    _, _, places = match["digits"].partition(".")
    said = half_up(
        float(f"{'-' if match['sign'] == '−' else ''}{match['digits'].replace(',', '')}"), len(places)
    )
    plus = match["sign"] == "+" or not asked.signed or said <= 0
    return said == half_up(scaled, len(places)) and plus and len(places) >= _places(unit, scaled)


def _places(unit: Unit | None, scaled: float) -> int:
    """Decimals without which a figure says too little: a whole number may stand bare."""
    return 2 if unit in (Unit.SIGMA, Unit.RATIO) else 0


def _suffix(unit: Unit | None, gap: bool) -> str:
    return (_GAPS if gap else _SUFFIX).get(unit, "") if unit else ""


def _rows(proof: Proof, verdict: Verdict) -> Iterator[tuple[_Wanted, ...]]:
    case = verdict.case
    if case is None:
        return
    for side, items in (("For", case.supports), ("Against", case.opposes)):
        for item in items:
            yield _item(proof, side, item)
    if case.gate is not None:
        yield _gate(proof, case.gate)
    yield _runner_up(proof, verdict)
    yield _flip(proof, case.flip)


def _item(proof: Proof, side: str, item: CaseItem) -> tuple[_Wanted, ...]:
    strength = proof.scene.get(f"evidence.{item.item}")
    right = (item.points > 0) == (side == "For")
    return (
        _Wanted(side if right else "the other side"),
        _Wanted(item.title),
        _reads(proof, item.reading),
        _Wanted(value=strength if isinstance(strength, float) else item.strength, unit=Unit.RATIO),
        _Wanted(value=item.points, unit=Unit.RATIO, signed=True),
    )


def _gate(proof: Proof, gate: CaseGate) -> tuple[_Wanted, ...]:
    spare = gate.value - gate.threshold if gate.sign in (">=", ">") else gate.threshold - gate.value
    known = tape_value(proof, gate.expression)
    return (
        _Wanted("Gate"),
        _Wanted(_named(proof, gate.verdict)),
        _Wanted(f"{_title(proof, gate.expression)}: ", gate.value if known is None else known, gate.unit),
        _Wanted(f"{_ASKED[gate.sign]} ", gate.threshold, gate.unit),
        _Wanted("", spare, gate.unit, " short" if spare < 0 else " to spare", gap=True),
    )


def _runner_up(proof: Proof, verdict: Verdict) -> tuple[_Wanted, ...]:
    name = verdict.runner_up
    state, _, by = (verdict.case.runner_up_gate if verdict.case else "").partition(":")
    word = f"closed by {_name(proof, by)}" if by else _STATES[state]
    score = _Wanted("score ", verdict.scores.get(name, 0.0), Unit.SHARE)
    return (_Wanted("Runner-up"), _Wanted(_named(proof, name)), score, _Wanted(word), _Wanted(_DASH))


def _flip(proof: Proof, flip: Flip | None) -> tuple[_Wanted, ...]:
    if flip is None:
        return (_Wanted("Would turn it"), _Wanted("No single reading"), *[_Wanted(_DASH)] * 3)
    unit = _unit(proof, flip.reading)
    side = "above" if flip.level > flip.value else "below"
    return (
        _Wanted("Would turn it"),
        _Wanted(f"To {_name(proof, flip.label)}"),
        _reads(proof, flip.reading),
        _Wanted(f"{side} ", flip.level, unit),
        _Wanted("", flip.level - flip.value, unit, " away", gap=True),
    )


def _reads(proof: Proof, reading: str) -> _Wanted:
    value = tape_value(proof, reading)
    if value is None:
        return _Wanted(_DASH)
    return _Wanted(f"{_title(proof, reading)}: ", value, _unit(proof, reading))


def _unit(proof: Proof, reading: str) -> str:
    spec = proof.specs.get(reading)
    return spec.unit.value if spec else ""


def _title(proof: Proof, reading: str) -> str:
    return titled(reading, proof.titles, proof.vocabulary.labels)


def _name(proof: Proof, label: str) -> str:
    """A verdict's shorter name, as a line writes it."""
    return min(proof.vocabulary.called(label), key=len, default=label)


def _named(proof: Proof, label: str) -> str:
    name = _name(proof, label)
    return name[0].upper() + name[1:]
