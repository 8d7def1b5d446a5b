"""``commentary desk new``."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import click

from commentary import calendar
from commentary.commands._common import EPISODES, Day, Desk, open_desk
from commentary.errors import HeldError, OutputError, UsageError
from commentary.files import write_text

if TYPE_CHECKING:
    from commentary.desk_scaffold import Candidates, Opened

RECENT = timedelta(days=7)
"""Feeds have headlines of so many days back, and none of earlier ones."""


@click.group("desk")
def desk_command() -> None:
    """What prices do not show, put in by the desk: positioning, margins, liquidations, quotes, catalysts, themes.

    A session's inputs stand in desk/<date>.toml beside the settings, where `commentary note` finds them.

    \b
    Example: commentary desk new 2024-08-05 --source episodes
    """


@desk_command.command("new")
@click.argument("session", type=Day())
@click.option(
    "--source",
    help="Where the session's open questions are drawn from: a folder of bars, 'store' or 'episodes'; the "
    "settings' without it, what the store has for 'yahoo'.",
)
@click.option(
    "--headlines/--no-headlines",
    default=True,
    show_default=True,
    help="Ask Yahoo for candidates, of a recent session.",
)
def new_command(session: date, source: str | None, headlines: bool) -> None:
    """Lay out desk/SESSION.toml: every key as a comment, and the questions that the session leaves open.

    Headlines are candidates: they stand in the file as comments and go nowhere else.

    \b
    Example: commentary desk new 2024-08-05 --source episodes
    """
    from commentary.desk_scaffold import Candidates, candidates, scaffold

    desk = open_desk()
    path = desk.entries / f"{session}.toml"
    if path.exists():
        raise UsageError(f"{path} is there already; edit it, or move it away first")
    if not calendar.is_session(session):
        raise UsageError(f"New York did not trade on {session}; desk inputs are of a session")
    known, found = _opened(desk, session, source), Candidates()
    if headlines and session >= desk.now.date() - RECENT:
        found = candidates(desk.bank, session, known.moved, desk.settings.requests_a_second)
    try:
        write_text(path, scaffold(session, known, found))
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({error.strerror or error})") from None
    _tell(known, found)
    click.echo(f"{path}: written; remove the # before what you put in")


def _opened(desk: Desk, session: date, source: str | None) -> Opened:
    """What the session leaves open; where its data cannot be had, why."""
    from commentary.desk_scaffold import Opened, opened
    from commentary.shipped import shipped_card

    where = source or ("store" if desk.settings.source == "yahoo" else desk.settings.source)
    try:
        if where == EPISODES:
            card = shipped_card(session, "daily")
            return opened(desk.bank, card.tape, card.before)
        tapes = desk.drawn(where).of(session)
        return opened(desk.bank, tapes.tape(session), tapes.before(session))
    except HeldError as error:
        return Opened(reason=str(error))


def _tell(known: Opened, found: Candidates) -> None:
    for reason in (known.reason, found.reason):
        if reason:
            click.echo(f"left out: {reason}", err=True)
    click.echo(f"{len(known.questions)} open questions, {len(found.headlines)} headlines as candidates")
