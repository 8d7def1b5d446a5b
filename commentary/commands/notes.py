"""``commentary note`` and ``commentary notes``."""

from __future__ import annotations

import sys
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commentary.bank import Bank
from commentary.bundle import read_bundle
from commentary.cards import read_card
from commentary.commands._common import EPISODES, Day, Desk, kept_as_they_are, open_desk, set_option
from commentary.errors import HeldError, UsageError
from commentary.model import Card, Note
from commentary.outputs import differences, write_out
from commentary.pipeline import write_note
from commentary.planning.editions import named

if TYPE_CHECKING:
    from commentary.drawn import Drawn

EDITIONS = "daily, brief, wire, thread, audio, open, weekly, ahead, or one of your own."


@click.command("note")
@click.option(
    "--date", "session", type=Day(), help="Session to write about; the newest of the source without it."
)
@click.option("--source", help="A folder of bars, 'yahoo' or 'episodes'; the settings' without it.")
@click.option(
    "--card", type=click.Path(path_type=Path), help="Write the note of a card again, byte for byte."
)
@set_option
@click.option("--edition", default="daily", show_default=True, help=EDITIONS)
@click.option("--output", type=click.Path(path_type=Path), help="Folder of notes; the settings' without it.")
@click.option(
    "--desk",
    "entries",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Desk inputs; desk/<date>.toml beside the settings without it.",
)
@click.option("--quiet", is_flag=True, help="Do not print the note.")
@click.option("--recompute", is_flag=True, help="Compute readings afresh instead of taking the kept ones.")
@click.option("--strict", is_flag=True, help="Hold a note that fails the gate of style.")
def note_command(  # noqa: PLR0913
    session: date | None,
    source: str | None,
    card: Path | None,
    inputs: str,
    edition: str,
    output: Path | None,
    entries: Path | None,
    quiet: bool,
    recompute: bool,
    strict: bool,
) -> None:
    """Write the note of one settled session and print its Markdown.

    \b
    Example: commentary note --source episodes --date 2024-08-05
             commentary note --card output/2024-08-05/daily/card.json
    """
    desk = open_desk()
    how = (edition, inputs, recompute, entries)
    drawn = _again(card, session or source, how) if card else _drawn(desk, source, session, how)
    note = _written(drawn, desk.bank, strict=strict)
    if card is not None:
        _say_differences(card, differences(note))
    folder = write_out(note, output or Path(desk.settings.output))
    with desk.archive() as archive:
        archive.record_edition(read_bundle(folder), desk.now)
    if not quiet:
        click.echo(note.markdown, nl=False)
    click.echo(f"written to {folder}", err=True)


How = tuple[str, str, bool, Path | None]
"""Edition, set of inputs, whether readings are computed afresh, file of desk inputs."""


def _again(card: Path, other: object, how: How) -> Card:
    """A card as it was written. Raises UsageError for words that it answers itself."""
    _, inputs, _, entries = how
    if other:
        raise UsageError("--card says session and source itself; leave out --date and --source")
    if entries:
        raise UsageError("--card has the desk inputs of its note; leave out --desk")
    kept_as_they_are(inputs, "cards")
    return read_card(card)


def _drawn(desk: Desk, source: str | None, session: date | None, how: How) -> Card:
    from commentary.shipped import shipped_card
    from commentary.tapes import Order

    edition, inputs, recompute, entries = how
    where = desk.source(source)
    if where == EPISODES:
        kept_as_they_are(inputs, EPISODES)
        return desk.with_entries(shipped_card(session, edition), entries)
    drawn = desk.drawn(where, inputs, recompute=recompute)
    day = session or drawn.newest()
    with desk.archive() as archive:
        memory = archive.memory(day, _back_to(edition, day, desk.bank))
    return drawn.card(day, Order(edition, memory, desk.settings.printed(), desk.supplied(day, entries)))


def _written(card: Card, bank: Bank, *, strict: bool) -> Note:
    if strict and not named(card.edition, bank.editions).styled:
        styled = ", ".join(name for name, file in bank.editions.items() if file.styled)
        raise UsageError(f"--strict judges whole notes in the bank's voice ({styled}), not {card.edition}")
    note = write_note(card, bank)
    if strict:
        from commentary.auditing.style import hold_unless_styled
        from commentary.auditing.style_bands import load_bands

        hold_unless_styled(note, load_bands(bank.library))
    return note


def _say_differences(card: Path, found: list[str]) -> None:
    if found:
        click.echo(f"rules or phrases have changed since {card} was written; the note differs:", err=True)
        for line in found:
            click.echo(f"  {line}", err=True)


@click.command("notes")
@click.option("--from", "first", type=Day(), required=True, help="First session.")
@click.option("--to", "last", type=Day(), required=True, help="Last session.")
@click.option("--source", help="A folder of bars, 'yahoo' or 'episodes'; the settings' without it.")
@set_option
@click.option("--edition", default="daily", show_default=True, help=EDITIONS)
@click.option("--output", type=click.Path(path_type=Path), help="Folder of notes; the settings' without it.")
def notes_command(  # noqa: PLR0913
    first: date, last: date, source: str | None, inputs: str, edition: str, output: Path | None
) -> None:
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
    drawn = desk.drawn(where, inputs)
    with desk.archive() as archive:
        memory = archive.memory(first, _back_to(edition, first, desk.bank))
    days = _between(drawn, first, last)
    written = _due(days, edition, desk.bank)
    with click.progressbar(written, label="notes", file=sys.stderr) as bar:
        held = write_range(
            drawn,
            days,
            (edition, memory, desk.settings.printed(), {day: desk.supplied(day) for day in days}),
            output or Path(desk.settings.output),
            partial(bar.update, 1),
        )
    _tell(len(written), held)


def _due(days: list[date], edition: str, bank: Bank) -> list[date]:
    """The sessions of which there is to be a note. Raises HeldError where there are none."""
    from commentary.ranges import due

    if found := due(days, edition, bank):
        return found
    raise HeldError(
        f"no week ends from {days[0]} to {days[-1]}; the edition {edition} is written when one does"
    )


def _back_to(edition: str, day: date, bank: Bank) -> date | None:
    """From when on threads that were settled are remembered: for a week by an edition that looks back on one."""
    return day - timedelta(7) if named(edition, bank.editions).every == "week" else None


def _tell(count: int, held: list[tuple[date, str]]) -> None:
    """What became of a range. Raises HeldError where nothing was written."""
    for day, reason in held:
        click.echo(f"held {day}: {reason}", err=True)
    click.echo(f"{count - len(held)} notes written, {len(held)} held", err=True)
    if len(held) == count:
        raise HeldError("every session of the range is held")


def _between(drawn: Drawn, first: date, last: date) -> list[date]:
    """Sessions of the data from one day to another. Raises HeldError where there are none."""
    found = [day for day in drawn.sessions if first <= day <= last]
    if not found:
        start, end = drawn.sessions[0], drawn.sessions[-1]
        raise HeldError(f"no session from {first} to {last} is in the data, which run from {start} to {end}")
    return found
