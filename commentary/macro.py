"""What is published about the economy: series, events, companies that report. ``rules/macro.toml``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import field
from datetime import date
from typing import Literal

from commentary.authored import STRICT, validated
from commentary.errors import AuthoringError, Problem
from commentary.library import Document, Library
from commentary.shapes import dataclass

PLACE = "rules/macro.toml"

SERIES_SOURCES = ("folder", "store")

_ID = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True)
class Release:
    """A rule of publication: ``days`` after the period's last day, for periods that end by ``until``.

    Where New York's stocks or bonds are shut it is the session before (``early``) or after. Not ``exact``: never
    earlier than the true day.
    """

    __pydantic_config__ = STRICT

    days: int
    until: date | None = None
    early: bool = False
    exact: bool = False


@dataclass(frozen=True)
class MacroSeries:
    """A figure that is published once a period; ``moved`` are periods with a day of their own."""

    __pydantic_config__ = STRICT

    full: str
    short: str
    per: Literal["week", "month"]
    strength: Literal["up", "down"]
    symbols: Mapping[str, str]
    release: tuple[Release, ...]
    number: Literal["singular", "plural"] = "singular"
    times: float = 1.0
    within: int = 3
    moved: Mapping[date, date] = field(default_factory=dict)

    @property
    def exact(self) -> bool:
        """Whether its rules give the very day of publication."""
        return all(rule.exact for rule in self.release)


@dataclass(frozen=True)
class MacroEvent:
    """A release that a calendar names; ``usual`` is the distance of a print from what was expected."""

    __pydantic_config__ = STRICT

    full: str
    short: str
    words: tuple[str, ...]
    side: Literal["growth", "prices", "policy"]
    strength: Literal["up", "down"]
    unit: Literal["percent", "count", "points"]
    usual: float
    number: Literal["singular", "plural"] = "singular"
    times: float = 1.0
    leads: bool = False

    @property
    def sign(self) -> float:
        """What a figure above the expected one is multiplied by to be a stronger one."""
        return 1.0 if self.strength == "up" else -1.0


@dataclass(frozen=True)
class Company:
    """A company whose reports are waited for."""

    __pydantic_config__ = STRICT

    full: str
    symbol: str


@dataclass(frozen=True)
class Macro:
    """Everything of the file, by id."""

    __pydantic_config__ = STRICT

    series: Mapping[str, MacroSeries]
    events: Mapping[str, MacroEvent]
    companies: Mapping[str, Company]


def load_macro(library: Library) -> Macro:
    """Read ``rules/macro.toml``. Raises AuthoringError with every mistake in it."""
    [(document, macro)] = validated([library.document(PLACE)], Macro)
    if problems := [*_names(document, macro), *_rules(macro)]:
        raise AuthoringError(problems)
    return macro


def _names(document: Document, macro: Macro) -> Iterator[Problem]:
    for group in ("series", "events", "companies"):
        for ident in document.data[group]:
            if not _ID.fullmatch(ident):
                yield Problem(
                    PLACE, f"{group}.{ident}", repr(ident), "an id of small letters, as job_openings"
                )
    for ident in macro.series.keys() & macro.events.keys():
        if (macro.series[ident].full, macro.series[ident].short) != (
            macro.events[ident].full, macro.events[ident].short,
        ):  # fmt: skip
            yield Problem(
                PLACE, f"events.{ident}.full", repr(macro.events[ident].full), "the names of the series"
            )
    for ident in macro.companies.keys() & (macro.events.keys() | macro.series.keys()):
        yield Problem(PLACE, f"companies.{ident}", "an id of an event too", "another id")
    yield from _twice(
        [(f"events.{ident}.words", word) for ident, it in macro.events.items() for word in it.words]
    )
    yield from _twice([(f"companies.{ident}.symbol", it.symbol) for ident, it in macro.companies.items()])


def _twice(named: list[tuple[str, str]]) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for key, word in named:
        if word in seen:
            yield Problem(PLACE, key, f"{word!r}, which is {seen[word]}'s", "a name of its own")
        seen[word] = key


def _rules(macro: Macro) -> Iterator[Problem]:
    for ident, event in macro.events.items():
        if not event.usual > 0:
            yield Problem(PLACE, f"events.{ident}.usual", repr(event.usual), "a number above nought")
        if not event.words:
            yield Problem(PLACE, f"events.{ident}.words", "none", "its name in a calendar")
    for ident, series in macro.series.items():
        key = f"series.{ident}"
        for source in series.symbols:
            if source not in SERIES_SOURCES:
                yield Problem(PLACE, f"{key}.symbols", repr(source), f"one of {', '.join(SERIES_SOURCES)}")
        ends = [rule.until for rule in series.release]
        known = [end for end in ends[:-1] if end is not None]
        if not ends or ends[-1] is not None or len(known) < len(ends) - 1 or known != sorted(known):
            yield Problem(
                PLACE, f"{key}.release", str(ends), "rules in order, each but the last with an until"
            )
        if any(rule.days < 1 for rule in series.release):
            yield Problem(PLACE, f"{key}.release", "days below one", "a release after the period")
