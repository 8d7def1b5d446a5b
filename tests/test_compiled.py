"""The bank between runs: what is kept is what was found right; what is stale, damaged or strange is not read."""

from __future__ import annotations

import io
import multiprocessing
import os
import pickle
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from commentary import compiled
from commentary.bank import Bank
from commentary.compiled import CompiledBank, find, keep, right, stamp_of
from commentary.errors import AuthoringError
from commentary.library import Library, shipped_root
from commentary.pipeline import write_note
from commentary.shipped import shipped_card, shipped_days

MESSAGE = "templates/phrases/verdict/shouted.toml"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache."""
    monkeypatch.setenv("COMMENTARY_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def kept(folder: Path, bank: Bank) -> Path:
    """The file of a bank that was found right."""
    keep(bank, stamp_of(bank.library))
    (file,) = folder.glob("bank-*.bin")
    return file


def again() -> Bank | None:
    return find(Library(), stamp_of(Library()))


@pytest.mark.usefixtures("kept")
def test_what_is_read_is_what_was_kept(bank: Bank) -> None:
    found = again()
    assert isinstance(found, CompiledBank)
    for part in compiled.PARTS:
        assert getattr(found, part) == getattr(bank, part), part
    assert dict(found.lexicon.phrases) == dict(bank.lexicon.phrases)
    assert (found.titles, found.tabled, found.words) == (bank.titles, bank.tabled, bank.words)


@pytest.mark.usefixtures("kept")
def test_a_note_is_the_same_from_either(bank: Bank) -> None:
    found = again()
    assert found is not None
    card = shipped_card(max(shipped_days()), "daily")
    assert write_note(card, found) == write_note(card, bank)


@pytest.mark.usefixtures("kept")
def test_what_was_found_right_is_not_checked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "ensure", _nobody_asks)
    assert isinstance(right(Bank(Library())), CompiledBank)
    assert isinstance(right(Bank(Library()), rules_only=True), CompiledBank)


def test_a_file_that_changes_while_it_is_checked_is_looked_at_again(
    folder: Path, bank: Bank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "desk" / MESSAGE
    own.parent.mkdir(parents=True)
    library = Library((tmp_path / "desk",))
    monkeypatch.setattr(compiled, "ensure", lambda *_, **__: own.write_text("phrases = []"))
    right(replace(bank, library=library))
    assert find(library, stamp_of(library)) is None


def test_a_link_to_nowhere_is_a_file_as_another(tmp_path: Path) -> None:
    library = Library((tmp_path,))
    (tmp_path / "rules").mkdir()
    before = stamp_of(library)
    (tmp_path / "rules" / ".#open.toml").symlink_to("nobody@nowhere")
    assert before != stamp_of(library) == stamp_of(library)


def _nobody_asks(*_: object, **__: object) -> None:
    raise AssertionError("looked at again")


@pytest.mark.parametrize("left", [0, 3, 4, 5, 100, 100_000, -1])
def test_a_file_cut_short_is_none(kept: Path, left: int) -> None:
    kept.write_bytes(kept.read_bytes()[:left])
    assert again() is None


def test_a_file_with_a_flipped_bit_is_none(kept: Path) -> None:
    whole = bytearray(kept.read_bytes())
    for place in [*range(12), *range(12, len(whole), len(whole) // 40), len(whole) - 1]:
        whole[place] ^= 1 << place % 8
        kept.write_bytes(whole)
        assert again() is None, place
        whole[place] ^= 1 << place % 8
    kept.write_bytes(whole)
    assert again() is not None


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize("key", ["__version__", "_PACKAGE"])
def test_a_file_of_another_making_is_none(key: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(compiled, key, {"__version__": "0.0.0", "_PACKAGE": tmp_path}[key])
    assert again() is None


@pytest.mark.parametrize("change", [Path.touch, Path.unlink, lambda path: path.write_text("phrases = []\n")])
def test_a_changed_file_is_looked_at_again(
    folder: Path, tmp_path: Path, change: Callable[[Path], object], bank: Bank
) -> None:
    own = tmp_path / "desk" / MESSAGE
    own.parent.mkdir(parents=True)
    own.write_text("phrases = []  # none\n")
    os.utime(own, (1, 1))
    library = Library((tmp_path / "desk",))
    keep(replace(bank, library=library), stamp_of(library))
    assert find(library, stamp_of(library)) is not None
    change(own)
    assert find(library, stamp_of(library)) is None


@pytest.mark.usefixtures("kept")
def test_banks_of_other_files_lie_apart(tmp_path: Path) -> None:
    library = Library((tmp_path,))
    assert find(library, stamp_of(library)) is None
    assert again() is not None


def test_mistakes_are_told_and_nothing_is_kept(folder: Path, tmp_path: Path) -> None:
    own = tmp_path / "desk" / MESSAGE
    own.parent.mkdir(parents=True)
    own.write_text('[[phrases]]\nid = "a"\ntext = "Nobody asked for this."\n')
    for _ in range(2):
        with pytest.raises(AuthoringError, match=r"verdict/shouted\.toml: \(file\)"):
            right(Bank(Library((tmp_path / "desk",))))
    assert not list(folder.glob("bank-*.bin"))


def test_a_folder_that_cannot_be_written_costs_time_alone(
    bank: Bank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("COMMENTARY_CACHE", str(tmp_path / "file" / "cache"))
    monkeypatch.setattr(compiled, "ensure", lambda *_, **__: None)
    assert right(bank) is bank


def test_two_processes_that_keep_at_once_leave_a_whole_file(kept: Path, bank: Bank) -> None:
    fork = multiprocessing.get_context("fork")
    writers = [fork.Process(target=_keep_often, args=(bank,)) for _ in range(2)]
    for writer in writers:
        writer.start()
    while any(writer.is_alive() for writer in writers):
        assert again() is not None
    assert [writer.exitcode for writer in writers] == [0, 0]
    assert [path.name for path in kept.parent.iterdir()] == [kept.name]


def _keep_often(bank: Bank) -> None:
    for _ in range(3):
        keep(bank, stamp_of(bank.library))


@pytest.mark.parametrize(
    "thing", [os.system, eval, print, pickle.Unpickler, Library, shipped_root, AuthoringError, Path("/")]
)
def test_nothing_but_shapes_of_the_program_is_read(thing: object) -> None:
    with pytest.raises(pickle.UnpicklingError, match="nothing that a bank holds"):
        compiled._Reader(io.BytesIO(pickle.dumps(thing))).load()
