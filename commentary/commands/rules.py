"""``commentary rules new`` and ``commentary rules diff``."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from commentary.commands._common import Day, open_desk


@click.group("rules")
def rules_command() -> None:
    """Lay out an evidence item of your own; see what an edit of the rules does to twenty years of verdicts.

    \b
    Example: commentary rules new havens/silver_sold
             commentary rules diff --source bars/
    """


@rules_command.command("new")
@click.argument("item", metavar="CHANNEL/ITEM")
@click.option(
    "--from", "pattern", metavar="ITEM", help="Start from another item's expression, points and examples."
)
def new_command(item: str, pattern: str | None) -> None:
    """Lay out an evidence item as a draft in rules/evidence/ of the working folder.

    Every key is in the file, with what is wanted; `commentary check` names what is still to be filled.

    \b
    Example: commentary rules new havens/silver_sold
             commentary rules new havens/silver_sold --from gold_sold
    """
    from commentary.rule_scaffold import lay_out

    desk = open_desk()
    click.echo(lay_out(desk.settings, item, pattern), nl=False)


@rules_command.command("diff")
@click.option("--from", "first", type=Day(), help="First session; the data's without it.")
@click.option("--to", "last", type=Day(), help="Last session; the data's without it.")
@click.option("--source", help="A folder of bars, 'yahoo' or 'episodes'; the settings' without it.")
@click.option(
    "--against",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="A folder with rules/ to compare with; the shipped rules without it.",
)
@click.option(
    "--format", "form", type=click.Choice(["table", "md", "json"]), default="table", show_default=True
)
def diff_command(
    first: date | None, last: date | None, source: str | None, against: Path | None, form: str
) -> None:
    """Judge every session under the rules as shipped and as they stand here, and show what changes.

    Lists the sessions that change their verdict, with the items and gates that differ, how often each verdict is
    given a year before and after, and the shares that move most.

    \b
    Example: commentary rules diff --source bars/ --from 2006-01-01
             commentary rules diff --source bars/ --against ../before --format md
    """
    from commentary.rule_diff import Span, rule_diff, told

    desk = open_desk()
    span = Span(desk.source(source), first, last, desk.now)
    click.echo(told(rule_diff(desk.unchecked, against, span), form), nl=False)
