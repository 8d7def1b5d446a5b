"""What several commands share: settings, the bank, dates, where notes come from."""

from __future__ import annotations

import atexit
import os
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commentary.bank import Bank
from commentary.compiled import right
from commentary.condition_store import STORE
from commentary.errors import AuthoringError, Problem, UsageError
from commentary.input_sets import AUTO, CHOICES
from commentary.settings import Settings, find_settings, library_for
from commentary.shapes import dataclass

if TYPE_CHECKING:
    from commentary.archive import Archive
    from commentary.drawn import Drawn
    from commentary.model import Card
    from commentary.tapes import Tapes

EPISODES = "episodes"
LIVE = ("store", "yahoo")
YEARS = 7
"""Years of bars that a live note is written from: scales look back over three, extremes over the rest."""


class Day(click.ParamType[date]):
    """A session's date, ``YYYY-MM-DD``."""

    name = "date"

    def convert(self, value: str | date, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The date. Fails with what was wanted."""
        try:
            return value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            self.fail(f"got {value!r}; wanted a date such as 2024-08-05", param, ctx)


set_option = click.option(
    "--set",
    "inputs",
    type=click.Choice(CHOICES),
    default=AUTO,
    show_default=True,
    help="Read from what there is at 17:30 in New York, or from all that came later; auto: by the clock, a folder's "
    "bars as the archive's.",
)
"""Which set of inputs a session is read from."""


def kept_as_they_are(inputs: str, what: str) -> None:
    """Raises UsageError where a set is asked of what was written from one already."""
    if inputs != AUTO:
        raise UsageError(f"{what} were written from the set that they name; leave out --set {inputs}")


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

    def drawn(self, source: str, inputs: str = AUTO, *, recompute: bool = False) -> Drawn:
        """The sessions of a source, each from the set of inputs asked for. Raises SourceError as ``place`` does."""
        from commentary.drawn import Drawn

        return Drawn(self.place(source), self.ruled, self.now, inputs, recompute)

    def tapes(self, source: str) -> Tapes:
        """Readings of all sessions of a source, from the set of its newest. Raises SourceError as ``place`` does."""
        return self.drawn(source).open()

    def place(self, source: str) -> str:
        """The path that a source is read from: the store's for ``store``, and for ``yahoo``, which fills it first;
        with the folder of the user's own bars over it, where there is one.

        Raises SourceError where Yahoo cannot be reached.
        """
        if source not in LIVE:
            return source
        from commentary.fetching import FILE
        from commentary.sources import over

        if source == "yahoo":
            from commentary.commands._live import fetched

            found = fetched(self.settings, self.ruled.universe, self.now, YEARS)
            click.echo(found.table(), nl=False, err=True)
        return over(str(self.settings.store / FILE), self.settings.overrides)

    @property
    def entries(self) -> Path:
        """The folder of desk inputs, beside the settings."""
        return (self.settings.folder or Path.cwd()) / "desk"

    def supplied(self, session: date, asked: Path | None = None) -> Mapping[str, object]:
        """Desk inputs of a session: of the file asked for, else of the folder's; none where there is none.

        Raises AuthoringError with every mistake of the file.
        """
        path = asked or self.entries / f"{session}.toml"
        if asked is None and not path.is_file():
            return {}
        from commentary.desk_checks import read_desk

        return read_desk(path, self.bank.universe.instruments, session)

    def with_entries(self, card: Card, asked: Path | None) -> Card:
        """The card with the desk inputs of its session. Raises AuthoringError as ``supplied`` does."""
        return replace(card, desk=self.supplied(card.tape.session, asked))

    def mistaken(self) -> list[Problem]:
        """Every mistake of the desk inputs that lie in their folder; the universe's are told by others."""
        from commentary.desk_checks import desk_problems

        try:
            instruments = self.unchecked.universe.instruments
        except AuthoringError:
            return []
        return desk_problems(self.entries, instruments)

    def archive(self) -> Archive:
        """The archive of published notes."""
        from commentary.archive import FILE, Archive

        return Archive.open(self.settings.archive / FILE)


def clock() -> datetime:
    """The time (``COMMENTARY_NOW`` sets it, for tests and reruns). Raises UsageError where it sets none."""
    fixed = os.environ.get("COMMENTARY_NOW")
    if not fixed:
        return datetime.now(UTC)
    try:
        now = datetime.fromisoformat(fixed)
    except ValueError:
        now = datetime.min
    if now.tzinfo is None:
        wanted = "wanted a time with its zone, such as 2024-08-05T21:30:00+00:00"
        raise UsageError(f"COMMENTARY_NOW: got {fixed!r}; {wanted}")
    return now


def open_desk() -> Desk:
    """Settings of the working folder and the clock. Raises UsageError as ``clock`` does."""
    now = clock()
    settings = find_settings(Path.cwd())
    if settings.folder is not None:
        os.environ.setdefault("COMMENTARY_CACHE", str(settings.cache))
    STORE.open()
    atexit.register(STORE.keep)
    return Desk(settings, now)
