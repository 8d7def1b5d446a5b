"""The case in short, as a table of the note: evidence on both sides, gate, runner-up, nearest flip."""

from __future__ import annotations

from collections.abc import Mapping

from commentary.case import Case, CaseGate, CaseItem, Flip
from commentary.model import Cell, Scalar, Table, Verdict
from commentary.rendering.statements import Words
from commentary.shapes import dataclass
from commentary.shown import Showing, figure, gap, signed, unsigned
from commentary.units import Unit

HEADER = ("", "What", "Reads", "Strength or level", "Points or margin")
ASKED = {">=": "at least", ">": "above", "<=": "at most", "<": "below"}
NONE = Cell("–")
UNTURNED = (Cell("Would turn it"), Cell("No single reading"), NONE, NONE, NONE)

Row = tuple[Cell, ...]


@dataclass(frozen=True)
class Told:
    """What the table is made from."""

    case: Case
    verdict: Verdict
    scene: Mapping[str, Scalar]
    words: Words
    showing: Showing


def case_table(told: Told) -> Table:
    """Rows for the label, against it, of the gate, of the runner-up, of what would turn it."""
    case = told.case
    rows = [_item("For", item, told) for item in case.supports]
    rows += [_item("Against", item, told) for item in case.opposes]
    rows += [_gate(case.gate, told)] if case.gate else []
    rows.append(_runner_up(told))
    rows.append(_flip(case.flip, told) if case.flip else UNTURNED)
    return Table("case", HEADER, tuple(rows))


def _item(side: str, item: CaseItem, told: Told) -> Row:
    value = told.scene.get(item.reading)
    return (
        Cell(side),
        Cell(item.title),
        _reads(item.reading, value, told) if isinstance(value, float) else NONE,
        Cell(unsigned(item.strength, 2), f"evidence.{item.item}", item.strength, Unit.RATIO),
        Cell(signed(item.points, 2), f"points.{item.item}", item.points, Unit.RATIO),
    )


def _gate(gate: CaseGate, told: Told) -> Row:
    asked = f"{ASKED[gate.sign]} {_figure(gate.threshold, gate.expression, gate.unit, told)}"
    margin = f"{gap(gate.margin, gate.unit)} {'short' if gate.margin < 0 else 'to spare'}"
    now = f"{told.showing.title(gate.expression)}: {_figure(gate.value, gate.expression, gate.unit, told)}"
    return (
        Cell("Gate"),
        Cell(_named(gate.verdict, told)),
        Cell(now, gate.expression, gate.value, gate.unit),
        Cell(asked, f"threshold.{gate.verdict}", gate.threshold, gate.unit),
        Cell(margin, f"margin.{gate.verdict}", gate.margin, gate.unit),
    )


def _runner_up(told: Told) -> Row:
    name = told.case.runner_up
    way, _, by = told.case.runner_up_gate.partition(":")
    state = f"closed by {told.words.of(by)}" if by else {"passed": "gate open"}.get(way, f"gate {way}")
    score = told.verdict.scores.get(name, 0.0)
    shown = Cell(f"score {unsigned(100 * score, 0)} %", f"score.{name}", score, Unit.SHARE)
    return (Cell("Runner-up"), Cell(_named(name, told)), shown, Cell(state), NONE)


def _flip(flip: Flip, told: Told) -> Row:
    unit = told.showing.unit(flip.reading)
    side = "above" if flip.level > flip.value else "below"
    level = f"{side} {told.showing.of(flip.reading, flip.level)}"
    away = f"{gap(flip.level - flip.value, unit)} away"
    return (
        Cell("Would turn it"),
        Cell(f"To {told.words.of(flip.label)}"),
        _reads(flip.reading, flip.value, told),
        Cell(level, f"level.{flip.reading}", flip.level, unit),
        Cell(away, f"away.{flip.reading}", flip.level - flip.value, unit),
    )


def _reads(reading: str, value: float, told: Told) -> Cell:
    shown = f"{told.showing.title(reading)}: {told.showing.of(reading, value)}"
    return Cell(shown, reading, value, told.showing.unit(reading))


def _figure(value: float, reading: str, unit: str, told: Told) -> str:
    return figure(value, unit, sign=not told.showing.signless(reading))


def _named(label: str, told: Told) -> str:
    text = told.words.of(label)
    return text[0].upper() + text[1:]
