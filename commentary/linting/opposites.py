"""Two messages of one section that send a subject opposite ways on one day, with nothing to mark the turn.

Both may be right, of the day and of the week; side by side, without a "but", they read as a contradiction. Where the
stances turn the program sets a contrast itself, messages of one topic are never both said, and a phrase that declares a
contrast carries its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from commentary.auditing.grammar import subject_of, verb
from commentary.auditing.proof import Proof, vocabulary_of
from commentary.auditing.statement import Statement
from commentary.binding import bound
from commentary.linting.bench import Bench, Entry
from commentary.linting.direction import DAY
from commentary.linting.doubts import Doubt
from commentary.linting.samples import MadeUp

if TYPE_CHECKING:
    from commentary.truths import Truths

KIND = "opposite claims without a contrast"

OWN = ("contrast", "antithesis")
"""Devices that carry a turn of their own."""

Claim = tuple[str, int]
"""A subject, and the way that a verb sends it."""


def opposites(bench: Bench, truths: Truths, entries: Iterable[Entry]) -> Iterator[Doubt]:
    """Each pair of phrases of two messages, once, with the number of sessions on which both were true."""
    claims = _claims(bench, entries)
    by_section: dict[tuple[str, str], dict[int, list[Entry]]] = defaultdict(lambda: defaultdict(list))
    for entry, (subject, sign) in claims:
        by_section[entry.message.section, subject][sign].append(entry)
    seen: set[frozenset[str]] = set()
    for (_, subject), signs in by_section.items():
        for one in signs[1]:
            for other in signs[-1]:
                pair = frozenset((one.message.name, other.message.name))
                if len(pair) == 2 and pair not in seen and _unmarked(one, other):
                    both = int((_true(truths, one) & _true(truths, other)).sum())
                    if both:
                        seen.add(pair)
                        yield _told(one, other, subject, both)


def _told(one: Entry, other: Entry, subject: str, both: int) -> Doubt:
    got = f"{subject} up in {one.phrase.file.text!r}, down in {other.phrase.name}: {other.phrase.file.text!r}"
    return Doubt(
        KIND, one.place, one.key, f"{got}, {both} sessions", "a common topic, opposite stances or a contrast"
    )


def _unmarked(one: Entry, other: Entry) -> bool:
    """Whether two messages can stand side by side with nothing between them that turns."""
    topics = [set(bound(each.message.file.topic, each.message.names).split()) for each in (one, other)]
    if topics[0] & topics[1]:
        return False
    verdicts = [set(each.message.file.verdicts) for each in (one, other)]
    if all(verdicts) and not verdicts[0] & verdicts[1]:
        return False
    stances = {one.message.file.stance, other.message.file.stance}
    evidence = one.message.file.evidence or other.message.file.evidence
    return bool(evidence) or stances != {"supports", "opposes"}


def _true(truths: Truths, entry: Entry) -> np.ndarray:
    true: np.ndarray = truths.of(entry.message) & truths.of_phrase(entry.message, entry.phrase)
    return true


def _claims(bench: Bench, entries: Iterable[Entry]) -> list[tuple[Entry, Claim]]:
    vocabulary = vocabulary_of(bench.bank.universe, bench.bank.names)
    scene = MadeUp(bench.specs)
    proof = Proof("", (), (), scene, bench.specs, vocabulary, DAY)
    found: list[tuple[Entry, Claim]] = []
    for entry in entries:
        if entry.phrase.file.device in OWN or entry.message.section in ("title", "standfirst", "watch"):
            continue
        names = {name.split(".")[0] for name in entry.message.when.names}
        for sentence in bench.maker.sample(entry.phrase, entry.message, scene, {}):
            subjects = tuple(sorted({*sentence.subjects, *names}))
            found += [
                (entry, claim) for claim in _claimed(Statement(proof, replace(sentence, subjects=subjects)))
            ]
    return found


def _claimed(statement: Statement) -> Iterator[Claim]:
    tokens = statement.tokens
    for index in range(len(tokens)):
        said = verb(tokens, index)
        if not said or statement.supposed(index):
            continue
        at, negated = subject_of(tokens, index)
        if at is not None and not negated and not tokens[at].possessive:
            for ident in tokens[at].ids:
                yield ident, said
