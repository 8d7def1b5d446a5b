"""Exactly once: a delivery is reserved before it is sent, and marked once its peer has taken it."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import datetime

from commentary.archive import records
from commentary.archive.keeping import keep_edition, publish_first, remember
from commentary.archive.records import Delivery
from commentary.archive.store import Archive
from commentary.bundle import Bundle, DoubtfulDelivery, Target
from commentary.errors import CommentaryError, PublishError

_KEY = "session = ? AND edition = ? AND version = ? AND target = ?"


def deliver(
    archive: Archive, bundle: Bundle, target: Target, now: datetime, force_unknown: bool = False
) -> Delivery:
    """Put a note to a target once. A delivery already done is answered as it stands (``fresh`` false).

    ``force_unknown`` sends again where an earlier attempt was cut off and may have gone out.
    Raises PublishError where another version went out and the bundle is no correction, where an earlier
    attempt's outcome is unknown, and what the publisher raises; DoubtfulDelivery leaves it unknown.
    """
    earlier = _reserve(archive, bundle, target.name, now, force_unknown)
    if earlier is not None:
        return earlier
    try:
        receipt = target.send(bundle)
    except DoubtfulDelivery as error:
        _mark(archive, bundle, _row(bundle, target, "unknown", now, str(error)))
        raise
    except CommentaryError as error:
        _mark(archive, bundle, _row(bundle, target, "failed", now, str(error)))
        raise
    done = replace(_row(bundle, target, "done", now, ""), place=receipt.place)
    _mark(archive, bundle, done)
    return replace(done, fresh=True)


def _reserve(
    archive: Archive, bundle: Bundle, target: str, now: datetime, force_unknown: bool
) -> Delivery | None:
    """The delivery as already done, or None with a pending row written for this process alone."""
    with archive.transaction() as connection:
        earlier = _find(connection, bundle, target)
        if earlier is not None and earlier.status == "done":
            return earlier
        if earlier is not None and earlier.status in ("pending", "unknown") and not force_unknown:
            raise PublishError(_doubt(earlier))
        _refuse_second_version(connection, bundle, target)
        keep_edition(connection, bundle, now)
        connection.execute(
            "INSERT OR REPLACE INTO deliveries VALUES (?, ?, ?, ?, 'pending', '', '', ?)",
            (*records.key(bundle), target, records.stamp(now)),
        )
    return None


def _find(connection: sqlite3.Connection, bundle: Bundle, target: str) -> Delivery | None:
    found = connection.execute(
        f"SELECT * FROM deliveries WHERE {_KEY}", (*records.key(bundle), target)
    ).fetchone()
    return None if found is None else records.delivery(found)


def _refuse_second_version(connection: sqlite3.Connection, bundle: Bundle, target: str) -> None:
    """What has been published stands; a second version of it is a correction, said to be one."""
    if bundle.correction:
        return
    session, edition, version = records.key(bundle)
    other = connection.execute(
        "SELECT * FROM deliveries WHERE session = ? AND edition = ? AND target = ? AND version != ?"
        " AND status != 'failed' ORDER BY at DESC",
        (session, edition, target, version),
    ).fetchone()
    if other is not None:
        raise PublishError(
            f"{session} {edition} has gone to {target} as version {other['version']} ({other['status']},"
            f" {other['at']}); this is version {version}: publish it with --correction"
        )


def _doubt(earlier: Delivery) -> str:
    name = f"{earlier.session} {earlier.edition} (version {earlier.version}) to {earlier.target}"
    known = f": {earlier.detail}" if earlier.detail else ""
    return (
        f"{name}: an attempt at {records.stamp(earlier.at)} has not reported back{known}; another process may"
        f" be sending it now, or it was cut off and may have gone out. Look at the target: if it is not"
        f" there, publish with --force-unknown"
    )


def _row(bundle: Bundle, target: Target, status: str, now: datetime, detail: str) -> Delivery:
    return Delivery(bundle.session, bundle.edition, bundle.version, target.name, status, "", detail, now)


def _mark(archive: Archive, bundle: Bundle, row: Delivery) -> None:
    """Write the outcome; a note that went out is remembered in the same transaction."""
    with archive.transaction() as connection:
        connection.execute(
            f"UPDATE deliveries SET status = ?, place = ?, detail = ?, at = ? WHERE {_KEY}"
            " AND status != 'done'",
            (row.status, row.place, row.detail, records.stamp(row.at), *records.key(bundle), row.target),
        )
        if row.status == "done":
            remember(connection, bundle)
            publish_first(connection, bundle, row.at)
