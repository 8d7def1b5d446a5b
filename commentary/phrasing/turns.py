"""Antithesis: how often a note may deny one thing to say another. A turn that comes too often turns nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from commentary.phrasing.lexicon import Phrase

_TURN = re.compile(
    r"\bnot (?!only)[^.,;?!]{2,60}?,? but\b|,\s*not \w|\brather than\b|\bnot only\b"
    r"|\bless (?:as|about|a|of)\b[^.]{2,60}?\bmore (?:as|about|a|of)\b",
    re.IGNORECASE,
)


def turns(phrases: Iterable[Phrase]) -> int:
    """Phrases with an antithesis, said to be one or not."""
    return sum(phrase.file.device == "antithesis" or _turns(phrase.file.text) for phrase in phrases)


@cache
def _turns(text: str) -> bool:
    return bool(_TURN.search(text))
