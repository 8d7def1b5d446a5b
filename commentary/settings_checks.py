"""Checks of ``commentary.toml`` that name every mistake at once, and never show a secret."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from commentary.errors import AuthoringError, Problem

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

Model = TypeVar("Model", bound=BaseModel)

SECRET = re.compile(r"passw(or)?d|passwd|passphrase|secret|token|credential|api_?key", re.IGNORECASE)
_ADDRESS = re.compile(r"[^\s@<>]+@[^\s@<>]+")
_EDITION = re.compile(r"[a-z][a-z0-9_]*")
_SECTION = re.compile(r"[^/\\\s][^\\\s]*(?<!/)")


def checked(model: type[Model], data: Mapping[str, Any], file: str) -> Model:
    """The data as the model. Raises AuthoringError with every mistake, each with file and key.

    Types are JSON's: text is no number and no flag.
    """
    problems = [_secret_problem(file, key) for key in _secrets(data)]
    clean = _without_secrets(data)
    problems += [Problem(file, key, repr(value), wanted) for key, value, wanted in _misfits(clean)]
    try:
        found = model.model_validate_json(json.dumps(clean, default=_dated), strict=True)
    except ValidationError as error:
        problems += [_problem(model, file, item) for item in error.errors()]
    if problems:
        raise AuthoringError(sorted(problems, key=lambda problem: problem.key))
    return found


def _dated(value: object) -> dict[str, str]:
    """TOML's dates and times, which no key takes, as something that no key takes."""
    return {type(value).__name__: str(value)}


def _secrets(data: Mapping[str, Any], above: str = "") -> Iterator[str]:
    for key, value in data.items():
        if isinstance(value, Mapping):
            yield from _secrets(value, f"{above}{key}.")
        elif SECRET.search(key):
            yield above + key


def _without_secrets(data: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: _without_secrets(value) if isinstance(value, Mapping) else value
        for key, value in data.items()
        if isinstance(value, Mapping) or not SECRET.search(key)
    }


def _secret_problem(file: str, key: str) -> Problem:
    where = "COMMENTARY_SMTP_PASSWORD in the environment, or under that name in the system keyring"
    return Problem(file, key, "a secret (not shown)", f"{where} (service commentary), never in a file")


def _problem(model: type[BaseModel], file: str, item: ErrorDetails) -> Problem:
    path = [str(part) for part in item["loc"]]
    key = ".".join(path) or "(file)"
    if item["type"] == "extra_forbidden":
        return Problem(file, key, "an unknown key", _meant(path[-1], _keys(model, path[:-1])))
    return Problem(file, key, repr(item["input"])[:80], item["msg"].removeprefix("Input should be "))


def _keys(model: type[BaseModel], path: list[str]) -> list[str]:
    """Keys that the file may have below a path of tables."""
    for part in path:
        nested = model.model_fields[part].annotation
        assert isinstance(nested, type)
        assert issubclass(nested, BaseModel)
        model = nested
    return [field.alias or name for name, field in model.model_fields.items()]


def _meant(key: str, known: list[str]) -> str:
    close = get_close_matches(key, known, n=1)
    listed = f"one of {', '.join(known)}"
    return f"{listed}; did you mean {close[0]!r}?" if close else listed


def _misfits(data: Mapping[str, Any]) -> Iterator[tuple[str, object, str]]:
    """Text values that have the right type and cannot be meant: key, value, what was wanted."""
    for key, fits, wanted in _TEXTS:
        for value in _texts(data, key.split(".")):
            if not fits(value):
                yield key, value, wanted


def _texts(data: Mapping[str, Any], path: list[str]) -> Iterator[str]:
    value: Any = data
    for part in path:
        value = value.get(part) if isinstance(value, Mapping) else None
    for entry in value if isinstance(value, list) else [value]:
        if isinstance(entry, str):
            yield entry


def _is_zone(text: str) -> bool:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _is_address(text: str) -> bool:
    from email.utils import parseaddr

    return bool(_ADDRESS.fullmatch(parseaddr(text)[1]))


def _is_address_or_nothing(text: str) -> bool:
    return not text or _is_address(text)


def _is_web(text: str) -> bool:
    return not text or text.startswith(("https://", "http://"))


def _is_way_out(text: str) -> bool:
    return not text or text.startswith(("https://", "mailto:"))


def _is_filled(text: str) -> bool:
    return bool(text.strip())


_TEXTS: tuple[tuple[str, Callable[[str], object], str], ...] = (
    ("source", _is_filled, "yahoo, episodes, or a folder of bars"),
    ("byline", _is_filled, "a name; leave the key out for notes that nobody signs"),
    ("editions", _EDITION.fullmatch, "an edition such as daily or brief"),
    ("timezone", _is_zone, "a time zone such as America/New_York"),
    ("blog.timezone", _is_zone, "a time zone such as America/New_York"),
    ("blog.section", _SECTION.fullmatch, "a folder below content/ such as posts"),
    ("blog.base_url", _is_web, "an address such as https://example.com/"),
    ("email.from", _is_address, "an address such as Desk <desk@example.com>"),
    ("email.to", _is_address, "addresses such as desk@example.com"),
    ("email.reply_to", _is_address_or_nothing, "an address such as desk@example.com"),
    ("email.list_unsubscribe", _is_way_out, "an address such as https://example.com/leave or mailto:…"),
)
