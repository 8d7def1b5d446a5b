"""``commentary label`` and ``commentary record``: published verdicts against what the days turned out to be."""

from __future__ import annotations

from datetime import date

import click

from commentary.commands._common import Day, open_desk
from commentary.errors import UsageError


@click.command("label")
@click.argument("session", metavar="DATE", type=Day())
@click.argument("label", metavar="LABEL")
@click.option("--why", required=True, help="What settled it, in a few words.")
def label_command(session: date, label: str, why: str) -> None:
    """Say, after the fact, what the session of DATE was: one of the nine verdicts.

    A session may be labelled again: every label is kept, and the newest counts.

    \b
    Example: commentary label 2024-08-05 forced_exit --why "gold and Treasuries gave nothing, carry unwound"
    """
    from commentary.archive import Label
    from commentary.recording import put_label

    desk = open_desk()
    with desk.archive() as archive:
        kept, *warnings = put_label(archive, Label(session, label, " ".join(why.split()), desk.now))
    click.echo(kept)
    for warning in warnings:
        click.echo(f"commentary: {warning}", err=True)


@click.command("record")
@click.option("--from", "first", type=Day(), help="First session to count; the first published without it.")
@click.option("--to", "last", type=Day(), help="Last session to count; the newest without it.")
@click.option(
    "--format", "form", type=click.Choice(["table", "md", "json"]), default="table", show_default=True
)
@click.option("--all", "whole", is_flag=True, help="List every labelled day, not only the misses.")
def record_command(first: date | None, last: date | None, form: str, whole: bool) -> None:
    """Count the verdicts that were published against the labels given since, from 30 labelled days on.

    Of each session the first verdict that went out counts, whatever a correction or a later run says.

    \b
    Example: commentary record
             commentary record --from 2024-01-02 --format md
    """
    from commentary.recording import Span, record_of, told

    if first and last and first > last:
        raise UsageError(f"--from {first} is after --to {last}; wanted the earlier day first")
    with open_desk().archive() as archive:
        click.echo(told(record_of(archive, Span(first, last), whole), form), nl=False)
