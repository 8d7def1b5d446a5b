"""The archive's tables, as numbered migrations: a file's ``user_version`` counts those it has had."""

from __future__ import annotations

import sqlite3

from commentary.errors import CommentaryError

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        """CREATE TABLE editions (
            session TEXT NOT NULL, edition TEXT NOT NULL, version TEXT NOT NULL,
            title TEXT NOT NULL, card TEXT NOT NULL, written_at TEXT NOT NULL,
            PRIMARY KEY (session, edition, version)) STRICT""",
        """CREATE TABLE verdicts (
            session TEXT NOT NULL, edition TEXT NOT NULL, version TEXT NOT NULL,
            label TEXT NOT NULL, kind TEXT, confidence REAL, probabilities TEXT NOT NULL,
            runner_up TEXT, severity INTEGER, phase TEXT, leader TEXT,
            PRIMARY KEY (session, edition, version),
            FOREIGN KEY (session, edition, version) REFERENCES editions) STRICT""",
        """CREATE TABLE phrase_uses (
            session TEXT NOT NULL, edition TEXT NOT NULL, place INTEGER NOT NULL,
            phrase TEXT NOT NULL, label TEXT NOT NULL,
            PRIMARY KEY (session, edition, phrase)) STRICT""",
        """CREATE TABLE threads (
            name TEXT NOT NULL, born TEXT NOT NULL, expires TEXT NOT NULL,
            text TEXT NOT NULL, predicate TEXT NOT NULL, opened_by TEXT NOT NULL,
            status TEXT NOT NULL DEFAULT 'open', settled TEXT, settled_by TEXT,
            PRIMARY KEY (name, born)) STRICT""",
        """CREATE TABLE deliveries (
            session TEXT NOT NULL, edition TEXT NOT NULL, version TEXT NOT NULL, target TEXT NOT NULL,
            status TEXT NOT NULL CHECK (status IN ('pending', 'done', 'unknown', 'failed')),
            place TEXT NOT NULL DEFAULT '', detail TEXT NOT NULL DEFAULT '', at TEXT NOT NULL,
            PRIMARY KEY (session, edition, version, target),
            FOREIGN KEY (session, edition, version) REFERENCES editions) STRICT""",
    ),
    (
        # The shares of verdicts published before this table stood were not kept: they stay NULL.
        """CREATE TABLE published (
            session TEXT NOT NULL PRIMARY KEY, edition TEXT NOT NULL, version TEXT NOT NULL, at TEXT NOT NULL,
            label TEXT NOT NULL, confidence REAL, shares TEXT,
            FOREIGN KEY (session, edition, version) REFERENCES editions) STRICT""",
        """INSERT OR IGNORE INTO published (session, edition, version, at, label, confidence)
            SELECT session, edition, version, at, label, confidence
            FROM deliveries JOIN verdicts USING (session, edition, version)
            WHERE status = 'done' ORDER BY session, at, deliveries.rowid""",
        """CREATE TABLE labels (
            number INTEGER PRIMARY KEY, session TEXT NOT NULL, label TEXT NOT NULL, why TEXT NOT NULL,
            labelled_at TEXT NOT NULL) STRICT""",
        "CREATE INDEX labels_of_session ON labels (session)",
    ),
)
"""Only ever appended to: an archive written years ago is brought up from whatever it has had."""


def migrate(connection: sqlite3.Connection) -> None:
    """Bring an archive to the newest schema, in one transaction: all of it or none.

    Raises CommentaryError for an archive that a newer version of the program has migrated.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        had = connection.execute("PRAGMA user_version").fetchone()[0]
        if had > len(MIGRATIONS):
            wanted = f"this program knows schemas up to {len(MIGRATIONS)}"
            raise CommentaryError(f"the archive has schema {had}; {wanted}: use the version that wrote it")
        for migration in MIGRATIONS[had:]:
            for statement in migration:
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
