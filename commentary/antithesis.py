"""Antithesis: one thing denied so that another may stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from commentary.prose import words

_DENIED = r"\bnot (?!only)"
_SHORT = r"(?:isn't|wasn't|aren't|weren't|doesn't|didn't)"
_WITHIN = (
    rf"{_DENIED}[^.,;?!]{{2,60}}?,? but\b",  # not a storm but a tide
    rf"{_DENIED}[^.;?!]{{2,60}}?[;—] ?(?:it|this|that|they)\b",  # not a storm; it was a tide
    r",\s*not \s?\w",  # a tide, not a storm
    rf"\b{_SHORT}\b[^.?!]{{2,60}}?(?:;| — ) ?(?:it|they|this)\b",  # wasn't a storm; it was a tide
    r"\bless (?:as|about|a|of)\b[^.]{2,60}?\bmore (?:as|about|a|of)\b",  # less a storm, more a tide
    r"\brather than\b",
    r"\bnot only\b[^.]{2,80}?\bbut\b",
)
_PATTERNS = tuple(re.compile(pattern, re.IGNORECASE) for pattern in _WITHIN)
_DENIES = re.compile(
    r"\b(?:is|was|are|were|did|does|do|can|will)(?: simply| just)? ?(?:not|n't)\b"
    r"|\b(?:isn't|wasn't|aren't|don't|doesn't|didn't|cannot)\b",
    re.IGNORECASE,
)
_ASSERTS = re.compile(r"(?:it|that|this|they|you|the)\b", re.IGNORECASE)
_NEGATED = re.compile(r"\bnot\b|n't\b")
_ANSWER = 14
"""Words of the longest sentence that answers a denial."""


def within(text: str) -> int:
    """Antitheses within the sentences of a text."""
    return sum(len(pattern.findall(text)) for pattern in _PATTERNS)


def across(sentences: Sequence[str]) -> int:
    """Antitheses of two neighbours: a denial, then a short sentence that says what it was instead."""
    return sum(denies(first) and answers(second) for first, second in pairwise(sentences))


def denies(sentence: str) -> bool:
    """Whether a sentence says what something is not."""
    return bool(_DENIES.search(sentence))


def answers(sentence: str) -> bool:
    """Whether a sentence may say what it is instead."""
    return (
        bool(_ASSERTS.match(sentence)) and not _NEGATED.search(sentence) and len(words(sentence)) <= _ANSWER
    )
