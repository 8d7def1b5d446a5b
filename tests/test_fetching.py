"""Fetched bars on disk: a folder that the program reads as a source."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest

from commentary.errors import OutputError
from commentary.fetching import csv_of, fetch
from commentary.library import Library
from commentary.sources import folder, yahoo
from commentary.sources.bars import FIELDS, Bars
from commentary.universe import load_universe

NOW = datetime(2024, 8, 6, 12, tzinfo=UTC)
DAYS = np.array(["2016-01-04", "2024-08-02", "2024-08-05", "2024-08-05"], "datetime64[D]")
CLOSES = (2012.66, 5346.56, 5186.33, 38.57)


def bars() -> Bars:
    columns = {name: np.array(CLOSES) for name in FIELDS} | {"volume": np.array([np.nan] * 4)}
    return Bars(DAYS, np.array([0, 0, 0, 1]), ("^GSPC", "^VIX"), columns, "yahoo", ("GLD: no bars",))


def test_one_file_a_symbol_and_what_is_missing_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(yahoo, "load", lambda where, universe, now: bars())
    said = fetch(load_universe(Library()), 7, tmp_path, NOW)
    assert said.splitlines() == [f"2 symbols written to {tmp_path}, from 2017-08-06", "missing  GLD: no bars"]
    assert (tmp_path / "^VIX.csv").read_text(encoding="utf-8").splitlines() == [
        "Date,Open,High,Low,Close,Adj Close,Volume",
        "2024-08-05,38.57,38.57,38.57,38.57,38.57,",
    ]


def test_the_folder_is_a_source_of_the_same_closes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yahoo, "load", lambda where, universe, now: bars())
    universe = load_universe(Library())
    fetch(universe, 20, tmp_path, NOW)
    read = folder.load(str(tmp_path), universe, NOW)
    kept = {
        (str(day), read.symbols[code]): close
        for day, code, close in zip(read.days, read.codes, read.columns["close"], strict=True)
    }
    assert kept == {
        ("2016-01-04", "^GSPC"): 2012.66,
        ("2024-08-02", "^GSPC"): 5346.56,
        ("2024-08-05", "^GSPC"): 5186.33,
        ("2024-08-05", "^VIX"): 38.57,
    }


def test_a_symbol_without_recent_bars_has_no_file() -> None:
    assert csv_of(bars(), 0, date(2025, 1, 1)) is None


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yahoo, "load", lambda where, universe, now: bars())
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(OutputError, match="cannot be written"):
        fetch(load_universe(Library()), 7, blocked, NOW)
