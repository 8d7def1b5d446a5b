"""``commentary.toml``: who signs the notes, where data comes from and goes, how notes are published.

Every key is described on its field. Secrets never stand in the file: they come from the environment or the
system keyring. Paths in the file are relative to the folder that it lies in.
"""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr

from commentary.errors import AuthoringError, Problem
from commentary.folders import cache_folder, data_folder
from commentary.library import KINDS, Library, shipped_root
from commentary.settings_checks import checked

FILE = "commentary.toml"
SOURCES = ("yahoo", "episodes")
"""Sources by name; any other is the folder of bars."""

KEYRING_SERVICE = "commentary"

_PRINTED = {"byline", "brand", "producer", "editor", "corrections", "disclosure", "spelling"}


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class EmailSettings(_Table):
    """``[email]``: the mail server and the message's headers."""

    host: str = Field("", description="Mail server that takes the message.")
    port: int = Field(587, ge=1, le=65535, description="Port of the mail server.")
    starttls: bool = Field(True, description="Encrypt the connection; a user name is never sent without.")
    username: str = Field("", description="User name; its password is COMMENTARY_SMTP_PASSWORD.")
    sender: str = Field("", alias="from", description="Sender, with or without a name.")
    to: tuple[str, ...] = Field((), description="Recipients.")
    reply_to: str = Field("", description="Where answers go, if not to the sender.")
    subject_prefix: str = Field("", description="Put before the title in the subject.")
    list_unsubscribe: str = Field("", description="Address to leave the list: https://… or mailto:….")


class BlogSettings(_Table):
    """``[blog]``: the site that posts are written into."""

    folder: Path | None = Field(None, description="Folder of the site.")
    layout: Literal["hugo"] = Field("hugo", description="How the site's posts are laid out.")
    section: str = Field("posts", description="Folder below content/ that takes the posts.")
    timezone: str = Field("America/New_York", description="Time zone of the dates; else the top-level one.")
    base_url: str = Field("", description="Address of the site, https://….")
    draft: bool = Field(False, description="Write posts as drafts.")


class Settings(_Table):
    """Everything that a user decides. Made by ``load_settings`` or ``find_settings``, never changed."""

    source: str = Field("yahoo", description="Market data: yahoo, episodes, or a folder of bars.")
    output: Path = Field(Path("output"), description="Folder that finished notes are written to.")
    editions: tuple[str, ...] = Field(
        ("daily",), min_length=1, description="Editions to write: daily, brief."
    )
    byline: str | None = Field(None, description="Who signs: notes then say my read, else the read.")
    brand: str = Field("commentary", description="Name at the head of the page.")
    producer: str = Field("", description="Who answers for the notes, named in the disclosure.")
    editor: str = Field("", description="Editor, if any, named in the disclosure.")
    corrections: str = Field("", description="Corrections policy, printed in the disclosure.")
    disclosure: str = Field("", description="Text added to the disclosure.")
    spelling: Literal["us", "uk"] = Field("us", description="American or British spelling.")
    timezone: str = Field("America/New_York", description="Time zone of publishing.")
    store: Path = Field(
        default_factory=lambda: data_folder() / "store", description="Folder of fetched bars."
    )
    cache: Path = Field(default_factory=cache_folder, description="Folder of what can be made again.")
    archive: Path = Field(
        default_factory=lambda: data_folder() / "archive",
        description="Folder of published notes and threads.",
    )
    email: EmailSettings = Field(default_factory=EmailSettings, description="Publishing by mail.")
    blog: BlogSettings = Field(default_factory=BlogSettings, description="Publishing on a site.")

    _folder: Path | None = PrivateAttr(None)

    @property
    def folder(self) -> Path | None:
        """Folder of the ``commentary.toml`` that the settings were read from; None without one."""
        return self._folder

    def printed(self) -> dict[str, object]:
        """The settings that a note's text depends on: what its card keeps."""
        return self.model_dump(include=_PRINTED)


def find_settings(folder: Path) -> Settings:
    """Settings of a working folder: its ``commentary.toml``, or the defaults where it has none.

    Raises AuthoringError with every mistake of the file.
    """
    if (folder / FILE).is_file():
        return load_settings(folder / FILE)
    return _located(Settings(), folder)


def load_settings(path: Path) -> Settings:
    """Read one settings file. Raises AuthoringError with every mistake of it."""
    try:
        data = tomllib.loads(path.read_bytes().decode("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise AuthoringError([Problem(str(path), "(file)", f"{error}", "a TOML file in UTF-8")]) from None
    settings = checked(Settings, data, str(path))
    located = _located(settings, path.parent)
    located._folder = path.parent.resolve()
    return located


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


def _located(settings: Settings, root: Path) -> Settings:
    """The same with every path absolute, ``~`` resolved; a blog without a time zone takes the general one."""
    paths = {name: _below(root, getattr(settings, name)) for name in ("output", "store", "cache", "archive")}
    blog = settings.blog
    told: dict[str, object] = {"folder": _below(root, blog.folder) if blog.folder is not None else None}
    if "timezone" not in blog.model_fields_set:
        told["timezone"] = settings.timezone
    source = settings.source if settings.source in SOURCES else str(_below(root, Path(settings.source)))
    return settings.model_copy(update={**paths, "blog": blog.model_copy(update=told), "source": source})


def _below(root: Path, path: Path) -> Path:
    return (root / path.expanduser()).absolute()
