"""``commentary phrases coverage``."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date

import click

from commentary.commands._common import EPISODES, Day, open_desk
from commentary.errors import UsageError


@click.group("phrases")
def phrases_command() -> None:
    """Look at the bank of phrases over many sessions.

    \b
    Example: commentary phrases coverage --from 2005-01-03 --to 2025-12-31 --source bars/
    """


@phrases_command.command("coverage")
@click.option("--from", "first", type=Day(), required=True, help="First session.")
@click.option("--to", "last", type=Day(), required=True, help="Last session.")
@click.option("--source", help="A folder of bars or 'yahoo'; the settings' without it.")
@click.option(
    "--eligible", is_flag=True, help="Count only what was true: no note is composed, no need counted."
)
@click.option(
    "--format", "form", type=click.Choice(["table", "md", "json"]), default="table", show_default=True
)
def coverage_command(first: date, last: date, source: str | None, eligible: bool, form: str) -> None:
    """Count for every message and phrase on how many sessions it was true and printed, and where variants are short.

    Notes of the range are composed in order of date, each remembering the ones before it; nothing is written. A slot
    is thin where, on some session, fewer of its variants were true than its firings within their rest had spent.

    \b
    Example: commentary phrases coverage --from 2005-01-03 --to 2025-12-31 --source bars/
             commentary phrases coverage --from 2005-01-03 --to 2025-12-31 --source bars/ --eligible
    """
    from commentary.covering import coverage_text, covered

    desk = open_desk()
    if last < first:
        raise UsageError(f"--to {last} lies before --from {first}")
    where = desk.source(source)
    if where == EPISODES:
        raise UsageError(
            "got the source 'episodes'; wanted a folder of bars or 'yahoo': its days are too few"
        )
    tapes = replace(desk.tapes(where), bank=desk.bank)
    days = sum(first <= day <= last for day in tapes.sessions)
    with click.progressbar(length=0 if eligible else days, label="notes", file=sys.stderr) as bar:
        found = covered(tapes, (first, last), notes=not eligible, done=bar.update)
    click.echo(coverage_text(found, form), nl=False)
