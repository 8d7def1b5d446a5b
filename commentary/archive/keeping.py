"""What a transaction of the archive writes of a note: the edition itself, and what it leaves behind."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from datetime import datetime

from commentary.archive import records
from commentary.bundle import Bundle
from commentary.errors import CommentaryError
from commentary.model import Thread


def keep_edition(connection: sqlite3.Connection, bundle: Bundle, now: datetime) -> None:
    """Keep an edition inside a transaction that does more."""
    edition = (*records.key(bundle), bundle.title, bundle.card, records.stamp(now))
    connection.execute("INSERT OR IGNORE INTO editions VALUES (?, ?, ?, ?, ?, ?)", edition)
    said = bundle.verdict
    verdict = [said.get(name) for name in ("kind", "confidence")]
    rest = [said.get(name) for name in ("runner_up", "severity", "phase", "leader")]
    shares = json.dumps(said.get("scores", {}), sort_keys=True)
    row = (*records.key(bundle), said["label"], *verdict, shares, *rest)
    connection.execute("INSERT OR IGNORE INTO verdicts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)


def remember(connection: sqlite3.Connection, bundle: Bundle) -> None:
    """Count a published note's phrases and threads, in place of those of an earlier version of it."""
    session, edition, _ = records.key(bundle)
    connection.execute("DELETE FROM phrase_uses WHERE session = ? AND edition = ?", (session, edition))
    uses = [(session, edition, place, use.phrase, use.label) for place, use in enumerate(bundle.uses)]
    connection.executemany("INSERT INTO phrase_uses VALUES (?, ?, ?, ?, ?)", uses)
    _open(connection, [thread for thread in bundle.threads if thread.status == "open"], session, edition)
    connection.execute(
        "UPDATE threads SET status = 'open', settled = NULL, settled_by = NULL"
        " WHERE settled = ? AND settled_by = ?",
        (session, edition),
    )
    settle(connection, (thread for thread in bundle.threads if thread.status != "open"), edition)


def publish_first(connection: sqlite3.Connection, bundle: Bundle, at: datetime) -> None:
    """Put a session's verdict on record, as its note's own facts tell it. The first version of it that is
    known to have gone out stands for good: no correction, other edition or later run takes its place.
    """
    said = bundle.verdict
    shares = json.dumps(said["shares"], sort_keys=True) if said.get("shares") else None
    row = (*records.key(bundle), records.stamp(at), said["label"], said.get("confidence"), shares)
    connection.execute("INSERT OR IGNORE INTO published VALUES (?, ?, ?, ?, ?, ?, ?)", row)


def _open(connection: sqlite3.Connection, threads: list[Thread], session: str, edition: str) -> None:
    """A thread that the earlier version opened and this one does not is gone; one that a later note has
    settled meanwhile stays settled.
    """
    names = json.dumps([thread.name for thread in threads])
    connection.execute(
        "DELETE FROM threads WHERE born = ? AND opened_by = ?"
        " AND name NOT IN (SELECT value FROM json_each(?))",
        (session, edition, names),
    )
    connection.executemany(
        "INSERT INTO threads (name, born, expires, text, predicate, opened_by) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET expires = excluded.expires, text = excluded.text,"
        " predicate = excluded.predicate",
        [(t.name, t.born.isoformat(), t.expires.isoformat(), t.text, t.predicate, edition) for t in threads],
    )


def settle(connection: sqlite3.Connection, threads: Iterable[Thread], edition: str) -> None:
    """Close threads inside a transaction that does more; the first note to settle one has the word."""
    for thread in threads:
        if thread.settled is None or thread.status == "open":
            raise CommentaryError(f"thread {thread.name} of {thread.born} is settled on no session")
        connection.execute(
            "UPDATE threads SET status = ?, settled = ?, settled_by = ?"
            " WHERE name = ? AND born = ? AND settled IS NULL",
            (thread.status, thread.settled.isoformat(), edition, thread.name, thread.born.isoformat()),
        )
