"""What the store keeps besides daily bars."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Reply:
    """The last answer to a symbol: when, from which day on it was asked, and what came of it.

    ``outcome`` is fresh, stale or missing.
    """

    at: datetime
    first: date
    outcome: str
    detail: str = ""


@dataclass(frozen=True)
class Hour:
    """One hourly bar; ``stamp`` are the seconds since 1970 at which it begins."""

    stamp: int
    open: float
    high: float
    low: float
    close: float
    volume: float


@dataclass(frozen=True)
class Quote:
    """An option's quotes as a chain shows them; nan where there is none."""

    expiry: date
    strike: float
    call: bool
    bid: float
    ask: float
    open_interest: float


@dataclass(frozen=True)
class Event:
    """A calendar entry: ``at`` is ISO 8601 with its zone, or a plain date; nan where nothing was printed."""

    day: date
    kind: str
    name: str
    at: str
    actual: float
    consensus: float
    previous: float
