"""Second opinions: which series should tell the same, and how far they may differ. ``rules/cross_checks.toml``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Literal

from commentary.errors import AuthoringError, Problem
from commentary.library import Library
from commentary.shapes import dataclass

if TYPE_CHECKING:
    from commentary.universe import Universe

PLACE = "rules/cross_checks.toml"

FEEDS = ("yahoo", "fred")

MOST_SESSIONS = 3
"""That a series comes later; what is older is no second opinion on a day's note."""

Comparison = Literal["level", "change", "return"]
Unit = Literal["bp", "points", "percent"]

FITTING: Mapping[str, tuple[str, ...]] = {
    "level": ("bp", "points"),
    "change": ("bp", "points"),
    "return": ("percent",),
}


@dataclass(frozen=True)
class Second:
    """A series by its feed and symbol."""

    feed: str
    symbol: str


@dataclass(frozen=True)
class CrossCheck:
    """Two series that should tell the same of a session: as levels, as changes or as returns.

    ``tolerance`` in ``unit``: basis points of yields in percent, points of a level, percentage points of a
    return. ``lag``: sessions that the slower of the two comes later.
    """

    id: str
    name: str  # of what the two tell, as in a table
    left: Second
    right: Second
    on: Comparison
    unit: Unit
    tolerance: float
    lag: int
    why: str


def load_checks(library: Library, universe: Universe) -> tuple[CrossCheck, ...]:
    """Read ``rules/cross_checks.toml``; none where there is no such file. Raises AuthoringError with every
    mistake in it."""
    found = {document.place: document for document in library.documents("rules")}
    if PLACE not in found:
        return ()
    from commentary.cross_checks_file import read

    checks = read(found[PLACE])
    if problems := list(_mistakes(checks, universe)):
        raise AuthoringError(problems)
    return checks


def symbols(checks: tuple[CrossCheck, ...], source: str) -> dict[str, CrossCheck]:
    """Symbols that the checks read, each with the check that first names it: those of a feed, or of every
    feed for any other source."""
    found: dict[str, CrossCheck] = {}
    for check in checks:
        for side in (check.left, check.right):
            if source not in FEEDS or side.feed == source:
                found.setdefault(side.symbol, check)
    return found


def _mistakes(checks: tuple[CrossCheck, ...], universe: Universe) -> Iterator[Problem]:
    from commentary.authored import meant

    known = {symbol for item in universe.instruments.values() for symbol in item.symbols.get("yahoo", ())}
    for check in checks:
        key = f"checks.{check.id}"
        if check.unit not in FITTING[check.on]:
            wanted = f"{' or '.join(FITTING[check.on])}, as it is on {check.on}"
            yield Problem(PLACE, f"{key}.unit", repr(check.unit), wanted)
        if check.left == check.right:
            yield Problem(PLACE, f"{key}.right", repr(check.right.symbol), "another series than the left one")
        for side, second in (("left", check.left), ("right", check.right)):
            if second.feed == "yahoo" and second.symbol not in known:
                wanted = f"a symbol that rules/universe.toml reads from yahoo{meant(second.symbol, known)}"
                yield Problem(PLACE, f"{key}.{side}", repr(second.symbol), wanted)
