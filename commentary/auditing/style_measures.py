"""Every measure of style, by name, with what it counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from statistics import mean, pstdev

from commentary.antithesis import across, within
from commentary.auditing import style_variety as variety
from commentary.auditing.style_text import Text
from commentary.auditing.style_words import images, modals
from commentary.prose import contrasts, is_figure, words
from commentary.shapes import dataclass

KICKER = 12
"""Words of the longest sentence that kicks."""

HEADLINE = "title"
"""Section whose sentences are no prose."""


@dataclass(frozen=True)
class Measure:
    """What a row is called, how many decimals it prints, and how it is counted: None where it cannot be."""

    title: str
    decimals: int
    count: Callable[[Text], float | None]


@dataclass(frozen=True)
class Declared:
    """Images as the phrases of a note declare them: sentences with one, most families in a sentence, in a paragraph."""

    sentences: int
    in_sentence: int
    in_paragraph: int


def declared(trace: Iterable[tuple[str, str]]) -> Declared:
    """Images of a note from section and family of its sentences: one for each sentence of prose that declares a family.

    A section is a paragraph.
    """
    found: dict[str, list[str]] = {}
    for section, family in trace:
        if family != "none" and section != HEADLINE:
            found.setdefault(section, []).append(family)
    most = max((len(set(families)) for families in found.values()), default=0)
    return Declared(sum(map(len, found.values())), min(most, 1), most)


def measured(text: Text, known: Declared | None) -> dict[str, float | None]:
    """Every measure of a text that has sentences, rounded as it is printed.

    Where images are declared, ``figurative`` and families are as declared; ``figurative_lexicon`` never is.
    """
    found = {name: measure.count(text) for name, measure in MEASURES.items()}
    if known is not None:
        found["figurative"] = 100 * known.sentences / len(text.words)
        found["families_in_sentence"] = known.in_sentence
        found["families_in_paragraph"] = known.in_paragraph
    return {
        name: None if value is None else round(value, MEASURES[name].decimals)
        for name, value in found.items()
    }


def _share_of_sentences(holds: Callable[[int], bool]) -> Callable[[Text], float]:
    return lambda text: 100 * sum(map(holds, text.lengths)) / len(text.lengths)


def _per_hundred(count: Callable[[Text], int]) -> Callable[[Text], float]:
    return lambda text: 100 * count(text) / len(text.words)


def _antitheses(text: Text) -> int:
    return within("\n\n".join(text.paragraphs)) + across(text.sentences)


def _lexicon(text: Text) -> int:
    return sum(images(text.lower).values())


def _families(parts: Iterable[str]) -> int:
    return max((len(images(part.lower())) for part in parts), default=0)


def _lower(text: Text) -> tuple[str, ...]:
    return tuple(word.lower() for word in text.words)


def _kickers(text: Text) -> float | None:
    """Of paragraphs of two sentences or more, those whose last has at most 12 words."""
    last = [len(words(paragraph[-1])) for paragraph in text.split if len(paragraph) > 1]
    return 100 * sum(length <= KICKER for length in last) / len(last) if last else None


MEASURES: Mapping[str, Measure] = {
    "words": Measure("words", 0, lambda text: len(text.words)),
    "sentence_length": Measure("mean sentence length", 1, lambda text: mean(text.lengths)),
    "spread": Measure("sd ÷ mean of it", 2, lambda text: pstdev(text.lengths) / mean(text.lengths)),
    "under_6": Measure("sentences < 6 words, %", 0, _share_of_sentences(lambda length: length < 6)),
    "up_to_10": Measure("sentences ≤ 10 words, %", 0, _share_of_sentences(lambda length: length <= 10)),
    "over_30": Measure("sentences > 30 words, %", 0, _share_of_sentences(lambda length: length > 30)),
    "figures": Measure("numbers per 100 words", 2, _per_hundred(lambda text: sum(map(is_figure, text.words)))),
    "hedges": Measure("modal hedges per 100", 2, _per_hundred(lambda text: modals(text.lower))),
    "contrasts": Measure("contrast words per 100", 2, _per_hundred(lambda text: contrasts(text.lower))),
    "figurative": Measure("figurative per 100", 2, _per_hundred(_lexicon)),
    "figurative_lexicon": Measure("figurative per 100, by lexicon", 2, _per_hundred(_lexicon)),
    "families_in_sentence": Measure("families in a sentence", 0, lambda text: _families(text.sentences)),
    "families_in_paragraph": Measure("families in a paragraph", 0, lambda text: _families(text.paragraphs)),
    "antithesis": Measure(
        "antithesis per 100 sentences", 1, lambda text: 100 * _antitheses(text) / len(text.sentences)
    ),
    "kickers": Measure("paragraphs ending in a kicker, %", 0, _kickers),
    "mattr": Measure("MATTR100", 3, lambda text: variety.mattr(_lower(text))),
    "mtld": Measure("MTLD", 0, lambda text: variety.mtld(_lower(text))),
    "repeated": Measure("repeated 4-grams, %", 2, lambda text: 100 * variety.repeated(text.by_sentence)),
    "flesch": Measure("Flesch", 1, variety.flesch),
}  # fmt: skip
"""Measures in the order of every table."""

UNHELD = frozenset({"figurative_lexicon"})
"""Measures that are shown beside others and held to no band of their own."""
