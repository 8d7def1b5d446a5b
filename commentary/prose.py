"""Running text as words and sentences, the same wherever a text is measured."""

from __future__ import annotations

import re
from collections.abc import Iterator

_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"'})
_CLOSERS = "\"')]"
_BREAK = re.compile(r"[.!?](?=[\"')\]]*\s+[\"'(\[]?[A-Z0-9$])")
_SHORTENED = re.compile(
    r"\b(?:Mrs?|Ms|[DS]t|Dr|Inc|Ltd|Corp?|vs|No|Jan|Feb|Mar|Apr|Ju[nl]|Aug|Sept?|Oct|Nov|Dec|approx"
    r"|U\.[SK]|E\.U|[ap]\.m|e\.g|i\.e)\Z"
)
_SILENT = re.compile(r"(?:([^laeiouy])es|([^laeiouytd])ed|([^laeiouy])e)\Z")
_VOWELS = re.compile(r"[aeiouy]{1,2}")
_LONGEST = 8
"""Letters to look back over: the longest of them, and one before it."""

_WORD = re.compile(
    r"\$?\d[\d,]*(?:\.\d+)?(?:%|bps?|[kKmMbBtT]n?)?"  # a figure with its sign of money, per cent or magnitude
    r"|[A-Za-z]+(?:[&'.-][A-Za-z0-9]+)*'?"  # a word: S&P, Friday's, two-year, U.S, years'
)
_SPELT = (
    "two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty hundred hundreds thousand "
    "thousands million millions billion billions trillion trillions half twice double triple"
)
_FIGURES = frozenset(_SPELT.split())

CONTRASTS = (
    "rather than", "on the other hand", "even so", "even if", "but", "yet", "however", "instead", "although",
    "though", "while", "whereas", "despite", "nevertheless", "nonetheless", "still", "paradoxically",
)  # fmt: skip
"""Words that turn a sentence against what came before."""

_CONTRASTS = re.compile(rf"\b(?:{'|'.join(sorted(CONTRASTS, key=len, reverse=True))})\b")


def straight(text: str) -> str:
    """The text with typewriter's quotes, and every dash that parts clauses as one between blanks."""
    return text.translate(_STRAIGHT).replace("—", " — ").replace(" – ", " — ").strip()


def sentences(paragraph: str) -> tuple[str, ...]:
    """Sentences of a paragraph of straight text; what holds no letter and no digit is none."""
    return tuple(part for part in _parts(paragraph) if re.search(r"\w", part))


def words(sentence: str) -> tuple[str, ...]:
    """Words and figures, as written. Of an ordinal in digits the ending is a word of its own."""
    return tuple(_WORD.findall(sentence))


def is_figure(word: str) -> bool:
    """Whether a word is a number, in digits or spelt out (from two on: one is a pronoun more often)."""
    return word.lower() in _FIGURES or any(letter.isdigit() for letter in word)


def contrasts(lower: str) -> int:
    """Contrast words in a text of small letters."""
    return len(_CONTRASTS.findall(lower))


def _parts(paragraph: str) -> Iterator[str]:
    start = 0
    for match in _BREAK.finditer(paragraph):
        if match[0] == "." and _SHORTENED.search(paragraph[max(match.start() - _LONGEST, 0) : match.start()]):
            continue
        end = match.end()
        while paragraph[end] in _CLOSERS:
            end += 1
        yield paragraph[start:end].strip()
        start = end
    yield paragraph[start:].strip()


def syllables(word: str) -> int:
    """Groups of one or two vowels, silent endings aside; one at least, so for every figure."""
    letters = re.sub(r"[^a-z]", "", word.lower())
    if len(letters) <= 3:
        return 1
    spoken = _SILENT.sub(lambda match: match[1] or match[2] or match[3], letters).removeprefix("y")
    return max(1, len(_VOWELS.findall(spoken)))
