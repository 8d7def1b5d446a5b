"""FRED's series into the store: what is asked, from when on, and what a failure leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TypeVar, cast
from urllib.parse import parse_qs, urlsplit

import pytest

from commentary.errors import SourceError
from commentary.sources import fred as answers
from commentary.sources.collecting import Ask
from commentary.sources.collectors.fred import MACRO, collect, series
from commentary.sources.store import Store
from commentary.sources.store_bars import Daily
from commentary.sources.store_shapes import Reply
from commentary.sources.yahoo import NoBars
from commentary.sources.yahoo_client import Client
from tests.sources.made import universe

SESSION = date(2026, 6, 10)  # a Wednesday
NOW = datetime(2026, 6, 10, 21, 30, tzinfo=UTC)
FIRST = date(2019, 6, 10)
UNIVERSE = universe()
NAMES = series(UNIVERSE)
DAYS = (date(2026, 6, 4), date(2026, 6, 5), date(2026, 6, 8), date(2026, 6, 9))
T = TypeVar("T")


@dataclass
class Fred:
    """A client; ``values``: series → day → value, as text; what is not in it is not served."""

    values: dict[str, dict[date, str]]
    asked: list[tuple[list[str], date]] = field(default_factory=list)
    status: int = 200
    session: Any = None

    def __post_init__(self) -> None:
        self.session = SimpleNamespace(get=self.get)

    def get(self, url: str, timeout: float) -> Any:
        asked = parse_qs(urlsplit(url).query)
        names, first = asked["id"][0].split(","), date.fromisoformat(asked["cosd"][0])
        self.asked.append((names, first))
        if self.status != 200 or not self.values.keys() >= set(names):
            return SimpleNamespace(status_code=self.status if self.status != 200 else 404, content=b"<html>")
        days = sorted({day for name in names for day in self.values[name] if day >= first})
        rows = [",".join([str(day), *(self.values[name].get(day, ".") for name in names)]) for day in days]
        return SimpleNamespace(
            status_code=200, content="\n".join([f"observation_date,{','.join(names)}", *rows]).encode()
        )

    def ask(self, what: str, question: Callable[[], T]) -> T:
        assert what == "FRED"
        try:
            return question()
        except ValueError as error:
            raise NoBars(str(error)) from None


@pytest.fixture(autouse=True)
def reached(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "reachable", lambda: None)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "market.db") as opened:
        opened.keep_daily(Daily("SPY", "yahoo", (), {}, Reply(NOW, FIRST, "fresh")))
        yield opened


@pytest.fixture
def client() -> Fred:
    values = {name: {day: f"4.{day.day:02}" for day in DAYS} for name in NAMES}
    values["ICSA"] = {date(2026, 5, 30): "225000", date(2026, 6, 6): "230000"}
    values["JTSJOL"] = {date(2026, 4, 1): "7400"}
    return Fred(values)


def run(store: Store, client: Fred, session: date = SESSION) -> tuple[int, tuple[str, ...]]:
    now = datetime.combine(session, NOW.timetz())
    found = collect(Ask(UNIVERSE, session, now, store, cast(Client, client)))
    return found.kept, found.warnings


def test_what_is_read_from_fred() -> None:
    assert {"DGS2", "DGS10", "BAMLH0A0HYM2", "VIXCLS", "SP500", "ICSA", "JTSJOL"} <= set(NAMES)
    assert len(set(NAMES)) == len(NAMES)


def test_a_first_fill_goes_back_as_far_as_the_bars(store: Store, client: Fred) -> None:
    kept, warnings = run(store, client)
    assert warnings == ()
    assert kept == (len(NAMES) - 2) * len(DAYS) + 3
    assert {first for _, first in client.asked} == {FIRST}
    assert sorted(name for names, _ in client.asked for name in names) == sorted(NAMES)
    assert all(len(names) <= 8 for names, _ in client.asked)
    assert [names for names, _ in client.asked if set(names) & MACRO.keys()] == [["ICSA"], ["JTSJOL"]]
    bars = store.bars(["DGS10"])
    assert bars.columns["close"].tolist() == [4.04, 4.05, 4.08, 4.09]
    assert store.replies()["DGS10"] == Reply(NOW, FIRST, "fresh", "")
    assert store.replies()["ICSA"].outcome == "fresh"


def test_the_next_day_asks_for_what_may_have_changed(store: Store, client: Fred) -> None:
    run(store, client)
    client.asked.clear()
    client.values["DGS10"] |= {date(2026, 6, 8): "4.50", date(2026, 6, 10): "4.60"}
    for name in NAMES:
        if name not in MACRO:
            client.values[name].setdefault(date(2026, 6, 10), "4.10")
    kept, _ = run(store, client, date(2026, 6, 11))
    assert kept == 1 + len(NAMES) - 2, "a correction, and a new day of each"
    firsts = {names[0]: first for names, first in client.asked}
    assert firsts["ICSA"] == date(2021, 6, 2), "1830 days of seasons before the 6th"
    assert {first for name, first in firsts.items() if name not in MACRO} == {date(2026, 4, 10)}
    assert store.closes("DGS10", date(2026, 6, 8)) == {
        date(2026, 6, 8): 4.5, date(2026, 6, 9): 4.09, date(2026, 6, 10): 4.6,
    }  # fmt: skip


def test_what_fred_no_longer_serves_stays(store: Store, client: Fred) -> None:
    run(store, client)
    client.values["BAMLH0A0HYM2"] = {date(2026, 6, 9): "3.00"}
    run(store, client)
    assert len(store.closes("BAMLH0A0HYM2", FIRST)) == len(DAYS)


def test_a_longer_store_is_filled_from_its_beginning(store: Store, client: Fred) -> None:
    run(store, client)
    store.keep_daily(Daily("SPY", "yahoo", (), {}, Reply(NOW, date(2006, 6, 10), "fresh")))
    client.asked.clear()
    run(store, client)
    assert {first for _, first in client.asked} == {date(2006, 6, 10)}


def test_one_that_is_not_served_takes_no_other_with_it(store: Store, client: Fred) -> None:
    del client.values["DGS10"]
    kept, warnings = run(store, client)
    assert warnings == ("DGS10: FRED answered 404",)
    assert kept == (len(NAMES) - 3) * len(DAYS) + 3
    assert store.replies()["DGS10"].outcome == "missing"
    client.values["DGS10"] = dict.fromkeys(DAYS, "4.1")
    client.asked.clear()
    run(store, client)
    assert FIRST in {first for names, first in client.asked if "DGS10" in names}


def test_a_failure_is_a_warning_a_series(store: Store, client: Fred) -> None:
    run(store, client)
    client.status = 503
    client.asked.clear()
    kept, warnings = run(store, client)
    assert kept == 0
    assert len(warnings) == len(NAMES)
    assert len(client.asked) <= 4, "none is asked for by itself where FRED answers nothing"
    assert len(store.closes("DGS10", FIRST)) == len(DAYS)
    client.status = 200
    client.asked.clear()
    run(store, client)
    assert FIRST not in {first for _, first in client.asked}, "the past was had"


def test_what_is_late_is_stale(store: Store, client: Fred) -> None:
    del client.values["VIXCLS"][date(2026, 6, 9)]
    client.values["DGS2"] = dict.fromkeys(DAYS, ".")
    run(store, client)
    assert store.replies()["VIXCLS"].detail == "last value 2026-06-08, wanted 2026-06-09"
    assert store.replies()["DGS2"].detail == "last value none, wanted 2026-06-09"


def test_values_before_the_first_day_asked_are_left_out(store: Store, client: Fred) -> None:
    def whole(url: str, timeout: float) -> Any:
        return Fred.get(client, url.replace(f"cosd={FIRST}", "cosd=1962-01-02"), timeout)

    client.session = SimpleNamespace(get=whole)
    client.values["DGS10"][date(1962, 1, 2)] = "4.06"
    run(store, client)
    assert min(store.closes("DGS10", date(1960, 1, 1))) == DAYS[0]


def test_out_of_reach(store: Store, client: Fred, monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> None:
        raise SourceError("FRED: cannot be reached")

    monkeypatch.setattr(answers, "reachable", away)
    with pytest.raises(SourceError, match="FRED"):
        run(store, client)
