"""A shorter edition says what the whole note says: wordings are chosen for all of it, then some are left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from commentary.extent import Extent, units
from commentary.model import Section, Sentence
from commentary.phrasing.paragraph import Paragraph

OPENING = ("first", "lead")
"""Places whose sentence what follows may lean on: it is the last of its paragraph to go."""

Chosen = Sequence[tuple[Section, Paragraph]]
Write = Callable[[Chosen], Sequence[Sentence]]


def shortened(chosen: Chosen, extent: Extent, write: Write) -> tuple[Sentence, ...]:
    """Sentences within the extent; a required section keeps one at least, whatever the limit."""
    kept = list(_within(chosen, extent))
    sentences = write(kept)
    while gone := _unfit(sentences, extent) or _surplus(kept, sentences, extent):
        kept = [(section, _without(paragraph, gone)) for section, paragraph in kept]
        sentences = write(kept)
    return tuple(sentences)


def _within(chosen: Chosen, extent: Extent) -> Iterator[tuple[Section, Paragraph]]:
    for section, paragraph in chosen:
        most = extent.sections.get(section.name, 0) if extent.sections else len(paragraph.taken)
        kept = _ranked(section, paragraph)[:most]
        if kept:
            yield section, replace(paragraph, taken={place: paragraph.taken[place] for place in kept})


def _ranked(section: Section, paragraph: Paragraph) -> list[int]:
    """Places of a paragraph: what opens it, then by salience."""
    choices = section.choices
    return sorted(
        paragraph.taken, key=lambda place: (choices[place].place not in OPENING, -choices[place].salience)
    )


def _unfit(sentences: Sequence[Sentence], extent: Extent) -> set[str]:
    """Phrases that this edition cannot print: too long, or with words of the desk where those are not heard."""
    gone = {item.phrase for item in sentences if extent.heard and item.reported}
    for unit in units(sentences):
        if extent.characters and sum(len(item.text) + 1 for item in unit) - 1 > extent.characters:
            gone.add(unit[-1].phrase)
    return gone


def _surplus(kept: Chosen, sentences: Sequence[Sentence], extent: Extent) -> set[str]:
    """The phrase to go next where the prose has too many words; none where only required ones are left."""
    if not extent.words or sum(len(item.text.split()) for item in sentences) <= extent.words:
        return set()
    return {least} if (least := _least(kept)) else set()


def _without(paragraph: Paragraph, phrases: set[str]) -> Paragraph:
    taken = {place: phrase for place, phrase in paragraph.taken.items() if phrase.name not in phrases}
    return replace(paragraph, taken=taken)


def _least(kept: Chosen) -> str:
    """The phrase that is missed least: the last of the fullest paragraphs, there the least salient."""
    found = []
    for section, paragraph in kept:
        ranked = _ranked(section, paragraph)
        for rank, place in list(enumerate(ranked))[1 if section.required else 0 :]:
            found.append((rank, -section.choices[place].salience, paragraph.taken[place].name))
    return max(found, default=(0, 0.0, ""))[2]
