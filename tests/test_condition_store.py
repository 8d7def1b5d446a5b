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
    assert not store.added
    assert again.names == {"gold.move_z", "sp500.return_1d"}
    assert again.holds({"gold.move_z": -2.0, "sp500.return_1d": -0.01}) is True
    assert again.holds({"gold.move_z": -0.5, "sp500.return_1d": -0.01}) is False


def test_every_flipped_byte_of_an_entry_is_noticed(kept: Path) -> None:
    whole = kept.read_bytes()
    ((start, end),) = reopened().places.values()
    for place in range(len(whole) - (end - start), len(whole)):
        kept.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert reopened().find(SOURCE) is None


@pytest.mark.usefixtures("kept")
def test_an_entry_under_another_source_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    store = reopened()
    monkeypatch.setattr(condition_store, "_key", lambda source: next(iter(store.places)))
    assert store.find(SOURCE) is not None
    assert store.find("quiet.flag") is None


@pytest.mark.parametrize("content", [b"", b"nonsense", marshal.dumps(("", {})), marshal.dumps(17)])
def test_another_file_is_not_read(kept: Path, content: bytes) -> None:
    kept.write_bytes(content)
    store = reopened()
    assert not store.places
    assert store.find(SOURCE) is None


def test_a_file_cut_off_is_not_read(kept: Path) -> None:
    kept.write_bytes(kept.read_bytes()[:-10])
    store = reopened()
    assert not store.places
    assert store.find(SOURCE) is None


def test_another_grammar_is_not_read(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(condition_store, "_stamp", lambda: b"another")
    store = reopened()
    assert not store.places
    assert store.find(SOURCE) is None


def test_of_very_much_what_was_asked_for_stays(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in (1, 2):
        store = reopened()
        store.add(f"vix.level > {number}", ((), "", compile("1", "", "eval")))
        store.keep()
    monkeypatch.setattr(condition_store, "MOST", 3)
    store = reopened()
    assert store.find(SOURCE) is not None
    store.add("vix.level > 3", ((), "", compile("1", "", "eval")))
    store.keep()
    left = reopened()
    assert [left.find(source) is not None for source in (SOURCE, *(f"vix.level > {n}" for n in (1, 2, 3)))] == [
        True, False, True, True,
    ]  # fmt: skip
