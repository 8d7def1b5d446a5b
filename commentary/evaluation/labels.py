"""Days that were labelled: events known to everybody, and a panel of days that nobody curated."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from commentary.errors import AuthoringError, CommentaryError, Problem
from commentary.model import RULED, VERDICTS

LABELS = (*VERDICTS, *RULED)
"""The nine labels, in the order of every table."""

CONFIDENCES = ("high", "medium", "low")

EVENT_COLUMNS = ("date", "label", "confidence", "reason", "source")
PANEL_COLUMNS = ("date", "a", "b", "c", "majority", "agree", "reason")


@dataclass(frozen=True, slots=True)
class Event:
    """A labelled day: what it was, how sure that is, why, and who says so."""

    session: date
    label: str
    confidence: str
    reason: str
    source: str


@dataclass(frozen=True, slots=True)
class PanelDay:
    """A day under three blind readings: each label, the one that most gave, and how many gave it."""

    session: date
    readings: tuple[str, str, str]
    majority: str
    agree: int
    reason: str


Row = Mapping[str, str]
Day = TypeVar("Day", Event, PanelDay)


def read_events(path: Path) -> tuple[Event, ...]:
    """Events of a CSV file, by date. Raises CommentaryError where it cannot be read, AuthoringError with
    every mistake in it."""
    return _read(path, EVENT_COLUMNS, _event_problems, _event)


def read_panel(path: Path) -> tuple[PanelDay, ...]:
    """Panel days of a CSV file, by date. Raises as ``read_events``."""
    return _read(path, PANEL_COLUMNS, _panel_problems, _panel_day)


def _read(
    path: Path,
    columns: tuple[str, ...],
    problems: Callable[[Row], Iterator[tuple[str, str, str]]],
    made: Callable[[Row], Day],
) -> tuple[Day, ...]:
    rows = list(_rows(path, columns))
    found = [
        Problem(str(path), f"row {number}, {column}", got, wanted)
        for number, row in rows
        for column, got, wanted in problems(row)
    ]
    found += _twice(path, rows)
    if found:
        raise AuthoringError(found)
    return tuple(sorted((made(row) for _, row in rows), key=lambda day: day.session))


def _rows(path: Path, columns: Sequence[str]) -> Iterator[tuple[int, Row]]:
    """Rows with their line in the file, the header being the first."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CommentaryError(
            f"{path}: cannot be read ({getattr(error, 'strerror', None) or error})"
        ) from None
    reader = csv.DictReader(text.splitlines(keepends=True), restval="")
    header = reader.fieldnames or ()
    if missing := [column for column in columns if column not in header]:
        got = ", ".join(header) or "nothing"
        raise AuthoringError([Problem(str(path), "row 1", got, f"columns {', '.join(missing)} too")])
    for row in reader:
        yield reader.line_num, {column: row[column].strip() for column in columns}


def _twice(path: Path, rows: Sequence[tuple[int, Row]]) -> Iterator[Problem]:
    counts = Counter(row["date"] for _, row in rows)
    for number, row in rows:
        if counts[row["date"]] > 1:
            yield Problem(str(path), f"row {number}, date", f"{row['date']} more than once", "one row a day")


def _event_problems(row: Row) -> Iterator[tuple[str, str, str]]:
    yield from _date_problems(row)
    yield from _one_of(row, "label", LABELS)
    yield from _one_of(row, "confidence", CONFIDENCES)


def _panel_problems(row: Row) -> Iterator[tuple[str, str, str]]:
    yield from _date_problems(row)
    for column in ("a", "b", "c", "majority"):
        yield from _one_of(row, column, LABELS)
    votes = sum(row[column] == row["majority"] for column in ("a", "b", "c"))
    if row["agree"] != str(votes):
        yield "agree", repr(row["agree"]), f"{votes}, the readings that say {row['majority']!r}"


def _date_problems(row: Row) -> Iterator[tuple[str, str, str]]:
    try:
        date.fromisoformat(row["date"])
    except ValueError:
        yield "date", repr(row["date"]), "a date such as 2024-08-05"


def _one_of(row: Row, column: str, allowed: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    if row[column] not in allowed:
        yield column, repr(row[column]), f"one of {', '.join(allowed)}"


def _event(row: Row) -> Event:
    return Event(
        date.fromisoformat(row["date"]), row["label"], row["confidence"], row["reason"], row["source"]
    )


def _panel_day(row: Row) -> PanelDay:
    return PanelDay(
        date.fromisoformat(row["date"]), (row["a"], row["b"], row["c"]), row["majority"], int(row["agree"]),
        row["reason"],
    )  # fmt: skip
