"""The store's file: opened and brought up to date, written in transactions that know source and time."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from commentary.errors import SourceError
from commentary.sources.store_schema import migrate

EPOCH = date(1970, 1, 1)
BUSY_SECONDS = 20.0

_REMEDY = "move the file away and fetch again, or set another folder (store, in commentary.toml)"


_REMEDIES = {
    sqlite3.SQLITE_FULL: "make room on the disk, then run it again",
    sqlite3.SQLITE_BUSY: "another run is writing to it: try again when that is done",
}
_UNWRITABLE = (
    "its folder cannot be written, which reading needs too: make it writable, or set another (store)"
)


def _remedy(path: Path, error: Exception) -> str:
    """What to do about a failure of the file."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the rest of it tells variants apart
    otherwise = _REMEDY if os.access(path.parent, os.W_OK) else _UNWRITABLE
    return _REMEDIES.get(code, otherwise)


class Writing:
    """A transaction under way: the row of ``fetches`` that what it keeps belongs to, and how much that is."""

    def __init__(self, fetch: int) -> None:
        self.fetch, self.kept = fetch, 0


class StoreFile:
    """A store file, made where there is none; used from one thread. Raises SourceError where it cannot be
    opened."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = NORMAL")
            migrate(self._db)
        except (OSError, sqlite3.Error) as error:
            raise SourceError(
                f"{path}: the store cannot be opened ({error}); {_remedy(path, error)}"
            ) from None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        """Close the file. Raises SourceError where it turned out that it cannot be read."""
        self.close()
        if isinstance(error, sqlite3.Error):
            raise SourceError(f"{self.path}: the store cannot be read ({error}); {_REMEDY}") from None

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def stamp(self) -> int:
        """A number that grows with every transaction that kept something new."""
        row = self._db.execute("SELECT coalesce(max(id), 0) FROM fetches WHERE kept > 0").fetchone()
        return int(row[0])

    def integrity(self) -> str:
        """``ok``, or what SQLite finds wrong with the file."""
        return str(self._db.execute("PRAGMA quick_check").fetchone()[0])

    @contextmanager
    def writing(self, source: str, seen: datetime) -> Iterator[Writing]:
        """One transaction: all of it or none. Raises SourceError where the file cannot be written."""
        try:
            self._db.execute("BEGIN IMMEDIATE")
            row = self._db.execute(
                "INSERT INTO fetches (source, at) VALUES (?, ?)", (source, seen.isoformat())
            )
            started = Writing(int(row.lastrowid or 0))
            yield started
            self._db.execute("UPDATE fetches SET kept = ? WHERE id = ?", (started.kept, started.fetch))
            self._db.execute("COMMIT")
        except BaseException as error:
            with contextlib.suppress(sqlite3.Error):
                self._db.execute("ROLLBACK")
            if isinstance(error, sqlite3.Error):
                raise SourceError(
                    f"{self.path}: the store cannot be written ({error}); {_remedy(self.path, error)}"
                ) from None
            raise

    def symbol_id(self, name: str) -> int:
        """Number of a symbol, given to it where it has none; within a transaction."""
        self._db.execute("INSERT OR IGNORE INTO symbols (name) VALUES (?)", (name,))
        return int(self._db.execute("SELECT id FROM symbols WHERE name = ?", (name,)).fetchone()[0])


def number_of(day: date) -> int:
    """Days since 1970-01-01."""
    return (day - EPOCH).days


def day_of(number: int) -> date:
    """The day of a number of days since 1970-01-01."""
    return EPOCH + timedelta(number)


def known(value: float | None) -> float | None:
    """A number, or nothing where it is nan."""
    return None if value is None or value != value else value


def or_nan(value: float | None) -> float:
    """A number, nan where there is none."""
    return float("nan") if value is None else value
