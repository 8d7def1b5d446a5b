"""Articles and agreement, looked at in samples: with usual figures, and with figures spoken with a vowel first."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from commentary.linting.bench import Bench, Entry
from commentary.linting.doubts import Doubt
from commentary.linting.samples import USUAL, VOWEL, MadeUp
from commentary.model import Sentence
from commentary.phrasing.references import Naming

ARTICLE = "articles"
AGREEMENT = "agreement in number"
LENGTH = "sentences that are too long"

LONGEST = 35
"""Words of a sentence, its figures and names counted as they are read."""

_ARTICLE = re.compile(r"\b([Aa]n?) ([\w&’'.-]+)")
_CONSONANT = re.compile(r"(?:one|once|uni(?!n)|use|usual|util|u\.s|eu|ubiq)", re.IGNORECASE)
"""Words written with a vowel first and spoken with none."""
_SILENT = re.compile(r"(?:hour|honest|honor|heir)", re.IGNORECASE)
_SPELT = re.compile(r"(?:[FHLMNRSX](?:&|[A-Z]*\b(?<!SPY)(?<!MOVE)(?<!SKEW)(?<!Fed)))")
"""Abbreviations read letter by letter whose first letter is spoken with a vowel: an S&P."""
_VOWEL_FIGURE = re.compile(r"(?:8|11\b|18\b|8\d)")

_SINGULAR, _PLURAL = ("was", "is", "has", "does"), ("were", "are", "have", "do")
_OPENING = re.compile(
    r"(?:^|[,:;.?“] |\b(?:while|but|when|because|that|though|although|where|if|so|yet|since|until|unless|then|again)) "
    r"?(?:the )?$",
    re.IGNORECASE,
)
"""Before a name that is the subject of what follows."""


_APART = re.compile(r",|\bif (?:the )?$", re.IGNORECASE)
"""Before the last of several subjects, or one of which something is only supposed: "if gold were"."""


def samples(bench: Bench, entry: Entry) -> list[Sentence]:
    """Sentences of a phrase with usual figures and with vowels; lists as long as they must be, and longer."""
    found: list[Sentence] = []
    for usual, more in ((USUAL, 1), (VOWEL, 0)):
        members = {
            name: tuple(held.members)[: _fewest(bench, entry, name) + more]
            for name, held in entry.message.lists.items()
        }
        found += bench.maker.sample(entry.phrase, entry.message, MadeUp(bench.specs, usual), members)
    return found


def _fewest(bench: Bench, entry: Entry, name: str) -> int:
    """Members that a list must have for the phrase to be said."""
    low, _ = bench.left(entry, kin=False).of(f"{name}.count")
    return max(math.ceil(low), 1) if math.isfinite(low) else 1


def mistakes(bench: Bench, entries: Iterable[Entry]) -> Iterator[Doubt]:
    """What a reader would stumble over: articles, number, length."""
    names = _numbers(bench.bank.names)
    for entry in entries:
        for sentence in samples(bench, entry):
            for kind, got, wanted in (*_articles(sentence.text), *_agreement(sentence.text, names)):
                yield Doubt(kind, entry.place, entry.key, f"{got}: {sentence.text!r}", wanted)
            if len(sentence.text.split()) > LONGEST:
                got = f"{len(sentence.text.split())} words: {sentence.text!r}"
                yield Doubt(LENGTH, entry.place, entry.key, got, f"at most {LONGEST}")


def _articles(text: str) -> Iterator[tuple[str, str, str]]:
    for match in _ARTICLE.finditer(text):
        wanted = "an" if spoken_with_vowel(match[2]) else "a"
        if match[1].lower() != wanted:
            yield ARTICLE, repr(match[0]), f"{wanted} {match[2]}"


def spoken_with_vowel(word: str) -> bool:
    """Whether a word or figure is spoken with a vowel first."""
    if word[0].isdigit():
        return bool(_VOWEL_FIGURE.match(word))
    if _SPELT.match(word) and (word.isupper() or "&" in word):
        return True
    if _SILENT.match(word):
        return True
    return word[0].lower() in "aeiou" and not _CONSONANT.match(word)


def _agreement(text: str, names: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    for match in _pattern(tuple(names)).finditer(text):
        number, verb = names[match[1].lower()], match[2]
        before = text[: match.start()]
        if not _OPENING.search(before):
            continue
        if number == "plural" and verb in _SINGULAR and match[1].endswith("s"):  # "value" is either
            yield AGREEMENT, repr(match[0]), f"{match[1]} {_PLURAL[_SINGULAR.index(verb)]}"
        if number == "singular" and verb in _PLURAL and not _APART.search(before):
            yield AGREEMENT, repr(match[0]), f"{match[1]} {_SINGULAR[_PLURAL.index(verb)]}"


@cache
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    every = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    verbs = "|".join((*_SINGULAR, *_PLURAL))
    return re.compile(rf"(?<![\w-])({every}) ({verbs})\b", re.IGNORECASE)


def _numbers(names: Mapping[str, Naming]) -> Mapping[str, str]:
    """Number of each name without its article; of names of both numbers nothing is said."""
    found: dict[str, set[str]] = {}
    for naming in names.values():
        for name in () if naming.long_words else (naming.full, naming.short):
            found.setdefault(re.sub(r"^the ", "", name).lower(), set()).add(naming.number)
    return {name: numbers.pop() for name, numbers in found.items() if len(numbers) == 1}
