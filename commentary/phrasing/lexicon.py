"""The phrase bank: ``templates/phrases/<section>/<message>.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from commentary.authored import STRICT, validated
from commentary.library import Document, Library
from commentary.shapes import dataclass

FOLDER = "templates/phrases"

FAMILIES = (
    "none", "fire", "water", "machine", "house", "war", "body", "theatre", "person", "game", "road", "weather",
    "garden", "crowd", "shop", "court", "school", "parliament", "kitchen", "diary", "kin", "animals", "music",
    "trade", "sleep",
)  # fmt: skip
"""Families of images. A phrase names the one it draws on, or none."""

CLASHES = (frozenset({"fire", "water"}), frozenset({"garden", "war"}), frozenset({"theatre", "machine"}))
"""Families that never share a paragraph."""


@dataclass(frozen=True)
class ExampleFile:
    """A set of readings and the exact sentence that they give."""

    __pydantic_config__ = STRICT

    readings: Mapping[str, float | str]
    text: str


@dataclass(frozen=True)
class PhraseFile:
    """Keys of one phrase."""

    __pydantic_config__ = STRICT

    id: str
    text: str
    when: str = ""
    tier: Literal["signature", "frame", "fact", "stable"] = "frame"
    family: str = "none"
    device: Literal[
        "plain", "antithesis", "simile", "question", "aphorism", "triad", "callback", "contrast", "definition"
    ] = "plain"  # fmt: skip
    examples: tuple[ExampleFile, ...] = ()
    claims: tuple[str, ...] = ()


@dataclass(frozen=True)
class PhrasesFile:
    """A file of phrases, all of one message."""

    __pydantic_config__ = STRICT

    phrases: tuple[PhraseFile, ...]


@dataclass(frozen=True)
class Phrase:
    """A wording: ``name`` is ``section/message#id``."""

    name: str
    message: str
    file: PhraseFile


@dataclass(frozen=True)
class Lexicon:
    """Phrases by message, in the order of their files."""

    phrases: Mapping[str, tuple[Phrase, ...]]

    def of(self, message: str) -> tuple[Phrase, ...]:
        """Wordings of a message; none where nobody has written one."""
        return self.phrases.get(message, ())


def load_lexicon(library: Library) -> Lexicon:
    """Read the bank. Raises AuthoringError with every mistake of every file."""
    files = validated(library.documents(FOLDER), PhrasesFile)
    return Lexicon({(message := _message(document)): _phrases(message, file) for document, file in files})


def _message(document: Document) -> str:
    return f"{document.folder}/{document.name}"


def _phrases(message: str, file: PhrasesFile) -> tuple[Phrase, ...]:
    return tuple(Phrase(f"{message}#{entry.id}", message, entry) for entry in file.phrases)
