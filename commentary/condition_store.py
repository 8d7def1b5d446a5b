"""Conditions kept compiled between runs: parsing some hundred of them takes longer than writing a note."""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import marshal
import zlib
from pathlib import Path
from types import CodeType

from commentary.files import write_bytes
from commentary.folders import cache_folder

Entry = tuple[tuple[str, ...], str, CodeType]
"""Names, written code, compiled code."""

_PACKAGE = Path(__file__).parent
_SUM = 4
"""Bytes of a checksum."""


class ConditionStore:
    """Compiled conditions by source. What was kept by another Python or another grammar is not read.

    Each is kept as bytes behind a checksum and looked at when it is asked for: a note asks for one in ten.
    """

    def __init__(self) -> None:
        self.entries: dict[str, bytes] = {}
        self.fresh = False

    def open(self) -> None:
        """Read what an earlier run has kept; nothing where there is none, or it is not of this grammar."""
        try:
            stamp, entries = marshal.loads(_file().read_bytes())
            if stamp == _stamp():
                self.entries.update(entries)
        except (OSError, ValueError, EOFError, TypeError):
            return

    def find(self, source: str) -> Entry | None:
        """A condition as it was kept; None where it was not, or what was kept is damaged."""
        kept = self.entries.get(source)
        if kept is None or kept[:_SUM] != _sum(source, kept[_SUM:]):
            return None
        entry: Entry = marshal.loads(kept[_SUM:])
        return entry

    def add(self, source: str, entry: Entry) -> None:
        """Remember a condition that was parsed in this run."""
        written = marshal.dumps(entry)
        self.entries[source] = _sum(source, written) + written
        self.fresh = True

    def keep(self) -> None:
        """Keep everything for the next run; a folder that cannot be written costs time, nothing else."""
        if self.fresh:
            with contextlib.suppress(OSError):
                write_bytes(_file(), marshal.dumps((_stamp(), self.entries)))
            self.fresh = False


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
