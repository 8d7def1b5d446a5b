"""``commentary verify``: the morning after, does the note still hold?"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from commentary.commands._common import EPISODES, Day, Desk, open_desk
from commentary.errors import OutputError, UsageError
from commentary.files import write_text
from commentary.input_sets import ARCHIVE, EVENING, awaited, none_came_later
from commentary.model import Card
from commentary.shown import MISSING
from commentary.verification.again import Again, read_again
from commentary.verification.figures import LATER, Change, Hands, changes
from commentary.verification.printed import Asked, Printed, find
from commentary.verification.told import Verification, as_json, as_table, correction

PROPOSED = 5
"""What the shell sees where a correction is proposed; 0 where the note holds, 3 where it cannot be told yet."""

FILE = "correction.md"


@click.command("verify")
@click.argument("session", metavar="DATE", type=Day())
@click.option("--edition", default="daily", show_default=True, help="Which edition of that session.")
@click.option("--source", help="A folder of bars, 'store' or 'yahoo'; the settings' without it.")
@click.option(
    "--set",
    "inputs",
    type=click.Choice((ARCHIVE, EVENING)),
    default=ARCHIVE,
    show_default=True,
    help="Read again from all that came later, or from the set of the evening alone: then only revisions count.",
)
@click.option(
    "--output", type=click.Path(path_type=Path), help="Folder of the notes; default: the settings'."
)
@click.option("--write", is_flag=True, help=f"Write the proposed correction to {FILE} beside the note.")
@click.option("--format", "form", type=click.Choice(("table", "json")), default="table", show_default=True)
def verify_command(
    session: date, edition: str, output: Path | None, write: bool, form: str, **words: str
) -> int:
    """Hold the note of DATE, as it was published, against what its session reads now.

    Every printed figure is shown again from the readings as they are; what shows otherwise is listed, and a
    correction is proposed. The note, its card and the archive stay as they are. Ends with 0 where the note holds, 5
    where a correction is proposed, 3 where the session cannot be read again yet.

    \b
    Example: commentary verify 2024-08-05
             commentary verify 2024-08-05 --write
    """
    desk = open_desk()
    asked = Asked(session, edition, output or Path(desk.settings.output))
    found = verified(desk, asked, **words)
    text = correction(found, desk.bank)
    click.echo(
        as_json(found) if form == "json" else as_table(found) + (f"\n{text}" if text else ""), nl=False
    )
    if write and text:
        _written(asked.folder / FILE, text)
    return PROPOSED if text else 0


def verified(desk: Desk, asked: Asked, source: str | None, inputs: str) -> Verification:
    """A note beside its session read again. Raises UsageError where there is no note, HeldError as the sources do."""
    from commentary.explaining import showing

    where = desk.source(source)
    if where == EPISODES:
        raise UsageError("--source episodes are kept cards; verify reads bars: a folder, 'store' or 'yahoo'")
    printed = _printed(desk, asked)
    hands = Hands(desk.bank, showing(desk.bank, printed.card.tape))
    kept = printed.card.inputs or ARCHIVE
    early = none_came_later(desk.bank.universe, asked.session, desk.now)
    sets = dict.fromkeys((ARCHIVE, kept) if inputs == ARCHIVE and not early else (kept,))
    place = desk.place(where)
    read = {name: _again(desk, place, name, printed.card) for name in sets}
    first, *others = (changes(printed, again, hands) for again in read.values())
    found = _caused(first, others[0]) if others else first
    waiting = awaited(desk.bank.universe, asked.session, desk.now)
    labels = tuple(desk.bank.universe[name].label for name in waiting)
    return Verification(printed, found, tuple(read), labels if inputs == ARCHIVE else ())


def _printed(desk: Desk, asked: Asked) -> Printed:
    """The archive is looked into where there is one; none is made."""
    from commentary.archive import FILE as ARCHIVED

    with ExitStack() as stack:
        there = (desk.settings.archive / ARCHIVED).is_file()
        return find(asked, stack.enter_context(desk.archive()) if there else None, desk.bank)


def _again(desk: Desk, place: str, name: str, card: Card) -> Again:
    from commentary.drawn import Drawn

    drawn = Drawn(place, desk.ruled, desk.now, name)
    return read_again(drawn.of(card.tape.session), card, desk.bank)


def _caused(found: list[Change], same_set: list[Change]) -> list[Change]:
    """Changes of the archive's set; those that the note's own set does not have come from later series.

    A figure that the archive's set alone lacks has not changed: its series is out of reach.
    """
    revised = {(item.kind, item.reading, item.where) for item in same_set}
    return [
        item if (item.kind, item.reading, item.where) in revised else replace(item, cause=LATER)
        for item in found
        if item.new != MISSING or (item.kind, item.reading, item.where) in revised
    ]


def _written(path: Path, text: str) -> None:
    try:
        write_text(path, text)
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({error.strerror or error})") from None
    click.echo(f"written to {path}", err=True)
