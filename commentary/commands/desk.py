"""``commentary init`` and ``commentary fetch``."""

from __future__ import annotations

from pathlib import Path

import click

from commentary.commands._common import YEARS, open_desk
from commentary.errors import HeldError, OutputError
from commentary.files import write_text
from commentary.settings import scaffold

MOST_YEARS = 60
"""No series is older."""

FOLDERS = ("rules", "templates", "desk", "output")


@click.command("init")
@click.argument("folder", type=click.Path(path_type=Path), default=".")
def init_command(folder: Path) -> None:
    """Lay out commentary.toml and the folders rules/, templates/, desk/, output/ in FOLDER.

    What is there already is left as it is. Files in rules/ and templates/ overlay the shipped ones by name.

    \b
    Example: commentary init newsletter && cd newsletter && commentary note --source episodes
    """
    target = folder / "commentary.toml"
    try:
        for name in FOLDERS:
            (folder / name).mkdir(parents=True, exist_ok=True)
        if target.exists():
            click.echo(f"{target}: there already, left as it is")
        else:
            write_text(target, scaffold())
            click.echo(f"{target}: written; every key is explained in it")
    except OSError as error:
        raise OutputError(f"{folder}: cannot be written ({error.strerror or error})") from None


@click.command("fetch")
@click.option(
    "--years",
    type=click.IntRange(1, MOST_YEARS),
    default=YEARS,
    show_default=True,
    help="Years of bars to have.",
)
def fetch_command(years: int) -> int:
    """Bring the store up to date from Yahoo and FRED: what is new, and nothing that is there already.

    A fetch that was interrupted goes on where it stopped. Ends with 3 where it had to stop early.

    \b
    Example: commentary fetch --years 7 && commentary note --source store
    """
    from commentary.commands._live import fetched

    desk = open_desk()
    found = fetched(desk.settings, desk.ruled.universe, desk.now, years)
    click.echo(found.table(), nl=False)
    if found.kept:
        desk.tapes("store")  # readings are made and kept, so that the note need not wait for them
    return HeldError.exit_status if found.refused else 0
