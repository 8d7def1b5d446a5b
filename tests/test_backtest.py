"""The backtest from bars to its tables, and the page of figures that is committed."""

from __future__ import annotations

import csv
import json
import os
import re
import shlex
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from commentary import calendar
from commentary.backtest import Backtest, BacktestOrder, backtest
from commentary.backtest_text import backtest_text
from commentary.bank import Bank
from commentary.evaluation.labels import LABELS
from tests.cli import ROOT, Program

EVENTS = "date,label,confidence,reason,source\n"
DAYS = (
    EVENTS
    + "2024-08-05,forced_exit,high,carry,by hand\n2024-08-06,relief_rally,medium,,\n2019-01-03,quiet,high,,\n"
)
PANEL = "date,a,b,c,majority,agree,reason\n2024-08-07,quiet,ordinary,ordinary,ordinary,2,made up\n"
RANGE = ("--from", "2024-07-01", "--to", "2024-08-09")
PAGE = ROOT / "docs" / "backtest.md"


@pytest.fixture
def files(program: Program) -> Path:
    """Labels of made-up days in the working folder."""
    (program.folder / "events.csv").write_text(DAYS, encoding="utf-8")
    (program.folder / "panel.csv").write_text(PANEL, encoding="utf-8")
    return program.folder


def words(bars: Path, *more: str) -> tuple[str, ...]:
    return ("backtest", "--source", str(bars), *RANGE, "--events", "events.csv", *more)


def test_every_sheet_for_a_program(program: Program, files: Path, bars: Path) -> None:
    called = program(*words(bars, "--panel", "panel.csv", "--format", "json"))
    assert called.status == 0, called.err
    found = json.loads(called.out)
    assert (found["first"], found["last"], found["set"]) == ("2024-07-01", "2024-08-09", "archive")
    sheets = {sheet["name"]: sheet for sheet in found["sheets"]}
    assert list(sheets) == [
        "events", "confusion", "panel", "plain", "losses", "folds", "reliability", "rates", "years",
        "events_differing", "panel_differing",
    ]  # fmt: skip
    assert sum(row["sessions"] for row in sheets["rates"]["rows"]) == 29  # of July 22, of August 7
    assert sheets["events"]["rows"][0]["of"] == 2  # the day of 2019 is not in the range
    for sheet in sheets.values():
        assert all(set(row) >= set(sheet["columns"]) for row in sheet["rows"])


def test_tables_and_markdown(program: Program, files: Path, bars: Path) -> None:
    table = program(*words(bars)).out
    assert "29 sessions from 2024-07-01 to 2024-08-09, judged from the archive set." in table
    assert "none of these sessions, left out: 1." in table  # the day of 2019
    assert "Beside plain rules" in table
    made = program(*words(bars, "--format", "md")).out
    lines = made.splitlines()
    assert lines[0] == "# Backtest"
    assert lines[3] == shlex.join(["commentary", *words(bars)])
    assert "| label | sessions | share | a year | least | most |" in lines
    assert "|---|---:|---:|---:|---:|---:|" in lines
    assert "| forced recall, high confidence |" in made


def test_the_page_is_written_where_it_is_asked_for(program: Program, files: Path, bars: Path) -> None:
    called = program(*words(bars, "--html", "pages/backtest.html"))
    assert called.status == 0, called.err
    assert "</html>" in (files / "pages" / "backtest.html").read_text(encoding="utf-8")
    (files / "file").touch()
    called = program(*words(bars, "--html", "file/backtest.html"))
    assert called.status == 1
    assert "cannot be written" in called.err


def test_inputs_are_named_where_they_are_not_all(program: Program, files: Path, bars: Path) -> None:
    called = program(*words(bars, "--without", "crypto", "--set", "evening"))
    assert called.status == 0, called.err
    assert "judged from the evening set, without crypto." in called.out
    assert "--set evening --without crypto" in called.out
    called = program(*words(bars, "--without", "tulips"))
    assert called.status == 2
    assert "tulips" in called.err
    assert "crypto" in called.err


