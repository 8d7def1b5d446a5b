"""``commentary.toml``: who signs the notes, where data comes from and goes, how notes are published.

Every key is described in ``settings_file``. Secrets never stand in the file: they come from the environment or the
system keyring. Paths in the file are relative to the folder that it lies in.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Mapping
from dataclasses import field, replace
from pathlib import Path
from typing import Any, Literal

from commentary import __version__
from commentary.errors import AuthoringError, Problem
from commentary.files import write_text
from commentary.folders import cache_folder, data_folder
from commentary.library import KINDS, Library, shipped_root
from commentary.shapes import dataclass

FILE = "commentary.toml"
SOURCES = ("yahoo", "store", "episodes")
"""Sources by name; any other is the folder of bars."""

KEYRING_SERVICE = "commentary"

_PRINTED = ("byline", "brand", "producer", "editor", "corrections", "disclosure", "spelling")
_PATHS = ("output", "store", "cache", "archive", "overrides")


@dataclass(frozen=True)
class EmailSettings:
    """``[email]``: the mail server and the message's headers. ``from`` in the file is ``sender`` here."""

    host: str = ""
    port: int = 587
    starttls: bool = True
    username: str = ""
    sender: str = ""
    to: tuple[str, ...] = ()
    reply_to: str = ""
    subject_prefix: str = ""
    list_unsubscribe: str = ""


@dataclass(frozen=True)
class BlogSettings:
    """``[blog]``: the site that posts are written into."""

    folder: Path | None = None
    layout: Literal["hugo"] = "hugo"
    section: str = "posts"
    timezone: str = "America/New_York"
    base_url: str = ""
    draft: bool = False


@dataclass(frozen=True)
class Settings:
    """Everything that a user decides. Made by ``load_settings`` or ``find_settings``, never changed.

    ``folder`` is that of the ``commentary.toml`` that they were read from; None without one.
    """

    source: str = "yahoo"
    output: Path = Path("output")
    editions: tuple[str, ...] = ("daily",)
    byline: str | None = None
    brand: str = "commentary"
    producer: str = ""
    editor: str = ""
    corrections: str = ""
    disclosure: str = ""
    spelling: Literal["us", "uk"] = "us"
    timezone: str = "America/New_York"
    store: Path = field(default_factory=lambda: data_folder() / "store")
    overrides: Path | None = None
    requests_a_second: float = 4.0
    cache: Path = field(default_factory=cache_folder)
    archive: Path = field(default_factory=lambda: data_folder() / "archive")
    email: EmailSettings = field(default_factory=EmailSettings)
    blog: BlogSettings = field(default_factory=BlogSettings)
    folder: Path | None = None

    def printed(self) -> dict[str, object]:
        """The settings that a note's text depends on: what its card keeps."""
        return {name: getattr(self, name) for name in _PRINTED}


def find_settings(folder: Path) -> Settings:
    """Settings of a working folder: its ``commentary.toml``, or the defaults where it has none.

    Raises AuthoringError with every mistake of the file.
    """
    if (folder / FILE).is_file():
        return load_settings(folder / FILE)
    return defaults(folder)


def defaults(folder: Path) -> Settings:
    """Settings of a working folder without a file."""
    return _located(Settings(), folder, {})


def load_settings(path: Path) -> Settings:
    """Read one settings file. Raises AuthoringError with every mistake of it."""
    data = _read(path)
    located = _located(settings_of(data), path.parent, data)
    return replace(located, folder=path.parent.resolve())


def _read(path: Path) -> Mapping[str, Any]:
    """Keys of a file that is right. One that has not changed since it was found so is not looked at again."""
    import tomllib

    try:
        raw = path.read_bytes()
        data = tomllib.loads(raw.decode("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise AuthoringError([Problem(str(path), "(file)", f"{error}", "a TOML file in UTF-8")]) from None
    stamp = cache_folder() / f"settings-{hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:16]}.txt"
    found = hashlib.sha256(raw + __version__.encode()).hexdigest()
    if data and not _says(stamp, found):
        from commentary.settings_checks import checked
        from commentary.settings_file import SettingsFile

        checked(SettingsFile, data, str(path))
        with contextlib.suppress(OSError):
            write_text(stamp, found)
    return data


def _says(stamp: Path, found: str) -> bool:
    try:
        return stamp.read_bytes() == found.encode()
    except OSError:
        return False


def settings_of(data: Mapping[str, Any]) -> Settings:
    """Settings of a file's keys, which have been found right."""
    return Settings(**{key: _value(key, value) for key, value in data.items()})


def _value(key: str, value: Any) -> Any:
    if key == "email":
        named = {("sender" if name == "from" else name): _plain(each) for name, each in value.items()}
        return EmailSettings(**named)
    if key == "blog":
        given: dict[str, Any] = {**value}
        if "folder" in given:
            given["folder"] = Path(given["folder"])
        return BlogSettings(**given)
    return Path(value) if key in _PATHS else _plain(value)


def _plain(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def library_for(settings: Settings) -> Library:
    """Shipped rules and templates, overlaid by those that lie beside the settings file."""
    folder = settings.folder
    if folder is None or folder == shipped_root().resolve():
        return Library()
    return Library((folder,) if any((folder / kind).is_dir() for kind in KINDS) else ())


def secret(name: str) -> str | None:
    """A secret such as ``COMMENTARY_SMTP_PASSWORD``: from the environment, else from the system keyring under
    the service ``commentary`` (extra ``keyring``), else None. Not to be printed, kept or put into an error.
    """
    if found := os.environ.get(name):
        return found
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return None
    try:
        kept: str | None = keyring.get_password(KEYRING_SERVICE, name)
    except KeyringError:
        return None
    return kept or None


def scaffold() -> str:
    """A ``commentary.toml`` with every key, its description and its default, commented out."""
    return (Path(__file__).parent / "data" / FILE).read_text(encoding="utf-8")


def _located(settings: Settings, root: Path, data: Mapping[str, Any]) -> Settings:
    """The same with every path absolute, ``~`` resolved; a blog without a time zone takes the general one."""
    named = {name: path for name in _PATHS if (path := getattr(settings, name)) is not None}
    paths: dict[str, Any] = {name: _below(root, path) for name, path in named.items()}
    blog = settings.blog
    if blog.folder is not None:
        blog = replace(blog, folder=_below(root, blog.folder))
    if "timezone" not in data.get("blog", {}):
        blog = replace(blog, timezone=settings.timezone)
    source = settings.source if settings.source in SOURCES else str(_below(root, Path(settings.source)))
    return replace(settings, **paths, blog=blog, source=source)


def _below(root: Path, path: Path) -> Path:
    return (root / path.expanduser()).absolute()
