"""Conditions kept compiled between runs: parsing some hundred of them takes longer than writing a note."""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import marshal
from pathlib import Path
from types import CodeType

from commentary.files import write_bytes
from commentary.folders import cache_folder

Entry = tuple[tuple[str, ...], str, CodeType]
"""Names, written code, compiled code."""

_PACKAGE = Path(__file__).parent


class ConditionStore:
    """Compiled conditions by source. What was kept by another Python or another grammar is not read."""

    def __init__(self) -> None:
        self.entries: dict[str, Entry] = {}
        self.fresh = False

    def open(self) -> None:
        """Read what an earlier run has kept; nothing where there is none, or it is not of this grammar."""
        try:
            stamp, entries = marshal.loads(_file().read_bytes())
        except (OSError, ValueError, EOFError, TypeError):
            return
        if stamp == _stamp():
            self.entries.update(entries)

    def add(self, source: str, entry: Entry) -> None:
        """Remember a condition that was parsed in this run."""
        self.entries[source] = entry
        self.fresh = True

    def keep(self) -> None:
        """Keep everything for the next run; a folder that cannot be written costs time, nothing else."""
        if self.fresh:
            with contextlib.suppress(OSError):
                write_bytes(_file(), marshal.dumps((_stamp(), self.entries)))
            self.fresh = False


def _file() -> Path:
    return cache_folder() / "conditions.bin"


def _stamp() -> bytes:
    digest = hashlib.sha256(importlib.util.MAGIC_NUMBER)
    digest.update((_PACKAGE / "conditions.py").read_bytes())
    return digest.digest()


STORE = ConditionStore()
