"""``commentary backtest``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from commentary.commands._common import EPISODES, Day, open_desk
from commentary.errors import OutputError, UsageError

FILE = click.Path(path_type=Path)


@click.command("backtest")
@click.option("--from", "first", type=Day(), required=True, help="First session.")
@click.option("--to", "last", type=Day(), required=True, help="Last session.")
@click.option(
    "--events",
    type=FILE,
    required=True,
    help="Labelled days: a CSV file of date,label,confidence,reason,source.",
)
@click.option("--panel", type=FILE, help="Uncurated days: a CSV file of date,a,b,c,majority,agree,reason.")
@click.option("--source", help="A folder of bars or 'yahoo'; the settings' without it.")
@click.option(
    "--set",
    "inputs",
    type=click.Choice(["archive", "evening"]),
    default="archive",
    show_default=True,
    help="Judge from all inputs, or from those there are at 17:30 in New York.",
)
@click.option(
    "--without", multiple=True, metavar="GROUP", help="Judge without a group of inputs; may be repeated."
)
@click.option("--html", type=FILE, help="Write a page with the calendar of verdicts too.")
@click.option(
    "--format", "form", type=click.Choice(["table", "md", "json"]), default="table", show_default=True
)
def backtest_command(source: str | None, html: Path | None, form: str, **asked: Any) -> None:
    """Hold the verdicts of a range of sessions against labelled days and plain rules.

    \b
    Example: commentary backtest --source bars/ --from 2005-01-03 --to 2025-06-30 --events events.csv
    """
    from commentary.backtest import BacktestOrder, backtest
    from commentary.backtest_text import backtest_text

    if asked["first"] > asked["last"]:
        raise UsageError(
            f"--from {asked['first']} is after --to {asked['last']}; wanted the earlier day first"
        )
    desk = open_desk()
    where = desk.source(source)
    if where == EPISODES:
        raise UsageError(
            "got the source 'episodes'; wanted a folder of bars or 'yahoo': its days are too few"
        )
    found = backtest(BacktestOrder(where, **asked), desk.ruled, desk.now)
    if html is not None:
        from commentary.backtest_page import page

        _write(html, page(found, desk.ruled, desk.now.date()))
    click.echo(backtest_text(found, form, desk.now.date()), nl=False)


def _write(path: Path, text: str) -> None:
    from commentary.files import write_text

    try:
        write_text(path, text)
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({error.strerror or error})") from None
