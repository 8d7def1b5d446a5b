"""What the planter knows: the files of the run, the readings of the session before, one possible error."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from hashlib import blake2b

from commentary.bank import Bank
from commentary.model import Note, Scalar, Sentence, ShownNumber, Table
from commentary.phrasing.numbers import FORMATS
from commentary.phrasing.trace import Figure, NothingToSayError, Recorder, unmarked
from commentary.rendering.html import html
from commentary.rendering.markdown import Surface, markdown
from commentary.rendering.surfaces import Kit
from commentary.units import Unit
from tests.plants.authors import authored, names_of, renamed

SUPPOSED = re.compile(
    r"\b(?:would|could|should|if|were that|until|unless|must|has to|have to|keeps)\b", re.IGNORECASE
)
"""Words of a sentence that tells what is not yet so: its directions cannot be false."""


@dataclass(frozen=True, slots=True)
class Name:
    """A place of a text where an instrument is named. ``form`` is full or short."""

    ident: str
    form: str
    start: int
    end: int


@dataclass(frozen=True)
class World:
    """The files of the run; ``earlier`` are the readings of the session before, where they are known."""

    bank: Bank
    earlier: Mapping[str, Scalar] = field(default_factory=dict)

    @cached_property
    def kit(self) -> Kit:
        """What surfaces are made with."""
        bank, edition = self.bank, self.bank.editions["daily"]
        return Kit(
            bank.library, bank.tables, bank.universe, bank.words, edition.tables, edition.rows, bank.titles
        )

    @cached_property
    def _aliases(self) -> Mapping[str, tuple[str, str]]:
        found: dict[str, tuple[str, str]] = {}
        for ident in self.bank.universe.instruments:
            naming = self.bank.names[ident]
            for form, text in (("full", naming.full), ("short", naming.short)):
                for written in (text, text[0].upper() + text[1:]):
                    found.setdefault(written, (ident, form))
        return found

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        words = sorted(self._aliases, key=len, reverse=True)
        return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, words))})(?![\w-])")

    @cached_property
    def _phrases(self) -> Mapping[str, str]:
        groups = self.bank.lexicon.phrases.values()
        return {phrase.name: phrase.file.text for group in groups for phrase in group}

    def phrase(self, sentence: Sentence) -> str:
        """The phrase of a sentence as its author wrote it."""
        return self._phrases[sentence.phrase]

    def named(self, text: str) -> list[Name]:
        """Instruments in order of appearance; the longest name counts."""
        places = self._pattern.finditer(text)
        return [Name(*self._aliases[place[0]], place.start(), place.end()) for place in places]


@dataclass(frozen=True, slots=True)
class Change:
    """One possible error: where, what is done there, the words before and after, and the note with it.

    ``phrases`` are those that an author must have written for it, by name; none where the program is at fault.
    """

    place: str
    what: str
    before: str
    after: str
    apply: Callable[[], Note]
    phrases: Mapping[str, str] = field(default_factory=dict)


Changes = Iterator[Change]


def draw(key: str, count: int) -> int:
    """A number below ``count`` that depends on the key alone."""
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "big") % count


def value_of(note: Note, reading: str) -> float | None:
    """A reading's number in the scene of the note."""
    value = note.plan.scene.get(reading)
    return value if isinstance(value, float) else None


@cache
def worded(form: str, value: float, unit: str) -> str:
    """A value in one of the formats of phrases; nothing where it is too small to be said."""
    recorder = Recorder()
    try:
        marked = FORMATS[form](Figure("", value, Unit(unit), recorder))
    except (NothingToSayError, ValueError, OverflowError):
        return ""
    return unmarked(marked, recorder)[0]


@cache
def form_of(number: ShownNumber) -> str:
    """The format in which a figure is shown; nothing where none gives these words."""
    shown = number.shown.lower()
    return next((form for form in FORMATS if worded(form, number.value, number.unit).lower() == shown), "")


def reworded(sentence: Sentence, start: int, end: int, new: str) -> Sentence:
    """The sentence with other words at a place, figures moved and re-shown as a consistent writer would."""
    text, shift = sentence.text[:start] + new + sentence.text[end:], len(new) - (end - start)
    numbers = []
    for number in sentence.numbers:
        left = number.start if number.start <= start else number.start + shift
        right = number.end if number.end <= start else number.end + shift
        numbers.append(replace(number, start=left, end=right, shown=text[left:right]))
    return _with_article(replace(sentence, text=text, numbers=tuple(numbers)), start)


