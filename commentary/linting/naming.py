"""Instruments that a wording names without reading them: a claim that no condition bears out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from commentary.auditing.proof import Proof, vocabulary_of
from commentary.auditing.statement import Statement
from commentary.auditing.subjects import backed, twins
from commentary.linting.bench import Bench, Entry
from commentary.linting.direction import DAY
from commentary.linting.doubts import Doubt
from commentary.linting.samples import MadeUp
from commentary.model import Scalar

KIND = "subject that the condition does not read"

_SLOT = re.compile(r"{{.*?}}", re.DOTALL)
_LEADER = re.compile(r"\bleader\b")
_QUOTED = re.compile(r"'(\w+)'")


def unread(bench: Bench, entries: Iterable[Entry]) -> Iterator[Doubt]:
    """Phrases that the auditor would stop for a subject, on whatever day they are true.

    Lists are left to the day: who is in one no condition says.
    """
    vocabulary = vocabulary_of(bench.bank.universe, bench.bank.names)
    proof = Proof("", (), (), MadeUp(bench.specs), bench.specs, vocabulary, DAY)
    unled = replace(proof, scene=_Unled(bench.specs))
    for entry in entries:
        text = entry.phrase.file.text
        if entry.message.lists or not vocabulary.pattern.search(_SLOT.sub(" ", text)):
            continue
        found = _unread(bench, entry, proof if _LEADER.search(f"{entry.asks} {text}") else unled)
        if found is not None and not bench.left(entry, kin=False).empty:
            yield found


def _unread(bench: Bench, entry: Entry, proof: Proof) -> Doubt | None:
    for sentence in bench.maker.sample(entry.phrase, entry.message, MadeUp(bench.specs), {}):
        statement = Statement(proof, replace(sentence, when=entry.asks))
        known = backed(statement) | twins(_QUOTED.findall(entry.asks))
        for token in statement.subjects:
            if token.ids.isdisjoint(known):
                wanted = f"one that it reads: {', '.join(sorted(known - {''})) or 'no instrument'}"
                return Doubt(KIND, entry.place, entry.key, f"{token.text!r}: {sentence.text!r}", wanted)
    return None


class _Unled(MadeUp):
    """A day of which nothing leads: an entry that does not ask what does may not speak of it."""

    def found(self, key: str) -> Scalar | None:
        """The value; None for the leader."""
        return None if key == "leader" else super().found(key)