def test_mistakes_of_labels_are_all_told(program: Program, files: Path, bars: Path) -> None:
    (files / "events.csv").write_text(EVENTS + "2024-08-05,panic,sure,,\n", encoding="utf-8")
    called = program(*words(bars))
    assert called.status == 4
    assert "events.csv: row 2, label: got 'panic'" in called.err
    assert "events.csv: row 2, confidence: got 'sure'" in called.err


@pytest.mark.parametrize(
    ("changed", "status", "said"),
    [
        (("--source", "episodes"), 2, "wanted a folder of bars"),
        (
            ("--from", "1999-01-04", "--to", "1999-01-05"),
            2,
            "got 1999-01-04 to 1999-01-05; wanted days between",
        ),
        (("--events", "none.csv"), 1, "none.csv: cannot be read"),
        (("--set", "morning"), 2, "morning"),
        (("--to", "2024-06-28"), 2, "--from 2024-07-01 is after --to 2024-06-28"),
    ],
)
def test_what_cannot_be_done_is_said(
    program: Program, files: Path, bars: Path, changed: tuple[str, ...], status: int, said: str
) -> None:
    called = program(*words(bars), *changed)
    assert called.status == status
    assert said in called.err


@pytest.fixture(scope="module")
def real(bank: Bank) -> Backtest:
    """The committed page's backtest, anew."""
    if "COMMENTARY_MARKET_DATA" not in os.environ:
        pytest.skip("COMMENTARY_MARKET_DATA is not set")
    bars = Path(os.environ["COMMENTARY_MARKET_DATA"])
    given = dict(zip(*[iter(_command()[2:])] * 2, strict=True))
    first, last = (date.fromisoformat(given[word]) for word in ("--from", "--to"))
    beside = bars.parent
    order = BacktestOrder(str(bars), first, last, beside / given["--events"], beside / given["--panel"])
    return backtest(order, bank)


@pytest.mark.slow
@pytest.mark.market
def test_three_figures_of_the_page_are_found_again(real: Backtest) -> None:
    text = PAGE.read_text(encoding="utf-8")
    judged = {each.session: each for each in real.verdicts}
    events = [event for event in real.events if event.label != "mixed" and event.session in judged]
    right = sum(judged[event.session].label == event.label for event in events)
    assert f"| verdict right, all | {right} | {len(events)} |" in text
    panel = [day for day in real.panel if day.session in judged]
    agreed = sum(judged[day.session].label == day.majority for day in panel)
    assert f"| verdict is the majority's | {agreed} | {len(panel)} |" in text
    forced = sum(each.label == "forced_exit" for each in real.verdicts)
    assert f"| forced_exit | {forced} |" in text


@pytest.mark.market
def test_real_figures_are_printed_in_every_form(real: Backtest) -> None:
    made = date(2025, 7, 1)
    whole: Mapping[str, object] = json.loads(backtest_text(real, "json", made))
    assert whole["made"] == "2025-07-01"
    assert "Made on 2025-07-01." in backtest_text(real, "md", made)
    assert real.moves[date(2020, 3, 16)]["sp500.return_1d"] == pytest.approx(-0.1198, abs=5e-5)


def _command() -> list[str]:
    found = re.search(r"```bash\n(.+)\n```", PAGE.read_text(encoding="utf-8"))
    assert found is not None, "no command in docs/backtest.md"
    return shlex.split(found[1])


def test_named_days_are_sessions_under_known_labels_with_a_reason() -> None:
    text = (ROOT / "scripts" / "named_days.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    days = [date.fromisoformat(row["date"]) for row in rows]
    assert days == sorted(set(days))
    assert all(calendar.is_session(day) for day in days)
    assert all(row["label"] in LABELS and row["why"].endswith(".") for row in rows)
    assert {row["not_below"] for row in rows} - {""} <= {row["date"] for row in rows}
