"""``commentary readings``."""

from __future__ import annotations

from datetime import date

import click

from commentary.commands._common import EPISODES, Day, Desk, kept_as_they_are, open_desk, set_option
from commentary.model import Tape

COLUMNS = ("name", "value", "unit", "window", "as_of")
INPUTS = ("instrument", "symbol", "source", "session", "status", "detail")


@click.command("readings")
@click.option("--date", "session", type=Day(), help="Session to list; the newest of the source without it.")
@click.option("--source", help="A folder of bars, 'yahoo' or 'episodes'; the settings' without it.")
@set_option
@click.option(
    "--inputs", "gate", is_flag=True, help="List the inputs instead: which session each one's bar is of."
)
@click.option(
    "--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True
)
def readings_command(session: date | None, source: str | None, inputs: str, gate: bool, form: str) -> None:
    """List the readings of a session, with unit and window, or its inputs.

    \b
    Example: commentary readings --date 2024-08-05 --source episodes --format csv
             commentary readings --inputs
    """
    from commentary.listing import shown

    desk = open_desk()
    tape = _tape(desk, (desk.source(source), inputs), session)
    columns, rows = (INPUTS, _inputs(tape)) if gate else (COLUMNS, _readings(tape))
    click.echo(shown(columns, rows, form), nl=False)


def _readings(tape: Tape) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
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
    return rows


def _inputs(tape: Tape) -> list[dict[str, object]]:
    return [
        {
            "instrument": item.instrument,
            "symbol": item.symbol,
            "source": item.source,
            "session": item.last_bar.isoformat() if item.last_bar else "",
            "status": item.status,
            "detail": item.detail,
        }
        for item in tape.inputs
    ]


def _tape(desk: Desk, asked: tuple[str, str], session: date | None) -> Tape:
    """Tape of a session from a source and its set of inputs. Raises HeldError where it cannot be right."""
    from commentary.shipped import shipped_card

    where, inputs = asked
    if where == EPISODES:
        kept_as_they_are(inputs, EPISODES)
        return shipped_card(session, "daily").tape
    drawn = desk.drawn(where, inputs)
    day = session or drawn.newest()
    return drawn.of(day).tape(day)