def reslotted(sentence: Sentence, number: ShownNumber, reading: str, value: float) -> Sentence:
    """The sentence as it reads where its author has put another reading into the slot."""
    shown = worded(form_of(number), value, number.unit)
    shown = shown[0].upper() + shown[1:] if number.shown[0].isupper() else shown
    made = reworded(sentence, number.start, number.end, shown)
    place = sentence.numbers.index(number)
    other = replace(made.numbers[place], reading=reading, value=value)
    subjects = tuple(dict.fromkeys((*made.subjects, reading.partition(".")[0])))
    return replace(
        made, numbers=(*made.numbers[:place], other, *made.numbers[place + 1 :]), subjects=subjects
    )


def _with_article(sentence: Sentence, place: int) -> Sentence:
    """``a`` or ``an`` as what now stands at the place asks for."""
    article = re.search(r"\b[Aa](n?) $", sentence.text[:place])
    if not article:
        return sentence
    vowel = re.match(r"8|11\b|18\b|[aeiou](?!ne?\b)", sentence.text[place:])
    if bool(vowel) == bool(article[1]):
        return sentence
    letter = article[0][0]
    return reworded(sentence, article.start(), article.end(), f"{letter}n " if vowel else f"{letter} ")


def published(note: Note, world: World, sentences: Sequence[Sentence]) -> Note:
    """The note as it would have been printed with these sentences."""
    return _rendered(replace(note, sentences=tuple(sentences)), world)


def tabled(note: Note, world: World, table: Table) -> Note:
    """The note as it would have been printed with this table in the place of its namesake."""
    tables = tuple(table if other.name == table.name else other for other in note.tables)
    return _rendered(replace(note, tables=tables), world)


def relined(note: Note, world: World, old: str, new: str) -> Note:
    """The note with one line of its Markdown, and of its page, written otherwise."""
    text = note.markdown.replace(old, new, 1)
    surface = _surface(note, world)
    return replace(note, markdown=text, html=html(surface, text, world.bank.library))


def _surface(note: Note, world: World) -> Surface:
    return Surface(note.plan, note.sentences, note.verdict, note.card, note.tables, world.kit.words)


def _rendered(note: Note, world: World) -> Note:
    surface = _surface(note, world)
    text = markdown(surface, world.bank.library)
    return replace(note, title=surface.title, markdown=text, html=html(surface, text, world.bank.library))


def sentence_change(note: Note, world: World, where: int, what: str, new: Sentence) -> Change:
    """The error that prints ``new`` where the sentence of that number stood, as its author's doing if it can be."""
    old, phrase = note.sentences[where], world.phrase(note.sentences[where])
    written = authored(phrase, old, new, names_of(note, old))
    return _exchanged(note, world, where, (what, new, written))


def name_change(
    note: Note, world: World, where: int, what: str, planted: tuple[Sentence, str, str]
) -> Change:
    """The same for an exchanged name: now and then the author has put the other subject into the slot."""
    new, ident, other = planted
    old, phrase = note.sentences[where], world.phrase(note.sentences[where])
    names = names_of(note, old)
    written = authored(phrase, old, new, names)
    if written == phrase and draw(f"{note.session}{what}", 2):
        written = renamed(phrase, ident, other, names)
        new = replace(new, subjects=tuple(dict.fromkeys((*new.subjects, other))))
    return _exchanged(note, world, where, (what, new, written))


def _exchanged(note: Note, world: World, where: int, planted: tuple[str, Sentence, str]) -> Change:
    what, new, written = planted
    old = note.sentences[where]
    whole = (*note.sentences[:where], new, *note.sentences[where + 1 :])
    phrases = {} if written == world.phrase(old) else {old.phrase: written}
    return Change(old.section, what, old.text, new.text, lambda: published(note, world, whole), phrases)


def line_change(note: Note, world: World, place: str, what: str, edit: tuple[str, str]) -> Change:
    """The error that writes a line around the prose otherwise."""
    old, new = edit
    return Change(place, what, old.strip(), new.strip(), lambda: relined(note, world, old, new))
