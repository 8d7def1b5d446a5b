"""A session read again: its readings, its verdict among the sessions that the note remembered, its scene."""

from __future__ import annotations

from collections.abc import Mapping

from commentary.bank import Bank
from commentary.case import Case
from commentary.model import Card, Scalar, Table, Tape, Verdict
from commentary.planning.scene import build_scene
from commentary.rulebook.in_short import case_of
from commentary.rulebook.judge import judge
from commentary.shapes import dataclass
from commentary.tapes import Tapes


@dataclass(frozen=True)
class Again:
    """Readings as they are now, and what they say."""

    tape: Tape
    verdict: Verdict
    case: Case
    scene: Mapping[str, Scalar]


def read_again(tapes: Tapes, card: Card, bank: Bank) -> Again:
    """The card's session from a source as it is now. Raises HeldError where it cannot be right."""
    tape = tapes.tape(card.tape.session)
    verdict = judge(bank.rulebook, tape, card.before)
    case = case_of(bank.rulebook, tape, card.before, verdict)
    return Again(tape, verdict, case, build_scene(tape, verdict, card.before))


def cells(tables: tuple[Table, ...]) -> dict[tuple[str, str, str, str], tuple[str, str]]:
    """What cells with a reading show, by table, row, what the row is of, and column: text and reading."""
    found = {}
    for table in tables:
        for row in table.rows:
            what = row[1].shown if table.name == "case" else ""
            for name, cell in zip(table.header, row, strict=True):
                if cell.reading:
                    found[table.name, row[0].shown, what, name] = (cell.shown, cell.reading)
    return found
