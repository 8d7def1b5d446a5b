"""A folder's own calendar: read line by line, all mistakes at once."""

from __future__ import annotations

import math
from datetime import date
from pathlib import Path

import pytest

from commentary.errors import SourceError
from commentary.library import Library
from commentary.macro import load_macro
from commentary.sources import folder
from commentary.sources.event_files import HEADER, read_files
from tests.sources.made import row, write_csv

MACRO = load_macro(Library())


def write(place: Path, *lines: str, header: str = ",".join(HEADER)) -> Path:
    place.mkdir(exist_ok=True)
    (place / "events.csv").write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    return place


def test_figures_times_and_names_are_read(tmp_path: Path) -> None:
    write(
        tmp_path,
        "2024-08-02,economic,Non-Farm Payrolls,2024-08-02T08:30:00-04:00,114,175,179",
        "2024-08-14,economic,\"CPI MM, SA\",,0,0.2,",
        "2024-08-28,earnings,NVDA,2024-08-28,,,",
    )  # fmt: skip
    payrolls, prices, report = (seen.event for seen in read_files(tmp_path, MACRO))
    assert (payrolls.actual, payrolls.consensus, payrolls.previous) == (114, 175, 179)
    assert prices.actual == 0 and math.isnan(prices.previous) and prices.at == "2024-08-14"
    assert (report.day, report.kind, report.name) == (date(2024, 8, 28), "earnings", "NVDA")
    assert math.isnan(report.actual)


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    write(
        tmp_path,
        "2024-8-2,economic,Unemployment Rate,,4.3,,",
        "2024-08-02,econ,Unemployment Rate,,4.3,,",
        "2024-08-02,economic,Unemploymnt Rate,,4.3,,",
        "2024-08-02,economic,Unemployment Rate,08:30,4.3,,",
        "2024-08-02,economic,Unemployment Rate,2024-08-03T08:30:00-04:00,4.3,,",
        "2024-08-02,economic,Unemployment Rate,,four,,inf",
        "2024-08-02,economic",
        "2024-09-06,economic,Unemployment Rate,,4.2,,",
        "2024-09-06,economic,Unemployment Rate*,,4.2,,",
    )
    with pytest.raises(SourceError) as caught:
        read_files(tmp_path, MACRO)
    told = str(caught.value)
    for number, said in (
        (2, "day '2024-8-2'"),
        (3, "kind 'econ'; wanted economic or earnings"),
        (4, "perhaps 'Unemployment Rate'"),
        (5, "wanted a time with its zone"),
        (6, "is on 2024-08-03 in New York"),
        (7, "actual 'four'"),
        (7, "previous 'inf'"),
        (8, "2 fields; wanted 7"),
    ):
        assert any(f"line {number}: " in line and said in line for line in told.splitlines()), said
    assert "stands twice" in told


def test_a_header_of_other_columns_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="wanted day,kind,name,at,actual,consensus,previous"):
        read_files(write(tmp_path, header="date,kind,name"), MACRO)


def test_a_calendar_is_no_file_of_bars(tmp_path: Path) -> None:
    write_csv(tmp_path, "^GSPC", [row("2024-08-01", 5000), row("2024-08-02", 5001)])
    write(tmp_path, "2024-08-02,economic,Unemployment Rate,,4.3,4.1,")
    from datetime import UTC, datetime

    from commentary.universe import load_universe

    bars = folder.load(str(tmp_path), load_universe(Library()), datetime(2024, 8, 3, tzinfo=UTC))
    assert bars.symbols == ("^GSPC",) and not bars.warnings
    found = {
        item.series: item.value
        for item in folder.observations(str(tmp_path), MACRO)
        if item.day == date(2024, 8, 2)
    }
    assert found == {"unemployment.actual": 4.3, "unemployment.consensus": 4.1}
