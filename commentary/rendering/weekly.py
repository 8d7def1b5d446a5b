"""Tables of the notes on a week: its sessions and what followed each, the dates ahead, threads as they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from commentary.authored import STRICT, validated
from commentary.conditions import parse
from commentary.library import Library
from commentary.model import Cell, PastSession, Scalar, Table, Thread
from commentary.rendering.cells import NONE
from commentary.rendering.statements import Words
from commentary.shapes import dataclass
from commentary.shown import bare, signed, unsigned
from commentary.units import Unit
from commentary.weeks import RETURNS, since

WEEK = ("Session", "Verdict", "Confidence", "Severity", "S&P 500", "Next session", "Since its close")
AGENDA = ("Day", "What", "Expected", "What it tests")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SPAN = timedelta(7)
"""How far an agenda looks ahead."""


@dataclass(frozen=True)
class DueFile:
    """One thing that may be due: the subject whose ``due_date`` says when, what it is called, what it tests."""

    __pydantic_config__ = STRICT

    subject: str
    what: str
    tests: str
    over: tuple[str, ...] = ()  # subjects that are not named again on the day when this one is


@dataclass(frozen=True)
class AgendaFile:
    """``rules/agenda.toml``."""

    __pydantic_config__ = STRICT

    due: tuple[DueFile, ...]


def load_agenda(library: Library) -> tuple[DueFile, ...]:
    """Read ``rules/agenda.toml``. Raises AuthoringError with every mistake."""
    ((_, file),) = validated([library.document("rules/agenda.toml")], AgendaFile)
    return file.due


def week(days: Sequence[PastSession], scene: Mapping[str, Scalar], words: Words) -> Table:
    """A row for each session: verdict, the index on it, on the next one and since."""
    rows = []
    for place, day in enumerate(days):
        back = len(days) - 1 - place
        told = words.of(day.label)
        rows.append((
            Cell(f"{day.session.isoformat()}, {DAYS[day.session.weekday()]}"),
            Cell(told[0].upper() + told[1:]),
            _counted(f"week.confidence_{back}", scene, percent=True),
            _counted(f"week.severity_{back}", scene) if day.severity else NONE,
            _moved(RETURNS[back], scene),
            _moved(RETURNS[back - 1], scene) if back else NONE,
            _moved(since(back), scene) if back else NONE,
        ))  # fmt: skip
    return Table("week", WEEK, tuple(rows))


def agenda(due: Sequence[DueFile], scene: Mapping[str, Scalar], session: date) -> Table:
    """What is due within a week of the session, day by day."""
    found = sorted(_due(due, scene, session), key=lambda pair: pair[0])
    rows = tuple(
        (
            Cell(f"{day.isoformat()}, {DAYS[day.weekday()]}"),
            Cell(entry.what),
            _expected(entry.subject, scene),
            Cell(entry.tests),
        )
        for day, entry in found
    )
    return Table("agenda", AGENDA, rows)


def standing_table(threads: Sequence[Thread]) -> Table:
    """Threads as they stand."""
    header = ("Thread", "Predicate", "Until", "Status")
    rows = tuple(
        (Cell(item.text), Cell(f"`{item.predicate}`"), Cell(item.expires.isoformat()), Cell(item.status))
        for item in threads
    )
    return Table("standing", header, rows)


def _due(
    due: Sequence[DueFile], scene: Mapping[str, Scalar], session: date
) -> Iterator[tuple[date, DueFile]]:
    days = {entry.subject: scene.get(f"{entry.subject}.due_date") for entry in due}
    for entry in due:
        day = days[entry.subject]
        near = isinstance(day, float) and session.toordinal() < day <= (session + SPAN).toordinal()
        if isinstance(day, float) and near and not any(days.get(other) == day for other in entry.over):
            yield date.fromordinal(int(day)), entry


def _counted(reading: str, scene: Mapping[str, Scalar], *, percent: bool = False) -> Cell:
    value = scene.get(reading)
    if not isinstance(value, float):
        return NONE
    if percent:
        return Cell(f"{unsigned(value * 100, 0)} %", reading, value, Unit.SHARE)
    return Cell(unsigned(value, 0), reading, value, Unit.COUNT)


def _moved(reading: str, scene: Mapping[str, Scalar]) -> Cell:
    value = parse(reading).number(scene)
    if value != value:
        return NONE
    return Cell(f"{signed(value * 100, 1)} %", reading, value, Unit.FRACTION)


def _expected(subject: str, scene: Mapping[str, Scalar]) -> Cell:
    """What a calendar expects of the print, in the print's own unit."""
    value = scene.get(f"{subject}.due_consensus")
    if not isinstance(value, float):
        return NONE
    return Cell(bare(value), f"{subject}.due_consensus", value)
