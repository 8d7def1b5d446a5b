"""One CSV file a symbol, in the columns that Yahoo's history is saved with."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from commentary.errors import SourceError
from commentary.sources.bars import FIELDS, Bars, Days, Fault, Floats, faults

HEADER = ("Date", "Open", "High", "Low", "Close", "Adj Close", "Volume")
ACTIONS = frozenset({"Dividends", "Stock Splits", "Capital Gains"})
"""Columns that yfinance adds to the layout; not read."""


def read(path: Path, symbols: Mapping[str, bool]) -> Bars:
    """Bars of one file, whose name without ``.csv`` is the symbol.

    A symbol that the universe does not name gives no bars and a warning. Raises SourceError naming the
    file, the row (1 is the header) and the column.
    """
    symbol = path.name.removesuffix(".csv")
    frame = _frame(path)
    if symbol not in symbols:
        return _bars(
            frame.iloc[:0], (), (f"{path.name}: symbol {symbol} is not in rules/universe.toml; ignored",)
        )
    bars = _bars(frame, (symbol,))
    found = list(faults(bars, symbols))
    if found:
        raise SourceError(f"{path.name}: " + "; ".join(_told(fault) for fault in found))
    kept = ~np.isnan(bars.columns["close"])
    columns = {name: column[kept] for name, column in bars.columns.items()}
    return Bars(bars.days[kept], bars.codes[kept], bars.symbols, columns, bars.source, bars.warnings)


def _told(fault: Fault) -> str:
    more = f" ({fault.count} rows so)" if fault.count > 1 else ""
    return f"row {fault.row + 2}: {fault.text}{more}"


def _bars(frame: pd.DataFrame, symbols: tuple[str, ...], warnings: tuple[str, ...] = ()) -> Bars:
    names = dict(zip(FIELDS, HEADER[1:], strict=True))
    columns = {name: frame[column].to_numpy(np.float64) for name, column in names.items()}
    days = frame["Date"].to_numpy().astype("datetime64[D]")
    return Bars(days, np.zeros(len(days), np.intp), symbols, columns, "folder", warnings)


def _frame(path: Path) -> pd.DataFrame:
    text = _text(path)
    header = [name.strip() for name in text.partition("\n")[0].strip().split(",")]
    missing = [name for name in HEADER if name not in header]
    other = [name for name in header if name not in HEADER and name not in ACTIONS]
    if missing or other or len(set(header)) < len(header):
        raise SourceError(
            f"{path.name}: row 1: columns {', '.join(header)[:120]}; wanted {', '.join(HEADER)}"
        )
    try:
        frame = pd.read_csv(
            io.StringIO(text),
            header=0,
            names=header,
            index_col=False,
            dtype={"Date": str},
            skip_blank_lines=False,
        )
    except pd.errors.ParserError as error:
        raise SourceError(f"{path.name}: not a table of commas: {str(error).strip()}") from None
    if frame.empty:
        raise SourceError(f"{path.name}: a header and no rows; wanted one row a session")
    for column in HEADER[1:]:
        frame[column] = _numbers(path, frame[column])
    frame["Date"] = _days(path, frame["Date"])
    return frame


def _text(path: Path) -> str:
    data = path.read_bytes()
    if not data.strip():
        raise SourceError(f"{path.name}: the file is empty; wanted the columns {', '.join(HEADER)}")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in data[:64]:
        raise SourceError(f"{path.name}: the text is UTF-16; wanted UTF-8")
    try:
        return data.decode("utf-8-sig").rstrip()
    except UnicodeDecodeError as error:
        row = data[: error.start].count(b"\n") + 1
        byte = data[error.start]
        raise SourceError(
            f"{path.name}: row {row}: byte 0x{byte:02x} is not UTF-8 (Latin-1?); wanted UTF-8"
        ) from None


def _numbers(path: Path, column: pd.Series) -> Floats:
    if pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column):
        return column.to_numpy(np.float64)
    numbers = pd.to_numeric(column.astype(str).where(column.notna()), errors="coerce")
    bad = np.asarray(numbers.isna() & column.notna())
    if bad.any():
        row = int(bad.argmax())
        got = str(column.iloc[row])[:40]
        raise SourceError(f"{path.name}: row {row + 2}, column {column.name}: got {got!r}; wanted a number")
    return numbers.to_numpy(np.float64)


def _days(path: Path, column: pd.Series) -> Days:
    texts = column.fillna("").str.strip()
    days = pd.to_datetime(texts.str[:10], format="%Y-%m-%d", errors="coerce")
    bad = np.asarray(days.isna() | ~texts.str[10:].str.match(r"([ T]00:00(:00)?([+-]\d\d:\d\d)?)?$"))
    if bad.any():
        row = int(bad.argmax())
        raise SourceError(
            f"{path.name}: row {row + 2}, column Date: got {texts.iloc[row]!r}; wanted a day as 2024-08-05"
        )
    return np.asarray(days.to_numpy().astype("datetime64[D]"))
