"""Where things stand in the figures of the backtest's page, in the units of their frames."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from commentary.evaluation.labels import LABELS
from commentary.evaluation.sheets import Value
from commentary.evaluation.year_rows import YearRow
from commentary.model import Verdict

PITCH = 4
"""Width of a session's cell."""

MONTH = 23 * PITCH + 4
"""Width of a month: no month has more than 23 sessions."""

CALENDAR_WIDTH, CALENDAR_HEIGHT = 12 * MONTH, 22

BAR, BARS_HEIGHT = 34, 130

RELIABILITY = 320
"""Side of the square of shown against right."""


class Mark(NamedTuple):
    """A session on the calendar: the place of its label in ``LABELS``, where it stands, what it says."""

    shape: int
    x: int
    title: str


class Bar(NamedTuple):
    """A year's bar. ``part``: the year is not whole."""

    year: int
    days: int
    x: int
    height: float
    part: bool


class Dot(NamedTuple):
    """A band of confidence: where it was shown, where it was right, and the interval, top first."""

    x: float
    y: float
    top: float
    bottom: float
    title: str
    label: str


def marks(row: YearRow, title: Callable[[Verdict], str]) -> list[Mark]:
    """One mark a session, the months side by side, so that they stand under each other year after year."""
    seen: Counter[int] = Counter()
    found = []
    for verdict in row.verdicts:
        month = verdict.session.month - 1
        x = month * MONTH + seen[month] * PITCH
        found.append(Mark(LABELS.index(verdict.label), x, title(verdict)))
        seen[month] += 1
    return found


def bars(rows: Sequence[YearRow], label: str) -> list[Bar]:
    """One bar a year, as high as the days of the label are many; the most fill the frame."""
    most = max((row.counts[label] for row in rows), default=0) or 1
    return [
        Bar(
            row.year, row.counts[label], place * BAR, round(BARS_HEIGHT * row.counts[label] / most, 1),
            not row.whole,
        )
        for place, row in enumerate(rows)
    ]  # fmt: skip


def dots(rows: Sequence[Mapping[str, Value]], title: Callable[[Mapping[str, Value]], str]) -> list[Dot]:
    """One dot a band that has days, from the columns ``shown``, ``share``, ``low``, ``high`` and ``of``."""
    found = []
    for row in rows:
        figures = [row.get(key) for key in ("shown", "share", "low", "high")]
        if any(not isinstance(figure, (int, float)) for figure in figures):
            continue
        shown, right, low, high = (float(figure or 0) for figure in figures)
        found.append(Dot(_along(shown), _up(right), _up(high), _up(low), title(row), f"{row.get('of')}"))
    return found


def _along(share: float) -> float:
    return round(RELIABILITY * share, 1)


def _up(share: float) -> float:
    return round(RELIABILITY * (1 - share), 1)
