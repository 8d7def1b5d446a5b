"""Composition: the plan's messages become sentences, each with its trace."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from commentary.binding import bound
from commentary.conditions import parse
from commentary.desk import PREFIX
from commentary.extent import WHOLE, Extent
from commentary.model import Choice, Plan, ReadingSpec, Scalar, Section, Sentence
from commentary.phrasing.anaphora import opener, referred
from commentary.phrasing.choose import FRESH, RESTED, TIRED, Rest, eligible
from commentary.phrasing.connect import Connector
from commentary.phrasing.joins import Clause, Joiner, direction
from commentary.phrasing.lexicon import Lexicon, Phrase
from commentary.phrasing.paragraph import Paragraph, Told
from commentary.phrasing.references import Naming, Speaker
from commentary.phrasing.register import length
from commentary.phrasing.shorten import Chosen, shortened
from commentary.phrasing.slots import PhraseBook, Slots
from commentary.phrasing.tempers import CALM, DRIVEN, most_told
from commentary.phrasing.trace import (
    OPEN,
    SHUT,
    NothingToSayError,
    Recorder,
    reported,
    split_sentences,
    unmarked,
)
from commentary.shapes import dataclass

_ARTICLE = re.compile(rf"\b([Aa]) (?={OPEN}\d+{SHUT}(?:8|11\b|18\b|eight|eleven))")
_HEAD = re.compile(rf"[“‘(]?(?:{OPEN}\d+{SHUT})?")

UNCOUNTED = ("calendar.", PREFIX)
"""How names begin whose figures may be printed again and again: days."""

APART = ("title", "standfirst", "verdict", "closing")
"""Sections whose sentences stand alone."""

LAST = ("title", "standfirst", "verdict", "watch", "closing")
"""Sections that name the day’s question, and those of its threads."""

UNTOLD = "elsewhere"
"""The section of what no other has told."""

OF_ONE = (
    "abroad", "behaviour", "breadth", "credit", "crypto", "currencies", "dominoes", "havens", "liquidity", "macro",
    "metals", "oil", "options", "rates",
)  # fmt: skip
"""Sections of one market: two of their sentences belong together without more."""


@dataclass(frozen=True)
class Voice:
    """What composition reads besides the plan."""

    lexicon: Lexicon
    book: PhraseBook
    names: Mapping[str, Naming]
    specs: Mapping[str, ReadingSpec]
    rest: Rest
    extent: Extent = WHOLE


def say(plan: Plan, voice: Voice) -> tuple[Sentence, ...]:
    """Sentences of the whole note in the order of printing. Sections that stay too thin are left out."""
    chosen: list[tuple[Section, Paragraph]] = []
    told = Told()
    for section in plan.sections:
        paragraph = _chosen(section, plan.scene, voice, told)
        if len(paragraph.taken) < section.least and not section.required:
            continue
        told.add(paragraph, heading=section.name == "title")
        chosen.append((section, paragraph))
    return shortened(chosen, voice.extent, partial(_written, plan, voice))


def _written(plan: Plan, voice: Voice, chosen: Chosen) -> list[Sentence]:
    writer = Writer(plan.scene, voice, Connector(), Joiner(voice.rest.label not in DRIVEN, OF_ONE))
    return [item for section, paragraph in chosen for item in writer.printed(section, paragraph)]


def _chosen(section: Section, scene: Mapping[str, Scalar], voice: Voice, told: Told) -> Paragraph:
    """Wordings for the most salient messages.

    What recent notes have said fills only what a section must have; a required one may wake what is at rest.
    """
    if section.every:
        return _each(section, scene, voice, told)
    most = 1 if section.name == UNTOLD else most_told(voice.rest.label)
    paragraph = Paragraph(section.novel, section.families, last=section.name in LAST, most=most)
    by_salience = sorted(range(len(section.choices)), key=lambda place: -section.choices[place].salience)
    for age in (FRESH, RESTED, TIRED) if section.required else (FRESH, RESTED):
        for place in by_salience:
            if len(paragraph.taken) >= (section.quota if age == FRESH else section.least):
                break
            choice = section.choices[place]
            if place not in paragraph.taken and paragraph.wants(choice, told) and _in_temper(choice, voice):
                wording = _wording(choice, scene, voice, (paragraph, told), age)
                if wording is not None:
                    paragraph.take(place, choice, wording)
    return paragraph


def _in_temper(choice: Choice, voice: Voice) -> bool:
    """False for a last word where none is striven for."""
    return choice.place != "close" or voice.rest.label not in CALM or choice.section in APART


def _each(section: Section, scene: Mapping[str, Scalar], voice: Voice, told: Told) -> Paragraph:
    """A wording for every message: what has rested longest first, none again while another is left."""
    paragraph = Paragraph(section.novel, section.families, every=True)
    for place, choice in enumerate(section.choices):
        wording = _wording(choice, scene, voice, (paragraph, told), TIRED)
        if wording is not None:
            paragraph.take(place, choice, wording)
    return paragraph


def _wording(
    choice: Choice, scene: Mapping[str, Scalar], voice: Voice, said: tuple[Paragraph, Told], age: str
) -> tuple[Phrase, list[str]] | None:
    """The first wording that may be printed, with the readings whose figures it shows."""
    paragraph, told = said
    fitting = eligible(voice.lexicon.of(choice.message), choice, scene, voice.rest, age)
    for phrase in sorted(fitting, key=paragraph.times) if paragraph.every else fitting:
        if not paragraph.admits(phrase) or (
            age != TIRED and paragraph.echoes(phrase, told, voice.rest.label)
        ):
            continue
        speaker = _speaker(scene, voice, set())
        try:
            voice.book.render(phrase, Slots(speaker, choice.names, choice.lists))
        except NothingToSayError:
            continue
        figures = [name for name, _, _ in speaker.recorder.figures if not name.startswith(UNCOUNTED)]
        if not paragraph.repeats(figures, told):
            return phrase, figures
    return None


def _speaker(scene: Mapping[str, Scalar], voice: Voice, mentioned: set[str]) -> Speaker:
    return Speaker(scene, voice.specs, voice.names, Recorder(), mentioned)


@dataclass(frozen=True)
class Writer:
    """What is needed to print paragraph after paragraph, and what the note has used of connectives."""

    scene: Mapping[str, Scalar]
    voice: Voice
    connector: Connector
    joiner: Joiner

    def printed(self, section: Section, paragraph: Paragraph) -> tuple[Sentence, ...]:
        """Sentences of one paragraph, in the order of the plan."""
        clauses: list[Clause] = []
        mentioned: set[str] = set()
        self.connector.new_paragraph()
        for place in self._order(section, paragraph):
            clauses.append(self._clause(section.choices[place], paragraph.taken[place], mentioned))
        if section.every or section.name in APART:
            return tuple(item for clause in clauses for item in clause.sentences)
        return self.joiner.paragraph(referred(clauses, self.voice.names))

    def _order(self, section: Section, paragraph: Paragraph) -> list[int]:
        """Places in order; where no last word is striven for, the longest of those that may trade places comes last."""
        places = sorted(paragraph.taken)
        if self.voice.rest.label in DRIVEN or section.every or not places:
            return places
        last = section.choices[places[-1]]
        equal = [place for place in places if _alike(section.choices[place], last)]
        longest = max(equal, key=lambda place: (length(paragraph.taken[place].file.text), place))
        return [*(place for place in places if place != longest), longest]

    def _clause(self, choice: Choice, phrase: Phrase, mentioned: set[str]) -> Clause:
        speaker = _speaker(self.scene, self.voice, mentioned)
        text = self.voice.book.render(phrase, Slots(speaker, choice.names, choice.lists))
        text = self.connector.join(text, choice.stance, phrase.file.device)
        told = _traced(_ARTICLE.sub(r"\1n ", text), choice, phrase, speaker)
        mentioned |= speaker.just_named
        subject = opener(told[0].text, self.voice.names, choice.names.get("it", ""))
        subject = subject if subject in told[0].subjects else ""
        return Clause(tuple(told), phrase.file.device, subject, direction(subject, self.scene))


def _alike(one: Choice, other: Choice) -> bool:
    """Whether two messages may trade places: neither leads, closes or turns where the other does not."""
    return (one.place, one.stance == "opposes") == (other.place, other.stance == "opposes")


def _traced(text: str, choice: Choice, phrase: Phrase, speaker: Speaker) -> list[Sentence]:
    when = _condition(choice, phrase)
    template = Sentence(
        text="",
        section=choice.section,
        message=choice.message,
        phrase=phrase.name,
        stance=choice.stance,
        place=choice.place,
        family=phrase.file.family,
        tier=phrase.file.tier,
        when=when,
    )
    sentences = []
    for part in split_sentences(text):
        part = _capital(part)
        plain, numbers = unmarked(part, speaker.recorder)
        subjects = _subjects(when, choice, speaker)
        told = reported(part, speaker.recorder)
        sentences.append(replace(template, text=plain, numbers=numbers, subjects=subjects, reported=told))
    return sentences


def _condition(choice: Choice, phrase: Phrase) -> str:
    narrower = bound(phrase.file.when, choice.names)
    for name, found in choice.lists.items():
        narrower = narrower.replace(f"{name}.count", str(len(found)))
    return f"{choice.when} and ({narrower})" if narrower else choice.when


def _subjects(when: str, choice: Choice, speaker: Speaker) -> tuple[str, ...]:
    named = [*speaker.recorder.subjects, *(name.split(".")[0] for name, _, _ in speaker.recorder.figures)]
    named += sorted(name.split(".")[0] for name in parse(when).names)
    named += [member for found in choice.lists.values() for member in found]
    return tuple(dict.fromkeys(named))


def _capital(text: str) -> str:
    start = _HEAD.match(text)
    place = start.end() if start else 0
    return text[:place] + text[place : place + 1].upper() + text[place + 1 :]
