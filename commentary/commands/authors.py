"""``commentary check`` and ``commentary sample``."""

from __future__ import annotations

import click

from commentary.commands._common import open_desk
from commentary.errors import AuthoringError, UsageError


@click.command("check")
def check_command() -> None:
    """Check universe, rules, messages, phrases, templates, desk inputs: all mistakes at once, by file and key.

    Says how many evidence items are live, on trial, drafts and retired, and what each draft still wants.

    \b
    Example: commentary check
    """
    from commentary.checked import passed
    from commentary.checking import problems, standing, unfinished
    from commentary.compiled import keep, stamp_of

    desk = open_desk()
    bank = desk.unchecked
    stamp = stamp_of(bank.library)
    found = [*problems(bank), *desk.mistaken()]
    if found:
        raise AuthoringError(found)
    passed(bank)
    keep(bank, stamp)
    phrases = sum(len(group) for group in bank.lexicon.phrases.values())
    messages = len({message.name for message in bank.planner.messages})
    for line in unfinished(bank):
        click.echo(line)
    click.echo(f"{standing(bank)}, {messages} messages, {phrases} phrases: no mistakes")


@click.command("sample")
@click.argument("message")
@click.option("--source", help="A folder of bars, 'yahoo' or 'episodes'; the settings' without it.")
@click.option("--days", default=3, show_default=True, help="Days to show for each phrase.")
def sample_command(message: str, source: str | None, days: int) -> None:
    """Render each phrase of MESSAGE on days on which it is true, the newest first.

    \b
    Example: commentary sample havens/gold_sold_beside_stocks --source episodes
    """
    from commentary.sampling import sampled

    desk = open_desk()
    known = {item.name for item in desk.bank.planner.messages}
    if message not in known:
        import difflib

        close = difflib.get_close_matches(message, known, n=3)
        raise UsageError(f"no message {message!r}" + (f"; did you mean {', '.join(close)}?" if close else ""))
    click.echo(sampled(desk, message, desk.source(source), days), nl=False)
