"""Layouts: which sections a verdict's note may have. ``rules/layouts/<verdict>.toml``, ``rules/theses/*.toml``."""

from __future__ import annotations

from typing import Literal

from commentary.authored import STRICT, validated
from commentary.condition_writing import ConditionError
from commentary.conditions import Condition, parse
from commentary.errors import AuthoringError, Problem
from commentary.library import Library
from commentary.shapes import dataclass


@dataclass(frozen=True)
class SectionFile:
    """One section of a layout. Middle sections are ordered by their evidence, the others stand as listed."""

    __pydantic_config__ = STRICT

    name: str
    at: Literal["open", "middle", "late", "apart"] = "middle"
    heading: str = ""
    most: int = 4
    least: int = 1  # messages
    words: int = 0  # the least of these, too: a few by themselves make no paragraph
    required: bool = False
    families: int = 2  # of images that the paragraph may draw on
    every: bool = (
        False  # every message is printed, in the order of the desk's entries; ``most`` does not hold
    )
    joined: Literal["", "always", "short"] = (
        ""  # stands in the paragraph of the section before it; short: a sentence
    )
    # alone does, after whatever was printed last
    when: str = ""
    of: str = ""  # folder of its messages, where that has another name than the section


@dataclass(frozen=True)
class LayoutFile:
    """Keys of a layout file."""

    __pydantic_config__ = STRICT

    about: str
    middle: int  # how many middle sections at most
    sections: tuple[SectionFile, ...]


@dataclass(frozen=True)
class ThesisFile:
    """Keys of a thesis file: the pair of readings that disagree, and when they do.

    ``subjects``: by which a message speaks of it, where these are not those of the pair.
    """

    __pydantic_config__ = STRICT

    about: str
    pair: tuple[str, ...]
    when: str
    salience: str
    verdicts: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()


@dataclass(frozen=True)
class Thesis:
    """A thesis with its conditions read."""

    name: str
    file: ThesisFile
    when: Condition
    salience: Condition


def load_layouts(library: Library) -> dict[str, LayoutFile]:
    """Layouts by verdict. Raises AuthoringError with all mistakes at once."""
    return {
        document.name: file for document, file in validated(library.documents("rules/layouts"), LayoutFile)
    }


def load_theses(library: Library) -> tuple[Thesis, ...]:
    """Theses in order of name. Raises AuthoringError with all mistakes at once."""
    problems: list[Problem] = []
    theses: list[Thesis] = []
    for document, file in validated(library.documents("rules/theses"), ThesisFile):
        try:
            theses.append(Thesis(document.name, file, parse(file.when), parse(file.salience)))
        except ConditionError as error:
            key = "when" if error.source == file.when else "salience"
            problems.append(Problem(document.place, key, error.source, error.reason))
    if problems:
        raise AuthoringError(problems)
    return tuple(theses)
