"""The prose of a Markdown text, as its style is measured: what a reader reads from left to right."""

from __future__ import annotations

import re
from functools import cached_property

from commentary.auditing.reader import Page, read
from commentary.prose import sentences, straight, words
from commentary.shapes import dataclass

_STATE = re.compile(r"· confidence (high|moderate|lean)\b")
"""The line of state under a title; ``reader`` has taken its emphasis off."""


@dataclass(frozen=True)
class Text:
    """Paragraphs of straight text."""

    paragraphs: tuple[str, ...]

    @cached_property
    def split(self) -> tuple[tuple[str, ...], ...]:
        """Sentences by paragraph, paragraphs without any left out."""
        return tuple(found for found in map(sentences, self.paragraphs) if found)

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """Sentences in order."""
        return tuple(sentence for paragraph in self.split for sentence in paragraph)

    @cached_property
    def by_sentence(self) -> tuple[tuple[str, ...], ...]:
        """Words by sentence."""
        return tuple(map(words, self.sentences))

    @cached_property
    def lengths(self) -> tuple[int, ...]:
        """Words in each sentence."""
        return tuple(map(len, self.by_sentence))

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Words in order, as written."""
        return tuple(word for sentence in self.by_sentence for word in sentence)

    @cached_property
    def lower(self) -> str:
        """All of it in small letters, paragraphs apart."""
        return "\n\n".join(self.paragraphs).lower()


def prose(markdown: str) -> Text:
    """The prose of a Markdown text: standfirst and paragraphs.

    Left out: front matter, headings, tables and the line under one, captions, block quotes, code, the line of state.
    """
    return prose_of(read(markdown))


def prose_of(page: Page) -> Text:
    """The prose of a text that has been taken apart."""
    found = (block.text for block in page.blocks if block.kind == "prose" and not _STATE.search(block.text))
    return Text(tuple(straight(text) for text in found))


def said_confidence(page: Page) -> str:
    """The word for the confidence that the line of state prints; nothing where there is no such line."""
    found = (_STATE.search(block.text) for block in page.blocks if block.kind == "prose")
    return next((match[1] for match in found if match), "")
