"""A backtest for the terminal, as Markdown, or for a program."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

from commentary.backtest import Backtest
from commentary.evaluation.sheets import Sheet, Value
from commentary.listing import shown

LARGE = 10.0
"""From here on one decimal is enough; below, three."""


def backtest_text(found: Backtest, form: str, made: date) -> str:
    """``form`` is table, md or json. ``made`` is the day on which it is written."""
    if form == "json":
        return _json(found, made)
    return _markdown(found, made) if form == "md" else _table(found)


def _json(found: Backtest, made: date) -> str:
    whole = {
        "command": found.command,
        "made": made.isoformat(),
        "first": found.first.isoformat(),
        "last": found.last.isoformat(),
        "set": found.order.inputs,
        "without": list(found.order.without),
        "sheets": [
            {
                "name": sheet.name,
                "title": sheet.title,
                "note": sheet.note,
                "columns": list(sheet.columns),
                "rows": [dict(row) for row in sheet.rows],
            }
            for sheet in found.sheets
        ],
    }
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


def _table(found: Backtest) -> str:
    parts = [f"{found.command}\n{_scope(found)}\n"]
    for sheet in found.sheets:
        rows = [{name: _cell(row.get(name)) for name in sheet.columns} for row in sheet.rows]
        parts.append(f"{sheet.title}\n{sheet.note}\n\n{shown(sheet.columns, rows, 'table')}")
    return "\n".join(parts)


def _markdown(found: Backtest, made: date) -> str:
    head = ["# Backtest", "", "```bash", found.command, "```", "", f"{_scope(found)} Made on {made}.", ""]
    return "\n".join([*head, *(line for sheet in found.sheets for line in _section(sheet))])


def _scope(found: Backtest) -> str:
    lacking = f", without {', '.join(found.order.without)}" if found.order.without else ""
    return (
        f"{len(found.verdicts)} sessions from {found.first} to {found.last}, judged from the "
        f"{found.order.inputs} set{lacking}."
    )


def _section(sheet: Sheet) -> Iterator[str]:
    yield from (f"## {sheet.title}", "", sheet.note, "")
    yield "| " + " | ".join(sheet.columns) + " |"
    yield "|" + "|".join(_rule(sheet, name) for name in sheet.columns) + "|"
    for row in sheet.rows:
        yield "| " + " | ".join(_cell(row.get(name)) for name in sheet.columns) + " |"
    yield ""


def _rule(sheet: Sheet, column: str) -> str:
    """Figures stand to the right."""
    return "---" if any(isinstance(row.get(column), str) for row in sheet.rows) else "---:"


def _cell(value: Value) -> str:
    if isinstance(value, float):
        return f"{value:.1f}" if abs(value) >= LARGE else f"{value:.3f}"
    return "–" if value is None else str(value)
