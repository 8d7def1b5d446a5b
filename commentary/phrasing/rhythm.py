"""Rhythm: what a draft's sentences count for in the bands of style, kept by paragraph so that one may be exchanged."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise
from math import inf, sqrt
from typing import Protocol

from commentary.antithesis import answers, denies, within
from commentary.extent import STOPS
from commentary.prose import contrasts, is_figure, sentences, straight, syllables, words
from commentary.shapes import dataclass

SHORT, BRIEF, KICK = 6, 10, 12
"""Words of VOICE's short sentences, and of the last sentence of a paragraph that kicks."""

WINDOW = 100
"""Words over which a vocabulary is counted: Covington and McFall, J. Quant. Linguist. 17 (2010)."""


class Limit(Protocol):
    """Least and most that a measure may be."""

    @property
    def least(self) -> float | None: ...
    @property
    def most(self) -> float | None: ...


Limits = Callable[[int, int], Mapping[str, Limit]]
"""From words and sentences of a note to least and most of each measure that it is held to."""

_SLOT = re.compile(r"{{([^}|]*)\|?\s*(\w*).*?}}")
_BRANCH = re.compile(r"{%.*?%}")

SHAPES = {
    "percent": "7 percent", "basis_points": "7 basis points", "points": "7 points", "sigmas": "7 sigmas",
    "weekday": "Tuesday", "month_year": "March 2020", "day_month": "March 5", "full_date": "March 5, 2020",
    "count": "seven", "nth": "seventh", "verb": "are", "names": "gold and silver",
}  # fmt: skip
"""How a reading looks in print, by its format; any other is one figure."""

NAMED, IN_FULL = "stocks", "the index"
"""How a subject looks in print, and by its full name."""


@dataclass(frozen=True)
class Beat:
    """A sentence as it counts."""

    words: tuple[str, ...]
    syllables: int
    figures: int
    contrasts: int
    turns: int  # antitheses within it
    denies: bool
    answers: bool


@dataclass(frozen=True)
class Bar:
    """A paragraph as it counts."""

    beats: tuple[Beat, ...]
    images: int = 0

    @cached_property
    def counts(self) -> tuple[int, ...]:
        """Sentences, words, their squares, sentences of under six and up to ten words, syllables, figures, contrasts,
        turns, images, kickers, paragraphs that may have one."""
        lengths = [len(beat.words) for beat in self.beats]
        many = len(lengths) > 1
        return (
            len(lengths),
            sum(lengths),
            sum(length * length for length in lengths),
            sum(length < SHORT for length in lengths),
            sum(length <= BRIEF for length in lengths),
            sum(beat.syllables for beat in self.beats),
            sum(beat.figures for beat in self.beats),
            sum(beat.contrasts for beat in self.beats),
            sum(beat.turns for beat in self.beats)
            + sum(one.denies and other.answers for one, other in pairwise(self.beats)),
            self.images,
            int(many and lengths[-1] <= KICK),
            int(many),
        )


def bar(texts: Iterable[str], images: int = 0) -> Bar:
    """A paragraph of sentences, halves that a conjunction has joined put together."""
    whole: list[str] = []
    for text in texts:
        if whole and not whole[-1].endswith(STOPS):
            whole[-1] += f" {text}"
        else:
            whole.append(text)
    return Bar(tuple(beat for text in whole for beat in _beats(text)), images)


@lru_cache(maxsize=4096)
def _beats(text: str) -> tuple[Beat, ...]:
    return tuple(map(_beat, sentences(straight(text))))


@lru_cache(maxsize=16384)
def _sounds(word: str) -> tuple[int, bool]:
    return syllables(word), is_figure(word)


def _beat(sentence: str) -> Beat:
    found = tuple(word.lower() for word in words(sentence))
    sounds = [_sounds(word) for word in found]
    return Beat(
        words=found,
        syllables=sum(count for count, _ in sounds),
        figures=sum(figure for _, figure in sounds),
        contrasts=contrasts(sentence.lower()),
        turns=within(sentence),
        denies=denies(sentence),
        answers=answers(sentence),
    )


