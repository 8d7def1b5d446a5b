"""Layouts: which sections a verdict's note may have. ``rules/layouts/<verdict>.toml``, ``rules/theses/*.toml``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from commentary.conditions import Condition, parse
from commentary.errors import AuthoringError, Problem
from commentary.library import Document, Library

T = TypeVar("T", bound=BaseModel)


class SectionFile(BaseModel):
    """One section of a layout. Middle sections are ordered by their evidence, the others stand as listed."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    at: Literal["open", "middle", "late", "apart"] = "middle"
    heading: str = ""
    most: int = 4
    least: int = 1
    required: bool = False
    families: int = 2  # of images that the paragraph may draw on
    when: str = ""


class LayoutFile(BaseModel):
    """Keys of a layout file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    about: str
    middle: int  # how many middle sections at most
    sections: tuple[SectionFile, ...]


class ThesisFile(BaseModel):
    """Keys of a thesis file: the pair of readings that disagree, and when they do."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    about: str
    pair: tuple[str, ...]
    when: str
    salience: str
    verdicts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Thesis:
    """A thesis with its conditions read."""

    name: str
    file: ThesisFile
    when: Condition
    salience: Condition


def load_layouts(library: Library) -> dict[str, LayoutFile]:
    """Layouts by verdict. Raises AuthoringError with all mistakes at once."""
    return {document.name: file for document, file in _validated(library, "rules/layouts", LayoutFile)}


def load_theses(library: Library) -> tuple[Thesis, ...]:
    """Theses in order of name. Raises AuthoringError with all mistakes, ConditionError for an expression."""
    return tuple(
        Thesis(document.name, file, parse(file.when), parse(file.salience))
        for document, file in _validated(library, "rules/theses", ThesisFile)
    )


def _validated(library: Library, folder: str, model: type[T]) -> list[tuple[Document, T]]:
    problems: list[Problem] = []
    found: list[tuple[Document, T]] = []
    for document in library.documents(folder):
        try:
            found.append((document, model.model_validate(document.data)))
        except ValidationError as error:
            problems += [
                Problem(
                    document.place, ".".join(map(str, item["loc"])), repr(item["input"])[:80], item["msg"]
                )
                for item in error.errors()
            ]
    if problems:
        raise AuthoringError(problems)
    return found
