"""The market kept between runs: the same one back, and anew after any change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from commentary.sources import cache, load_market
from tests.sources.made import NOW, row, scale, sessions, universe, write_csv, write_musts

UNIVERSE = universe()
SCALE = scale()
DAYS = sessions("2024-07-29", 6)


@pytest.fixture(autouse=True)
def apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMENTARY_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def where(tmp_path: Path) -> str:
    write_musts(tmp_path / "bars", DAYS)
    write_csv(tmp_path / "bars", "QQQQ", [row(DAYS[0], 1.0)])
    write_csv(tmp_path / "bars", "SLV", [row(DAYS[0], 20.0), row(DAYS[1], 200.0)])
    return str(tmp_path / "bars")


def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Calls of the folder source from now on."""
    from commentary.sources import folder

    calls: list[str] = []
    real = folder.load
    monkeypatch.setattr(folder, "load", lambda place, *rest: calls.append(place) or real(place, *rest))  # type: ignore[func-returns-value]
    return calls


def test_the_same_market_comes_back(where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    fresh = load_market(where, UNIVERSE, SCALE, NOW)
    calls = counted(monkeypatch)
    kept = load_market(where, UNIVERSE, SCALE, NOW)
    assert calls == []
    for name in cache.FRAMES:
        pd.testing.assert_frame_equal(getattr(kept, name), getattr(fresh, name), check_freq=False)
    assert kept.sessions.equals(fresh.sessions)
    for name in ("symbols", "source", "warnings", "changes", "flags"):
        assert getattr(kept, name) == getattr(fresh, name)
    assert kept.flags[0].detail == "close 200 after 20: another unit"
    assert kept.warnings == ("QQQQ.csv: symbol QQQQ is not in rules/universe.toml; ignored",)


def _longer(where: str) -> None:
    write_csv(Path(where), "SPY", [row(day, 500.0) for day in DAYS])


def _broken(where: str) -> None:
    cache.file_of(where).write_bytes(b"PK\x03\x04 and no more")


def _flipped(where: str) -> None:
    data = bytearray(cache.file_of(where).read_bytes())
    middle = len(data) // 2
    data[middle : middle + 400] = bytes(byte ^ 0xFF for byte in data[middle : middle + 400])
    cache.file_of(where).write_bytes(bytes(data))


def _gone(where: str) -> None:
    cache.file_of(where).unlink()


def _empty(where: str) -> None:
    cache.file_of(where).write_bytes(b"")


@pytest.mark.parametrize("change", [_longer, _broken, _flipped, _gone, _empty])
def test_made_anew_after(change: Callable[[str], None], where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    load_market(where, UNIVERSE, SCALE, NOW)
    change(where)
    calls = counted(monkeypatch)
    assert len(load_market(where, UNIVERSE, SCALE, NOW).sessions) == len(DAYS)
    assert calls == [where]


def test_made_anew_for_other_rules(where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    load_market(where, UNIVERSE, SCALE, NOW)
    calls = counted(monkeypatch)
    load_market(where, replace(UNIVERSE, stocks=UNIVERSE.stocks[1:]), SCALE, NOW)
    load_market(where, UNIVERSE, SCALE.model_copy(update={"carry": {"SIFMA": 1}}), NOW)
    assert calls == [where, where]


def test_a_cache_that_cannot_be_written_is_no_error(where: str, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file in the way")
    assert len(load_market(where, UNIVERSE, SCALE, NOW).sessions) == len(DAYS)
