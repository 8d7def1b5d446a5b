"""What a paragraph, and the note around it, has already said: the measure of what may still be added."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from commentary.conditions import parse
from commentary.model import Choice
from commentary.phrasing.frames import WITHIN, runs
from commentary.phrasing.lexicon import CLASHES, Phrase
from commentary.phrasing.turns import room, turns

SIGNATURES = 2
"""Aphorisms, openers and similes that one paragraph may hold."""

ONCE = ("question", "antithesis", "simile")
"""Devices that a paragraph uses once."""

TOLD_TWICE = 2
"""How often a note prints the figure of one reading, tables apart."""

SCOPES = ("yesterday", "episode", "streak", "evidence", "tape", "calendar", "settled")
"""Subjects that say how the day was judged, or when it was; they make no sentence new."""

SINGLE = ("first", "second")
"""Places of a standfirst, each filled once."""


@dataclass
class Told:
    """What the note has said so far: messages, topics, and how often each reading's figure."""

    messages: set[str] = field(default_factory=set)
    topics: set[str] = field(default_factory=set)
    figures: Counter[str] = field(default_factory=Counter)
    turns: int = 0
    runs: set[tuple[str, ...]] = field(default_factory=set)

    def add(self, paragraph: Paragraph) -> None:
        """Remember a finished paragraph."""
        self.messages |= {phrase.message for phrase in paragraph.taken.values()}
        self.topics |= paragraph.topics
        self.figures.update(paragraph.figures)
        self.turns += turns(paragraph.taken.values())
        self.runs |= paragraph.runs


@dataclass
class Paragraph:
    """The wordings chosen for one section so far, by their place in the plan."""

    novel: bool
    families: int  # that it may draw on
    every: bool = False  # each message is said, one as often as it was chosen
    taken: dict[int, Phrase] = field(default_factory=dict)
    figures: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    topics: set[str] = field(default_factory=set)

    def wants(self, choice: Choice, told: Told) -> bool:
        """False for a message that adds nothing: it, its topic or its place is taken, its readings are read."""
        if choice.message in told.messages | {phrase.message for phrase in self.taken.values()}:
            return False
        if topics_of(choice) & (told.topics | self.topics):
            return False
        if choice.place in SINGLE:
            return choice.place not in self.places
        names = readings_of(choice)
        return not self.novel or not names or not names <= self.names

    def admits(self, phrase: Phrase) -> bool:
        """False where the paragraph has had its share of aphorisms, questions or images."""
        others = [other.file for other in self.taken.values()]
        if phrase.file.tier == "signature" and sum(file.tier == "signature" for file in others) >= SIGNATURES:
            return False
        if phrase.file.device in ONCE and any(file.device == phrase.file.device for file in others):
            return False
        used = {file.family for file in others} - {"none"}
        family = phrase.file.family
        if family == "none" or family in used:
            return True
        clash = any(family in pair and used & (pair - {family}) for pair in CLASHES)
        return len(used) < self.families and not clash

    @property
    def runs(self) -> set[tuple[str, ...]]:
        """Runs of words of the wordings taken."""
        return {run for phrase in self.taken.values() for run in runs(phrase.file.text, WITHIN)}

    def echoes(self, phrase: Phrase, told: Told, label: str) -> bool:
        """True for words that the note has had, and for an antithesis where it has had its share of them."""
        own = runs(phrase.file.text, WITHIN)
        if not own.isdisjoint(told.runs) or not own.isdisjoint(self.runs):
            return True
        return turns([phrase]) > 0 and not room(label, told.turns + turns(self.taken.values()))

    def times(self, phrase: Phrase) -> int:
        """How often the paragraph has said a phrase: more than once where a section says every message."""
        return sum(other.name == phrase.name for other in self.taken.values())

    def repeats(self, figures: Iterable[str], told: Told) -> bool:
        """True where a figure stands in this paragraph already, or often enough in the note."""
        return any(name in self.figures or told.figures[name] >= TOLD_TWICE for name in figures)

    def take(self, place: int, choice: Choice, wording: tuple[Phrase, Iterable[str]]) -> None:
        """Add a wording and the figures that it prints."""
        phrase, figures = wording
        self.taken[place] = phrase
        self.figures.update(figures)
        self.names |= readings_of(choice)
        self.places.add(choice.place)
        self.topics |= topics_of(choice)


def topics_of(choice: Choice) -> set[str]:
    """Topics of a message, written one after the other; two messages of one topic are not both said."""
    return set(choice.topic.split())


def readings_of(choice: Choice) -> set[str]:
    """Readings of the market that a message rests on."""
    names = {name for name in parse(choice.when).names if "." in name}
    return {name for name in names if name.split(".")[0] not in SCOPES}
