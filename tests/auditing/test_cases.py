"""The table of the case under audit: a true one passes, an error in any cell is found."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from commentary.auditing import Proof, audit
from commentary.bank import Bank
from commentary.model import Cell, Table
from commentary.pipeline import compose, set_out
from commentary.shipped import shipped_card, shipped_days

DAYS = tuple(shipped_days())


def proof(bank: Bank, day: date) -> Proof:
    note = set_out(compose(shipped_card(day, "daily"), bank), bank)
    return replace(Proof.of(note, bank.universe, bank.names, bank.wordings(note), bank.tabled), html="")


@pytest.fixture(scope="module")
def true(bank: Bank) -> Proof:
    return proof(bank, date(2013, 6, 20))


def case(of: Proof) -> Table:
    return next(table for table in of.tables if table.name == "case")


def found(of: Proof, rows: tuple[tuple[Cell, ...], ...]) -> set[str]:
    """Checks that object where the table, in the trace and in print, has other rows."""
    old, made = case(of), replace(case(of), rows=rows)
    tables = [made if table.name == "case" else table for table in of.tables]
    markdown = of.markdown
    for before, after in zip(old.rows, rows, strict=False):
        markdown = markdown.replace(_line(before), _line(after), 1)
    return {finding.check for finding in audit(replace(of, tables=tables, markdown=markdown))}


def _line(row: tuple[Cell, ...]) -> str:
    return "| " + " | ".join(cell.shown for cell in row) + " |"


def with_cell(of: Proof, place: tuple[int, int], **changes: object) -> tuple[tuple[Cell, ...], ...]:
    rows = [list(row) for row in case(of).rows]
    rows[place[0]][place[1]] = replace(rows[place[0]][place[1]], **changes)  # type: ignore[arg-type]
    return tuple(tuple(row) for row in rows)


@pytest.mark.parametrize("day", DAYS[::5])
def test_the_case_of_a_shipped_day_is_borne_out(bank: Bank, day: date) -> None:
    assert [str(item) for item in audit(proof(bank, day)) if "case" in item.where] == []


def test_any_figure_changed_in_print_and_trace_is_found(true: Proof) -> None:
    for row, cells in enumerate(case(true).rows):
        for column, cell in enumerate(cells):
            if cell.value is None:
                continue
            last = max(place for place, sign in enumerate(cell.shown) if sign.isdigit())
            digit = str((int(cell.shown[last]) + 3) % 10)
            shown = cell.shown[:last] + digit + cell.shown[last + 1 :]
            assert found(true, with_cell(true, (row, column), shown=shown)), shown
            assert found(true, with_cell(true, (row, column), value=cell.value + 0.5)), cell


def test_any_word_changed_is_found(true: Proof) -> None:
    for row, cells in enumerate(case(true).rows):
        for column, cell in enumerate(cells):
            for old, new in (
                ("For", "Against"), ("+", "−"), ("σ", " %"), ("at least", "at most"), ("to spare", "short"),
                ("below", "above"), ("passed", "failed"), ("Havens", "Bonds"), (" away", ""),
            ):  # fmt: skip
                if old in cell.shown:
                    wrong = cell.shown.replace(old, new, 1)
                    assert found(true, with_cell(true, (row, column), shown=wrong)), wrong


def test_another_label_is_found(true: Proof) -> None:
    rows = case(true).rows
    for row, cells in enumerate(rows):
        if cells[0].shown in ("Gate", "Runner-up", "Would turn it"):
            wrong = "To melt-up" if cells[1].shown.startswith("To ") else "Melt-up"
            assert found(true, with_cell(true, (row, 1), shown=wrong)), wrong


def test_rows_exchanged_left_out_or_added_are_found(true: Proof) -> None:
    rows = case(true).rows
    assert found(true, (rows[1], rows[0], *rows[2:]))
    assert found(true, rows[:-1])
    assert found(true, (*rows, rows[0]))


def test_a_case_that_the_verdict_does_not_carry_is_found(true: Proof) -> None:
    assert true.verdict is not None
    bare = replace(true, verdict=replace(true.verdict, case=None))
    assert "tables" in {finding.check for finding in audit(bare)}


def test_the_brief_has_none(bank: Bank) -> None:
    note = set_out(compose(shipped_card(DAYS[0], "brief"), bank), bank)
    assert note.verdict.case is None
    assert [table.name for table in note.tables] == ["moves"]
