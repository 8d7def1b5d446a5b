"""The table of scenarios as typed values: ``scenarios.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from commentary.universe import Universe
from tests.yahoo.faults import EVERY, Fault, made
from tests.yahoo.listings import NEW_YORK

TABLE = Path(__file__).parent / "scenarios.toml"
WEDNESDAY = "2026-06-10 17:30"
OUTAGE = "outage"
"""A fault of the server as a whole: gone after a number of requests."""

PLACES = ("must", "optional", "all", "clock")
STORES = ("yesterday", "fresh")
OUTCOMES = ("right", "without", "held", "refused")


@dataclass(frozen=True)
class Scenario:
    """One scenario; see the head of the table."""

    name: str
    what: str
    where: str
    faults: tuple[Fault, ...]
    outage: int | None
    store: str
    now: datetime
    session: date | None
    again: bool
    feeds: tuple[str, ...]
    wanted: str


def scenarios(universe: Universe) -> list[Scenario]:
    """Every scenario of the table. Raises ValueError for one that is none."""
    found = [
        _scenario(dict(entry), universe) for entry in tomllib.loads(TABLE.read_text("utf-8"))["scenario"]
    ]
    names = [one.name for one in found]
    if len(set(names)) < len(names):
        raise ValueError(f"{TABLE.name}: names are there twice")
    return found


def _scenario(entry: dict[str, Any], universe: Universe) -> Scenario:
    faults = [dict(one) for one in entry.pop("faults", [])]
    outage = next((one["after"] for one in faults if one["fault"] == OUTAGE), None)
    now = datetime.fromisoformat(entry.pop("now", WEDNESDAY)).replace(tzinfo=NEW_YORK)
    session = entry.pop("session", None)
    found = Scenario(
        name=entry.pop("name"),
        what=entry.pop("what"),
        where=entry.pop("where"),
        faults=tuple(_fault(one, universe) for one in faults if one["fault"] != OUTAGE),
        outage=outage,
        store=entry.pop("store", STORES[0]),
        now=now.astimezone(UTC),
        session=date.fromisoformat(session) if session else None,
        again=entry.pop("again", False),
        feeds=tuple(entry.pop("feeds", ())),
        wanted=_wanted(entry.pop("wanted"), universe),
    )
    sound = found.where in PLACES and found.store in STORES and found.wanted.split(":")[0] in OUTCOMES
    if entry or not sound:
        raise ValueError(f"{TABLE.name}: {found.name} is no scenario; left over: {entry}")
    return found


def _fault(entry: dict[str, Any], universe: Universe) -> Fault:
    symbols = entry.pop("symbols", [EVERY])
    named = [symbol for each in symbols for symbol in _expanded(each, universe)]
    return made(entry.pop("fault"), named, **entry)


def _wanted(text: str, universe: Universe) -> str:
    """The outcome with its names in order."""
    kind, colon, names = text.partition(": ")
    each = sorted(name for part in names.split(", ") if part for name in _expanded(part, universe))
    return f"{kind}{colon}{', '.join(each)}"


def _expanded(name: str, universe: Universe) -> Sequence[str]:
    """``@stocks:70`` is the first seventy companies that are no instruments."""
    if not name.startswith("@stocks:"):
        return [name]
    told = {symbol for item in universe.instruments.values() for symbol in item.symbols.get("yahoo", ())}
    return [symbol for symbol in universe.stocks if symbol not in told][: int(name.partition(":")[2])]
