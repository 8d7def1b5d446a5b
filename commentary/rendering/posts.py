"""A note as numbered posts: no sentence is cut, and none is longer than a post."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from commentary.errors import OutputError
from commentary.extent import units
from commentary.model import Sentence
from commentary.rendering.escaping import written

LIMIT = 280
"""Characters of a post, its number among them."""

ROOM = LIMIT - len("99/99 ")
_ENDS = re.compile(r"(?<=[.!?])\s+")


def posts(opening: Sequence[str], paragraphs: Iterable[Sequence[str]], last: Sequence[str]) -> list[str]:
    """Numbered posts: the opening first, then the paragraphs, each text of ``last`` in a post of its own, quoted.

    Raises OutputError for a sentence that no post holds: one of the settings' own, which are not cut short.
    """
    body = _packed([opening]) + _packed(paragraphs)
    tail = [post for text in last for post in _packed([_ENDS.split(text)])]
    count = len(body) + len(tail)
    numbered = [f"{place}/{count} {post}" for place, post in enumerate((*body, *tail), start=1)]
    return [*numbered[: len(body)], *(f"> {post}" for post in numbered[len(body) :])]


def sentences_of(sentences: Sequence[Sentence]) -> list[str]:
    """Whole sentences, the halves of a joined one together."""
    return [" ".join(written(item) for item in unit) for unit in units(sentences)]


def stopped(title: str) -> str:
    """A title as a sentence among others."""
    return title if title.endswith(("?", "!", ".")) else f"{title}."


def _packed(paragraphs: Iterable[Sequence[str]]) -> list[str]:
    """As few posts as hold the sentences in their order; a paragraph that fits into one post is not parted."""
    found: list[str] = []
    for sentences in paragraphs:
        whole = " ".join(sentences)
        parted = [whole] if len(whole) <= ROOM else sentences
        for text in parted:
            if len(text) > ROOM:
                raise OutputError(f"a post holds {ROOM} characters; this sentence has {len(text)}: {text}")
            if found and len(found[-1]) + 1 + len(text) <= ROOM:
                found[-1] += f" {text}"
            else:
                found.append(text)
    return found
