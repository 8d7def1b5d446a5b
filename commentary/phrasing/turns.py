"""Antithesis: how often a note may deny one thing to say another. A turn that comes too often turns nothing."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from commentary.antithesis import within
from commentary.phrasing.lexicon import Phrase


def turns(phrases: Iterable[Phrase]) -> int:
    """Phrases with an antithesis, said to be one or not."""
    return sum(phrase.file.device == "antithesis" or _turns(phrase.file.text) for phrase in phrases)


@cache
def _turns(text: str) -> bool:
    return within(text) > 0
