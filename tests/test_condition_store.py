"""Compiled conditions between runs: what is kept is found, what is stale or damaged is not."""

from __future__ import annotations

import marshal
from collections.abc import Iterator
from pathlib import Path

import pytest

from commentary import condition_store, conditions
from commentary.condition_store import ConditionStore
from commentary.conditions import parse

SOURCE = "gold.move_z < -1 and sp500.return_1d < 0"


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The file of a store that holds one condition; the store of the process is an empty one."""
    monkeypatch.setenv("COMMENTARY_CACHE", str(tmp_path))
    parse.cache_clear()
    monkeypatch.setattr(conditions, "STORE", store := ConditionStore())
    parse(SOURCE)
    store.keep()
    yield tmp_path / "conditions.bin"
    parse.cache_clear()


def reopened() -> ConditionStore:
    store = ConditionStore()
    store.open()
    return store


@pytest.mark.usefixtures("kept")
def test_a_condition_is_found_as_it_was_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conditions, "STORE", store := reopened())
    parse.cache_clear()
    again = parse(SOURCE)
    assert not store.fresh
    assert again.names == {"gold.move_z", "sp500.return_1d"}
    assert again.holds({"gold.move_z": -2.0, "sp500.return_1d": -0.01}) is True
    assert again.holds({"gold.move_z": -0.5, "sp500.return_1d": -0.01}) is False


def test_every_flipped_byte_of_an_entry_is_noticed(kept: Path) -> None:
    store = reopened()
    whole = store.entries[SOURCE]
    for place in range(len(whole)):
        store.entries[SOURCE] = whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]
        assert store.find(SOURCE) is None


def test_an_entry_under_another_source_is_noticed(kept: Path) -> None:
    store = reopened()
    store.entries["quiet.flag"] = store.entries[SOURCE]
    assert store.find("quiet.flag") is None
    assert store.find("nobody.kept") is None


@pytest.mark.parametrize("content", [b"", b"nonsense", marshal.dumps(("", {})), marshal.dumps(17)])
def test_another_file_is_not_read(kept: Path, content: bytes) -> None:
    kept.write_bytes(content)
    assert reopened().entries == {}


def test_a_file_cut_off_is_not_read(kept: Path) -> None:
    kept.write_bytes(kept.read_bytes()[:-10])
    assert reopened().entries == {}


def test_another_grammar_is_not_read(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(condition_store, "_stamp", lambda: b"another")
    assert reopened().entries == {}
