"""Composition: the plan's messages become sentences, each with its trace."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from commentary.binding import bound
from commentary.conditions import parse
from commentary.desk import PREFIX
from commentary.model import Choice, Plan, ReadingSpec, Scalar, Section, Sentence
from commentary.phrasing.choose import Rest, eligible
from commentary.phrasing.connect import Connector
from commentary.phrasing.lexicon import Lexicon, Phrase
from commentary.phrasing.paragraph import Paragraph, Told
from commentary.phrasing.references import Naming, Speaker
from commentary.phrasing.slots import PhraseBook, Slots
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


@dataclass(frozen=True)
class Voice:
    """What composition reads besides the plan."""

    lexicon: Lexicon
    book: PhraseBook
    names: Mapping[str, Naming]
    specs: Mapping[str, ReadingSpec]
    rest: Rest


def say(plan: Plan, voice: Voice) -> tuple[Sentence, ...]:
    """Sentences of the whole note in the order of printing. Sections that stay too thin are left out."""
    sentences: list[Sentence] = []
    connector = Connector()
    told = Told()
    for section in plan.sections:
        paragraph = _chosen(section, plan.scene, voice, told)
        if len(paragraph.taken) < section.least and not section.required:
            continue
        told.add(paragraph)
        sentences += _printed(section, paragraph, plan.scene, voice, connector)
    return tuple(sentences)


def _chosen(section: Section, scene: Mapping[str, Scalar], voice: Voice, told: Told) -> Paragraph:
    """Wordings for the most salient messages; a required section may wake what is at rest."""
    if section.every:
        return _each(section, scene, voice, told)
    paragraph = Paragraph(section.novel, section.families)
    by_salience = sorted(range(len(section.choices)), key=lambda place: -section.choices[place].salience)
    for tired in (False, True) if section.required else (False,):
        for place in by_salience:
            if len(paragraph.taken) >= (section.least if tired else section.quota):
                break
            choice = section.choices[place]
            if place not in paragraph.taken and paragraph.wants(choice, told):
                wording = _wording(choice, scene, voice, (paragraph, told), tired=tired)
                if wording is not None:
                    paragraph.take(place, choice, wording)
    return paragraph


def _each(section: Section, scene: Mapping[str, Scalar], voice: Voice, told: Told) -> Paragraph:
    """A wording for every message: what has rested longest first, none again while another is left."""
    paragraph = Paragraph(section.novel, section.families, every=True)
    for place, choice in enumerate(section.choices):
        wording = _wording(choice, scene, voice, (paragraph, told), tired=True)
        if wording is not None:
            paragraph.take(place, choice, wording)
    return paragraph


def _wording(
    choice: Choice, scene: Mapping[str, Scalar], voice: Voice, said: tuple[Paragraph, Told], *, tired: bool
) -> tuple[Phrase, list[str]] | None:
    """The first wording that may be printed, with the readings whose figures it shows."""
    paragraph, told = said
    fitting = eligible(voice.lexicon.of(choice.message), choice, scene, voice.rest, tired=tired)
    for phrase in sorted(fitting, key=paragraph.times) if paragraph.every else fitting:
        if not paragraph.admits(phrase):
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


def _printed(
    section: Section,
    paragraph: Paragraph,
    scene: Mapping[str, Scalar],
    voice: Voice,
    connector: Connector,
) -> list[Sentence]:
    sentences: list[Sentence] = []
    mentioned: set[str] = set()
    connector.new_paragraph()
    for place in sorted(paragraph.taken):
        choice, phrase = section.choices[place], paragraph.taken[place]
        speaker = _speaker(scene, voice, mentioned)
        text = voice.book.render(phrase, Slots(speaker, choice.names, choice.lists))
        text = connector.join(text, choice.stance, phrase.file.device)
        sentences += _traced(_ARTICLE.sub(r"\1n ", text), choice, phrase, speaker)
        mentioned |= speaker.just_named
    return sentences


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
