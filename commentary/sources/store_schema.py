"""The store's tables, as numbered migrations: a file's ``user_version`` counts those it has had."""

from __future__ import annotations

import sqlite3

from commentary.errors import SourceError

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        """CREATE TABLE fetches (
            id INTEGER PRIMARY KEY, source TEXT NOT NULL, at TEXT NOT NULL, kept INTEGER NOT NULL DEFAULT 0) STRICT""",
        "CREATE TABLE symbols (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT",
        """CREATE TABLE bars (
            symbol INTEGER NOT NULL, day INTEGER NOT NULL, revision INTEGER NOT NULL, fetch INTEGER NOT NULL,
            open REAL, high REAL, low REAL, close REAL NOT NULL, volume REAL,
            PRIMARY KEY (symbol, day)) STRICT, WITHOUT ROWID""",
        """CREATE TABLE superseded_bars (
            symbol INTEGER NOT NULL, day INTEGER NOT NULL, revision INTEGER NOT NULL, fetch INTEGER NOT NULL,
            open REAL, high REAL, low REAL, close REAL NOT NULL, volume REAL,
            PRIMARY KEY (symbol, day, revision)) STRICT, WITHOUT ROWID""",
        """CREATE TABLE dividends (
            symbol INTEGER NOT NULL, day INTEGER NOT NULL, fetch INTEGER NOT NULL, value REAL NOT NULL,
            PRIMARY KEY (symbol, day, fetch)) STRICT, WITHOUT ROWID""",
        """CREATE TABLE observations (
            series TEXT NOT NULL, day INTEGER NOT NULL, revision INTEGER NOT NULL, fetch INTEGER NOT NULL,
            value REAL NOT NULL, source TEXT NOT NULL,
            PRIMARY KEY (series, day, revision)) STRICT, WITHOUT ROWID""",
        """CREATE TABLE hourly (
            symbol INTEGER NOT NULL, stamp INTEGER NOT NULL, revision INTEGER NOT NULL, fetch INTEGER NOT NULL,
            open REAL, high REAL, low REAL, close REAL NOT NULL, volume REAL,
            PRIMARY KEY (symbol, stamp, revision)) STRICT, WITHOUT ROWID""",
        """CREATE TABLE quotes (
            symbol INTEGER NOT NULL, day INTEGER NOT NULL, fetch INTEGER NOT NULL, expiry INTEGER NOT NULL,
            strike REAL NOT NULL, call INTEGER NOT NULL, bid REAL, ask REAL, open_interest REAL,
            spot REAL NOT NULL,
            PRIMARY KEY (symbol, day, fetch, expiry, strike, call)) STRICT, WITHOUT ROWID""",
        """CREATE TABLE events (
            day INTEGER NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, revision INTEGER NOT NULL,
            fetch INTEGER NOT NULL, at TEXT NOT NULL, actual REAL, consensus REAL, previous REAL,
            PRIMARY KEY (day, kind, name, revision)) STRICT, WITHOUT ROWID""",
        """CREATE TABLE answers (
            symbol INTEGER PRIMARY KEY, at TEXT NOT NULL, first INTEGER NOT NULL,
            outcome TEXT NOT NULL, detail TEXT NOT NULL) STRICT""",
    ),
)
"""Only ever appended to. Days are days since 1970-01-01, stamps seconds; ``superseded_bars`` holds what a
later answer changed, the other tables keep every revision beside the newest."""


def migrate(connection: sqlite3.Connection) -> None:
    """Bring a store to the newest schema, in one transaction: all of it or none.

    Raises SourceError for a store that a newer version of the program has migrated.
    """
    if connection.execute("PRAGMA user_version").fetchone()[0] == len(MIGRATIONS):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        had = connection.execute("PRAGMA user_version").fetchone()[0]
        if had > len(MIGRATIONS):
            wanted = f"this program knows schemas up to {len(MIGRATIONS)}"
            raise SourceError(f"the store has schema {had}; {wanted}: use the version that wrote it")
        for migration in MIGRATIONS[had:]:
            for statement in migration:
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
