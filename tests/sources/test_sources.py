"""The entry of the room: which source a name means, and what its modules promise."""

from __future__ import annotations

import inspect
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from commentary import registry
from commentary.errors import AuthoringError, SourceError
from commentary.scale import History, Scale
from commentary.sources import gate, holds, last_session, load_market
from commentary.sources.store import Store
from tests.sources.made import NOW, scale, sessions, universe, write_musts

UNIVERSE = universe()
DAYS = sessions("2024-07-29", 6)


@pytest.fixture(autouse=True)
def apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMENTARY_CACHE", str(tmp_path / "cache"))


def begun(first: date) -> Scale:
    """The shipped scales with another first session."""
    return scale().model_copy(update={"history": History(first=first)})


def test_folder_end_to_end(tmp_path: Path) -> None:
    write_musts(tmp_path / "bars", DAYS)
    market = load_market(str(tmp_path / "bars"), UNIVERSE, begun(DAYS[1]), NOW)
    assert [stamp.date() for stamp in market.sessions] == DAYS[1:]
    day = last_session(market, NOW)
    assert day == DAYS[5]
    assert {status.source for status in gate(market, UNIVERSE, day, NOW)} == {"folder"}
    assert holds(market, UNIVERSE) == {}


def test_data_that_end_before_history_begins_are_refused(tmp_path: Path) -> None:
    write_musts(tmp_path / "bars", DAYS)
    with pytest.raises(SourceError, match="last bar is of 2024-08-05; no session before 2024-08-06 is read"):
        load_market(str(tmp_path / "bars"), UNIVERSE, begun(date(2024, 8, 6)), NOW)


def test_what_is_no_source_is_named(tmp_path: Path) -> None:
    with pytest.raises(
        SourceError, match=r"'yaho' is neither a folder that exists nor .*: episodes, store, yahoo$"
    ):
        load_market("yaho", UNIVERSE, scale(), NOW)
    (tmp_path / "bars.csv").write_text("x")
    with pytest.raises(SourceError, match=r"bars\.csv' is a file, no folder; wanted a folder"):
        load_market(str(tmp_path / "bars.csv"), UNIVERSE, scale(), NOW)


def test_a_store_that_is_not_there_is_not_made_by_reading(tmp_path: Path) -> None:
    path = tmp_path / "market.db"
    with pytest.raises(SourceError, match=r"market\.db: no store yet; run `commentary fetch` to fill it"):
        load_market(str(path), UNIVERSE, scale(), NOW)
    assert not path.exists()


def test_a_store_without_bars_says_so(tmp_path: Path) -> None:
    with Store(tmp_path / "market.db") as store:
        path = str(store.path)
    with pytest.raises(SourceError, match=r"the store has none of \d+ symbols; run `commentary fetch`"):
        load_market(path, UNIVERSE, scale(), NOW)


def test_observations_lie_beside_the_bars(tmp_path: Path) -> None:
    write_musts(tmp_path, DAYS)
    line = f"gold.shares_outstanding,{DAYS[-1]},280000000,own"
    (tmp_path / "observations.csv").write_text(f"series,date,value,source\n{line}\n", encoding="utf-8")
    for _ in range(2):  # made, then kept
        found = load_market(str(tmp_path), UNIVERSE, scale(), NOW).observed
        assert (
            found["gold.shares_outstanding"].iloc[-1] == 280e6 and found.isna().sum().sum() == len(DAYS) - 1
        )


@pytest.mark.parametrize(
    ("carry", "parts"),
    [
        ({"SIFMAS": 3}, ("rules/scale.toml", "carry.SIFMAS", "class of session")),
        ({"SIFMA": 9}, ("carry.SIFMA", "got 9", "from 0 to 3")),
        ({"SIFMA": "3"}, ("carry.SIFMA", "got '3'", "whole number")),
        ({"SIFMA": True, "UTC": -1}, ("2 mistakes", "carry.SIFMA", "carry.UTC")),
    ],
)
def test_mistakes_in_carry(tmp_path: Path, carry: dict[str, object], parts: tuple[str, ...]) -> None:
    write_musts(tmp_path, DAYS)
    with pytest.raises(AuthoringError) as caught:
        load_market(str(tmp_path), UNIVERSE, scale().model_copy(update={"carry": carry}), NOW)
    assert [part for part in parts if part not in str(caught.value)] == []


def test_contract_of_sources() -> None:
    modules = registry.names("commentary.sources", "NAME")
    assert {"folder", "store"} <= set(modules)
    for module in modules.values():
        assert list(inspect.signature(module.load).parameters) == ["where", "universe", "now"]
        assert list(inspect.signature(module.observations).parameters) == ["where", "macro"]
        for asked in (module.stamp, module.is_mine):
            assert list(inspect.signature(asked).parameters) == ["where"]
        assert module.load.__doc__


def test_the_entry_loads_no_pandas() -> None:
    code = "import sys, commentary.sources; print('pandas' in sys.modules, 'numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
