"""FRED's answers: what is a table of the series asked for, and what is not."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from types import SimpleNamespace

import pytest

from commentary.sources.fred import Unserved, address, answer, parsed

IDS = ("DGS2", "DGS10")
TABLE = "observation_date,DGS2,DGS10\n2026-06-01,4.01,4.38\n2026-06-02,.,4.40\n2026-06-03,,\n2026-06-04,3.99,-0.02\n"
DGS2 = [(date(2026, 6, 1), 4.01), (date(2026, 6, 4), 3.99)]


def test_a_point_and_nothing_are_missing() -> None:
    found = parsed(200, TABLE.encode(), IDS)
    assert found["DGS2"] == DGS2
    assert found["DGS10"] == [(date(2026, 6, 1), 4.38), (date(2026, 6, 2), 4.40), (date(2026, 6, 4), -0.02)]


def test_the_header_of_before_2024_and_another_order_are_read() -> None:
    text = "\ufeffDATE,DGS10,DGS2\n2026-06-01,4.38,4.01\n"
    assert parsed(200, text.encode(), IDS) == {"DGS10": [(date(2026, 6, 1), 4.38)], "DGS2": DGS2[:1]}


def test_a_table_without_rows_has_no_values() -> None:
    assert parsed(200, b"observation_date,DGS2,DGS10\n", IDS) == {"DGS2": [], "DGS10": []}


def packed(**tables: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as into:
        for name, text in tables.items():
            into.writestr(f"{name}.csv", text)
        into.writestr("README.txt", "FRED")
    return held.getvalue()


def test_series_of_several_frequencies_come_packed() -> None:
    body = packed(
        daily="observation_date,DGS2\n2026-06-01,4.01\n", weekly="observation_date,ICSA\n2026-05-30,225000\n"
    )
    assert parsed(200, body, ("DGS2", "ICSA")) == {"DGS2": DGS2[:1], "ICSA": [(date(2026, 5, 30), 225000.0)]}


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"", "wanted a table of days"),
        (b"<!DOCTYPE html><html><body>Just a moment</body></html>", "wanted a table of days"),
        (b'{"error": "no such series"}', "wanted a table of days"),
        (b"observation_date,DGS2\n2026-06-01,4.01\n", "DGS10 apart"),
        (b"observation_date,DGS2,DGS20\n2026-06-01,4.01,4.5\n", "DGS10, DGS20 apart"),
        (b"observation_date,DGS2,DGS2\n", "wanted a table of days"),
        (TABLE.replace("06-02", "06-01").encode(), "2026-06-01 after 2026-06-01"),
        (TABLE.replace("06-04", "05-04").encode(), "2026-05-04 after 2026-06-03"),
        (TABLE.replace("2026-06-02", "2 June").encode(), "2 June"),
        (TABLE.replace("3.99", "3.99*").encode(), "3.99*"),
        (TABLE.replace("3.99", "inf").encode(), "2 finite numbers"),
        (TABLE.replace(",3.99", "").encode(), "2 finite numbers"),
        (TABLE.replace("4.01,4.38", "4.01,4.38\n\n").encode(), "wanted a day and numbers"),
        (TABLE[:-20].encode() + b"\xff", "cannot be read"),
        (b"PK\x03\x04 torn", "cannot be read"),
        (packed(daily=TABLE, weekly=TABLE), "twice"),
        (packed(), "apart"),
    ],
)
def test_anything_else_is_refused(body: bytes, told: str) -> None:
    with pytest.raises(Unserved) as caught:
        parsed(200, body, IDS)
    assert told in str(caught.value)


def test_a_series_that_is_not_there_is_refused() -> None:
    with pytest.raises(Unserved, match="404"):
        parsed(404, b"<html>", IDS)


def test_the_address() -> None:
    wanted = "https://fred.stlouisfed.org/graph/fredgraph.csv?id=DGS2,DGS10&cosd=2026-06-01"
    assert address(IDS, date(2026, 6, 1)) == wanted


@pytest.mark.parametrize("status", [429, 500, 503])
def test_what_may_be_answered_in_a_moment_is_worth_another_try(status: int) -> None:
    session = SimpleNamespace(get=lambda url, timeout: SimpleNamespace(status_code=status, content=b""))
    with pytest.raises(ValueError, match=str(status)):
        answer(session, IDS, date(2026, 6, 1))
