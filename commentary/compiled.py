"""The bank as it was found right, kept in one file between runs: neither read nor checked again until it changes.

What is kept is behind a checksum and a stamp of everything that it was made from: the files of rules and
templates and the program's own, by place, time and size, and the versions of program and Python. A file that is
damaged, stale or of another making is as good as none.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import io
import marshal
import os
import pickle
import sys
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import is_dataclass
from enum import Enum
from functools import cached_property
from operator import attrgetter
from pathlib import Path
from typing import Any

from commentary import __version__
from commentary.auditing.style_bands import BandsFile
from commentary.bank import Bank
from commentary.checked import ensure
from commentary.conditions import parse
from commentary.files import write_bytes
from commentary.folders import cache_folder
from commentary.library import KINDS, Library
from commentary.phrasing.lexicon import Lexicon, Phrase
from commentary.phrasing.references import Naming
from commentary.phrasing.voices import Tone
from commentary.planning.editions import EditionFile
from commentary.planning.plan import Planner
from commentary.rendering.tables import TablesFile
from commentary.rendering.weekly import DueFile
from commentary.rulebook.book import Rulebook
from commentary.shapes import dataclass
from commentary.universe import Universe

PARTS = (
    "rulebook",
    "planner",
    "universe",
    "editions",
    "voices",
    "tables",
    "agenda",
    "names",
    "bands",
    "versions",
)
"""What of a bank is kept besides its phrases, which are kept by message: a note asks for one in ten."""

_PACKAGE = Path(__file__).parent
_APART = ("__pycache__", "_data")
"""Folders of the program that are no part of it: bytecode, which comes and goes, and the shipped root."""

_SUM = 4
"""Bytes of a checksum."""


@dataclass(frozen=True)
class CompiledBank(Bank):
    """A bank whose parts are read from what was kept, each when it is first asked for."""

    parts: Mapping[str, bytes]
    phrases: Mapping[str, bytes]

    @cached_property
    def rulebook(self) -> Rulebook:
        found: Rulebook = self._read("rulebook")
        return found

    @cached_property
    def planner(self) -> Planner:
        found: Planner = self._read("planner")
        return found

    @cached_property
    def lexicon(self) -> Lexicon:
        return Lexicon(_Phrases(self.phrases))

    @cached_property
    def universe(self) -> Universe:
        found: Universe = self._read("universe")
        return found

    @cached_property
    def editions(self) -> Mapping[str, EditionFile]:
        found: Mapping[str, EditionFile] = self._read("editions")
        return found

    @cached_property
    def voices(self) -> Mapping[str, Tone]:
        found: Mapping[str, Tone] = self._read("voices")
        return found

    @cached_property
    def tables(self) -> TablesFile:
        found: TablesFile = self._read("tables")
        return found

    @cached_property
    def agenda(self) -> tuple[DueFile, ...]:
        found: tuple[DueFile, ...] = self._read("agenda")
        return found

    @cached_property
    def names(self) -> Mapping[str, Naming]:
        found: Mapping[str, Naming] = self._read("names")
        return found

    @cached_property
    def bands(self) -> BandsFile:
        found: BandsFile = self._read("bands")
        return found

    @cached_property
    def versions(self) -> dict[str, str]:
        found: dict[str, str] = self._read("versions")
        return found

    def _read(self, part: str) -> Any:
        return _Reader(io.BytesIO(self.parts[part])).load()


class _Phrases(Mapping[str, tuple[Phrase, ...]]):
    """Phrases by message, read when they are asked for."""

    def __init__(self, kept: Mapping[str, bytes]) -> None:
        self._kept = kept
        self._found: dict[str, tuple[Phrase, ...]] = {}

    def __getitem__(self, message: str) -> tuple[Phrase, ...]:
        if message not in self._found:
            self._found[message] = _Reader(io.BytesIO(self._kept[message])).load()
        return self._found[message]

    def __iter__(self) -> Iterator[str]:
        return iter(self._kept)

    def __len__(self) -> int:
        return len(self._kept)


class _Reader(pickle.Unpickler):
    """Reads data classes and enumerations of this program and its conditions, and nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        if module.startswith("commentary."):
            found = getattr(importlib.import_module(module), name, None)
            if found is parse or (
                isinstance(found, type) and (is_dataclass(found) or issubclass(found, Enum))
            ):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is nothing that a bank holds")


def right(bank: Bank, *, rules_only: bool = False) -> Bank:
    """The bank, its files found right: as it was kept, else checked, and kept for the next run.

    Where rules alone are wanted nothing else is checked, and nothing kept. Raises AuthoringError with every
    mistake of the files.
    """
    stamp = stamp_of(bank.library)
    kept = find(bank.library, stamp)
    if kept is not None:
        return kept
    ensure(bank, rules_only=rules_only)
    if not rules_only:
        keep(bank, stamp)
    return bank


def find(library: Library, stamp: bytes) -> CompiledBank | None:
    """What was kept of these files; None where there is nothing, or it is damaged or of another stamp."""
    try:
        whole = _file(library).read_bytes()
        if zlib.crc32(memoryview(whole)[_SUM:]).to_bytes(_SUM, "big") != whole[:_SUM]:
            return None
        found, parts, phrases = marshal.loads(memoryview(whole)[_SUM:])
    except (OSError, ValueError, EOFError, TypeError):
        return None
    return CompiledBank(library, parts, phrases) if found == stamp else None


def keep(bank: Bank, stamp: bytes) -> None:
    """Keep a bank that was found right, under the stamp that its files had before they were looked at."""
    parts = {part: pickle.dumps(getattr(bank, part), 5) for part in PARTS}
    phrases = {message: pickle.dumps(group, 5) for message, group in bank.lexicon.phrases.items()}
    content = marshal.dumps((stamp, parts, phrases))
    with contextlib.suppress(OSError):  # a cache that cannot be kept costs time, nothing else
        write_bytes(_file(bank.library), zlib.crc32(content).to_bytes(_SUM, "big") + content)


def _file(library: Library) -> Path:
    roots = hashlib.sha256("\0".join(map(str, library.roots)).encode()).hexdigest()[:16]
    return cache_folder() / f"bank-{roots}.bin"


def stamp_of(library: Library) -> bytes:
    """Hash of everything that a bank is made from: files by place, time and size, the program, Python."""
    made = (__version__, sys.version, importlib.util.MAGIC_NUMBER)
    digest = hashlib.sha256(repr(made).encode())
    folders = [str(_PACKAGE), *(os.path.join(root, kind) for root in library.roots for kind in KINDS)]  # noqa: PTH118
    found: list[tuple[str, int, int]] = []
    for folder in folders:
        _add_files(folder, found)
    digest.update(marshal.dumps(found, 2))  # which writes values alone: a later one tells what is one object
    return digest.digest()


def _add_files(folder: str, found: list[tuple[str, int, int]]) -> None:
    """Path, time and size of every file below a folder."""
    try:
        with os.scandir(folder) as entries:
            ordered = sorted(entries, key=attrgetter("name"))
    except OSError:  # a root may have one kind and not the other
        return
    for entry in ordered:
        if entry.is_dir(follow_symlinks=False):
            if entry.name not in _APART:
                _add_files(entry.path, found)
            continue
        try:
            stat = entry.stat()
        except OSError:  # a link to nowhere
            found.append((entry.path, 0, 0))
        else:
            found.append((entry.path, stat.st_mtime_ns, stat.st_size))
