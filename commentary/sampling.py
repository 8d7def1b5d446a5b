"""Phrases of a message on days on which they are true."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from commentary.bank import Bank
from commentary.episode import REMEMBERED, remembered
from commentary.model import Memory, PastSession, Tape
from commentary.phrasing.choose import Rest, eligible
from commentary.phrasing.references import Speaker
from commentary.phrasing.slots import Slots
from commentary.phrasing.trace import NothingToSayError, Recorder, unmarked
from commentary.planning.scene import build_scene
from commentary.planning.select import choice_of
from commentary.rulebook.judge import judge

if TYPE_CHECKING:
    from commentary.commands._common import Desk


def sampled(desk: Desk, message: str, source: str, days: int) -> str:
    """One line a phrase and day: the date, the verdict, the sentence. Phrases never true are named last."""
    bank = desk.bank
    shown: dict[str, list[str]] = {phrase.name: [] for phrase in bank.lexicon.of(message)}
    for tape, before in _tapes(desk, source):
        _add(bank, message, (tape, before), shown)
        if all(len(lines) >= days for lines in shown.values()):
            break
    lines: list[str] = []
    for name, found in shown.items():
        lines.append(f"{name}" + ("" if found else ": true on no session of this source"))
        lines += found[:days]
    return "\n".join(lines) + "\n"


def _tapes(desk: Desk, source: str) -> Iterator[tuple[Tape, tuple[PastSession, ...]]]:
    from commentary.commands._common import EPISODES
    from commentary.shipped import shipped_card, shipped_days

    if source == EPISODES:
        for day in sorted(shipped_days(), reverse=True):
            card = shipped_card(day, "daily")
            yield card.tape, card.before
        return
    tapes = desk.tapes(source)
    past = [remembered(verdict) for verdict in tapes.judged(tapes.sessions[0], tapes.sessions[-1])]
    for place in range(len(tapes.sessions) - 1, REMEMBERED, -1):
        yield tapes.ungated(tapes.sessions[place]), tuple(past[place - REMEMBERED : place])


def _add(
    bank: Bank, message: str, day: tuple[Tape, tuple[PastSession, ...]], shown: dict[str, list[str]]
) -> None:
    tape, before = day
    verdict = judge(bank.rulebook, tape, before)
    scene = build_scene(tape, verdict, before)
    rest = Rest(Memory(), tape.session, verdict.label, "daily")
    for item in bank.planner.messages:
        if item.name != message or (item.file.verdicts and verdict.label not in item.file.verdicts):
            continue
        choice = choice_of(item, scene, verdict)
        if choice is None:
            continue
        for phrase in eligible(bank.lexicon.of(message), choice, scene, rest):
            speaker = Speaker(scene, tape.specs, bank.names, Recorder())
            try:
                text = bank.book.render(phrase, Slots(speaker, choice.names, choice.lists))
            except NothingToSayError:
                continue
            shown[phrase.name].append(
                f"  {tape.session} {verdict.label}: {unmarked(text, speaker.recorder)[0]}"
            )
