"""What a collector is asked, and what it answers.

A collector is one module of ``commentary.sources.collectors`` with ``NAME`` and ``collect(ask) -> Collected``:
it asks a feed for what daily bars do not have and banks it in the store. Nothing that a note must have comes
from one: what cannot be had is a warning.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol

from commentary.universe import Universe

if TYPE_CHECKING:
    from commentary.sources.store import Store
    from commentary.sources.yahoo_client import Client


@dataclass(frozen=True)
class Ask:
    """``session``: the newest settled New York session at ``now``, which has a time zone."""

    universe: Universe
    session: date
    now: datetime
    store: Store
    client: Client


@dataclass(frozen=True)
class Collected:
    """How many values were banked, and what could not be had."""

    kept: int
    warnings: tuple[str, ...] = ()


class Collector(Protocol):
    """See the module's docstring. Raises SourceError where the feed cannot be reached at all."""

    NAME: str
    collect: Callable[[Ask], Collected]
