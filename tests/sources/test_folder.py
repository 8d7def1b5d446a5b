"""A folder of bars: what is read, and what is refused with which words."""

from __future__ import annotations

import builtins
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from types import ModuleType

import numpy as np
import pandas as pd
import pytest

from commentary.errors import SourceError
from commentary.sources import folder
from tests.sources.made import HEADER, NOW, row, universe, write_csv, write_parquet

LONG: dict[str, Sequence[object]] = {
    "date": [datetime(2024, 8, 2), datetime(2024, 8, 5)] * 2,
    "symbol": ["SPY", "SPY", "GLD", "GLD"],
    "close": [532.9, 517.38, 225.34, 222.67],
}


def read(where: Path) -> dict[tuple[str, str], float]:
    bars = folder.load(str(where), universe(), NOW)
    names = [bars.symbols[code] for code in bars.codes]
    return {
        (name, str(day)): close
        for name, day, close in zip(names, bars.days, bars.columns["close"].tolist(), strict=True)
    }


def test_csv_named_by_symbol(tmp_path: Path) -> None:
    write_csv(tmp_path, "^GSPC", [row("2024-08-02", 5346.56), row("2024-08-05", 5186.33)])
    write_csv(tmp_path, "GC=F", [row("2024-08-05", 2401.7)])
    write_csv(tmp_path, "BRK-B", [row("2024-08-05", 428.0)])
    assert read(tmp_path) == {
        ("^GSPC", "2024-08-02"): 5346.56,
        ("^GSPC", "2024-08-05"): 5186.33,
        ("GC=F", "2024-08-05"): 2401.7,
        ("BRK-B", "2024-08-05"): 428.0,
    }


def test_csv_as_yfinance_saves_it(tmp_path: Path) -> None:
    """With actions, times of midnight in their zone, a byte order mark, an empty row of prices."""
    rows = [
        "2024-08-02 00:00:00-04:00,1,2,1,2,2,100,0.0,0.0",
        "2024-08-05 00:00:00-04:00,,,,,,,0.0,0.0",
        "2024-08-06 00:00:00-04:00,null,null,null,3,3,100,0.0,0.0",
    ]
    path = write_csv(tmp_path, "SPY", rows, f"{HEADER},Dividends,Stock Splits")
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes() + b"\n\n")
    assert read(tmp_path) == {("SPY", "2024-08-02"): 2.0, ("SPY", "2024-08-06"): 3.0}


def test_parquet_and_csv_side_by_side(tmp_path: Path) -> None:
    write_parquet(tmp_path / "bars.parquet", LONG)
    write_csv(tmp_path, "^VIX", [row("2024-08-05", 38.57)])
    (tmp_path / "README.md").write_text("where it comes from")
    (tmp_path / ".hidden").write_text("x")
    assert read(tmp_path) == {
        ("SPY", "2024-08-02"): 532.9,
        ("SPY", "2024-08-05"): 517.38,
        ("GLD", "2024-08-02"): 225.34,
        ("GLD", "2024-08-05"): 222.67,
        ("^VIX", "2024-08-05"): 38.57,
    }


@pytest.mark.parametrize("order", ["by symbol", "by date"])
def test_parquet_takes_narrow_columns_in_either_order(tmp_path: Path, order: str) -> None:
    frame = pd.DataFrame(LONG)
    frame["symbol"] = frame["symbol"].astype("category")
    frame["close"] = frame["close"].astype(np.float32)
    frame["date"] = frame["date"].dt.date
    frame["volume"] = [1, 2, 3, 4]
    frame["source"] = "hand"
    if order == "by date":
        frame = frame.sort_values("date", kind="stable")
    frame.to_parquet(tmp_path / "bars.parquet")
    assert read(tmp_path)["GLD", "2024-08-05"] == 222.67  # the decimal that was stored, not its float32


def test_symbols_nobody_knows(tmp_path: Path) -> None:
    write_parquet(tmp_path / "bars.parquet", {**LONG, "symbol": ["SPY", "SPY", "ZZZZ", "ZZZZ"]})
    write_csv(tmp_path, "QQQQ", [row("2024-08-05", 1.0)])
    bars = folder.load(str(tmp_path), universe(), NOW)
    assert bars.symbols == ("SPY",)
    assert bars.warnings == ("QQQQ.csv: symbol QQQQ is not in rules/universe.toml; ignored",)


def test_columns_nobody_knows_are_said(tmp_path: Path) -> None:
    write_parquet(tmp_path / "bars.parquet", {**LONG, "adjclose": LONG["close"]})
    bars = folder.load(str(tmp_path), universe(), NOW)
    assert bars.warnings == ("bars.parquet: columns adjclose are not of the layout; ignored",)


