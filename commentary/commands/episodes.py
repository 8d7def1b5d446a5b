"""``commentary episodes``."""

from __future__ import annotations

import click

from commentary.commands._common import open_desk

COLUMNS = ("session", "verdict", "confidence", "title")


@click.command("episodes")
def episodes_command() -> None:
    """List the shipped days: well-known sessions whose notes need no data and no network.

    \b
    Example: commentary episodes
             commentary note --source episodes --date 2020-03-16
    """
    from commentary.listing import shown
    from commentary.pipeline import compose
    from commentary.shipped import shipped_card, shipped_days

    bank = open_desk().bank
    rows = []
    for day in shipped_days():
        draft = compose(shipped_card(day, "daily"), bank)
        title = next(sentence.text for sentence in draft.sentences if sentence.section == "title")
        rows.append(
            {
                "session": day.isoformat(),
                "verdict": draft.verdict.label,
                "confidence": f"{draft.verdict.confidence:.2f}",
                "title": title.rstrip("."),
            }
        )
    click.echo(shown(COLUMNS, rows, "table"), nl=False)
