"""Wordings of a section: the most salient of its messages, each in words that are true, rested and not yet said."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from commentary.desk import PREFIX
from commentary.extent import WHOLE, Extent
from commentary.model import Choice, ReadingSpec, Scalar, Section
from commentary.phrasing.anaphora import Openers, openers
from commentary.phrasing.choose import FRESH, RESTED, TIRED, Rest, eligible
from commentary.phrasing.lexicon import Lexicon, Phrase
from commentary.phrasing.paragraph import Paragraph, Told
from commentary.phrasing.references import Naming, Speaker
from commentary.phrasing.register import length
from commentary.phrasing.rhythm import Limits
from commentary.phrasing.slots import PhraseBook, Slots
from commentary.phrasing.tempers import CALM, most_told
from commentary.phrasing.trace import NothingToSayError, Recorder
from commentary.shapes import dataclass

UNCOUNTED = ("calendar.", PREFIX)
"""How names begin whose figures may be printed again and again: days."""

APART = ("title", "standfirst", "verdict", "closing")
"""Sections whose sentences stand alone; they name the day’s question, whatever has been told."""

LAST = ("question", "through", "watch")
"""Sections that ask of what has been said or weigh it, once more than others say it."""

THE_READ = "read"
"""The section of what follows: it may rest on anything that has been said."""

NAMING, ARGUED = ("title", "standfirst"), 10.0
"""Sections that speak of the day’s question before anything fresh, and the salience that its messages have there."""

UNTOLD = "elsewhere"
"""The section of what no other has told."""

PAST = "then"
"""The section of the day beside the sessions before it."""

WEIGHED = "doubts"
"""The section whose last word weighs the objections before it."""


@dataclass(frozen=True)
class Voice:
    """What composition reads besides the plan."""

    lexicon: Lexicon
    book: PhraseBook
    names: Mapping[str, Naming]
    specs: Mapping[str, ReadingSpec]
    rest: Rest
    extent: Extent = WHOLE
    limits: Limits | None = None  # that the rhythm is held to

    @cached_property
    def openers(self) -> Openers:
        """Names by their first letter."""
        return openers(self.names)


def paragraph_of(section: Section, scene: Mapping[str, Scalar], voice: Voice, told: Told) -> Paragraph:
    """Wordings for the most salient messages.

    What recent notes have said fills only what a section must have; a required one may wake what is at rest.
    """
    if section.every:
        return _each(section, scene, voice, told)
    last = section.name in (*APART, THE_READ)
    paragraph = Paragraph(section.novel, section.families, last=last, most=telling(section, voice))
    by_salience = sorted(range(len(section.choices)), key=lambda place: -section.choices[place].salience)
    for age in (FRESH, RESTED, TIRED) if section.required else (FRESH, RESTED):
        for place in by_salience:
            if len(paragraph.taken) >= (section.quota if age == FRESH else section.least):
                break
            choice = section.choices[place]
            asked = section.name in NAMING and choice.salience >= ARGUED
            for worn in (FRESH, RESTED) if asked and age == FRESH else (age,):
                take(paragraph, (place, choice), (scene, voice), told, worn)
    return _unweighed(section, paragraph) if section.name == WEIGHED else paragraph


def telling(section: Section, voice: Voice, *, short: bool = False) -> int:
    """How often a section may tell a fact; ``short`` where the note has too few words."""
    return 1 if section.name == UNTOLD else most_told(voice.rest.label, short=short) + (section.name in LAST)


def thin(section: Section, paragraph: Paragraph) -> bool:
    """Whether what was found makes no paragraph of its own."""
    return sum(length(phrase.file.text) for phrase in paragraph.taken.values()) < section.words


def _unweighed(section: Section, paragraph: Paragraph) -> Paragraph:
    """The paragraph without its last word, where there is no objection for that to weigh."""
    places = {place: section.choices[place].place for place in paragraph.taken}
    if "body" in places.values():
        return paragraph
    for place in (place for place, name in places.items() if name == "close"):
        paragraph = paragraph.without(place)
    return paragraph


def take(
    paragraph: Paragraph,
    at: tuple[int, Choice],
    by: tuple[Mapping[str, Scalar], Voice],
    told: Told,
    age: str = FRESH,
) -> bool:
    """Add a message to a paragraph in the first wording that may be printed; False where there is none."""
    (place, choice), (scene, voice) = at, by
    if place in paragraph.taken or not paragraph.wants(choice, told) or not _in_temper(choice, voice):
        return False
    wording = _wording(choice, scene, voice, (paragraph, told), age)
    if wording is None:
        return False
    paragraph.take(place, choice, wording)
    return True


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
    fitting = eligible(voice.lexicon.of(choice.message), choice, scene, voice.rest, age)
    for phrase in sorted(fitting, key=said[0].times) if said[0].every else fitting:
        if said[0].retells(choice, phrase, said[1]):
            continue
        figures = figures_of(phrase, choice, (scene, voice), said, worn=age == TIRED)
        if figures is not None:
            return phrase, figures
    return None


def figures_of(
    phrase: Phrase,
    choice: Choice,
    by: tuple[Mapping[str, Scalar], Voice],
    said: tuple[Paragraph, Told],
    *,
    worn: bool = False,
) -> list[str] | None:
    """Readings whose figures a wording prints; None where the note may not print it beside what it says.

    What is ``worn`` may repeat words.
    """
    (scene, voice), (paragraph, told) = by, said
    if not paragraph.admits(phrase) or (not worn and paragraph.echoes(phrase, told, voice.rest.label)):
        return None
    speaker = speaker_of(scene, voice, set())
    try:
        voice.book.render(phrase, Slots(speaker, choice.names, choice.lists))
    except NothingToSayError:
        return None
    figures = [name for name, _, _ in speaker.recorder.figures if not name.startswith(UNCOUNTED)]
    return None if paragraph.repeats(figures, told) else figures


def speaker_of(scene: Mapping[str, Scalar], voice: Voice, mentioned: set[str]) -> Speaker:
    """Who names subjects and prints figures, with a recorder of its own."""
    return Speaker(scene, voice.specs, voice.names, Recorder(), mentioned)
