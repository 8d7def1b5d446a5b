"""Authors' TOML files as models: every mistake of every file at once, each with its file and key."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from commentary.errors import AuthoringError, Problem
from commentary.library import Document

T = TypeVar("T", bound=BaseModel)


def validated(documents: Iterable[Document], model: type[T]) -> list[tuple[Document, T]]:
    """Each document with its model. Raises AuthoringError with all that is wrong in any of them."""
    problems: list[Problem] = []
    found: list[tuple[Document, T]] = []
    for document in documents:
        try:
            found.append((document, model.model_validate(document.data)))
        except ValidationError as error:
            problems += _problems(document.place, error, model)
    if problems:
        raise AuthoringError(problems)
    return found


def _problems(place: str, error: ValidationError, model: type[BaseModel]) -> Iterator[Problem]:
    for item in error.errors():
        got = "nothing" if item["type"] == "missing" else repr(item["input"])[:80]
        yield Problem(place, ".".join(map(str, item["loc"])), got, _wanted(item, model))


def _wanted(item: ErrorDetails, model: type[BaseModel]) -> str:
    if item["type"] != "extra_forbidden" or len(item["loc"]) > 1:
        return item["msg"]
    keys = list(model.model_fields)
    return f"one of {', '.join(keys)}{meant(str(item['loc'][-1]), keys)}"


def meant(got: str, known: Iterable[str]) -> str:
    """A hint at the nearest known name; nothing where none is near."""
    close = difflib.get_close_matches(got, sorted(known), n=1)
    return f"; did you mean {close[0]!r}?" if close else ""
