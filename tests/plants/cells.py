"""Errors in tables: digits, signs, units, other sessions' figures, cells and rows exchanged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from commentary.model import Cell, Note, Table
from commentary.rendering.cells import change, level
from tests.plants.figures import other_digits
from tests.plants.world import Change, Changes, World, tabled

SIGNS = {"+": "−", "−": "+"}
BEFORE = {"change_bp": "change_bp_prev", "return_1d": "return_1d_prev", "level": "level_prev"}


def wrong_cell(note: Note, world: World) -> Changes:
    """One cell, or two exchanged, of any table."""
    for table in note.tables:
        for row in range(len(table.rows)):
            for what, new in _changed_rows(table, row, note):
                yield _change(note, world, (table, new), f"{what}, row {row + 1}")


def _change(note: Note, world: World, tables: tuple[Table, Table], what: str) -> Change:
    old, new = tables
    before, after = _shown(old), _shown(new)
    lines = [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]]
    return Change(
        f"table {old.name}",
        f"cell: {what}",
        " / ".join(line for line, _ in lines),
        " / ".join(line for _, line in lines),
        lambda: tabled(note, world, new),
    )


def _shown(table: Table) -> list[str]:
    return [" | ".join(cell.shown for cell in row) for row in table.rows]


def _changed_rows(table: Table, row: int, note: Note) -> Iterator[tuple[str, Table]]:
    cells = table.rows[row]
    for column, cell in enumerate(cells):
        for what, shown in _misprints(cell, f"{note.session}{row}{column}", note):
            yield what, _with(table, {row: _put(cells, {column: shown})})
    for other in (row + 1, row + 3):
        if other < len(table.rows):
            yield from _exchanged(table, row, other)
    if table.name == "moves" and cells[2].shown != cells[3].shown:
        yield (
            "day and week exchanged",
            _with(table, {row: _put(cells, {2: cells[3].shown, 3: cells[2].shown})}),
        )
    if table.name == "levels" and cells[1].shown != cells[2].shown:
        yield "at and now exchanged", _with(table, {row: _put(cells, {1: cells[2].shown, 2: cells[1].shown})})


def _misprints(cell: Cell, key: str, note: Note) -> Iterator[tuple[str, str]]:
    if cell.value is None:
        yield from _dated(cell)
        return
    title, mark, figure = cell.shown.rpartition(": ")
    for what, shown in other_digits(figure, key):
        yield what, title + mark + shown
    if cell.shown[0] in SIGNS:
        yield "sign", SIGNS[cell.shown[0]] + cell.shown[1:]
    if cell.shown.endswith(" bp"):
        yield "unit", cell.shown.replace(" bp", " %")
    elif cell.shown.endswith(" %") and cell.unit == "fraction":
        yield "unit", cell.shown.replace(" %", " bp")
    stale = _stale(cell, note)
    if stale and stale != cell.shown:
        yield "of the session before", stale


def _dated(cell: Cell) -> Iterator[tuple[str, str]]:
    try:
        until = date.fromisoformat(cell.shown)
    except ValueError:
        if cell.shown == "open":
            yield "status", "met"
        return
    yield "date", (until + timedelta(days=1)).isoformat()


def _stale(cell: Cell, note: Note) -> str:
    subject, _, measure = cell.reading.partition(".")
    name = f"{subject}.{BEFORE.get(measure, '')}"
    if measure not in BEFORE or name not in note.plan.scene:
        return ""
    if measure == "level":
        return level(name, cell.unit, note.plan.scene).shown
    return change(name, "percent" if measure == "change_bp" else "", note.plan.scene).shown


def _exchanged(table: Table, one: int, other: int) -> Iterator[tuple[str, Table]]:
    ours, theirs = table.rows[one], table.rows[other]
    columns = {"moves": (0, 2, 6), "levels": (0, 4), "case": (0, 1, 2, 3, 4)}.get(table.name, (1,))
    for column in columns:
        ours_shown, theirs_shown = ours[column].shown, theirs[column].shown
        if ours_shown == theirs_shown or all(
            a.shown == b.shown for a, b in zip(ours[1:], theirs[1:], strict=True)
        ):
            continue
        if column == 2 and ours_shown.split()[-1:] != theirs_shown.split()[-1:]:
            continue  # a unit would give it away
        if column == 4 and table.name == "levels" and ("above" in ours_shown) == ("above" in theirs_shown):
            continue  # what crossing would say may fit both
        rows = {one: _put(ours, {column: theirs_shown}), other: _put(theirs, {column: ours_shown})}
        yield f"{table.header[column] or 'label'} exchanged", _with(table, rows)


def _put(cells: tuple[Cell, ...], shown: dict[int, str]) -> tuple[Cell, ...]:
    return tuple(replace(cell, shown=shown.get(place, cell.shown)) for place, cell in enumerate(cells))


def _with(table: Table, rows: dict[int, tuple[Cell, ...]]) -> Table:
    return replace(table, rows=tuple(rows.get(place, row) for place, row in enumerate(table.rows)))
