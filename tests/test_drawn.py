"""Which set the sessions of a source are read from: a folder's, and a store's by the clock."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from commentary import drawn as module
from commentary.bank import Bank
from commentary.drawn import Drawn
from commentary.tapes import Order
from commentary.variants import Variant
from tests.cli import Program

SESSIONS = [date(2024, 8, 1), date(2024, 8, 2), date(2024, 8, 5)]


def new_york(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("America/New_York"))


@dataclass
class Opened:
    """Readings of one set, which tell what they were asked."""

    name: str
    sessions: list[date] = field(default_factory=lambda: SESSIONS)

    def latest(self) -> date:
        return self.sessions[-1]

    def judged(self, first: date, last: date) -> list[tuple[str, date]]:
        return [(self.name, day) for day in self.sessions if first <= day <= last]

    def card(self, session: date, order: Order) -> str:
        return self.name


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the sets in the order in which they are opened."""
    found: list[str] = []

    def open_variant(where: str, bank: Bank, variant: Variant, **_: Any) -> Opened:
        found.append(variant.inputs)
        return Opened(variant.inputs)

    monkeypatch.setattr(module, "open_variant", open_variant)
    return found


def made(bank: Bank, where: str, now: str, inputs: str = "auto") -> Drawn:
    return Drawn(where, bank, new_york(now), inputs)


def test_a_folder_is_the_archives_whatever_the_clock(bank: Bank, opened: list[str], tmp_path: Path) -> None:
    found = made(bank, str(tmp_path), "2024-08-05 17:30")
    assert (found.newest(), found.of(SESSIONS[-1]).name) == (SESSIONS[-1], "archive")  # type: ignore[attr-defined]
    assert opened == ["archive"]


def test_a_store_is_read_by_the_clock_session_by_session(
    bank: Bank, opened: list[str], tmp_path: Path
) -> None:
    """At half past five on Monday Friday's yields have been out for two hours, Monday's have not."""
    found = made(bank, str(tmp_path / "market.db"), "2024-08-05 17:30")
    order: Any = None
    cards: list[Any] = [found.card(day, order) for day in SESSIONS]
    assert cards == ["archive", "archive", "evening"]
    judged: Any = found.judged(SESSIONS[0], SESSIONS[-1])
    assert judged == [("archive", SESSIONS[0]), ("archive", SESSIONS[1]), ("evening", SESSIONS[2])]
    assert sorted(opened) == ["archive", "evening"], "each set is opened once"


def test_the_next_afternoon_a_store_is_the_archives(bank: Bank, opened: list[str], tmp_path: Path) -> None:
    found = made(bank, str(tmp_path / "market.db"), "2024-08-06 15:30")
    assert found.newest() == SESSIONS[-1]
    assert found.of(SESSIONS[-1]).name == "archive"  # type: ignore[attr-defined]


@pytest.mark.parametrize("inputs", ["archive", "evening"])
def test_a_set_that_was_asked_for_is_the_one(
    bank: Bank, opened: list[str], tmp_path: Path, inputs: str
) -> None:
    for where in (str(tmp_path), str(tmp_path / "market.db")):
        found = made(bank, where, "2024-08-05 17:30", inputs)
        assert found.of(SESSIONS[0]).name == inputs  # type: ignore[attr-defined]
    assert set(opened) == {inputs}


def test_kept_cards_name_their_set(program: Program) -> None:
    words = ("--source", "episodes", "--date", "2024-08-05", "--set", "evening")
    for command in ("note", "explain", "readings"):
        found = program(command, *words)
        assert (found.status, "leave out --set evening" in found.err) == (2, True)
    assert program("note", "--source", "episodes", "--date", "2024-08-05", "--quiet").status == 0
    again = program("note", "--card", "output/2024-08-05/daily/card.json", "--set", "archive")
    assert (again.status, "leave out --set archive" in again.err) == (2, True)


def test_the_inputs_of_a_session(program: Program) -> None:
    found = program("readings", "--source", "episodes", "--date", "2024-08-05", "--inputs", "--format", "csv")
    rows = {line.split(",")[0]: line.split(",") for line in found.out.splitlines()}
    assert rows["instrument"] == ["instrument", "symbol", "source", "session", "status", "detail"]
    assert rows["nikkei"][1:5] == ["^N225", "folder", "2024-08-05", "fresh"]