def test_crude_may_settle_below_zero(tmp_path: Path) -> None:
    write_csv(tmp_path, "CL=F", ["2020-04-20,17.73,17.85,-40.32,-37.63,-37.63,247947"])
    write_csv(tmp_path, "DFII10", ["2020-04-20,,,,-0.48,,"])
    assert read(tmp_path) == {("CL=F", "2020-04-20"): -37.63, ("DFII10", "2020-04-20"): -0.48}


def _csv(name: str, *rows: str, header: str = HEADER) -> Callable[[Path], None]:
    return lambda where: [write_csv(where, name, rows, header)].clear()


def _raw(name: str, data: bytes) -> Callable[[Path], None]:
    return lambda where: [(where / name).write_bytes(data)].clear()


def _long(**columns: object) -> Callable[[Path], None]:
    kept = {name: column for name, column in {**LONG, **columns}.items() if column is not None}
    return lambda where: [write_parquet(where / "bars.parquet", kept)].clear()  # type: ignore[arg-type]


GOOD = row("2024-08-02", 100.0)

FAULTS: list[tuple[str, Callable[[Path], None], tuple[str, ...]]] = [
    (
        "text in a price",
        _csv("SPY", GOOD, "2024-08-05,1,2,1,n.q.,2,5"),
        ("SPY.csv", "row 3", "Close", "'n.q.'"),
    ),
    (
        "a comma in a number",
        _csv("SPY", '2024-08-05,1,2,1,2,2,"1,000"'),
        ("SPY.csv", "row 2", "Volume", "1,000"),
    ),
    ("truth for a price", _csv("SPY", "2024-08-05,1,2,1,True,2,5"), ("SPY.csv", "row 2", "Close", "True")),
    ("the same day twice", _csv("SPY", GOOD, GOOD), ("SPY.csv", "row 3", "2024-08-02 is there twice")),
    ("unsorted", _csv("SPY", row("2024-08-05", 1), GOOD), ("SPY.csv", "row 3", "2024-08-02", "sorted")),
    ("no bytes", _raw("SPY.csv", b""), ("SPY.csv", "the file is empty")),
    ("no rows", _csv("SPY"), ("SPY.csv", "a header and no rows")),
    (
        "UTF-16",
        _raw("SPY.csv", f"{HEADER}\n{GOOD}\n".encode("utf-16")),
        ("SPY.csv", "UTF-16", "wanted UTF-8"),
    ),
    ("UTF-16 bare", _raw("SPY.csv", HEADER.encode("utf-16-le")), ("SPY.csv", "UTF-16", "wanted UTF-8")),
    (
        "Latin-1",
        _raw("SPY.csv", f"{HEADER}\n{GOOD}\ncaf\xe9".encode("latin-1")),
        ("SPY.csv", "row 3", "0xe9"),
    ),
    ("day first", _csv("SPY", "05/08/2024,1,2,1,2,2,5"), ("SPY.csv", "row 2", "Date", "'05/08/2024'")),
    ("no such day", _csv("SPY", "2024-02-30,1,2,1,2,2,5"), ("SPY.csv", "row 2", "Date", "'2024-02-30'")),
    ("an hour", _csv("SPY", "2024-08-05 10:30:00,1,2,1,2,2,5"), ("SPY.csv", "row 2", "Date", "10:30")),
    ("no date", _csv("SPY", GOOD, ",1,2,1,2,2,5"), ("SPY.csv", "row 3", "Date")),
    (
        "another layout",
        _csv("SPY", "x,1", header="Datetime,Price"),
        ("SPY.csv", "row 1", "Datetime, Price", "Date, Open"),
    ),
    (
        "no adjusted close",
        _csv("SPY", header="Date,Open,High,Low,Close,Volume"),
        ("SPY.csv", "row 1", "Adj Close"),
    ),
    ("a column twice", _csv("SPY", header=f"{HEADER},Close"), ("SPY.csv", "row 1", "wanted")),
    ("too many cells", _csv("SPY", GOOD, "2024-08-05,1,2,1,2,2,5,6,7"), ("SPY.csv", "not a table", "line 3")),
    (
        "a price of zero",
        _csv("SPY", "2024-08-05,1,2,1,0,2,5"),
        ("SPY.csv", "row 2", "close is 0", "above zero"),
    ),
    (
        "a price below",
        _csv("SPY", "2024-08-05,1,2,-1,1,2,5"),
        ("SPY.csv", "row 2", "low is -1", "above zero"),
    ),
    (
        "a volume below",
        _csv("CL=F", "2024-08-05,1,2,1,1,1,-5"),
        ("CL=F.csv", "row 2", "volume is -5", "zero or"),
    ),
    (
        "an infinite price",
        _csv("SPY", "2024-08-05,1,inf,1,1,2,5"),
        ("SPY.csv", "row 2", "high is inf", "a number"),
    ),
    ("Excel", _raw("bars.xlsx", b"PK\x03\x04"), ("bars.xlsx", "a .xlsx file", ".csv", ".parquet")),
    ("no ending", _raw("bars", b"x"), ("bars", "nameless", ".csv")),
    ("no Parquet", _raw("bars.parquet", b"PAR0 and no more"), ("bars.parquet", "no Parquet file")),
    ("an empty Parquet", _raw("bars.parquet", b""), ("bars.parquet", "no Parquet file")),
    ("Parquet without close", _long(close=None), ("bars.parquet", "no column close", "got date, symbol")),
    ("Parquet without two", _long(symbol=None, date=None), ("bars.parquet", "no column date, symbol")),
    (
        "Parquet, text for prices",
        _long(close=["1", "2", "3", "x"]),
        ("bars.parquet", "column close", "wanted numbers"),
    ),
    (
        "Parquet, text for days",
        _long(date=["2024-08-05"] * 4),
        ("bars.parquet", "column date", "wanted dates"),
    ),
    (
        "Parquet, numbers for symbols",
        _long(symbol=[1, 2, 3, 4]),
        ("bars.parquet", "column symbol", "wanted text"),
    ),
    (
        "Parquet, the same day twice",
        _long(date=pd.to_datetime(["2024-08-05"] * 4)),
        ("bars.parquet", "SPY on 2024-08-05", "twice", "2 rows"),
    ),
    (
        "Parquet unsorted",
        _long(date=pd.to_datetime(["2024-08-05", "2024-08-02"] * 2)),
        ("bars.parquet", "SPY on 2024-08-02", "sorted", "2 rows"),
    ),
    (
        "Parquet, an hour",
        _long(date=pd.to_datetime(["2024-08-05 10:30"] * 4)),
        ("bars.parquet", "column date", "10:30", "wanted days"),
    ),
    (
        "Parquet, a price of zero",
        _long(close=[1.0, 0.0, 2.0, 3.0]),
        ("bars.parquet", "SPY on 2024-08-05", "close is 0", "above zero"),
    ),
]


