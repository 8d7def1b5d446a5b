"""``commentary doctor``: what works here, what does not, and what to do about it."""

from __future__ import annotations

from pathlib import Path

import click

from commentary.commands._common import clock
from commentary.errors import HeldError


@click.command("doctor")
@click.option("--offline", is_flag=True, help="Ask nothing of the network.")
@click.option("--format", "shape", type=click.Choice(("table", "json")), default="table", show_default=True)
def doctor_command(offline: bool, shape: str) -> int:
    """Look at settings, folders, clock, calendar, archive, store, second opinions, network and feeds.

    A line each: ok, warn or fail, what was seen, what to do. Nothing is repaired, no secret is shown. Exit 0 where
    nothing failed, 3 otherwise.

    \b
    Example: commentary doctor
             commentary doctor --offline --format json
    """
    from commentary.doctor.examination import examine
    from commentary.doctor.findings import as_json, as_text, failed

    found = examine(Path.cwd(), clock(), offline=offline)
    click.echo(as_json(found) if shape == "json" else as_text(found), nl=False)
    return HeldError.exit_status if failed(found) else 0
