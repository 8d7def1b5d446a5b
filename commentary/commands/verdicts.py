"""``commentary verdicts`` and ``commentary explain``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import click

from commentary.commands._common import EPISODES, Day, Desk, kept_as_they_are, open_desk, set_option
from commentary.model import VERDICTS, PastSession, Tape, Verdict

if TYPE_CHECKING:
    from commentary.argument import Neighbours

COLUMNS = (
    "session", "label", "kind", "confidence", "runner_up", "severity", "phase", "tags", "coverage", "pressure",
    "violence", *(f"p_{label}" for label in VERDICTS),
)  # fmt: skip


@click.command("verdicts")
@click.option("--from", "first", type=Day(), required=True, help="First session.")
@click.option("--to", "last", type=Day(), required=True, help="Last session.")
@click.option("--source", help="A folder of bars, 'yahoo' or 'episodes'; the settings' without it.")
@set_option
@click.option(
    "--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True
)
def verdicts_command(first: date, last: date, source: str | None, inputs: str, form: str) -> None:
    """List the verdicts of a range of sessions.

    \b
    Example: commentary verdicts --from 2024-07-01 --to 2024-08-30 --source bars/ --format csv
    """
    from commentary.listing import shown

    desk = open_desk()
    where = desk.source(source)
    if where == EPISODES:
        kept_as_they_are(inputs, EPISODES)
        from commentary.rulebook.judge import judge
        from commentary.shipped import shipped_card, shipped_days

        cards = [shipped_card(day, "daily") for day in shipped_days() if first <= day <= last]
        found = [judge(desk.ruled.rulebook, card.tape, card.before) for card in cards]
    else:
        found = desk.drawn(where, inputs).judged(first, last)
    click.echo(shown(COLUMNS, [row(verdict) for verdict in found], form), nl=False)


def row(verdict: Verdict) -> dict[str, object]:
    """A verdict under the names of ``COLUMNS``."""
    values: dict[str, object] = {
        "session": verdict.session.isoformat(),
        "label": verdict.label,
        "kind": verdict.kind,
        "confidence": round(verdict.confidence, 4),
        "runner_up": verdict.runner_up,
        "severity": verdict.severity,
        "phase": verdict.phase,
        "tags": " ".join(verdict.tags),
        "coverage": round(verdict.coverage, 4),
        "pressure": round(verdict.pressure, 4),
        "violence": verdict.violence,
    }
    return {**values, **{f"p_{label}": round(verdict.scores[label], 6) for label in VERDICTS}}


@click.command("explain")
@click.option(
    "--date", "session", type=Day(), help="Session to explain; the newest of the source without it."
)
@click.option("--source", help="A folder of bars, 'yahoo' or 'episodes'; the settings' without it.")
@set_option
@click.option(
    "--format", "form", type=click.Choice(["table", "md", "json"]), default="table", show_default=True
)
def explain_command(session: date | None, source: str | None, inputs: str, form: str) -> None:
    """Argue a verdict line by line, so that a reader can argue back.

    For and against by channel, totals and shares, gates part by part, what would flip it, what was missing, the
    sessions before, the nearest earlier sessions. The keys of JSON are those of ``commentary.argument.Argument``.

    \b
    Example: commentary explain --date 2024-08-05 --source episodes
             commentary explain --date 2024-08-05 --source bars/ --format md
    """
    from commentary.explaining import argued, showing
    from commentary.exposition import written

    desk = open_desk()
    tape, before, near = _session(desk, (desk.source(source), inputs), session)
    argument = argued(desk.ruled, tape, before, near)
    click.echo(written(argument, showing(desk.ruled, tape), form), nl=False)


def _session(
    desk: Desk, asked: tuple[str, str], session: date | None
) -> tuple[Tape, Sequence[PastSession], Neighbours]:
    """Tape, sessions before and nearest sessions of a day from a source and its set of inputs.

    Raises HeldError where it cannot be judged.
    """
    from commentary.argument import Neighbours
    from commentary.neighbours import NO_DATA, neighbours
    from commentary.shipped import shipped_card

    where, inputs = asked
    if where == EPISODES:
        kept_as_they_are(inputs, EPISODES)
        card = shipped_card(session, "daily")
        return card.tape, card.before, Neighbours(reason=NO_DATA)
    drawn = desk.drawn(where, inputs)
    day = session or drawn.newest()
    tapes = drawn.of(day)
    return tapes.tape(day), tapes.before(day), neighbours(tapes, day)
