"""What the auditor would stop on whatever day a wording is true: an instrument named that nothing reads, a figure
beside another's name, a window that is not the figure's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from commentary.auditing import subjects, windows
from commentary.auditing.proof import Proof, vocabulary_of
from commentary.auditing.statement import Statement
from commentary.condition_narrowing import Left
from commentary.linting.bench import Bench, Entry
from commentary.linting.direction import DAY
from commentary.linting.doubts import Doubt
from commentary.linting.samples import MadeUp
from commentary.model import ReadingSpec, Scalar

KIND = "name or window that is not the figure's"

CHECKS = (
    subjects.placed, subjects.foreign, windows.beside_figures, windows.read, windows.said, windows.groups,
    windows.earlier,
)  # fmt: skip
"""Checks that look at no value: what they find they find every day."""

_SLOT = re.compile(r"{{.*?}}", re.DOTALL)
_LEADER = re.compile(r"\bleader\b")
_QUOTED = re.compile(r"'(\w+)'")


def unread(bench: Bench, entries: Iterable[Entry]) -> Iterator[Doubt]:
    """Phrases that the auditor would stop for a name or a window, on whatever day they are true.

    A list may name each of its members: who is in it the day says.
    """
    vocabulary = vocabulary_of(bench.bank.universe, bench.bank.names)
    proof = Proof("", (), (), MadeUp(bench.specs), bench.specs, vocabulary, DAY)
    unled = replace(proof, scene=_Unled(bench.specs))
    for entry in entries:
        spoken = f"{entry.asks} {entry.phrase.file.text}"
        led = proof if _LEADER.search(spoken) else unled
        if _stopped(bench, entry, led, MadeUp(bench.specs)):
            left = bench.left(entry, kin=False)
            found = None if left.empty else _stopped(bench, entry, led, _Pinned(bench.specs, left))
            if found is not None:
                yield found


def _stopped(bench: Bench, entry: Entry, proof: Proof, scene: MadeUp) -> Doubt | None:
    members = {name: file.of for name, file in entry.message.file.lists.items()}
    quoted = subjects.twins((*_QUOTED.findall(entry.asks), *(each for of in members.values() for each in of)))
    for sentence in bench.maker.sample(entry.phrase, entry.message, scene, members):
        read = {name.partition(".")[0] for name in entry.message.when.names}
        traced = replace(sentence, when=entry.asks, subjects=tuple(sorted({*sentence.subjects, *read})))
        statement = Statement(proof, traced)
        unnamed = (
            finding
            for finding in subjects.named(statement)
            for token in statement.subjects
            if finding.got == f"{token.text!r}" and token.ids.isdisjoint(quoted)
        )
        for finding in (*unnamed, *(each for check in CHECKS for each in check(statement))):
            return Doubt(KIND, entry.place, entry.key, f"{finding.got}: {finding.where!r}", finding.wanted)
    return None


class _Unled(MadeUp):
    """A day of which nothing leads: an entry that does not ask what does may not speak of it."""

    def found(self, key: str) -> Scalar | None:
        """The value; None for the leader."""
        return None if key == "leader" else super().found(key)


class _Pinned(MadeUp):
    """A day with the values that conditions leave no choice in: a week of five sessions."""

    def __init__(self, specs: Mapping[str, ReadingSpec], left: Left) -> None:
        super().__init__(specs)
        self._left = left

    def found(self, key: str) -> Scalar | None:
        """The value; the one that is left where only one is."""
        low, high = self._left.bounds.get(key) or (0.0, 1.0)
        return low if low == high else super().found(key)
