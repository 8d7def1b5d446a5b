"""Observations: what is known of a session that no daily bar holds, from files or from the store."""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from commentary.errors import SourceError

PATTERN = "observations*.csv"
HEADER = ["series", "date", "value", "source"]
_SERIES = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")


@dataclass(frozen=True)
class Observation:
    """A value known on the evening of a New York session. ``series`` is ``subject.measure``."""

    series: str
    day: date
    value: float
    source: str


def laid_out(found: Iterable[Observation], sessions: pd.DatetimeIndex) -> pd.DataFrame:
    """Sessions × series, nan where there is none; of two values of a day the later one given holds.

    An observation of a day that is no session counts for the next one.
    """
    items = sorted(found, key=lambda item: item.day)
    days = sessions.to_numpy().astype("datetime64[D]")
    series = sorted({item.series for item in items})
    places = {name: place for place, name in enumerate(series)}
    values = np.full((len(days), len(series)), np.nan)
    rows = np.searchsorted(days, np.array([item.day for item in items], "datetime64[D]"))
    for item, row in zip(items, rows, strict=True):
        if row < len(days):
            values[row, places[item.series]] = item.value
    return pd.DataFrame(values, index=sessions, columns=series, dtype=np.float64)


def read_files(folder: Path) -> list[Observation]:
    """Observations of a folder's files. Raises SourceError with every line that is none."""
    found: list[Observation] = []
    problems: list[str] = []
    for path in sorted(folder.glob(PATTERN)):
        with path.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.reader(stream))
        if not rows or rows[0] != HEADER:
            problems.append(f"{path.name}: the header is {rows[:1]}; wanted {','.join(HEADER)}")
            continue
        for number, row in enumerate(rows[1:], start=2):
            try:
                found.append(_observation(row))
            except ValueError as error:
                problems.append(f"{path.name}, line {number}: {error}")
    if problems:
        raise SourceError(f"{folder}: observations cannot be read:\n" + "\n".join(f"  {p}" for p in problems))
    return found


def _observation(row: Sequence[str]) -> Observation:
    if len(row) != len(HEADER):
        raise ValueError(f"{len(row)} fields; wanted {len(HEADER)}")
    series, day, text, source = row
    if not _SERIES.fullmatch(series):
        raise ValueError(f"series {series!r}; wanted a name such as spy.shares_outstanding")
    try:
        when, value = date.fromisoformat(day), float(text)
    except ValueError:
        raise ValueError(f"date {day!r} and value {text!r}; wanted a day and a number") from None
    if not math.isfinite(value):
        raise ValueError(f"value {text!r}; wanted a finite number, or no line at all")
    if not source:
        raise ValueError("no source; wanted one, as every observation has it")
    return Observation(series, when, value, source)
