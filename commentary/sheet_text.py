"""Sheets of figures as text: aligned for the terminal, as Markdown, as fields for JSON."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from commentary.evaluation.sheets import Sheet, Value
from commentary.listing import markdown, shown

WIDTH = 80
"""Characters of a line of prose in a terminal."""

LARGE = 10.0
"""From here on one decimal is enough."""


def sheets_text(sheets: Iterable[Sheet], form: str, decimals: int = 3) -> str:
    """Each sheet under its title, with its note above its rows: aligned columns (``table``) or Markdown (``md``).

    Numbers below ``LARGE`` have ``decimals``, what cannot be had is a dash.
    """
    return "\n".join(_sheet(sheet, form, decimals) for sheet in sheets)


def sheet_fields(sheet: Sheet) -> dict[str, object]:
    """A sheet for JSON: its values are not rounded, what cannot be had is null."""
    return {
        "name": sheet.name,
        "title": sheet.title,
        "note": sheet.note,
        "columns": list(sheet.columns),
        "rows": [dict(row) for row in sheet.rows],
    }


def _sheet(sheet: Sheet, form: str, decimals: int) -> str:
    rows = [{name: _cell(row.get(name), decimals) for name in sheet.columns} for row in sheet.rows]
    if form == "md":
        return f"## {sheet.title}\n\n{sheet.note}\n\n{markdown(sheet.columns, rows, _numeric(sheet))}"
    note = textwrap.fill(sheet.note, WIDTH, break_long_words=False, break_on_hyphens=False)
    return f"{sheet.title}\n{note}\n\n{shown(sheet.columns, rows, 'table')}"


def _numeric(sheet: Sheet) -> set[str]:
    """Columns without a word in them: figures stand to the right."""
    return {name for name in sheet.columns if not any(isinstance(row.get(name), str) for row in sheet.rows)}


def _cell(value: Value, decimals: int) -> str:
    if isinstance(value, float):
        return f"{value:.1f}" if abs(value) >= LARGE else f"{value:.{decimals}f}"
    return "–" if value is None else str(value)
