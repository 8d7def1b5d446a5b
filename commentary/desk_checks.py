"""Files of desk inputs held to account, every mistake at once, and turned into what a card keeps."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from commentary import calendar
from commentary.authored import meant
from commentary.calendar_table import CalendarError
from commentary.desk import KINDS
from commentary.desk_file import ENTRIES, CatalystFile, DeskFile, EntryFile, MarginFile, came_in_session
from commentary.errors import AuthoringError, Problem

FOLDER = "desk"
"""Folder of the files, beside the settings."""


def read_desk(path: Path, instruments: Collection[str], session: date | None = None) -> dict[str, Any]:
    """Entries of a file by kind, as a card keeps them; ``session`` is the one that they are wanted for.

    Raises AuthoringError with every mistake of the file.
    """
    data = _read(path)
    found = list(_of_another_day(path, data, session))
    given = data.get("session")
    context = {"session": given if type(given) is date else None, "instruments": instruments}
    try:
        file = DeskFile.model_validate(data, context=context)
    except ValidationError as error:
        raise AuthoringError([*found, *_problems(str(path), error)]) from None
    if found:
        raise AuthoringError(found)
    kinds = [kind for kind in data if kind in KINDS]  # in the order of the file
    kept = {kind: [_kept(entry, file.session) for entry in getattr(file, kind)] for kind in kinds}
    return {kind: entries for kind, entries in kept.items() if entries}


def desk_problems(folder: Path, instruments: Collection[str]) -> list[Problem]:
    """Every mistake of every file of a folder of desk inputs; none where there is no folder."""
    found: list[Problem] = []
    for path in sorted(folder.glob("*.toml")):
        try:
            read_desk(path, instruments)
        except AuthoringError as error:
            found += error.problems
    return found


def _read(path: Path) -> Mapping[str, Any]:
    try:
        # Figures are printed as they were written: 12.50 is not 12.5.
        return tomllib.loads(path.read_bytes().decode("utf-8"), parse_float=Decimal)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise AuthoringError([Problem(str(path), "(file)", f"{error}", "a TOML file in UTF-8")]) from None


def _of_another_day(path: Path, data: Mapping[str, Any], wanted: date | None) -> Iterator[Problem]:
    """A session that is none, that its file's name denies, or that is not the one wanted."""
    session = data.get("session")
    if type(session) is not date:
        return
    try:
        named: date | None = date.fromisoformat(path.stem)
    except ValueError:
        named = None
    if named is not None and named != session:
        yield Problem(str(path), "session", str(session), f"the session of the file's name, {named}")
    if wanted is not None and wanted != session:
        yield Problem(str(path), "session", str(session), f"the session of the note, {wanted}")
    try:
        trades = calendar.is_session(session)
    except CalendarError as error:
        yield Problem(str(path), "session", str(session), str(error))
        return
    if not trades:
        yield Problem(str(path), "session", str(session), "a day on which New York trades")


def _problems(place: str, error: ValidationError) -> Iterator[Problem]:
    for item in error.errors():
        path = [str(part) for part in item["loc"]]
        got = "nothing" if item["type"] == "missing" else _shown(item["input"])
        wanted = item["msg"].removeprefix("Value error, ").removeprefix("Input should be ")
        if item["type"] == "extra_forbidden":
            keys = _keys(path)
            got, wanted = "an unknown key", f"one of {', '.join(keys)}{meant(path[-1], keys)}"
        elif item["type"] == "literal_error":
            wanted += meant(str(item["input"]), str(item["ctx"]["expected"]).split("'")[1::2])
        yield Problem(place, ".".join(path) or "(file)", got, wanted)


def _shown(value: object) -> str:
    if isinstance(value, (date, Decimal)):
        return str(value)
    return repr(value)[:80] if not isinstance(value, (dict, BaseModel)) else "these keys"


def _keys(path: list[str]) -> list[str]:
    """Keys that may stand where an unknown one does."""
    model: type[BaseModel] = ENTRIES[path[0]] if len(path) > 1 else DeskFile
    return [field.alias or name for name, field in model.model_fields.items()]


def _kept(entry: EntryFile, session: date) -> dict[str, Any]:
    """An entry in plain JSON types, in the order of its keys; what was not given is left out."""
    kept = {name: _plain(value) for name, value in entry if value not in (None, ())}
    if isinstance(entry, MarginFile):
        kept["change"] = entry.change
    if isinstance(entry, CatalystFile):
        kept["same_session"] = came_in_session(entry.at, session)
    return kept


def _plain(value: object) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
