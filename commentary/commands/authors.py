"""``commentary check`` and ``commentary sample``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from commentary.commands._common import EPISODES, Desk, open_desk
from commentary.errors import AuthoringError, UsageError

if TYPE_CHECKING:
    from commentary.bank import Bank
    from commentary.linting.doubts import Doubt


@click.command("check")
@click.option("--source", help="Bars on whose sessions conditions are tried as well: a folder or 'yahoo'.")
@click.option("--warnings", "whole", is_flag=True, help="List every warning, not the first of each kind.")
@click.option("--strict", is_flag=True, help="Fail where there is a warning.")
def check_command(source: str | None, whole: bool, strict: bool) -> None:
    """Check universe, rules, messages, phrases, templates, desk inputs: all mistakes at once, by file and key.

    Says how many evidence items are live, on trial, drafts and retired, and what each draft still wants. Files that
    can be read have their words examined: directions against conditions, agreement, images, clichés, phrases that are
    nearly the same. With a source every condition is tried on its sessions, too. What may be right is a warning: each
    kind is counted, the first of it written out.

    \b
    Example: commentary check
             commentary check --source bars/ --warnings
    """
    from commentary.checking import standing, unfinished
    from commentary.linting.doubts import listed

    desk = open_desk()
    bank = _right(desk)
    doubts = _examined(desk, bank, source)
    phrases = sum(len(group) for group in bank.lexicon.phrases.values())
    messages = len({message.name for message in bank.planner.messages})
    for line in (*unfinished(bank), *listed(doubts, whole=whole)):
        click.echo(line)
    if strict and doubts:
        raise AuthoringError(doubt.problem for doubt in doubts)
    click.echo(f"{standing(bank)}, {messages} messages, {phrases} phrases: no mistakes{_counted(doubts)}")


def _right(desk: Desk) -> Bank:
    """The bank, looked at unless it was found right before. Raises AuthoringError with every mistake of its files."""
    from commentary.checked import passed
    from commentary.checking import problems
    from commentary.compiled import find, keep, stamp_of

    stamp = stamp_of(desk.unchecked.library)
    kept = find(desk.unchecked.library, stamp)
    found = [*(() if kept else problems(desk.unchecked)), *desk.mistaken()]
    if found:
        raise AuthoringError(found)
    if kept is None:
        passed(desk.unchecked)
        keep(desk.unchecked, stamp)
    return kept or desk.unchecked


def _examined(desk: Desk, bank: Bank, source: str | None) -> Sequence[Doubt]:
    """Doubts of the bank's words. Raises AuthoringError with every mistake, UsageError for a source of single days."""
    from commentary.declared import specs_of
    from commentary.linting.examine import examined

    truths = None
    if source is not None:
        from commentary.scenes import open_scenes
        from commentary.truths import Truths

        if source == EPISODES:
            raise UsageError(
                "got the source 'episodes'; wanted a folder of bars or 'yahoo': its days are too few"
            )
        truths = Truths(bank, open_scenes(desk.tapes(desk.source(source))))
    found = examined(bank, specs_of(bank), truths)
    if found.mistakes:
        raise AuthoringError(found.mistakes)
    return found.doubts


def _counted(doubts: Sequence[Doubt]) -> str:
    if not doubts:
        return ""
    return f", {len(doubts)} warning{'' if len(doubts) == 1 else 's'}"


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
