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
from commentary.phrasing.frames import runs
from commentary.phrasing.lexicon import Lexicon, Phrase
from commentary.phrasing.register import figured, plainness, preference
from commentary.phrasing.retold import readings_of
from commentary.shapes import dataclass

RESTS = {"signature": (20, 12), "frame": (10, 4), "fact": (6, 0), "stable": (0, 0)}
"""Rest by tier: sessions, and notes of the day's verdict. What is stable never rests: a voice's own words."""

RECENT = 20
"""Sessions whose notes a reader remembers: VOICE counts runs of words shared with any of the last twenty."""

FRESH, RESTED, TIRED = "fresh", "rested", "tired"
"""How long ago a wording may have been used: beyond RECENT with all its runs of words, beyond its own rest, or at
any time."""

IMAGE_REST = YEAR = 250
"""Sessions for which a signature line with an image rests, and within which other lines yield to unused ones."""


LOUD, LARGE = 4.0, 2.0
"""Sigmas from which on a move is told with its figure, under whatever verdict; of the largest, if the bands allow."""

LARGEST = tuple(f"table.largest_{place}" for place in (1, 2, 3))
"""Readings that name the largest moves of the day."""

SIGMAS, KNOWN = (".move_z", ".change_z"), ("sp500.move_z", "spy.move_z")
"""Readings that say how large a move was, and those of which every note has the figure."""


@dataclass(frozen=True)
class Rest:
    """What is at rest on one session under one verdict."""

    memory: Memory
    session: date
    label: str
    edition: str
    lexicon: Lexicon | None = None  # where recent notes' words are looked up

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

    @cached_property
    def _heard(self) -> frozenset[tuple[str, ...]]:
        """Runs of words that recent notes have printed."""
        if self.lexicon is None:
            return frozenset()
        recent = {name for name, age in self.last_use.items() if age <= RECENT}
        messages = {name.rpartition("#")[0] for name in recent}
        found = (each for message in messages for each in self.lexicon.of(message) if each.name in recent)
        return frozenset().union(*(runs(each.file.text) for each in found))

    def resting(self, phrase: Phrase, *, fresh: bool = False) -> bool:
        """True while the phrase may not be printed again; ``fresh`` asks for what no recent note has."""
        age = self.last_use.get(phrase.name)
        if phrase.file.tier == "stable":
            return False
        if fresh and (
            (age is not None and age <= RECENT) or not self._heard.isdisjoint(runs(phrase.file.text))
        ):
            return True
        if age is None:
            return False
        sessions, notes = RESTS[phrase.file.tier]
        if phrase.file.tier == "signature" and phrase.file.family != "none":
            sessions = IMAGE_REST
        return age <= sessions or self._notes_since.get(phrase.name, notes) < notes

    def order(self, phrase: Phrase, slot: str) -> tuple[tuple[int, ...], bool, int, int, bytes]:
        """By what is looked for; what a year has not had, long words, least recently used first; a keyed hash."""
        place = f"{self.session.isoformat()}|{self.edition}|{slot}"
        key = f"{place}|{phrase.name}".encode()
        age = self.last_use.get(phrase.name, 10**6)
        sound, worn = preference(phrase, self.label, place), age <= YEAR
        return sound, worn, plainness(phrase.file.text), -age, hashlib.blake2b(key, digest_size=8).digest()


def eligible(
    phrases: Iterable[Phrase], choice: Choice, scene: Mapping[str, Scalar], rest: Rest, age: str = RESTED
) -> Iterator[Phrase]:
    """Wordings that are true today, in the order in which they are to be tried; none used later than ``age``."""
    scope = scope_of(choice, scene)
    slot = "|".join((choice.message, *choice.names.values()))
    told = loud(choice, scene) or among_largest(choice, scene)
    fit = [
        phrase
        for phrase in phrases
        if (age == TIRED or not rest.resting(phrase, fresh=age == FRESH)) and true_of(phrase, choice, scope)
    ]
    yield from sorted(
        fit, key=lambda phrase: (told and not figured(phrase.file.text), rest.order(phrase, slot))
    )


def loud(choice: Choice, scene: Mapping[str, Scalar]) -> bool:
    """Whether a message rests on a move so large that a reader asks for its figure."""
    return any(size >= LOUD for _, size in _sizes(choice, scene))


def among_largest(choice: Choice, scene: Mapping[str, Scalar]) -> bool:
    """Whether a message rests on one of the day's largest moves."""
    largest = {scene.get(name) for name in LARGEST}
    return any(subject in largest and size >= LARGE for subject, size in _sizes(choice, scene))


def _sizes(choice: Choice, scene: Mapping[str, Scalar]) -> Iterator[tuple[str, float]]:
    """Subjects that a message rests on, other than the index, and how far each moved, in sigmas."""
    for name in readings_of(choice):
        size = scene.get(name)
        if name.endswith(SIGMAS) and name not in KNOWN and isinstance(size, float):
            yield name.split(".")[0], abs(size)


def scope_of(choice: Choice, scene: Mapping[str, Scalar]) -> Mapping[str, object]:
    """What the wordings of a message may ask for: the scene, and the lengths of its lists."""
    if not choice.lists:
        return scene
    return {**scene, **{f"{name}.count": float(len(found)) for name, found in choice.lists.items()}}


def true_of(phrase: Phrase, choice: Choice, scope: Mapping[str, object]) -> bool:
    """Whether a wording is true today."""
    return not phrase.file.when or parse(bound(phrase.file.when, choice.names)).holds(scope) is True
