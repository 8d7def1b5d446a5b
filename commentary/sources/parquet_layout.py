"""Parquet files of many symbols in the long layout: ``date, symbol, close`` and what else a bar has."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import numpy as np

from commentary.errors import SourceError
from commentary.sources.bars import FIELDS, Bars, Days, Fault, Floats, Indices, faults, widened

if TYPE_CHECKING:
    import pyarrow

NEEDED = ("date", "symbol", "close")
KNOWN = frozenset({*NEEDED, *FIELDS, "source"})


def read(path: Path, symbols: Mapping[str, bool]) -> Bars:
    """Bars of the wanted symbols that the file has; the others are not read.

    Raises SourceError naming the file, the column, and the symbol and day.
    """
    table = _table(path, symbols)
    names, codes = _symbols(table)
    columns = {name: _numbers(table, name) for name in FIELDS}
    kept = ~np.isnan(columns["close"])
    columns = {name: column[kept] for name, column in columns.items()}
    bars = Bars(_days(path, table)[kept], codes[kept], names, columns, "folder", _warnings(path))
    found = list(faults(bars, symbols))
    if found:
        raise SourceError(f"{path.name}: " + "; ".join(_told(bars, fault) for fault in found))
    return bars


def _symbols(table: pyarrow.Table) -> tuple[tuple[str, ...], Indices]:
    dictionary = table["symbol"].combine_chunks().dictionary_encode()
    codes = dictionary.indices.to_numpy(zero_copy_only=False).astype(np.intp)
    listed = dictionary.dictionary.to_pylist()
    present = np.bincount(codes, minlength=len(listed)) > 0
    return tuple(np.array(listed, object)[present]), (np.cumsum(present) - 1)[codes]


def _told(bars: Bars, fault: Fault) -> str:
    more = f" ({fault.count} rows so)" if fault.count > 1 else ""
    symbol, day = bars.symbols[bars.codes[fault.row]], bars.days[fault.row]
    return f"{symbol} on {day}: {fault.text}{more}"


def _table(path: Path, symbols: Mapping[str, bool]) -> pyarrow.Table:
    arrow, parquet = _pyarrow(path)
    try:
        schema = parquet.read_schema(path)
        _check(path, schema, arrow.types)
        columns = [name for name in ("date", "symbol", *FIELDS) if name in schema.names]
        return parquet.read_table(path, columns=columns, filters=[("symbol", "in", sorted(symbols))])
    except (arrow.ArrowException, OSError) as error:
        raise SourceError(f"{path.name}: no Parquet file that can be read: {str(error)[:160]}") from None


def _pyarrow(path: Path) -> tuple[ModuleType, ModuleType]:
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        remedy = "pip install 'commentary[parquet]'"
        raise SourceError(f"{path.name}: Parquet needs pyarrow, which is not installed: {remedy}") from None
    return pyarrow, parquet


def _check(path: Path, schema: pyarrow.Schema, types: ModuleType) -> None:
    missing = [name for name in NEEDED if name not in schema.names]
    if missing:
        got = ", ".join(schema.names)[:120]
        raise SourceError(
            f"{path.name}: no column {', '.join(missing)}; got {got}; wanted {', '.join(NEEDED)}"
        )
    day = schema.field("date").type
    if not (types.is_timestamp(day) or types.is_date(day)):
        raise SourceError(f"{path.name}: column date holds {day}; wanted dates")
    symbol = schema.field("symbol").type
    text = symbol.value_type if types.is_dictionary(symbol) else symbol
    if not (types.is_string(text) or types.is_large_string(text) or types.is_string_view(text)):
        raise SourceError(f"{path.name}: column symbol holds {symbol}; wanted text")
    for name in FIELDS:
        kind = schema.field(name).type if name in schema.names else None
        if kind is not None and not (types.is_floating(kind) or types.is_integer(kind)):
            raise SourceError(f"{path.name}: column {name} holds {kind}; wanted numbers")


def _warnings(path: Path) -> tuple[str, ...]:
    from pyarrow import parquet

    other = [name for name in parquet.read_schema(path).names if name not in KNOWN]
    return (f"{path.name}: columns {', '.join(other)} are not of the layout; ignored",) if other else ()


def _numbers(table: pyarrow.Table, name: str) -> Floats:
    if name not in table.column_names:
        return np.full(table.num_rows, np.nan)
    values = table[name].to_numpy()
    return widened(values) if values.dtype == np.float32 else np.asarray(values, np.float64)


def _days(path: Path, table: pyarrow.Table) -> Days:
    stamps = table["date"].to_numpy()
    days = stamps.astype("datetime64[D]")
    bad = np.isnat(days) | (stamps != days)
    if bad.any():
        row = int(bad.argmax())
        raise SourceError(
            f"{path.name}: column date: got {stamps[row]} in {table['symbol'][row]}; wanted days"
        )
    return np.asarray(days)
