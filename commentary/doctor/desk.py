"""Looks at the desk: versions, settings, rules, secrets, folders, clock, calendar, archive."""

from __future__ import annotations

import os
import platform
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib import metadata
from pathlib import Path
from zoneinfo import ZoneInfo

from commentary import __version__, calendar
from commentary.doctor.findings import FAIL, OK, WARN, Finding
from commentary.errors import AuthoringError, CommentaryError
from commentary.scale import load_scale
from commentary.settings import FILE, Settings, defaults, find_settings, library_for, secret
from commentary.shapes import dataclass
from commentary.universe import load_universe

LIBRARIES = ("yfinance", "pandas", "curl_cffi")
TESTED = ((1, 7), (2,))
"""The versions of yfinance, from and below, whose traps the client knows."""

SOON = timedelta(120)
"""Before the calendar ends a newer version of the program is due."""

SECRETS = {"COMMENTARY_SMTP_PASSWORD": "mail"}
"""Name → what it is for."""

FIXED_CLOCK = "COMMENTARY_NOW"


@dataclass(frozen=True)
class Patient:
    """What is looked at: the settings (the defaults where the file is wrong), the folder worked in, the clock."""

    settings: Settings
    folder: Path
    now: datetime


def settings(folder: Path) -> tuple[Settings, Finding]:
    """The settings of a folder, and what is wrong with them; where something is, the defaults."""
    try:
        found = find_settings(folder)
    except AuthoringError as error:
        mistakes = tuple(str(problem) for problem in error.problems)
        said = f"{len(mistakes)} mistake{'' if len(mistakes) == 1 else 's'} in {FILE}; the defaults are looked at"
        return defaults(folder), Finding("settings", FAIL, said, "correct the keys below", mistakes)
    where = "no file, the defaults" if found.folder is None else str(found.folder / FILE)
    return found, Finding("settings", OK, where)


def rules(patient: Patient) -> Finding:
    """Instruments, second opinions and scales, the user's over the shipped ones."""
    library = library_for(patient.settings)
    try:
        universe = load_universe(library)
        load_scale(library)
    except AuthoringError as error:
        found = tuple(str(problem) for problem in error.problems)
        return Finding(
            "rules", FAIL, f"{len(found)} mistakes", "run `commentary check` for all of them", found
        )
    except CommentaryError as error:
        return Finding("rules", FAIL, str(error), "install the program again")
    own = "" if len(library.roots) == 1 else ", with your own over them"
    said = f"{len(universe.instruments)} instruments, {len(universe.checks)} second opinions{own}"
    return Finding("rules", OK, said)


def versions() -> Finding:
    """The program, Python and the libraries that talk to the feeds."""
    found, missing = [f"commentary {__version__}", f"Python {platform.python_version()}"], []
    for name in LIBRARIES:
        try:
            found.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            missing.append(name)
    said = ", ".join(found)
    if missing:
        return Finding("versions", FAIL, f"{said}; without {', '.join(missing)}", "install the program again")
    if not TESTED[0] <= _numbers(metadata.version("yfinance")) < TESTED[1]:
        low, high = (".".join(map(str, part)) for part in TESTED)
        return Finding("versions", WARN, said, f"install yfinance from {low} on, below {high}")
    return Finding("versions", OK, said)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())


def secrets(patient: Patient) -> Finding:
    """Whether each secret is there, and wanted. Nothing of them is shown."""
    told, lacking = [], []
    for name, use in SECRETS.items():
        where = "the environment" if os.environ.get(name) else "the keyring" if secret(name) else ""
        told.append(f"{name} {f'set, in {where}' if where else 'not set'}")
        if not where and patient.settings.email.username:
            lacking.append(f"{use} has a user name: set {name}, in the environment or the keyring")
    return Finding("secrets", WARN if lacking else OK, "; ".join(told), "; ".join(lacking))


def folders(patient: Patient) -> Finding:
    """Whether what is written can be, and what is read is there."""
    chosen = patient.settings
    wanted = {name: getattr(chosen, name) for name in ("output", "store", "cache", "archive")}
    problems = [f"{name}: {why}" for name, path in wanted.items() if (why := _unwritable(path))]
    if chosen.overrides is not None and not chosen.overrides.is_dir():
        problems.append(f"overrides: {chosen.overrides} is no folder")
    if problems:
        return Finding(
            "folders", FAIL, problems[0], f"make it, or set another in {FILE}", tuple(problems[1:])
        )
    return Finding("folders", OK, f"{', '.join(wanted)} can be written")


def _unwritable(path: Path) -> str:
    """Why nothing can be written below a folder that may not be there yet; empty where it can."""
    there = next(each for each in (path, *path.parents) if each.exists())
    if not there.is_dir():
        return f"{there} is a file"
    try:
        tempfile.TemporaryFile(dir=there).close()
    except OSError as error:
        return f"{there} cannot be written ({error.strerror or error})"
    return ""


def clock(patient: Patient, newest: datetime | None) -> Finding:
    """Whether the time may be right: it is not before what the store has fetched, and New York's is known."""
    now = patient.now
    said = f"{now.astimezone(ZoneInfo(calendar.NEW_YORK)):%Y-%m-%d %H:%M} New York, {now.astimezone(UTC):%H:%M} UTC"
    if newest is not None and now < newest:
        why = f"{said}; the store was filled at {newest:%Y-%m-%d %H:%M}"
        return Finding("clock", FAIL, why, "set the clock; a session counts as closed by it")
    if fixed := os.environ.get(FIXED_CLOCK):
        return Finding("clock", WARN, said, f"{FIXED_CLOCK} holds it at {fixed}")
    return Finding("clock", OK, said)


def sessions(patient: Patient) -> Finding:
    """How far the table of sessions goes."""
    today = patient.now.date()
    ends = {name: calendar.table_end(name) for name in calendar.EXCHANGES}
    said = f"New York to {ends['XNYS']}"
    if ends["XNYS"] <= today:
        return Finding("calendar", FAIL, said, "install a newer version, or run scripts/make_calendar.py")
    short = tuple(f"{name} to {end}" for name, end in ends.items() if end - today < SOON)
    if short:
        said = f"{said}; fewer than {SOON.days} days left: {', '.join(short)}"
        return Finding("calendar", WARN, said, "install a newer version, or run scripts/make_calendar.py")
    return Finding("calendar", OK, said)


def archive(patient: Patient) -> Finding:
    """Whether the archive of published notes opens."""
    from commentary.archive import FILE as NAME
    from commentary.archive import Archive

    path = patient.settings.archive / NAME
    if not path.is_file():
        return Finding("archive", OK, "none yet; the first published note makes it")
    try:
        with Archive.open(path) as found:
            count = sum(1 for _ in found.editions())
    except CommentaryError as error:
        return Finding("archive", FAIL, str(error), "put back a copy of the file")
    return Finding("archive", OK, f"{path}: {count} edition{'' if count == 1 else 's'}")


def looks(patient: Patient) -> Iterator[Finding]:
    """What needs neither network nor store."""
    yield versions()
    yield rules(patient)
    yield secrets(patient)
    yield folders(patient)
    yield sessions(patient)
    yield archive(patient)
