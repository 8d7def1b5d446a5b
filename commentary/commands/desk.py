"""``commentary init`` and ``commentary fetch``."""

from __future__ import annotations

from pathlib import Path

import click

from commentary.commands._common import open_desk
from commentary.errors import OutputError
from commentary.files import write_text
from commentary.settings import scaffold

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
@click.option("--years", default=7, show_default=True, help="Years of bars to fetch.")
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path),
    help="Folder of CSV files; the settings' store without it.",
)
def fetch_command(years: int, folder: Path | None) -> None:
    """Fetch the universe's bars from Yahoo into a folder of CSV files, one a symbol.

    \b
    Example: commentary fetch --years 7 --to bars && commentary note --source bars
    """
    from commentary.fetching import fetch

    desk = open_desk()
    target = folder or desk.settings.store
    report = fetch(desk.bank.universe, years, target, desk.now)
    click.echo(report, nl=False)
