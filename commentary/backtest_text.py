"""A backtest for the terminal, as Markdown, or for a program."""

from __future__ import annotations

import json
from datetime import date

from commentary.backtest import Backtest
from commentary.sheet_text import sheet_fields, sheets_text


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
        "sheets": [sheet_fields(sheet) for sheet in found.sheets],
    }
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


def _table(found: Backtest) -> str:
    return f"{found.command}\n{_scope(found)}\n\n{sheets_text(found.sheets, 'table')}"


def _markdown(found: Backtest, made: date) -> str:
    head = ["# Backtest", "", "```bash", found.command, "```", "", f"{_scope(found)} Made on {made}.", "", ""]
    return "\n".join(head) + sheets_text(found.sheets, "md")


def _scope(found: Backtest) -> str:
    lacking = f", without {', '.join(found.order.without)}" if found.order.without else ""
    judged = {each.session for each in found.verdicts}
    labelled = [*(day.session for day in found.events), *(day.session for day in found.panel)]
    outside = sum(session not in judged for session in labelled)
    left = f" Labelled days that are none of these sessions, left out: {outside}." if outside else ""
    return (
        f"{len(found.verdicts)} sessions from {found.first} to {found.last}, judged from the "
        f"{found.order.inputs} set{lacking}.{left}"
    )
