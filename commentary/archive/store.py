"""The archive: one SQLite file, opened by whoever writes, publishes or asks."""

from __future__ import annotations

import contextlib
import json
import sqlite3
import time
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path

from commentary.archive import keeping, records, schema
from commentary.archive.records import Delivery, EditionRow, Label, PublishedVerdict
from commentary.bundle import Bundle
from commentary.errors import CommentaryError, OutputError
from commentary.model import Memory, PhraseUse, Thread

FILE = "archive.sqlite3"
"""Name of the file in the folder that the settings give."""

PATIENCE = 30.0
"""Seconds to wait for another process that is writing."""


class Archive:
    """Editions, verdicts, phrase uses, threads, deliveries and labels. Every write is one transaction."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection

    @classmethod
    def open(cls, path: Path) -> Archive:
        """Open the archive, made where it is not there yet, and bring its schema up to date.

        Raises OutputError where the folder or file cannot be written, CommentaryError where the file is
        no archive or was written by a newer version of the program.
        """
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
        except (OSError, sqlite3.OperationalError) as error:
            raise OutputError(f"cannot open the archive {path}: {error}") from error
        try:
            _prepare(connection)
        except BaseException as error:
            connection.close()
            if isinstance(error, sqlite3.OperationalError):
                raise OutputError(f"cannot write the archive {path}: {error}") from error
            if isinstance(error, sqlite3.DatabaseError):
                raise CommentaryError(f"{path} is not an archive: {error}") from error
            raise
        return cls(path, connection)

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    @contextlib.contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All of what is done inside, or none: the write lock is taken at once, so that two processes
        decide one after the other.
        """
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield self._connection
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def record_edition(self, bundle: Bundle, now: datetime) -> None:
        """Keep an edition with its verdict and card. Doing it again for the same version changes nothing."""
        with self.transaction() as connection:
            keeping.keep_edition(connection, bundle, now)

    def memory(self, before: date, settled_since: date | None = None) -> Memory:
        """What the notes published for sessions strictly before a date have left: their phrases, and the
        threads that were open on the eve of it, whatever has become of them since. Where ``settled_since`` is
        given those that were settled from then on, too, with what became of them.
        """
        day, since = before.isoformat(), (settled_since or before).isoformat()
        uses = self._connection.execute(
            "SELECT * FROM phrase_uses WHERE session < ? ORDER BY session, edition, place", (day,)
        )
        threads = self._connection.execute(
            "SELECT * FROM threads WHERE born < ? AND (settled IS NULL OR settled >= ?) ORDER BY born, name",
            (day, min(day, since)),
        )
        return Memory(tuple(_use(row) for row in uses), tuple(_on_the_eve(row, day) for row in threads))

    def threads(self) -> tuple[Thread, ...]:
        """Every thread of every published note as it stands today, oldest first."""
        rows = self._connection.execute("SELECT * FROM threads ORDER BY born, name")
        return tuple(_thread(row) for row in rows)

    def settle(self, threads: Iterable[Thread], edition: str) -> None:
        """Close threads as met, failed or lapsed, on the session that each names."""
        with self.transaction() as connection:
            keeping.settle(connection, threads, edition)

    def published(self) -> tuple[PublishedVerdict, ...]:
        """The verdict of every session of which a note has gone out, as it was first published, in order."""
        rows = self._connection.execute("SELECT * FROM published ORDER BY session")
        return tuple(_published(row) for row in rows)

    def label(self, label: Label) -> None:
        """Add a label to a session's. Earlier ones are kept."""
        with self.transaction() as connection:
            connection.execute(
                "INSERT INTO labels (session, label, why, labelled_at) VALUES (?, ?, ?, ?)",
                (label.session.isoformat(), label.label, label.why, records.stamp(label.at)),
            )

    def labels(self) -> tuple[Label, ...]:
        """Every label in order of session; of one session the newest, which counts, last."""
        rows = self._connection.execute("SELECT * FROM labels ORDER BY session, number")
        return tuple(_label(row) for row in rows)

    def editions(self) -> tuple[EditionRow, ...]:
        """Every version of every edition, newest session first, with where each has gone."""
        sent: dict[tuple[date, str, str], list[Delivery]] = {}
        for delivery in self.deliveries():
            sent.setdefault((delivery.session, delivery.edition, delivery.version), []).append(delivery)
        rows = self._connection.execute(
            "SELECT * FROM editions JOIN verdicts USING (session, edition, version)"
            " ORDER BY session DESC, edition, written_at, version"
        )
        return tuple(_edition(row, sent) for row in rows)

    def card(self, session: date, edition: str, version: str) -> str:
        """Text of the card of an edition's version. Raises CommentaryError where the archive does not have it."""
        found = self._connection.execute(
            "SELECT card FROM editions WHERE session = ? AND edition = ? AND version = ?",
            (session.isoformat(), edition, version),
        ).fetchone()
        if found is None:
            raise CommentaryError(f"{self.path} has no version {version} of {session} {edition}")
        return str(found["card"])

    def deliveries(self) -> tuple[Delivery, ...]:
        """Every delivery, in order of session, edition, time and target."""
        rows = self._connection.execute("SELECT * FROM deliveries ORDER BY session, edition, at, target")
        return tuple(records.delivery(row) for row in rows)


def _prepare(connection: sqlite3.Connection) -> None:
    connection.row_factory = sqlite3.Row
    _into_wal(connection)
    # FULL: a reservation must outlive a power cut, or a note could be sent twice.
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    schema.migrate(connection)


def _into_wal(connection: sqlite3.Connection) -> None:
    """SQLite does not wait for another process when it changes the journal's mode: wait here."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(0.02)
        else:
            return


def _use(row: sqlite3.Row) -> PhraseUse:
    return PhraseUse(row["phrase"], date.fromisoformat(row["session"]), row["label"], row["edition"])


def _thread(row: sqlite3.Row) -> Thread:
    settled = date.fromisoformat(row["settled"]) if row["settled"] else None
    born, expires = date.fromisoformat(row["born"]), date.fromisoformat(row["expires"])
    return Thread(row["name"], row["text"], row["predicate"], born, expires, row["status"], settled)


def _on_the_eve(row: sqlite3.Row, day: str) -> Thread:
    """A thread as it stood before a day: open, where it was settled on that day or later."""
    if row["settled"] and row["settled"] < day:
        return _thread(row)
    born, expires = date.fromisoformat(row["born"]), date.fromisoformat(row["expires"])
    return Thread(row["name"], row["text"], row["predicate"], born, expires)


def _published(row: sqlite3.Row) -> PublishedVerdict:
    return PublishedVerdict(
        session=date.fromisoformat(row["session"]),
        edition=row["edition"],
        version=row["version"],
        at=datetime.fromisoformat(row["at"]),
        label=row["label"],
        confidence=row["confidence"],
        shares=None if row["shares"] is None else json.loads(row["shares"]),
    )


def _label(row: sqlite3.Row) -> Label:
    session, at = date.fromisoformat(row["session"]), datetime.fromisoformat(row["labelled_at"])
    return Label(session, row["label"], row["why"], at)


def _edition(row: sqlite3.Row, sent: dict[tuple[date, str, str], list[Delivery]]) -> EditionRow:
    session = date.fromisoformat(row["session"])
    return EditionRow(
        session=session,
        edition=row["edition"],
        version=row["version"],
        title=row["title"],
        label=row["label"],
        confidence=row["confidence"],
        written_at=datetime.fromisoformat(row["written_at"]),
        deliveries=tuple(sent.get((session, row["edition"], row["version"]), ())),
    )
