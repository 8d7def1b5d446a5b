"""Direction words against the signs that their conditions allow.

For every phrase the day is made up on which each signed reading stands as high as the conditions of message and
phrase allow, and the one on which each stands as low. Where the auditor would stop the sentence on either, the
phrase claims more than its conditions prove. What readings have to
do with each other is taken into account (``kinship``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from commentary.auditing import headlines
from commentary.auditing.directions import counted, gapped, governed, owned, predicated, united
from commentary.auditing.proof import Proof, Vocabulary, vocabulary_of
from commentary.auditing.senses import DAILY
from commentary.auditing.statement import Statement
from commentary.auditing.words import BESIDE_FIGURES, DEGREES, DIRECTIONS, TRADES
from commentary.condition_narrowing import Left
from commentary.conditions import parse
from commentary.linting.bench import Bench, Entry
from commentary.linting.doubts import Doubt
from commentary.linting.kinship import sign_of
from commentary.linting.samples import STANDING_FOR, MadeUp
from commentary.model import ReadingSpec
from commentary.units import Unit

KIND = "direction that the condition does not force"

CHECKS = (governed, counted, predicated, owned, gapped, united, headlines.told)

DAY = date(2020, 3, 16)
"""A Monday: sentences name weekdays."""

WORDS = frozenset({*DIRECTIONS, *DEGREES, *TRADES, *BESIDE_FIGURES})
"""Words without which no sentence has a direction."""

LARGEST = {
    Unit.FRACTION: 0.03,
    Unit.SIGMA: 2.0,
    Unit.BASIS_POINTS: 15.0,
    Unit.POINTS: 3.0,
    Unit.SESSIONS: 4.0,
}
"""How far a made-up move goes where nothing bounds it."""


@dataclass(frozen=True)
class _Day:
    """The day that leans one way as far as a phrase's conditions allow."""

    bench: Bench
    left: Left

    def value(self, name: str, lean: int) -> float | None:
        """A value of a signed reading on the day that leans up or down; None for what has no sign."""
        spec = self.bench.specs.get(name)
        if spec is None or spec.low >= 0 or spec.unit not in LARGEST:
            return None
        low, high = self.left.bounds.get(name) or (spec.low, spec.high)
        far = LARGEST[spec.unit] * (sign_of((low, high)) or lean)
        return min(max(far, low), high) or None


def directions(bench: Bench, entries: Iterable[Entry]) -> Iterator[Doubt]:
    """Phrases with a word of direction that the auditor would stop on some day on which they are true."""
    vocabulary = vocabulary_of(bench.bank.universe, bench.bank.names)
    for entry in entries:
        words = set(re.findall(r"[a-z]+", entry.phrase.file.text.lower()))
        if not words & WORDS or _found_on_the_day(entry, bench):
            continue
        if _stopped(bench, entry, bench.left(entry, kin=False), vocabulary) is not None:
            found = _stopped(bench, entry, bench.left(entry), vocabulary)
            if found is not None:
                yield found


def _stopped(bench: Bench, entry: Entry, left: Left, vocabulary: Vocabulary) -> Doubt | None:
    """What the auditor says on the day that leans up as far as is left, and on the one that leans down."""
    names = {*entry.message.when.names, *(parse(entry.own).names if entry.own else ())}
    for lean in (1, -1) if not left.empty else ():
        scene = _Leaning(bench.specs, _Day(bench, left), lean)
        proof = Proof("", (), (), scene, bench.specs, vocabulary, DAY)
        for sentence in bench.maker.sample(entry.phrase, entry.message, scene, {}):
            subjects = {*sentence.subjects, *(name.split(".")[0] for name in names)}
            traced = replace(sentence, when=entry.asks, subjects=tuple(sorted(subjects)))
            statement = Statement(proof, traced)
            for finding in (each for check in CHECKS for each in check(statement)):
                wanted = f"a condition that forces it; this one allows {finding.wanted}"
                return Doubt(KIND, entry.place, entry.key, f"{finding.got}: {sentence.text!r}", wanted)
    return None


def _found_on_the_day(entry: Entry, bench: Bench) -> bool:
    """Whether a phrase names what led, what was best, or a list: who that is no condition says."""
    if entry.message.lists:
        return True
    names = (
        f"{subject}.{measure}"
        for subject, measure in re.findall(r"{{\s*(\w+)\.(\w+)", entry.phrase.file.text)
    )
    return any(
        name.split(".")[0] in STANDING_FOR or (spec is not None and spec.unit == Unit.NAME)
        for name in names
        for spec in (bench.specs.get(name),)
    )


class _Leaning(MadeUp):
    """A day that leans one way as far as a phrase's conditions allow."""

    def __init__(self, specs: Mapping[str, ReadingSpec], day: _Day, lean: int) -> None:
        super().__init__(specs)
        self._day, self._lean = day, lean

    def found(self, key: str) -> float | str | None:
        """The value of a reading."""
        if key not in self.specs and key.rpartition(".")[2] in DAILY:
            return None
        value = self._day.value(key, self._lean)
        return value if value is not None else super().found(key)
