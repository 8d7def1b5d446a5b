"""How much of a note a faithful reader has read before: sentences, runs of words, phrases before their rest is over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from commentary.evaluation.shares import Share, share
from commentary.prose import is_figure, sentences, straight, words
from commentary.shapes import dataclass

RUN = 5
MASK = "#"

RESTS = {"signature": (20, 12), "frame": (10, 4), "fact": (6, 0)}
"""Rest of a phrase by tier: sessions, and notes of the same verdict."""

IMAGE = 250
"""Sessions for which a signature line with an image rests."""

Masked = tuple[str, ...]
"""A sentence in small letters, its figures masked."""


@dataclass(frozen=True)
class Spoken:
    """A phrase as printed: its tier, and whether it carries an image."""

    phrase: str
    tier: str
    image: bool = False


@dataclass(frozen=True)
class Printed:
    """What one note printed, under which verdict, in which session by running number."""

    session: int
    label: str
    phrases: tuple[Spoken, ...]


def masked(paragraphs: Iterable[str]) -> tuple[Masked, ...]:
    """Sentences of a note's prose, words in small letters, every number the same."""
    found = (sentence for paragraph in paragraphs for sentence in sentences(straight(paragraph)))
    return tuple(
        tuple(MASK if is_figure(word) else word.lower() for word in words(sentence)) for sentence in found
    )


def repeated(notes: Sequence[Sequence[Masked]], back: int) -> Share:
    """Sentences that one of the ``back`` notes before has word for word, over all.

    ``notes`` are in order; the first that have fewer before them are not counted.
    """
    return share(known for _, known in _known(notes, back))


def shared_runs(notes: Sequence[Sequence[Masked]], back: int) -> tuple[Share, Counter[Masked]]:
    """Runs of five words within a sentence that one of the ``back`` notes before has too, over all; how often each."""
    runs = [[run for sentence in note for run in _runs(sentence)] for note in notes]
    found = list(_known(runs, back))
    return share(known for _, known in found), Counter(run for run, known in found if known)


def broken_rests(notes: Sequence[Printed]) -> list[tuple[int, str]]:
    """Session and phrase of every use before its rest was over, in order; ``notes`` are oldest first.

    A phrase rests for its sessions and for its notes of the same verdict, whichever ends later.
    """
    return [
        (note.session, spoken.phrase)
        for place, note in enumerate(notes)
        for spoken in dict.fromkeys(note.phrases)
        if _rests(spoken, note, notes[:place])
    ]


def _known(notes: Sequence[Sequence[Masked]], back: int) -> Iterator[tuple[Masked, bool]]:
    """Each part of each note that has ``back`` others before it, and whether one of those has it."""
    for place in range(back, len(notes)):
        before = {part for note in notes[place - back : place] for part in note}
        yield from ((part, part in before) for part in notes[place])


def _rests(spoken: Spoken, note: Printed, before: Sequence[Printed]) -> bool:
    sessions, uses = RESTS[spoken.tier]
    if spoken.tier == "signature" and spoken.image:
        sessions = IMAGE
    alike = [each for each in before if each.label == note.label]
    lately = [each for each in before if note.session - each.session <= sessions]
    lately += alike[len(alike) - min(uses, len(alike)) :]
    return any(spoken.phrase == said.phrase for each in lately for said in each.phrases)


def _runs(sentence: Masked) -> list[Masked]:
    return [sentence[place : place + RUN] for place in range(len(sentence) - RUN + 1)]
