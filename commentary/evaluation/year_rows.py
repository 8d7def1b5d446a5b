"""Verdicts of a range of sessions, year by year: the calendar and the longest runs of a label."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from commentary.calendar import sessions_between, table_end, table_start
from commentary.evaluation.labels import LABELS
from commentary.model import Verdict


@dataclass(frozen=True, slots=True)
class YearRow:
    """One calendar year: its verdicts in order, and the count of every label, also of those at zero.

    ``whole`` tells whether no session of the year is wanting.
    """

    year: int
    verdicts: tuple[Verdict, ...]
    counts: Mapping[str, int]
    whole: bool


@dataclass(frozen=True, slots=True)
class Run:
    """Sessions in a row under one label."""

    label: str
    sessions: int
    first: date
    last: date


def year_rows(verdicts: Sequence[Verdict]) -> tuple[YearRow, ...]:
    """One row a year. ``verdicts`` stand in order of date; a year without any has no row."""
    return tuple(
        _row(year, tuple(own)) for year, own in groupby(verdicts, key=lambda verdict: verdict.session.year)
    )


def _row(year: int, verdicts: tuple[Verdict, ...]) -> YearRow:
    found = Counter(verdict.label for verdict in verdicts)
    first, last = max(date(year, 1, 1), table_start()), min(date(year, 12, 31), table_end())
    whole = len(verdicts) == len(sessions_between(first, last))
    return YearRow(year, verdicts, {label: found[label] for label in LABELS}, whole)


def longest_runs(verdicts: Sequence[Verdict]) -> tuple[Run, ...]:
    """The longest run of each label that occurs, in the labels' order; of equal runs the first."""
    longest: dict[str, Run] = {}
    for label, own in groupby(verdicts, key=lambda verdict: verdict.label):
        days = [verdict.session for verdict in own]
        if label not in longest or len(days) > longest[label].sessions:
            longest[label] = Run(label, len(days), days[0], days[-1])
    return tuple(longest[label] for label in LABELS if label in longest)
