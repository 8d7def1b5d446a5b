"""FRED over the loopback: what the collector banks, what the faults of a feed leave, what the doctor says of both."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from commentary.cli import run
from commentary.sources.collecting import Ask, Collected
from commentary.sources.collectors.fred import collect, series
from commentary.sources.pacing import Pace
from commentary.sources.store import Store
from commentary.sources.store_bars import Daily
from commentary.sources.store_shapes import Reply
from commentary.sources.yahoo_client import Client
from commentary.universe import Universe
from tests.yahoo.conftest import EVENING
from tests.yahoo.faults import made
from tests.yahoo.server import Yahoo

SESSION = date(2026, 6, 10)
FIRST = date(2024, 6, 10)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "store" / "market.db") as opened:
        rows = [(SESSION, (600.0, 601.0, 599.0, 600.5, 1e7))]
        opened.keep_daily(Daily("SPY", "yahoo", rows, {}, Reply(EVENING, FIRST, "fresh")))
        yield opened


@pytest.fixture
def ask(yahoo: Yahoo, universe: Universe, store: Store) -> Ask:
    return Ask(universe, SESSION, EVENING, store, Client(Pace(1000), lambda seconds: None))


def test_every_series_is_banked(ask: Ask, yahoo: Yahoo, universe: Universe) -> None:
    found = collect(ask)
    assert found.warnings == ()
    last = ask.store.last_days()
    assert last.keys() >= set(series(universe))
    assert (last["DGS10"], last["SP500"], last["ICSA"]) == (
        date(2026, 6, 9),
        date(2026, 6, 9),
        date(2026, 5, 30),
    )
    outcomes = {ask.store.replies()[name].outcome for name in series(universe)}
    assert outcomes == {"fresh"}
    assert yahoo.counts["fred"] == 4
    assert collect(ask) == Collected(0), "what is there already is not kept twice"


@pytest.mark.parametrize("fault", ["html", "500", "429", "empty", "cut"])
def test_a_feed_that_fails_leaves_warnings(ask: Ask, yahoo: Yahoo, universe: Universe, fault: str) -> None:
    collect(ask)
    before = ask.store.last_days()
    yahoo.put(made(fault, kind="fred"))
    found = collect(ask)
    assert found.kept == 0
    assert len(found.warnings) == len(series(universe))
    assert ask.store.last_days() == before


def test_values_that_are_points_are_late(ask: Ask, yahoo: Yahoo) -> None:
    yahoo.put(made("points", kind="fred"))
    assert collect(ask).warnings == ()
    assert ask.store.replies()["DGS10"].outcome == "stale"


def test_the_doctor_asks_both(
    ask: Ask,
    yahoo: Yahoo,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    collect(ask)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COMMENTARY_DATA", str(tmp_path))
    monkeypatch.setenv("COMMENTARY_NOW", EVENING.isoformat())
    run(["doctor", "--format", "json"])
    found = {item["name"]: item for item in json.loads(capsys.readouterr().out)["checks"]}
    assert found["network"]["state"] == "ok"
    assert found["feed"]["said"] == "Yahoo SPY to 2026-06-10, FRED DGS10 to 2026-06-09"
    assert found["store"]["said"].startswith("newest session 2026-06-10, ")
    yahoo.put(made("429"))
    assert run(["doctor", "--format", "json"]) == 3
    found = {item["name"]: item for item in json.loads(capsys.readouterr().out)["checks"]}
    assert found["feed"]["state"] == "fail"
    assert "wait of" in found["feed"]["said"]
