"""Composition: the plan's messages become sentences, each with its trace."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field, replace
from functools import partial

from commentary.binding import bound
from commentary.conditions import parse
from commentary.model import Choice, Plan, Scalar, Section, Sentence
from commentary.phrasing.anaphora import opener, referred
from commentary.phrasing.connect import Connector
from commentary.phrasing.joins import Clause, Joiner, direction
from commentary.phrasing.lexicon import Phrase
from commentary.phrasing.paragraph import Paragraph, Told
from commentary.phrasing.references import Speaker
from commentary.phrasing.register import length
from commentary.phrasing.revise import revised
from commentary.phrasing.shorten import Chosen, shortened
from commentary.phrasing.slots import Slots
from commentary.phrasing.tempers import DRIVEN
from commentary.phrasing.trace import OPEN, SHUT, reported, split_sentences, unmarked
from commentary.phrasing.wordings import APART, UNTOLD, Voice, paragraph_of, speaker_of
from commentary.shapes import dataclass

_ARTICLE = re.compile(rf"\b([Aa]) (?={OPEN}\d+{SHUT}(?:8|11\b|18\b|eight|eleven))")
_HEAD = re.compile(rf"[“‘(]?(?:{OPEN}\d+{SHUT})?")


def say(plan: Plan, voice: Voice) -> tuple[Sentence, ...]:
    """Sentences of the whole note in the order of printing. Sections that stay too thin are left out."""
    write = partial(_written, plan, voice, Kept())
    kept, sentences = revised(_chosen(plan, voice), plan, voice, write)
    return tuple(sentences) if voice.extent.whole else shortened(kept, voice.extent, write)


def _chosen(plan: Plan, voice: Voice) -> Chosen:
    """Wordings of all sections in the order of printing; what no other has told is chosen when all others are."""
    found: dict[int, Paragraph] = {}
    told = Told()
    for number, section in sorted(enumerate(plan.sections), key=lambda item: item[1].name == UNTOLD):
        paragraph = paragraph_of(section, plan.scene, voice, told)
        if len(paragraph.taken) >= section.least or section.required:
            told.add(paragraph, heading=section.name == "title")
            found[number] = paragraph
    return [(section, found[number]) for number, section in enumerate(plan.sections) if number in found]


def _written(plan: Plan, voice: Voice, kept: Kept, chosen: Chosen) -> list[Sentence]:
    writer = Writer(plan.scene, voice, kept, Connector(), Joiner(voice.rest.label not in DRIVEN))
    return [item for section, paragraph in chosen for item in writer.printed(section, paragraph)]


@dataclass(frozen=True)
class Kept:
    """Wordings as printed: a note is written several times before it stands.

    By message, phrase and what had been named, then by the text with its connective as well.
    """

    rendered: dict[tuple[int, str, frozenset[str]], tuple[str, Speaker]] = field(default_factory=dict)
    clauses: dict[tuple[int, str, frozenset[str], str], Clause] = field(default_factory=dict)


@dataclass(frozen=True)
class Writer:
    """What is needed to print paragraph after paragraph, and what the note has used of connectives."""

    scene: Mapping[str, Scalar]
    voice: Voice
    kept: Kept
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
        key = id(choice), phrase.name, frozenset(mentioned)
        if key not in self.kept.rendered:
            speaker = speaker_of(self.scene, self.voice, mentioned)
            text = self.voice.book.render(phrase, Slots(speaker, choice.names, choice.lists))
            self.kept.rendered[key] = text, speaker
        text, speaker = self.kept.rendered[key]
        text = self.connector.join(text, choice.stance, phrase.file.device)
        mentioned |= speaker.just_named
        if (*key, text) not in self.kept.clauses:
            self.kept.clauses[*key, text] = self._printed(text, choice, phrase, speaker)
        return self.kept.clauses[*key, text]

    def _printed(self, text: str, choice: Choice, phrase: Phrase, speaker: Speaker) -> Clause:
        told = _traced(_ARTICLE.sub(r"\1n ", text), choice, phrase, speaker)
        subject = opener(told[0].text, self.voice.openers, choice.names.get("it", ""))
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
