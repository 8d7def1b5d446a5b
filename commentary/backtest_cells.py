"""A sheet of figures as the cells of a table: figures as they are written, labels by name, strips and heat."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from commentary.evaluation.labels import LABELS
from commentary.evaluation.sheets import Sheet, Value
from commentary.units import half_up

SHARES = ("share", "low", "high", "shown", "confidence")
"""Columns whose numbers are shares, written as per cent."""

DASH = "–"
STRIP = 100
"""Length of the strip on which a share and its interval are drawn."""


class Strip(NamedTuple):
    """A share with its interval on a line from none to all."""

    low: float
    share: float
    high: float


class TableCell(NamedTuple):
    """What is written, whether it is a number, and how much of its row it is where the table is a heat table."""

    text: str
    number: bool = False
    heat: float | None = None
    right: bool = False


class TableRow(NamedTuple):
    """Cells of a row, the first being its heading, its strip where there is one, and whether it opens a group."""

    cells: Sequence[TableCell]
    strip: Strip | None
    opens: bool


class Grid(NamedTuple):
    """A table: headings (text, whether of numbers), rows, whether they have strips."""

    headings: Sequence[tuple[str, bool]]
    rows: Sequence[TableRow]
    strips: bool


def grid(sheet: Sheet, name: Callable[[str], str], *, heat: bool = False, group: str = "") -> Grid:
    """The table of a sheet. ``name`` is how a label's id is written; ``heat`` shades counts by their row;
    ``group`` is the column whose equal rows belong together."""
    numbers = {column: _numbers(sheet, column) for column in sheet.columns}
    decimals = {column: _decimals(sheet, column) for column in sheet.columns}
    strips = {"share", "low", "high"} <= set(sheet.columns)
    rows: list[TableRow] = []
    before: Value = None
    for row in sheet.rows:
        cells = [
            TableCell(
                _text(row.get(column), column, decimals[column], name),
                numbers[column],
                _heat(row, column) if heat else None,
                heat and column == row.get(sheet.columns[0]),
            )
            for column in sheet.columns
        ]
        rows.append(TableRow(cells, _strip(row) if strips else None, bool(rows) and row.get(group) != before))
        before = row.get(group)
    headings = [name(column) if column in LABELS else column for column in sheet.columns]
    capital = [text[:1].upper() + text[1:] for text in headings]
    return Grid(list(zip(capital, numbers.values(), strict=True)), rows, strips)


def _text(value: Value, column: str, decimals: int, name: Callable[[str], str]) -> str:
    if value is None or value == "":
        return DASH
    if isinstance(value, str):
        return name(value) if value in LABELS else re.sub(r"(?<=\d)%", "\u00a0%", value)
    if isinstance(value, int):
        return f"{value:,}" if column != "year" else str(value)
    if column in SHARES:
        return f"{half_up(value * 100, 0):.0f}\u00a0%"
    return f"{half_up(value, decimals):.{decimals}f}".replace("-", "−")


def _numbers(sheet: Sheet, column: str) -> bool:
    """Whether a column holds numbers and nothing else; a year is a name."""
    known = [row.get(column) for row in sheet.rows if row.get(column) is not None]
    return column != "year" and bool(known) and all(isinstance(value, (int, float)) for value in known)


def _decimals(sheet: Sheet, column: str) -> int:
    """One decimal where a column reaches ten, else three."""
    found = [value for row in sheet.rows if isinstance(value := row.get(column), (int, float))]
    return 1 if max(map(abs, found), default=0) >= 10 else 3


def _strip(row: Mapping[str, Value]) -> Strip | None:
    low, share, high = (row.get(key) for key in ("low", "share", "high"))
    if not (isinstance(low, float) and isinstance(share, float) and isinstance(high, float)):
        return None
    return Strip(*(round(STRIP * value, 1) for value in (low, share, high)))


def _heat(row: Mapping[str, Value], column: str) -> float | None:
    """The column's part of all counts of its row; None where it is no label's or nothing is counted."""
    counts = {label: value for label in LABELS if isinstance(value := row.get(label), int)}
    whole = sum(counts.values())
    return round(counts[column] / whole, 2) if whole and counts.get(column) else None
