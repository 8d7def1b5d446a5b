"""``commentary status``: what was written, where it went, and which threads are open."""

from __future__ import annotations

import json
from pathlib import Path

import click

from commentary.archive import Archive, Delivery, EditionRow
from commentary.commands._common import open_desk
from commentary.model import Thread

HEADER = ("session", "edition", "version", "verdict", "confidence", "deliveries", "title")


@click.command("status")
@click.option("--format", "shape", type=click.Choice(("table", "json")), default="table", show_default=True)
def status_command(shape: str) -> None:
    """Show what is in the archive: editions, where each went, and open threads.

    \b
    Example: commentary status
             commentary status --format json
    """
    with open_desk().archive() as archive:
        click.echo(as_json(archive) if shape == "json" else as_table(archive))


def as_table(archive: Archive) -> str:
    """Editions and open threads for reading."""
    rows = [HEADER, *(_row(entry) for entry in archive.editions())]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    threads = [_line(thread) for thread in archive.threads() if thread.status == "open"]
    count = len(rows) - 1
    heading = f"archive {archive.path}: {count} edition{'' if count == 1 else 's'}"
    shown = [heading, *(line.rstrip() for line in lines)] if count else [heading]
    return "\n".join([*shown, f"open threads: {len(threads)}", *threads])


def as_json(archive: Archive) -> str:
    """The same for programs: ``archive``, ``editions`` with their deliveries, ``threads`` of every status."""
    content = {
        "archive": str(Path(archive.path)),
        "editions": [_edition(entry) for entry in archive.editions()],
        "threads": [_thread(thread) for thread in archive.threads()],
    }
    return json.dumps(content, indent=1, ensure_ascii=False)


def _row(entry: EditionRow) -> tuple[str, ...]:
    confidence = "" if entry.confidence is None else f"{entry.confidence:.2f}"
    sent = ", ".join(_sent(delivery) for delivery in entry.deliveries) or "none"
    return (
        entry.session.isoformat(),
        entry.edition,
        entry.version,
        entry.label,
        confidence,
        sent,
        entry.title,
    )


def _sent(delivery: Delivery) -> str:
    """A row still pending has not reported back: as far as anybody knows its outcome is unknown."""
    status = "unknown" if delivery.status == "pending" else delivery.status
    return f"{delivery.target} {status} {delivery.at:%Y-%m-%d %H:%M}"


def _line(thread: Thread) -> str:
    return f"  {thread.born} until {thread.expires}  {thread.name}: {thread.text} ({thread.predicate})"


def _edition(entry: EditionRow) -> dict[str, object]:
    return {
        "session": entry.session.isoformat(),
        "edition": entry.edition,
        "version": entry.version,
        "title": entry.title,
        "verdict": entry.label,
        "confidence": entry.confidence,
        "written_at": entry.written_at.isoformat(),
        "deliveries": [_delivery(delivery) for delivery in entry.deliveries],
    }


def _delivery(delivery: Delivery) -> dict[str, str]:
    shown = {"target": delivery.target, "status": delivery.status, "place": delivery.place}
    return {**shown, "detail": delivery.detail, "at": delivery.at.isoformat()}


def _thread(thread: Thread) -> dict[str, object]:
    return {
        "name": thread.name,
        "text": thread.text,
        "predicate": thread.predicate,
        "born": thread.born.isoformat(),
        "expires": thread.expires.isoformat(),
        "status": thread.status,
        "settled": thread.settled.isoformat() if thread.settled else None,
    }
