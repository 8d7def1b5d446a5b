"""What tables are held against: levels, titles, the agenda, and the shape of each edition, as their files have them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Protocol

from commentary.shapes import dataclass


class Level(Protocol):
    """A level of the tables' file: its row's name, its readings, what crossing it from either side would say."""

    @property
    def name(self) -> str: ...

    @property
    def at(self) -> str: ...

    @property
    def of(self) -> str: ...

    @property
    def above(self) -> str: ...

    @property
    def below(self) -> str: ...


class Due(Protocol):
    """What the agenda's file says of one thing that may be due."""

    @property
    def subject(self) -> str: ...

    @property
    def what(self) -> str: ...

    @property
    def tests(self) -> str: ...


@dataclass(frozen=True)
class Tabled:
    """Levels, what tables call readings, the shape of each edition, and what may be due."""

    levels: Sequence[Level] = ()
    titles: Mapping[str, str] = field(default_factory=dict)
    shapes: Mapping[str, str] = field(default_factory=dict)
    agenda: Sequence[Due] = ()


UNTOLD = Tabled()
"""A tables' file of which nothing is known: rows of levels and titles are not held against it."""
