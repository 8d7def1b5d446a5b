"""``commentary readings``."""

from __future__ import annotations

from datetime import date

import click

from commentary.commands._common import EPISODES, Day, open_desk

COLUMNS = ("name", "value", "unit", "window", "as_of")


@click.command("readings")
@click.option("--date", "session", type=Day(), help="Session to list; the newest of the source without it.")
@click.option("--source", help="A folder of bars, 'yahoo' or 'episodes'; the settings' without it.")
@click.option(
    "--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True
)
def readings_command(session: date | None, source: str | None, form: str) -> None:
    """List the readings of a session, with unit and window.

    \b
    Example: commentary readings --date 2024-08-05 --source episodes --format csv
    """
    from commentary.listing import shown
    from commentary.shipped import shipped_card

    desk = open_desk()
    where = desk.source(source)
    tape = shipped_card(session, "daily").tape if where == EPISODES else desk.tapes(where).tape(session)
    rows = []
    for name in sorted(tape.values):
        spec = tape.specs.get(name)
        rows.append(
            {
                "name": name,
                "value": tape.values[name],
                "unit": spec.unit.value if spec else "",
                "window": spec.window if spec else "",
                "as_of": tape.as_of.get(name, tape.session).isoformat(),
            }
        )
    click.echo(shown(COLUMNS, rows, form), nl=False)
