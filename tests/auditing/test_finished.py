"""What stands around the prose of a finished note: line of state, data line, rows, page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from commentary.auditing import Proof, audit
from commentary.bank import Bank
from commentary.model import Note, Table
from commentary.pipeline import compose, set_out
from commentary.shipped import shipped_card

DAY = date(2016, 11, 10)


@pytest.fixture(scope="module")
def note(bank: Bank) -> Note:
    return set_out(compose(shipped_card(DAY, "daily"), bank), bank)


@pytest.fixture(scope="module")
def proof(note: Note, bank: Bank) -> Proof:
    return Proof.of(note, bank.universe, bank.names, bank.wordings(note), bank.tabled)


def found(proof: Proof) -> set[str]:
    return {finding.check for finding in audit(proof)}


def with_cell(table: Table, place: tuple[int, int], shown: str) -> Table:
    row, column = place
    cells = [list(cells) for cells in table.rows]
    cells[row][column] = replace(cells[row][column], shown=shown)
    return replace(table, rows=tuple(map(tuple, cells)))


def with_table(proof: Proof, name: str, place: tuple[int, int], shown: str) -> Proof:
    """The proof with another text in one cell, in the trace and in the Markdown."""
    tables: Sequence[Table] = proof.tables
    old = next(table for table in tables if table.name == name).rows[place[0]][place[1]].shown
    made = [with_cell(table, place, shown) if table.name == name else table for table in tables]
    return replace(proof, tables=made, markdown=proof.markdown.replace(old, shown, 1), html="")


def test_the_note_is_clean(proof: Proof) -> None:
    assert audit(proof) == ()


def test_lines_around_the_prose(proof: Proof) -> None:
    line = next(line for line in proof.markdown.splitlines() if line.startswith("**"))
    for old, new in (
        ("severity **", "severity **1"),
        ("runner-up ", "runner-up quiet or "),
        (" · runner-up", " · exhaustion · runner-up"),
        ("(began", "(begun"),
    ):
        assert old not in line or "state" in found(
            replace(proof, markdown=proof.markdown.replace(line, line.replace(old, new, 1)))
        )
    wrong = proof.markdown.replace(f"Session {DAY},", "Session 2016-11-11,")
    assert "dates" in found(replace(proof, markdown=wrong))


@pytest.mark.parametrize(
    ("table", "place", "shown"),
    [
        ("threads", (0, 0), "Another thread"),
        ("threads", (0, 1), "`sp500.level > 1`"),
        ("threads", (0, 2), "2030-01-02"),
        ("threads", (0, 3), "lapsed"),
        ("levels", (0, 0), "S&P 500, some average"),
        ("levels", (0, 4), "a close above it says nothing"),
        ("moves", (0, 0), "VIX"),
    ],
)
def test_words_of_rows(proof: Proof, table: str, place: tuple[int, int], shown: str) -> None:
    assert "tables" in found(with_table(proof, table, place, shown))


def test_the_page(proof: Proof, note: Note) -> None:
    first = proof.sentences[2].text
    assert "page" in found(replace(proof, html=note.html.replace("</h1>", " 987.6</h1>")))
    assert "page" in found(replace(proof, html=note.html.replace(first.split()[0], "Otherwise")))
