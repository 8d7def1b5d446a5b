"""A verdict argued line by line: put together here from rules, tape and history, written out in ``exposition``."""

from __future__ import annotations

from collections.abc import Sequence

from commentary.argument import Argument, Neighbours
from commentary.bank import Bank
from commentary.model import PastSession, Tape
from commentary.planning.scene import build_scene
from commentary.rulebook.argue import Pleading
from commentary.rulebook.judge import judge
from commentary.shown import Showing

BEFORE = 5
"""Sessions before the day's that are listed."""


def argued(bank: Bank, tape: Tape, before: Sequence[PastSession], neighbours: Neighbours) -> Argument:
    """The argument of a session's verdict."""
    verdict = judge(bank.rulebook, tape, before)
    pleading = Pleading(bank.rulebook, tape, before, verdict, showing(bank, tape))
    scene = build_scene(tape, verdict, before)
    day = scene.get("episode.day")
    return Argument(
        session=tape.session, label=verdict.label, kind=verdict.kind,
        confidence=verdict.confidence, confidence_word=verdict.confidence_word,
        confidence_rule=pleading.confidence_rule(),
        severity=verdict.severity, phase=verdict.phase, tags=verdict.tags, leader=verdict.leader,
        episode_day=int(day) if isinstance(day, float) else None,
        episode_label=str(scene.get("episode.label", "")),
        coverage=verdict.coverage, pressure=pleading.read("tape.pressure"), violence=verdict.violence,
        story=pleading.story, runner_up=verdict.runner_up,
        channels=pleading.channels(), standings=pleading.standings(), gates=pleading.gates(),
        turns=pleading.turns(), to_rival=pleading.turns(verdict.runner_up), pair=pleading.pair(),
        missing=pleading.missing(), trials=pleading.trials(),
        before=tuple(before[-BEFORE:]), neighbours=neighbours, readings=pleading.readings(),
    )  # fmt: skip


def showing(bank: Bank, tape: Tape) -> Showing:
    """How the readings of a tape are called and printed."""
    return Showing(tape.specs, bank.titles, {**bank.words.short, **bank.words.labels})
