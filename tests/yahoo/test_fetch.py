"""``commentary fetch`` against the loopback: in this process, in one of its own, killed, refused, cut off."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest

from commentary.errors import SourceError
from commentary.fetching import FILE, Errand, Fetched, fetch
from commentary.sources import yahoo_client
from commentary.sources.store import Store
from commentary.universe import Universe
from tests.cli import ROOT
from tests.yahoo.conftest import EVENING
from tests.yahoo.faults import made
from tests.yahoo.server import Yahoo

YEARS = 1
FAST = 1000.0


def fetched(universe: Universe, folder: Path, hours: float = 0) -> Fetched:
    errand = Errand(universe, folder / FILE, EVENING + timedelta(hours=hours), YEARS, FAST)
    return fetch(errand, lambda done, count, symbol: None, lambda line: None)


def contents(path: Path, universe: Universe) -> dict[str, list[tuple[str, float]]]:
    symbols = [*universe.stocks, *(s for item in universe.instruments.values() for s in item.listed("store"))]
    with Store(path) as store:
        assert store.integrity() == "ok"
        bars = store.bars(symbols)
    found: dict[str, list[tuple[str, float]]] = {}
    for day, code, close in zip(bars.days, bars.codes, bars.columns["close"], strict=True):
        found.setdefault(bars.symbols[code], []).append((str(day), close))
    return found


def test_everything_once_then_nothing(yahoo: Yahoo, universe: Universe, tmp_path: Path) -> None:
    first = fetched(universe, tmp_path)
    assert first.outcomes["stale"] == [] and first.outcomes["missing"] == []
    assert not [line for line in first.collected if "cannot" in line]
    yahoo.reset()
    again = fetched(universe, tmp_path, 0.5)
    assert (again.kept, again.requests, sum(yahoo.counts.values())) == (0, 0, 0)
    kept, clean = contents(tmp_path / FILE, universe), yahoo.world.bars(["SPY", "^VIX", "NVDA"])
    for code, symbol in enumerate(clean.symbols):
        rows = clean.codes == code
        theirs = zip(map(str, clean.days[rows]), clean.columns["close"][rows], strict=True)
        mine = dict(kept[symbol])
        assert len(mine) > 200 and max(mine) == "2026-06-10"
        assert mine == pytest.approx({day: close for day, close in theirs if day in mine}, rel=1e-6)


def test_a_refusal_is_waited_out(
    yahoo: Yahoo, universe: Universe, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(yahoo_client, "BACK_OFF", (0.05, 0.05, 0.05))
    yahoo.put(made("429", ("SPY",), times=3))
    assert fetched(universe, tmp_path).outcomes["missing"] == []


@pytest.mark.slow
def test_given_up_it_keeps_what_came_and_goes_on_later(
    yahoo: Yahoo, universe: Universe, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(yahoo_client, "BACK_OFF", (0.05,))
    yahoo.put(made("429", after=1, times=None, symbols=("SPY", "QQQ", "GLD")), made("429", ("IWM",)))
    first = fetched(universe, tmp_path)
    assert "Yahoo refuses more requests" in first.refused
    assert first.outcomes["fresh"] and first.outcomes["missing"]
    yahoo.reset()
    assert fetched(universe, tmp_path, 0.1).outcomes["missing"] == []
    assert len(contents(tmp_path / FILE, universe)["SPY"]) > 200


def program(folder: Path, variables: Mapping[str, str], *words: str) -> subprocess.Popen[str]:
    (folder / "commentary.toml").write_text(f"requests_a_second = {FAST}\n", encoding="utf-8")
    own = {
        "COMMENTARY_DATA": str(folder / "data"),
        "COMMENTARY_CACHE": str(folder / "cache"),
        "COMMENTARY_NOW": EVENING.isoformat(),
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-m", "commentary", *words]
    return subprocess.Popen(
        command, cwd=folder, env={**os.environ, **variables, **own}, stderr=subprocess.PIPE, text=True
    )


@pytest.mark.slow
def test_a_fetch_killed_at_any_moment_goes_on(
    yahoo: Yahoo, server: tuple[Yahoo, dict[str, str]], universe: Universe, tmp_path: Path
) -> None:
    variables = server[1]
    path = tmp_path / "data" / "store" / FILE
    for after in (0.0, 0.2, 0.5):
        with program(tmp_path, variables, "fetch", "--years", "1") as running:
            while not path.exists() and running.poll() is None:
                time.sleep(0.02)
            time.sleep(after)
            running.send_signal(signal.SIGKILL)
        if path.exists():
            with Store(path) as store:
                assert store.integrity() == "ok"
    with program(tmp_path, variables, "fetch", "--years", "1") as running:
        said = running.communicate()[1]
    assert running.returncode == 0, said
    whole = tmp_path / "whole"
    fetched(universe, whole)
    assert contents(path, universe) == contents(whole / FILE, universe)


def test_with_the_network_cut_it_says_so_at_once(yahoo: Yahoo, tmp_path: Path) -> None:
    nothing = {"HTTPS_PROXY": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9"}
    start = time.monotonic()
    with program(tmp_path, nothing, "note") as running:
        said = running.communicate()[1]
    assert running.returncode == 3 and time.monotonic() - start < 15
    assert "cannot be reached at 127.0.0.1:9" in said and "--source store" in said
    assert not (tmp_path / "data" / "store").exists()


def test_the_probe_is_the_only_thing_that_waits(universe: Universe, tmp_path: Path) -> None:
    """An errand without a store and without a network makes neither."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
        patch.setenv("https_proxy", "http://127.0.0.1:9")
        with pytest.raises(SourceError, match="cannot be reached"):
            fetched(universe, tmp_path)
    assert not (tmp_path / FILE).exists()
