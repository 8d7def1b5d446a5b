"""Exchange: which other wordings of a draft's messages would bring it nearer to its limits, the nearest first."""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from math import floor, log
from operator import add, sub

from commentary.model import Sentence
from commentary.phrasing.lexicon import Phrase
from commentary.phrasing.rhythm import KICK, WINDOW, Scale, bar, outline, words_of
from commentary.phrasing.shorten import Chosen
from commentary.shapes import dataclass

LIKELY = 60
"""Exchanges that are weighed again after each that was made."""

LIKE = 3.0
"""Factor within which gains are alike."""

LEAST = 1e-6
"""What an exchange gains at least."""

TITLE = "title"
"""The section that is no prose."""


@dataclass(frozen=True)
class Swap:
    """Another wording for one place of one paragraph, and what that changes in the counts."""

    paragraph: int
    place: int
    phrase: Phrase
    change: tuple[int, ...]

    def moved(self, counts: Sequence[int]) -> tuple[int, ...]:
        """Counts after the exchange."""
        return tuple(map(add, counts, self.change))


def likely(swaps: Sequence[Swap], counts: Sequence[int], scale: Scale, place: str) -> list[Swap]:
    """The exchanges that gain much, in the order of a keyed hash, then those that gain less.

    Among those of like gain the hash decides, so that a count that differs by little seldom changes what is exchanged.
    """
    cost = scale.beyond(counts)
    gains = [(cost - scale.beyond(swap.moved(counts)), swap) for swap in swaps]
    ranked = sorted(
        (-floor(log(gain, LIKE)), _key(place, swap), number, swap)
        for number, (gain, swap) in enumerate(gains)
        if gain > LEAST
    )
    return [swap for *_, swap in ranked[:LIKELY]]


def _key(place: str, swap: Swap) -> bytes:
    return hashlib.blake2b(f"{place}|{swap.phrase.name}".encode(), digest_size=8).digest()


Others = Callable[[int, int], Sequence[Phrase]]
"""From paragraph and place to the wordings of the message there that may be said today."""


def swaps(
    chosen: Chosen, prose: Sequence[tuple[str, Sentence]], others: Others, *, new: bool
) -> Iterator[Swap]:
    """Every other wording of the messages that are printed, sentence by sentence under the name of their paragraph.

    With ``new`` their words are compared as well.
    """
    many = Counter(name for name, _ in prose)
    last = {item.phrase for name, item in dict(prose).items() if many[name] > 1}
    text = _Text.of([item for _, item in prose] if new else ())
    for number, (section, paragraph) in enumerate(chosen):
        if section.name == TITLE or section.every:
            continue
        for place, phrase in paragraph.taken.items():
            final = phrase.name in last
            before = (*_tally(phrase, final), text.newness(phrase.name, None))
            for other in others(number, place):
                if other.name != phrase.name:
                    after = (*_tally(other, final), text.newness(phrase.name, other))
                    yield Swap(number, place, other, tuple(map(sub, after, before)))


@dataclass(frozen=True)
class _Text:
    """The words of a draft: where each stands, and from where to where each phrase goes."""

    places: Mapping[str, Sequence[int]]
    spans: Mapping[str, tuple[int, int]]
    lines: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, sentences: Sequence[Sentence]) -> _Text:
        places: dict[str, list[int]] = {}
        spans: dict[str, tuple[int, int]] = {}
        lines: dict[str, tuple[str, ...]] = {}
        length = 0
        for item in sentences:
            found = words_of(item.text)
            for place, word in enumerate(found, length):
                places.setdefault(word, []).append(place)
            start = spans.get(item.phrase, (length, length))[0]
            length += len(found)
            spans[item.phrase] = start, length
            lines[item.phrase] = lines.get(item.phrase, ()) + found
        return cls(places, spans, lines)

    def newness(self, name: str, other: Phrase | None) -> int:
        """Distinct words that a phrase brings to the windows of the text, or another in its place."""
        if name not in self.spans:
            return 0
        own = _grouped(words_in(other.file.text) if other else self.lines[name])
        return sum(self._new(word, found, self.spans[name]) for word, found in own)

    def _new(self, word: str, found: Sequence[int], span: tuple[int, int]) -> int:
        """Windows in which a word is new, where it stands at some places of a span and nowhere else in it."""
        start, end = span
        places = self.places.get(word)
        if places is None:
            return _apart((start - WINDOW, *(start + place for place in found)))
        before, after = bisect_left(places, start), bisect_left(places, end)
        previous = places[before - 1] if before else start - WINDOW
        inner = (previous, *(start + place for place in found))
        if after == len(places):
            return _apart(inner)
        return _apart((*inner, max(places[after], inner[-1]))) - min(WINDOW, places[after] - previous)


def _apart(places: Sequence[int]) -> int:
    """Distances from place to place, none above a window."""
    return sum(min(WINDOW, other - place) for place, other in pairwise(places))


@lru_cache(maxsize=16384)
def _grouped(found: Sequence[str]) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """Words with their places."""
    own: dict[str, list[int]] = {}
    for place, word in enumerate(found):
        own.setdefault(word, []).append(place)
    return tuple((word, tuple(places)) for word, places in own.items())


@cache
def words_in(template: str) -> tuple[str, ...]:
    """Words of a wording without its readings, in small letters."""
    return words_of(outline(template))


def _tally(phrase: Phrase, final: bool) -> tuple[int, ...]:
    """Counts of a wording by itself, and as the last of a paragraph."""
    return _counts(phrase.file.text, phrase.file.family != "none", final)


@cache
def _counts(template: str, image: bool, final: bool) -> tuple[int, ...]:
    found = bar([outline(template)])
    kicks = final and bool(found.beats) and len(found.beats[-1].words) <= KICK
    return (*found.counts[:9], len(found.beats) if image else 0, int(kicks), 0)
