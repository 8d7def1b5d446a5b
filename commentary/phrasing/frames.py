"""Runs of five words that a phrase's text prints whatever its slots hold: what a reader hears again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

RUN = 5
"""Words: VOICE counts runs of so many that a note shares with those before it."""

WITHIN = 4
"""Words: the runs that one note does not say twice."""

MASK = "#"
"""Stands for any figure."""

UNITS = {
    "percent": "percent", "whole_percent": "percent", "yield_level": "percent", "basis_points": "basis points",
    "sigmas": "sigma", "points": "points",
}  # fmt: skip
"""Formats whose figure has a word behind it."""

_SLOT = re.compile(r"{{[^}|]*(?:\|\s*(\w+)[^}]*)?}}")
_STOP = re.compile(r"[.!?](?=\s|$)|\x00")
_WORD = re.compile(r"#|[A-Za-z0-9]+(?:[&'’.-][A-Za-z0-9]+)*")


@cache
def runs(text: str, length: int = RUN) -> frozenset[tuple[str, ...]]:
    """Every run of so many words of a phrase's text, in small letters; figures are MASK, names break it."""
    return frozenset(_runs(text, length))


def _runs(text: str, length: int) -> Iterator[tuple[str, ...]]:
    for part in _STOP.split(_SLOT.sub(_shown, text)):
        words = [MASK if any(map(str.isdigit, word)) else word.lower() for word in _WORD.findall(part)]
        yield from zip(*(words[start:] for start in range(length)), strict=False)


def _shown(slot: re.Match[str]) -> str:
    form = slot[1]
    if form is None or form in ("names", "verb"):
        return " \x00 "
    return f" {MASK} {UNITS.get(form, '')} "
