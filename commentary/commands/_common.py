"""What several commands share: settings, the bank, dates, where notes come from."""

from __future__ import annotations

import atexit
import os
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commentary.bank import Bank
from commentary.compiled import right
from commentary.condition_store import STORE
from commentary.settings import Settings, find_settings, library_for
from commentary.shapes import dataclass

if TYPE_CHECKING:
    from commentary.archive import Archive
    from commentary.tapes import Tapes

EPISODES = "episodes"


class Day(click.ParamType[date]):
    """A session's date, ``YYYY-MM-DD``."""

    name = "date"

    def convert(self, value: str | date, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The date. Fails with what was wanted."""
        try:
            return value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            self.fail(f"got {value!r}; wanted a date such as 2024-08-05", param, ctx)


@dataclass(frozen=True)
class Desk:
    """Settings and bank of one call of the program."""

    settings: Settings
    now: datetime

    @cached_property
    def bank(self) -> Bank:
        """Rules and phrases, the user's over the shipped ones. Raises AuthoringError with every mistake."""
        return right(self.unchecked)

    @cached_property
    def ruled(self) -> Bank:
        """The same for commands that need no phrases. Raises AuthoringError with every mistake of the rules."""
        return right(self.unchecked, rules_only=True)

    @cached_property
    def unchecked(self) -> Bank:
        """The same before its files have been looked at, for the command that does so."""
        return Bank(library_for(self.settings))

    def source(self, asked: str | None) -> str:
        """The source asked for, else the settings'."""
        return asked or self.settings.source

    def tapes(self, source: str, *, recompute: bool = False) -> Tapes:
        """Readings of a source. Raises SourceError where it cannot be had, with the sources that there are."""
        from commentary.tapes import Tapes

        return Tapes.open(source, self.ruled, now=self.now, recompute=recompute)

    def archive(self) -> Archive:
        """The archive of published notes."""
        from commentary.archive import FILE, Archive

        return Archive.open(self.settings.archive / FILE)


def open_desk() -> Desk:
    """Settings of the working folder and the clock (``COMMENTARY_NOW`` sets it, for tests and reruns)."""
    fixed = os.environ.get("COMMENTARY_NOW")
    now = datetime.fromisoformat(fixed) if fixed else datetime.now(UTC)
    settings = find_settings(Path.cwd())
    if settings.folder is not None:
        os.environ.setdefault("COMMENTARY_CACHE", str(settings.cache))
    STORE.open()
    atexit.register(STORE.keep)
    return Desk(settings, now)
