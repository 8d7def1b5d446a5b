"""Which of a message's wordings is used: true, rested, least recently used, then by a keyed hash.

A hash of (session, edition, slot, phrase) and no random stream: where one reading is missing the other
sentences stay as they were.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property

from commentary import calendar
from commentary.binding import bound
from commentary.conditions import parse
from commentary.model import Choice, Memory, Scalar
from commentary.phrasing.lexicon import Phrase
from commentary.shapes import dataclass

RESTS = {"signature": (20, 12), "frame": (10, 4), "fact": (6, 0)}
"""Rest by tier: sessions, and notes of the day's verdict."""

IMAGE_REST = 250
"""Sessions for which a signature line with an image rests."""


@dataclass(frozen=True)
class Rest:
    """What is at rest on one session under one verdict."""

    memory: Memory
    session: date
    label: str
    edition: str

    @cached_property
    def last_use(self) -> Mapping[str, int]:
        """Sessions since each phrase was last printed."""
        today = calendar.session_number(self.session)
        since = {
            day: today - calendar.session_number(day) for day in {use.session for use in self.memory.uses}
        }
        ages: dict[str, int] = {}
        for use in self.memory.uses:
            age = since[use.session]
            ages[use.phrase] = min(age, ages.get(use.phrase, age))
        return ages

    @cached_property
    def _notes_since(self) -> Mapping[str, int]:
        sessions = sorted({use.session for use in self.memory.uses if use.label == self.label}, reverse=True)
        place = {session: number for number, session in enumerate(sessions)}
        since: dict[str, int] = {}
        for use in self.memory.uses:
            if use.label == self.label:
                since[use.phrase] = min(place[use.session], since.get(use.phrase, place[use.session]))
        return since

    def resting(self, phrase: Phrase) -> bool:
        """True while the phrase may not be printed again."""
        age = self.last_use.get(phrase.name)
        if age is None:
            return False
        sessions, notes = RESTS[phrase.file.tier]
        if phrase.file.tier == "signature" and phrase.file.family != "none":
            sessions = IMAGE_REST
        return age <= sessions or self._notes_since.get(phrase.name, notes) < notes

    def order(self, phrase: Phrase, slot: str) -> tuple[int, bytes]:
        """Least recently used first, then by the keyed hash."""
        key = f"{self.session.isoformat()}|{self.edition}|{slot}|{phrase.name}".encode()
        age = self.last_use.get(phrase.name, 10**6)
        return -age, hashlib.blake2b(key, digest_size=8).digest()


def eligible(
    phrases: Iterable[Phrase], choice: Choice, scene: Mapping[str, Scalar], rest: Rest, *, tired: bool = False
) -> Iterator[Phrase]:
    """Wordings that are true today, in the order in which they are to be tried; ``tired`` admits resting ones."""
    scope: Mapping[str, object] = scene
    if choice.lists:
        scope = {**scene, **{f"{name}.count": float(len(found)) for name, found in choice.lists.items()}}
    slot = "|".join((choice.message, *choice.names.values()))
    for phrase in sorted(phrases, key=lambda phrase: rest.order(phrase, slot)):
        if (tired or not rest.resting(phrase)) and (not phrase.file.when or _holds(phrase, choice, scope)):
            yield phrase


def _holds(phrase: Phrase, choice: Choice, scope: Mapping[str, object]) -> bool:
    return parse(bound(phrase.file.when, choice.names)).holds(scope) is True