@pytest.mark.parametrize(("write", "parts"), [pytest.param(*case[1:], id=case[0]) for case in FAULTS])
def test_bad_input_is_named(tmp_path: Path, write: Callable[[Path], None], parts: tuple[str, ...]) -> None:
    write(tmp_path)
    with pytest.raises(SourceError) as caught:
        folder.load(str(tmp_path), universe(), NOW)
    message = str(caught.value)
    assert [part for part in parts if part not in message] == []
    assert str(tmp_path) in message
    assert caught.value.exit_status == 3


def test_all_bad_files_at_once(tmp_path: Path) -> None:
    write_csv(tmp_path, "SPY", [GOOD, GOOD])
    write_csv(tmp_path, "GLD", ["2024-08-05,1,2,1,n.q.,2,5"])
    write_csv(tmp_path, "QQQ", [GOOD])
    with pytest.raises(SourceError, match="2 files cannot be read") as caught:
        folder.load(str(tmp_path), universe(), NOW)
    assert "SPY.csv" in str(caught.value)
    assert "GLD.csv" in str(caught.value)
    assert "QQQ.csv" not in str(caught.value)


def test_a_symbol_in_two_files(tmp_path: Path) -> None:
    write_parquet(tmp_path / "bars.parquet", LONG)
    write_csv(tmp_path, "SPY", [GOOD])
    with pytest.raises(SourceError, match=r"symbol SPY is in SPY\.csv too"):
        folder.load(str(tmp_path), universe(), NOW)


def test_a_folder_of_nothing(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="the folder is empty"):
        folder.load(str(tmp_path), universe(), NOW)
    write_csv(tmp_path, "QQQQ", [GOOD])
    with pytest.raises(SourceError, match=r"none of the \d+ symbols"):
        folder.load(str(tmp_path), universe(), NOW)


def test_without_pyarrow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_parquet(tmp_path / "bars.parquet", LONG)
    real = builtins.__import__

    def without(name: str, *args: object) -> ModuleType:
        if name.startswith("pyarrow"):
            raise ImportError(name)
        return real(name, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(SourceError, match=r"pyarrow, which is not installed.*commentary\[parquet\]"):
        folder.load(str(tmp_path), universe(), NOW)


def test_stamp_changes_with_the_files(tmp_path: Path) -> None:
    path = write_csv(tmp_path, "SPY", [GOOD])
    before = folder.stamp(str(tmp_path))
    assert before == folder.stamp(str(tmp_path))
    path.write_text(path.read_text() + row(date(2024, 8, 5), 99.0) + "\n")
    assert folder.stamp(str(tmp_path)) != before
