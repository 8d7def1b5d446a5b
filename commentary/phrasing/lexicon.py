"""The phrase bank: ``templates/phrases/<section>/<message>.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from commentary.errors import AuthoringError, Problem
from commentary.library import Document, Library

FOLDER = "templates/phrases"

FAMILIES = (
    "none", "fire", "water", "machine", "house", "war", "body", "theatre", "person", "game", "road", "weather",
    "garden", "crowd", "shop", "court", "school", "parliament", "kitchen", "diary", "kin", "animals", "music",
    "trade", "sleep",
)  # fmt: skip
"""Families of images. A phrase names the one it draws on, or none."""

CLASHES = (frozenset({"fire", "water"}), frozenset({"garden", "war"}), frozenset({"theatre", "machine"}))
"""Families that never share a paragraph."""


class ExampleFile(BaseModel):
    """A set of readings and the exact sentence that they give."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    readings: Mapping[str, float | str]
    text: str


class PhraseFile(BaseModel):
    """Keys of one phrase."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    text: str
    when: str = ""
    tier: Literal["signature", "frame", "fact"] = "frame"
    family: str = "none"
    device: Literal[
        "plain", "antithesis", "simile", "question", "aphorism", "triad", "callback", "contrast", "definition"
    ] = "plain"  # fmt: skip
    examples: tuple[ExampleFile, ...] = ()


class PhrasesFile(BaseModel):
    """A file of phrases, all of one message."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    phrases: tuple[PhraseFile, ...]


@dataclass(frozen=True, slots=True)
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
    problems: list[Problem] = []
    phrases: dict[str, tuple[Phrase, ...]] = {}
    for document in library.documents(FOLDER):
        message = f"{document.path.parent.name}/{document.name}"
        try:
            phrases[message] = _phrases(document, message)
        except ValidationError as error:
            problems += [
                Problem(
                    document.place, ".".join(map(str, item["loc"])), repr(item["input"])[:80], item["msg"]
                )
                for item in error.errors()
            ]
    if problems:
        raise AuthoringError(problems)
    return Lexicon(phrases)


def _phrases(document: Document, message: str) -> tuple[Phrase, ...]:
    file = PhrasesFile.model_validate(document.data)
    return tuple(Phrase(f"{message}#{entry.id}", message, entry) for entry in file.phrases)
