"""An argument written out: for the terminal, as a page of Markdown, as JSON."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date

from commentary.argument import Argument
from commentary.exposition.around import before, missing, neighbours, readings, trials
from commentary.exposition.gates import gates, turns
from commentary.exposition.ledger import headline, sides, totals
from commentary.exposition.shape import Section
from commentary.shown import Showing

FORMATS = ("table", "md", "json")
WIDE = 110
"""Columns of a terminal that running lines keep to."""


def written(argument: Argument, showing: Showing, form: str) -> str:
    """An argument in one of ``FORMATS``; ``showing`` gives names of verdicts, sleeves and instruments.

    JSON has the fields of ``commentary.argument.Argument`` as its keys, in their order, dates as
    YYYY-MM-DD, what is missing as null: session, label, kind, confidence, confidence_word, confidence_rule,
    severity, phase, tags, leader, episode_day, episode_label, coverage, pressure, violence, story, runner_up,
    channels (with pieces), standings, gates (with condition and closes), turns, to_rival, pair, missing, trials,
    before, neighbours, readings. Figures are unrounded; ``shown`` beside one is how it is printed.
    """
    if form == "json":
        return json.dumps(asdict(argument), default=_plain, ensure_ascii=False, indent=1) + "\n"
    title, lines = headline(argument, showing)
    parts = _sections(argument, showing)
    if form == "md":
        return "\n\n".join([f"# {title}", *lines, *map(_markdown, parts)]) + "\n"
    head = "\n".join((title, *(textwrap.fill(line, WIDE) for line in lines)))
    return "\n\n".join([head, *map(_text, parts)]) + "\n"


def _sections(argument: Argument, showing: Showing) -> list[Section]:
    return [
        sides(argument, showing),
        totals(argument, showing),
        gates(argument, showing),
        *turns(argument, showing),
        missing(argument, showing),
        *trials(argument),
        before(argument, showing),
        neighbours(argument, showing),
        readings(argument),
    ]


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in JSON")


def _text(section: Section) -> str:
    lines = [section.heading, "─" * len(section.heading)]
    if section.rows:
        beside = len(section.header) - section.under
        every = (section.header, *section.rows)
        aligned = _aligned([row[:beside] for row in every], section.numeric)
        for line, row in zip(aligned, every, strict=True):
            lines += [line, *_below(row[beside:])]
    return "\n".join((*lines, *(textwrap.fill(note, WIDE) for note in section.notes)))


def _below(cells: Sequence[str]) -> list[str]:
    text = " · ".join(cell for cell in cells if cell)
    return textwrap.wrap(text, WIDE, initial_indent=" " * 15, subsequent_indent=" " * 17)


def _aligned(rows: Sequence[Sequence[str]], numeric: frozenset[int]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            cell.rjust(width) if place in numeric else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def _markdown(section: Section) -> str:
    blocks = [f"## {section.heading}"]
    if section.rows:
        rule = ["---:" if place in section.numeric else "---" for place in range(len(section.header))]
        rows = [_row(section.header), "|" + "|".join(rule) + "|", *map(_row, section.rows)]
        blocks.append("\n".join(rows))
    return "\n\n".join((*blocks, *section.notes))


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(_escaped(cell) for cell in cells) + " |"


def _escaped(cell: str) -> str:
    """Cell text with indents that Markdown keeps and bars that it does not take for columns."""
    text = cell.replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*")
    indent = len(text) - len(text.lstrip())
    return "\u2003" * (indent // 2) + text.lstrip()