@lru_cache(maxsize=16384)
def outline(template: str) -> str:
    """A wording without its readings: a figure for each that is printed, a name for each that is named."""
    text = _BRANCH.sub("", _SLOT.sub(_shape, template))
    return text[:1].upper() + text[1:]


def _shape(slot: re.Match[str]) -> str:
    if slot[2]:
        return SHAPES.get(slot[2], "7")
    return IN_FULL if slot[1].strip().endswith(".full") else NAMED


@dataclass(frozen=True)
class Rhythm:
    """A note as it counts."""

    bars: Mapping[str, Bar]

    @cached_property
    def counts(self) -> tuple[int, ...]:
        """Sums of those of its paragraphs, and the distinct words of all windows."""
        sums = map(sum, zip(*(each.counts for each in self.bars.values()), strict=True))
        found = [word for each in self.bars.values() for beat in each.beats for word in beat.words]
        return (*sums, distinct(found))


@lru_cache(maxsize=16384)
def words_of(text: str) -> tuple[str, ...]:
    """Words in small letters."""
    return tuple(word.lower() for word in words(straight(text)))


def distinct(found: Sequence[str]) -> int:
    """Distinct words of every window, summed; of a text no longer than one, of the text."""
    last: dict[str, int] = {}
    ends = max(len(found) - WINDOW, 0)
    total = 0
    for place, word in enumerate(found):
        # a word is new in those windows that hold this occurrence and not the one before
        first = max(place - WINDOW, last.get(word, -1)) + 1
        total += max(min(place, ends) - max(first, 0) + 1, 0)
        last[word] = place
    return total


def measures(counts: Sequence[int]) -> dict[str, float]:
    """Measures of style from counts; reading ease is Flesch’s, J. Appl. Psychol. 32 (1948)."""
    number, length, squares, short, brief, sounds, figures, turning, turns, images, kicks, paragraphs, new = (
        counts
    )
    mean = length / number
    return {
        "words": length,
        "sentence_length": mean,
        "spread": sqrt(max(squares / number - mean * mean, 0.0)) / mean,
        "under_6": 100 * short / number,
        "up_to_10": 100 * brief / number,
        "figures": 100 * figures / length,
        "contrasts": 100 * turning / length,
        "figurative": 100 * images / length,
        "antithesis": 100 * turns / number,
        "flesch": 206.835 - 1.015 * mean - 84.6 * sounds / length,
        "kickers": 100 * kicks / paragraphs if paragraphs else 0.0,
        "mattr": new / max(length - WINDOW + 1, 1) / min(length, WINDOW),
    }


@dataclass(frozen=True)
class Scale:
    """What measures are held to: least and most of each, and the limits that they are parts of."""

    bounds: tuple[tuple[str, float, float, float], ...]

    @classmethod
    def of(cls, limits: Mapping[str, Limit], inside: float = 0.0) -> Scale:
        """Limits drawn in by a part."""
        return cls(tuple(_bound(name, limit, inside) for name, limit in limits.items() if name in MEASURED))

    def beyond(self, counts: Sequence[int]) -> float:
        """How far counts lie outside, as parts of the limits."""
        found, total = measures(counts), 0.0
        for name, least, most, unit in self.bounds:
            value = found[name]
            if value < least:
                total += (least - value) / unit
            elif value > most:
                total += (value - most) / unit
        return total


def _bound(name: str, limit: Limit, inside: float) -> tuple[str, float, float, float]:
    least, most = limit.least, limit.most
    return (
        name,
        -inf if least is None else least * (1 + inside),
        inf if most is None else most * (1 - inside),
        least or most or 1.0,
    )


MEASURED = frozenset(measures((1,) * 13))
"""Names of the measures that a draft can be held to."""
