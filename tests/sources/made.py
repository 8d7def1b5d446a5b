"""Small hand-made bars: folders of CSV, long Parquet files, and markets without a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pandas as pd

from commentary import calendar
from commentary.library import Library
from commentary.scale import Scale, load_scale
from commentary.sources.bars import FIELDS, Bars
from commentary.universe import Universe, load_universe

HEADER = "Date,Open,High,Low,Close,Adj Close,Volume"
NOW = datetime(2024, 12, 31, 23, tzinfo=UTC)
CARRY = {"SIFMA": 3}

MUSTS = (
    *("^GSPC", "^IXIC", "DIA", "XLK", "XLF", "XLE", "XLV", "XLY", "XLP", "XLI", "XLU", "XLB"),
    *("GLD", "DGS10", "^VIX"),
)
"""Symbols that a note cannot be without, and no others."""


def universe() -> Universe:
    return load_universe(Library())


def scale() -> Scale:
    return load_scale(Library())


def sessions(first: str, count: int) -> list[date]:
    table = calendar.sessions()
    start = table.index(date.fromisoformat(first))
    return list(table[start : start + count])


def row(day: date | str, close: float, volume: float = 1000.0) -> str:
    return f"{day},{close},{close * 1.01},{close * 0.99},{close},{close},{volume:.0f}"


def write_csv(folder: Path, symbol: str, rows: Iterable[str], header: str = HEADER) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / f"{symbol}.csv"
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


def write_musts(folder: Path, days: Sequence[date]) -> None:
    """A folder in which every must-have input is fresh on every day but the first."""
    for offset, symbol in enumerate(MUSTS):
        rising = (row(day, 100 + offset + 0.25 * step, 1000 + step) for step, day in enumerate(days))
        write_csv(folder, symbol, rising)


def write_parquet(path: Path, columns: Mapping[str, Sequence[object]]) -> Path:
    path.parent.mkdir(exist_ok=True)
    pd.DataFrame(dict(columns)).to_parquet(path)
    return path


def bars(series: Mapping[str, Mapping[date, float]], source: str = "folder") -> Bars:
    """Bars with closes alone."""
    rows = [
        (day, code, close) for code, one in enumerate(series.values()) for day, close in sorted(one.items())
    ]
    days = np.array([day for day, _, _ in rows], "datetime64[D]")
    columns = {name: np.full(len(rows), np.nan) for name in FIELDS}
    columns["close"] = np.array([close for _, _, close in rows], np.float64)
    return Bars(days, np.array([code for _, code, _ in rows], np.intp), tuple(series), columns, source)
