"""Conditions kept compiled between runs: parsing some hundred of them takes longer than writing a note."""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import marshal
import mmap
import zlib
from collections.abc import Mapping
from pathlib import Path
from types import CodeType

from commentary.files import write_bytes
from commentary.folders import cache_folder

Entry = tuple[tuple[str, ...], str, CodeType]
"""Names, written code, compiled code."""

Places = Mapping[bytes, tuple[int, int]]
"""Key of a condition → from where to where it is kept."""

MOST = 40_000
"""Conditions that are kept; the shipped rules and phrases have 22,000."""

_PACKAGE = Path(__file__).parent
_SUM, _KEY, _LENGTH = 4, 8, 8
"""Bytes of a checksum, of a key, of the length of the list of places."""


class ConditionStore:
    """Compiled conditions by source. What was kept by another Python or another grammar is not read.

    Each is kept as bytes behind a checksum and looked at when it is asked for: a note asks for one in ten.
    """

    def __init__(self) -> None:
        self.added: dict[bytes, bytes] = {}
        self.places: Places = {}
        self.asked: set[bytes] = set()
        self._entries = memoryview(b"")

    def open(self) -> None:
        """Find what an earlier run has kept; nothing where there is none, or it is not of this grammar."""
        try:
            with _file().open("rb") as file:
                found = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            start = _LENGTH + int.from_bytes(found[:_LENGTH], "big")
            stamp, size, places = marshal.loads(found[_LENGTH:start])
            if stamp == _stamp() and start + size == len(found):
                self._entries, self.places = memoryview(found)[start:], places
        except (OSError, ValueError, EOFError, TypeError):
            return

    def find(self, source: str) -> Entry | None:
        """A condition as it was kept; None where it was not, or what was kept is damaged."""
        key = _key(source)
        self.asked.add(key)
        kept = self._kept(key)
        if kept[:_SUM] != _sum(source, kept[_SUM:]):
            return None
        entry: Entry = marshal.loads(kept[_SUM:])
        return entry

    def add(self, source: str, entry: Entry) -> None:
        """Remember a condition that was parsed in this run."""
        written = marshal.dumps(entry)
        self.added[_key(source)] = _sum(source, written) + written

    def keep(self) -> None:
        """Keep everything for the next run, of very much what this run has not asked for last.

        A folder that cannot be written costs time, nothing else.
        """
        if self.added:
            keys = sorted(
                {**self.places, **self.added}, key=lambda key: key in self.asked or key in self.added
            )
            with contextlib.suppress(OSError):
                write_bytes(_file(), _laid_out({key: self._kept(key) for key in keys[-MOST:]}))
            self.added = {}

    def _kept(self, key: bytes) -> bytes:
        if key in self.added:
            return self.added[key]
        start, end = self.places.get(key, (0, 0))
        return bytes(self._entries[start:end])


def _laid_out(entries: Mapping[bytes, bytes]) -> bytes:
    """A file: the length of the list of places, the list, the entries."""
    places, end = {}, 0
    for key, kept in entries.items():
        places[key] = end, end + len(kept)
        end += len(kept)
    listed = marshal.dumps((_stamp(), end, places))
    return b"".join((len(listed).to_bytes(_LENGTH, "big"), listed, *entries.values()))


def _key(source: str) -> bytes:
    return hashlib.blake2b(source.encode(), digest_size=_KEY).digest()


def _sum(source: str, written: bytes) -> bytes:
    return zlib.crc32(written, zlib.crc32(source.encode())).to_bytes(_SUM, "big")


def _file() -> Path:
    return cache_folder() / "conditions.bin"


def _stamp() -> bytes:
    digest = hashlib.sha256(importlib.util.MAGIC_NUMBER)
    for module in ("conditions.py", "condition_writing.py", "condition_store.py"):
        digest.update((_PACKAGE / module).read_bytes())
    return digest.digest()


STORE = ConditionStore()
