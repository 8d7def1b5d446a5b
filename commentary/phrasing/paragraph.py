"""What a paragraph, and the note around it, has already said: the measure of what may still be added."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from typing import TypeVar

from commentary.model import Choice
from commentary.phrasing.frames import WITHIN, runs
from commentary.phrasing.lexicon import CLASHES, Phrase
from commentary.phrasing.retold import facts_of, readings_of, told_by
from commentary.phrasing.tempers import most_turns
from commentary.phrasing.turns import turns

T = TypeVar("T")

SIGNATURES = 2
"""Aphorisms, openers and similes that one paragraph may hold."""

ONCE = ("question", "antithesis", "simile")
"""Devices that a paragraph uses once."""

TWICE = 2
"""How often a note may say the same of the day, in as many paragraphs."""

SINGLE = ("first", "second")
"""Places of a standfirst, each filled once."""


@dataclass
class Told:
    """What the note has said so far, and how often: messages, topics, figures, claims, facts, turns, runs of words."""

    messages: Counter[str] = field(default_factory=Counter)
    topics: Counter[str] = field(default_factory=Counter)
    figures: Counter[str] = field(default_factory=Counter)
    turns: int = 0
    runs: Counter[tuple[str, ...]] = field(default_factory=Counter)
    claims: Counter[str] = field(default_factory=Counter)
    facts: Counter[str] = field(default_factory=Counter)

    def add(self, paragraph: Paragraph, *, heading: bool = False) -> None:
        """Remember a finished paragraph; what a ``heading`` names is still to be told."""
        self._count(paragraph, 1, heading=heading)

    def remove(self, paragraph: Paragraph) -> None:
        """Forget a paragraph that was added, is no heading, and has not changed since."""
        self._count(paragraph, -1, heading=False)

    def _count(self, paragraph: Paragraph, by: int, *, heading: bool) -> None:
        self.turns += by * turns(paragraph.taken.values())
        _counted(self.messages, {phrase.message for phrase in paragraph.taken.values()}, by)
        _counted(self.topics, paragraph.topics, by)
        _counted(self.runs, paragraph.runs, by)
        _counted(self.claims, paragraph.claims, by)
        if not heading:
            _counted(self.figures, paragraph.figures, by)
            _counted(self.facts, paragraph.facts.elements(), by)


def _counted(counts: Counter[T], found: Iterable[T], by: int) -> None:
    """Count names up or down; what is at nought is not kept."""
    for name in found:
        counts[name] += by
        if not counts[name]:
            del counts[name]


@dataclass
class Paragraph:
    """The wordings chosen for one section so far, by their place in the plan."""

    novel: bool
    families: int  # that it may draw on
    every: bool = False  # each message is said, one as often as it was chosen
    last: bool = False  # names the day’s question once more, whatever has been told
    most: int = 2  # how often a fact is told
    taken: dict[int, Phrase] = field(default_factory=dict)
    printed: dict[int, frozenset[str]] = field(default_factory=dict)  # readings shown, by place
    names: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    topics: set[str] = field(default_factory=set)
    runs: set[tuple[str, ...]] = field(default_factory=set)
    facts: Counter[str] = field(default_factory=Counter)

    def wants(self, choice: Choice, told: Told) -> bool:
        """False for a message that adds nothing: it, its topic or its place is taken, its readings are read."""
        taken = any(phrase.message == choice.message for phrase in self.taken.values())
        if taken or choice.message in told.messages:
            return False
        if any(topic in told.topics or topic in self.topics for topic in topics_of(choice)):
            return False
        names, facts = readings_of(choice), facts_of(choice)
        if choice.place in SINGLE:
            return choice.place not in self.places and not (facts and facts <= set(self.facts))
        if (
            facts
            and all(told.facts[name] + self.facts[name] >= self.most for name in facts)
            and not self.last
        ):
            return False
        return not self.novel or not names or not names <= self.names

    def retells(self, choice: Choice, phrase: Phrase, told: Told) -> bool:
        """True for a wording whose every fact has been told as often as one is."""
        exempt = self.last or self.every or choice.place in SINGLE
        return not exempt and self._often(told_by(choice, phrase), told)

    def _often(self, facts: Collection[str], told: Told) -> bool:
        return bool(facts) and all(told.facts[name] + self.facts[name] >= self.most for name in facts)

    @property
    def figures(self) -> set[str]:
        """Readings whose figures it prints."""
        return set().union(*self.printed.values())

    def without(self, place: int) -> Paragraph:
        """The same paragraph before one of its wordings was chosen; what its message rests on is still its own."""
        taken = {other: phrase for other, phrase in self.taken.items() if other != place}
        said = (runs(phrase.file.text, WITHIN) for phrase in taken.values())
        printed = {other: names for other, names in self.printed.items() if other != place}
        return replace(self, taken=taken, printed=printed, runs=set().union(*said))

    def with_wording(self, place: int, phrase: Phrase, figures: Iterable[str]) -> Paragraph:
        """The same paragraph with another wording of the same message."""
        found = self.without(place)
        found.taken[place], found.printed[place] = phrase, frozenset(figures)
        found.runs |= runs(phrase.file.text, WITHIN)
        return found

    @property
    def claims(self) -> set[str]:
        """What its wordings say of the day."""
        return {name for phrase in self.taken.values() for name in phrase.file.claims}

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

    def echoes(self, phrase: Phrase, told: Told, label: str) -> bool:
        """True for words or claims that the note has had, and for an antithesis beyond its share of them."""
        if any(name in self.claims or told.claims[name] >= TWICE for name in phrase.file.claims):
            return True
        own = runs(phrase.file.text, WITHIN)
        if not told.runs.keys().isdisjoint(own) or not own.isdisjoint(self.runs):
            return True
        return turns([phrase]) > 0 and told.turns + turns(self.taken.values()) >= most_turns(label)

    def times(self, phrase: Phrase) -> int:
        """How often the paragraph has said a phrase: more than once where a section says every message."""
        return sum(other.name == phrase.name for other in self.taken.values())

    def repeats(self, figures: Iterable[str], told: Told) -> bool:
        """True where a figure stands in the note's prose already: a reader has read it, and the table has it too."""
        return any(name in self.figures or name in told.figures for name in figures)

    def take(self, place: int, choice: Choice, wording: tuple[Phrase, Iterable[str]]) -> None:
        """Add a wording and the figures that it prints."""
        phrase, figures = wording
        self.taken[place] = phrase
        self.runs |= runs(phrase.file.text, WITHIN)
        self.printed[place] = frozenset(figures)
        self.names |= readings_of(choice)
        self.facts.update(told_by(choice, phrase))
        self.places.add(choice.place)
        self.topics |= topics_of(choice)


def topics_of(choice: Choice) -> set[str]:
    """Topics of a message, written one after the other; two messages of one topic are not both said."""
    return set(choice.topic.split())
