"""A folder's own calendar of events: ``events*.csv``."""

from __future__ import annotations

import csv
import difflib
import math
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from commentary.errors import SourceError
from commentary.macro import Macro
from commentary.sources.scheduled import EARNINGS, ECONOMIC, KINDS, Seen, moment_of, plain
from commentary.sources.store_shapes import Event

PATTERN = "events*.csv"
HEADER = ["day", "kind", "name", "at", "actual", "consensus", "previous"]


def read_files(folder: Path, macro: Macro) -> list[Seen]:
    """Entries of a folder's calendars, by day. Raises SourceError with every line that is none."""
    found: list[Event] = []
    problems: list[str] = []
    for path in sorted(folder.glob(PATTERN)):
        with path.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.reader(stream))
        if not rows or rows[0] != HEADER:
            problems.append(f"{path.name}: the header is {rows[:1]}; wanted {','.join(HEADER)}")
            continue
        for number, row in enumerate(rows[1:], start=2):
            wrong = list(_wrong(row, macro))
            problems += [f"{path.name}, line {number}: {said}" for said in wrong]
            if not wrong:
                found.append(_event(row))
    problems += _twice(found)
    if problems:
        raise SourceError(f"{folder}: events cannot be read:\n" + "\n".join(f"  {p}" for p in problems))
    return [Seen(event) for event in sorted(found, key=lambda event: event.day)]


def _wrong(row: Sequence[str], macro: Macro) -> Iterator[str]:
    if len(row) != len(HEADER):
        yield f"{len(row)} fields; wanted {len(HEADER)}"
        return
    day, kind, name, at, *figures = row
    if not _is_day(day):
        yield f"day {day!r}; wanted one such as 2024-08-02"
    if kind not in KINDS:
        yield f"kind {kind!r}; wanted {' or '.join(KINDS)}"
    else:
        yield from _unknown(kind, name, macro)
    if at and not _is_day(at) and moment_of(at) is None:
        yield f"at {at!r}; wanted a time with its zone, as 2024-08-02T08:30:00-04:00, a day, or nothing"
    if (moment := moment_of(at)) and _is_day(day) and moment[0] != date.fromisoformat(day):
        yield f"at {at!r} is on {moment[0]} in New York; wanted the line's day, {day}"
    for column, text in zip(HEADER[4:], figures, strict=True):
        if text and not _is_number(text):
            yield f"{column} {text!r}; wanted a number, or nothing where there is none"


def _unknown(kind: str, name: str, macro: Macro) -> Iterator[str]:
    known = {
        ECONOMIC: [word for event in macro.events.values() for word in event.words],
        EARNINGS: [company.symbol for company in macro.companies.values()],
    }[kind]
    if plain(name) not in known:
        close = difflib.get_close_matches(name, known, n=1)
        hint = f", perhaps {close[0]!r}" if close else ""
        yield f"name {name!r}; wanted one that rules/macro.toml knows{hint}"


def _twice(found: Sequence[Event]) -> list[str]:
    seen: set[tuple[date, str, str]] = set()
    problems = []
    for event in found:
        key = (event.day, event.kind, plain(event.name))
        if key in seen:
            problems.append(f"{event.kind} {event.name!r} of {event.day} stands twice; wanted one line")
        seen.add(key)
    return problems


def _event(row: Sequence[str]) -> Event:
    day, kind, name, at, *figures = row
    actual, consensus, previous = (float(text) if text else math.nan for text in figures)
    return Event(date.fromisoformat(day), kind, name, at or day, actual, consensus, previous)


def _is_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text)) and len(text) == len("2024-08-02")
    except ValueError:
        return False


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False
