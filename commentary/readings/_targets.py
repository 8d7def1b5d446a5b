"""Days that are waited for: the next of each kind after a session, and how many sessions away it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import numpy as np
from numpy.typing import NDArray

from commentary import calendar

Floats = NDArray[np.float64]

MARGIN = timedelta(45)
"""How far beyond the data's last session days are looked for."""

UNFORESEEN = ("hurricane", "mourning", "system failure", "funeral")
"""Words in the names of closures that nobody had in a calendar."""


@cache
def numbered() -> Floats:
    """Ordinals of every New York session of the table."""
    return np.array([day.toordinal() for day in calendar.sessions()], float)


def sessions_to(days: Floats, targets: Floats) -> Floats:
    """Sessions from each day to the first session on or after its target, both (n,) ordinals; nan where none."""
    table = numbered()
    known = np.isfinite(targets) & (targets <= table[-1])
    until = np.searchsorted(table, np.where(known, targets, table[-1]))
    return np.where(known, until - np.searchsorted(table, days), np.nan)


def following(days: Floats, targets: Sequence[float]) -> Floats:
    """The first target after each day, as ordinals; nan where there is none."""
    known = np.array([*sorted(targets), np.nan])
    return np.asarray(known[np.searchsorted(known[:-1], days, side="right")])


def flagged(first: date, last: date, answer: Callable[[date], bool]) -> list[float]:
    """Ordinals of the sessions from ``first`` to ``last`` and the margin after it for which an answer is yes."""
    stop = min(last + MARGIN, calendar.table_end())
    return [float(day.toordinal()) for day in calendar.sessions_between(first, stop) if answer(day)]


@dataclass(frozen=True)
class Closure:
    """Weekdays on which an exchange is shut, with no session between them; ``back`` is the first one after."""

    first: date
    days: int
    back: date


def closures(exchange: str, first: date, last: date) -> list[Closure]:
    """Closures of an exchange that its calendar foresaw, from ``first`` to ``last`` and the margin after it."""
    stop = min(last + MARGIN, calendar.table_end(exchange))
    start = max(first - MARGIN, calendar.table_start(exchange))
    found: list[Closure] = []
    for back, days in _runs(exchange, _foreseen(exchange, start, stop)):
        found.append(Closure(days[0], len(days), back))
    return found


def _foreseen(exchange: str, start: date, stop: date) -> list[date]:
    holidays = calendar.trading_holidays(exchange, start, stop)
    return [day for day, name in holidays if not any(word in name.lower() for word in UNFORESEEN)]


def _runs(exchange: str, days: Iterable[date]) -> list[tuple[date, list[date]]]:
    """Days by the session that follows them; those whose table ends before it are left out."""
    runs: dict[date, list[date]] = {}
    for day in days:
        try:
            runs.setdefault(calendar.next_session(day, exchange), []).append(day)
        except calendar.CalendarError:
            continue
    return list(runs.items())
