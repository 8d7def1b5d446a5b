"""Reads rule files and expressions, collecting every mistake instead of stopping at the first."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from pydantic import BaseModel

from commentary.condition_writing import ConditionError
from commentary.conditions import Condition, parse
from commentary.errors import Problem
from commentary.library import Document, Library
from commentary.rulebook.gates import Gate
from commentary.rulebook.schema import validated

Model = TypeVar("Model", bound=BaseModel)
Parsed = TypeVar("Parsed", Condition, Gate)


class Parser:
    """Documents of a library by place, and the problems found in them so far."""

    def __init__(self, library: Library) -> None:
        self.problems: list[Problem] = []
        self.documents: dict[str, Document] = {
            document.place: document for document in library.documents("rules")
        }

    def problem(self, place: str, key: str, got: str, wanted: str) -> None:
        """Note one mistake."""
        self.problems.append(Problem(place, key, got, wanted))

    def file(self, place: str, model: type[Model]) -> Model | None:
        """A file as its model; None, with the problems noted, where it is missing or wrong."""
        document = self.documents.get(place)
        if document is None:
            self.problem(place, "(file)", "no file", "rules that every verdict needs")
            return None
        return validated(model, place, document.data, self.problems)

    def parsed(self, place: str, key: str, source: str, parse_as: Callable[[str], Parsed]) -> Parsed | None:
        """An expression parsed; None, with the problem noted, where it is not one."""
        try:
            return parse_as(source)
        except ConditionError as error:
            self.problem(place, key, repr(source), f"an expression: {error.reason} at column {error.column}")
        except ValueError as error:
            self.problem(place, key, repr(source), str(error))
        return None

    def condition(self, place: str, key: str, source: str) -> Condition:
        """An expression parsed, or a constant in its place with the problem noted."""
        return self.parsed(place, key, source, parse) or parse("0")
