"""``commentary note`` and ``commentary notes``."""

from __future__ import annotations

import sys
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commentary.bundle import read_bundle
from commentary.cards import read_card
from commentary.commands._common import EPISODES, Day, Desk, open_desk
from commentary.errors import HeldError, UsageError
from commentary.model import Card
from commentary.outputs import differences, write_out
from commentary.pipeline import write_note

if TYPE_CHECKING:
    from commentary.tapes import Tapes


@click.command("note")
@click.option(
    "--date", "session", type=Day(), help="Session to write about; the newest of the source without it."
)
@click.option("--source", help="A folder of bars, 'yahoo' or 'episodes'; the settings' without it.")
@click.option(
    "--card", type=click.Path(path_type=Path), help="Write the note of a card again, byte for byte."
)
@click.option("--edition", default="daily", show_default=True, help="daily or brief.")
@click.option("--output", type=click.Path(path_type=Path), help="Folder of notes; the settings' without it.")
@click.option("--quiet", is_flag=True, help="Do not print the note.")
@click.option("--recompute", is_flag=True, help="Compute readings afresh instead of taking the kept ones.")
def note_command(  # noqa: PLR0913
    session: date | None,
    source: str | None,
    card: Path | None,
    edition: str,
    output: Path | None,
    quiet: bool,
    recompute: bool,
) -> None:
    """Write the note of one settled session and print its Markdown.

    \b
    Example: commentary note --source episodes --date 2024-08-05
             commentary note --card output/2024-08-05/daily/card.json
    """
    desk = open_desk()
    if card is not None and (session or source):
        raise UsageError("--card says session and source itself; leave out --date and --source")
    drawn = read_card(card) if card else _drawn(desk, source, session, (edition, recompute))
    note = write_note(drawn, desk.bank)
    if card is not None:
        _say_differences(card, differences(note))
    folder = write_out(note, output or Path(desk.settings.output))
    with desk.archive() as archive:
        archive.record_edition(read_bundle(folder), desk.now)
    if not quiet:
        click.echo(note.markdown, nl=False)
    click.echo(f"written to {folder}", err=True)


def _drawn(desk: Desk, source: str | None, session: date | None, how: tuple[str, bool]) -> Card:
    from commentary.shipped import shipped_card
    from commentary.tapes import Order

    edition, recompute = how
    where = desk.source(source)
    if where == EPISODES:
        return shipped_card(session, edition)
    tapes = desk.tapes(where, recompute=recompute)
    day = session or tapes.latest()
    with desk.archive() as archive:
        memory = archive.memory(day)
    return tapes.card(day, Order(edition, memory, desk.settings.printed(), {}))


def _say_differences(card: Path, found: list[str]) -> None:
    if found:
        click.echo(f"rules or phrases have changed since {card} was written; the note differs:", err=True)
        for line in found:
            click.echo(f"  {line}", err=True)


@click.command("notes")
@click.option("--from", "first", type=Day(), required=True, help="First session.")
@click.option("--to", "last", type=Day(), required=True, help="Last session.")
@click.option("--source", help="A folder of bars, 'yahoo' or 'episodes'; the settings' without it.")
@click.option("--edition", default="daily", show_default=True, help="daily or brief.")
@click.option("--output", type=click.Path(path_type=Path), help="Folder of notes; the settings' without it.")
def notes_command(first: date, last: date, source: str | None, edition: str, output: Path | None) -> None:
    """Write the notes of a range of sessions: readings at once, words in order of date, pages in parallel.

    \b
    Example: commentary notes --from 2024-07-01 --to 2024-08-30 --source bars/
    """
    from commentary.ranges import write_range

    desk = open_desk()
    if last < first:
        raise UsageError(f"--to {last} lies before --from {first}")
    where = desk.source(source)
    if where == EPISODES:
        raise UsageError("--source episodes are single days; write them with `commentary note --date`")
    tapes = desk.tapes(where)
    with desk.archive() as archive:
        memory = archive.memory(first)
    days = _between(tapes, first, last)
    progress = click.progressbar(days, label="notes", file=sys.stderr)
    with progress as bar:
        held = write_range(
            tapes,
            days,
            (edition, memory, desk.settings.printed()),
            output or Path(desk.settings.output),
            partial(bar.update, 1),
        )
    _tell(len(days), held)


def _tell(count: int, held: list[tuple[date, str]]) -> None:
    """What became of a range. Raises HeldError where nothing was written."""
    for day, reason in held:
        click.echo(f"held {day}: {reason}", err=True)
    click.echo(f"{count - len(held)} notes written, {len(held)} held", err=True)
    if len(held) == count:
        raise HeldError("every session of the range is held")


def _between(tapes: Tapes, first: date, last: date) -> list[date]:
    """Sessions of the data from one day to another. Raises HeldError where there are none."""
    found = [day for day in tapes.sessions if first <= day <= last]
    if not found:
        start, end = tapes.sessions[0], tapes.sessions[-1]
        raise HeldError(f"no session from {first} to {last} is in the data, which run from {start} to {end}")
    return found
