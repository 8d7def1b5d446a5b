"""Authors' TOML files as data classes: every mistake of every file at once, each with its file and key.

Pydantic holds the files to the classes' annotations. It is loaded here, when a file is read: a run whose files
have been found right before does without.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from commentary.errors import AuthoringError, Problem
from commentary.library import Document

if TYPE_CHECKING:
    from pydantic import TypeAdapter
    from pydantic_core import ErrorDetails

T = TypeVar("T")

STRICT = {"extra": "forbid"}
"""``__pydantic_config__`` of a class that takes no other keys than its own."""


def validated(documents: Iterable[Document], model: type[T]) -> list[tuple[Document, T]]:
    """Each document as its data class. Raises AuthoringError with all that is wrong in any of them."""
    from pydantic import ValidationError

    problems: list[Problem] = []
    found: list[tuple[Document, T]] = []
    for document in documents:
        try:
            found.append((document, made(model, document.data)))
        except ValidationError as error:
            problems += _problems(document.place, error.errors(), model)
    if problems:
        raise AuthoringError(problems)
    return found


def made(model: type[T], data: Mapping[str, Any]) -> T:
    """A data class from the keys of a file. Raises pydantic.ValidationError with all that is wrong."""
    kind: Any = model
    adapter: TypeAdapter[T] = _adapter(kind)
    return adapter.validate_python(data)


@cache
def _adapter(model: Any) -> TypeAdapter[Any]:
    from pydantic import TypeAdapter

    return TypeAdapter(model)


def _problems(place: str, errors: Iterable[ErrorDetails], model: type[Any]) -> Iterator[Problem]:
    for item in errors:
        got = "nothing" if item["type"] == "missing" else repr(item["input"])[:80]
        yield Problem(place, ".".join(map(str, item["loc"])), got, _wanted(item, model))


def _wanted(item: ErrorDetails, model: type[Any]) -> str:
    if item["type"] != "unexpected_keyword_argument":
        return item["msg"]
    if len(item["loc"]) > 1:
        return "Extra inputs are not permitted"
    keys = [field.name for field in fields(model)]
    return f"one of {', '.join(keys)}{meant(str(item['loc'][-1]), keys)}"


def meant(got: str, known: Iterable[str]) -> str:
    """A hint at the nearest known name; nothing where none is near."""
    import difflib

    close = difflib.get_close_matches(got, sorted(known), n=1)
    return f"; did you mean {close[0]!r}?" if close else ""
