"""What every test stands on: folders of its own, no fixed clock, one bank a process."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from commentary.bank import Bank
from commentary.library import Library
from tests.bars import write_bars
from tests.cli import Program


@pytest.fixture(scope="session", autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test reads or writes the user's cache, archive or clock."""
    base = tmp_path_factory.mktemp("folders")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COMMENTARY_CACHE", str(base / "cache"))
        patch.setenv("COMMENTARY_DATA", str(base / "data"))
        patch.delenv("COMMENTARY_NOW", raising=False)
        yield


@pytest.fixture(scope="session")
def bank() -> Bank:
    """The shipped rules and phrases, read once."""
    return Bank(Library())


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Program:
    """The program in an empty working folder, with an archive of its own."""
    folder = tmp_path / "desk"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("COMMENTARY_DATA", str(tmp_path / "data"))
    return Program(folder, capsys)


@pytest.fixture(scope="session")
def bars(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of made-up bars, written once a process; read it, never change it."""
    return write_bars(tmp_path_factory.mktemp("bars") / "made")
