"""Market data in: a source's bars, aligned to New York sessions, checked, and kept for the next run.

A source is one module here that declares ``NAME``, ``load(where, universe, now) -> Bars``,
``observations(where, macro)`` and ``stamp(where)``, which changes when these do; ``is_mine(where)`` says whether a
path is one of its own.
Nothing in this file imports pandas until it is called.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from types import ModuleType

from commentary import registry
from commentary.errors import SourceError
from commentary.market import Market
from commentary.model import InputStatus
from commentary.scale import Scale
from commentary.universe import STORE, Universe

FOLDER, OVERLAY = "folder", "overlay"
PLUS = " + "
"""Between a store and the folder whose bars go over its."""

OTHERS = ("episodes", "yahoo")
"""What the commands know by name; ``yahoo`` fills the store first."""


def load_market(where: str, universe: Universe, scale: Scale, now: datetime) -> Market:
    """Market of a source: the path of a folder of bars, or that of a store.

    ``now``: the clock, with a time zone. No session before ``[history] first`` of the scale is read.
    Raises SourceError where the source cannot be had, AuthoringError for mistakes in ``[carry]``.
    """
    from commentary.sources import align, cache, carry
    from commentary.sources.observed import laid_out

    module = _module(where)
    limits = carry.limits(scale)
    key = cache.key([module.stamp(where), repr(scale.macro)], universe, limits)
    file = cache.file_of(where, universe.inputs)
    market = cache.kept(file, key)
    if market is None:
        market = align.aligned(module.load(where, universe, now), universe, limits)
        market = replace(market, observed=laid_out(module.observations(where, scale.macro), market.sessions))
        cache.keep(file, key, market)
    first = scale.history.first
    if market.sessions[-1].date() < first:
        last = market.sessions[-1].date()
        raise SourceError(
            f"{where}: the last bar is of {last}; no session before {first} is read (rules/scale.toml)"
        )
    return align.since(market, first)


def compared(where: str, universe: Universe, now: datetime) -> Market:
    """Market of those instruments alone that there are second opinions on; nothing of it is kept.

    Raises SourceError where the source cannot be had, or has none of them.
    """
    from commentary.cross_checks import symbols
    from commentary.sources import align

    read = symbols(universe.checks, "")
    chosen = {
        key: item
        for key, item in universe.instruments.items()
        if any(symbol in read for names in item.symbols.values() for symbol in names)
    }
    some = replace(universe, instruments=chosen, stocks=())
    return align.aligned(_module(where).load(where, some, now), some, {})


def over(where: str, own: Path | None) -> str:
    """Name of a store with a folder of the user's own bars over it; of the store alone without one."""
    return where if own is None else f"{where}{PLUS}{own}"


def gate(market: Market, universe: Universe, session: date, now: datetime) -> tuple[InputStatus, ...]:
    """State of every input of a session; HeldError with every reason where no note can be right."""
    from commentary.sources import quality

    return quality.gate(market, universe, session, now)


def holds(market: Market, universe: Universe) -> dict[date, tuple[str, ...]]:
    """Every session of the market that a must-have input holds, with the reasons."""
    from commentary.sources import quality

    return quality.holds(market, universe)


def last_session(market: Market, now: datetime) -> date:
    """The last session of the market that is settled at ``now``. Raises HeldError where none is."""
    from commentary.sources import quality

    return quality.last_session(market, now)


def is_live(where: str) -> bool:
    """Whether a source is filled as values come out, as a store is and a folder is not. Raises as ``load_market``."""
    return str(_module(where).NAME) in (STORE, OVERLAY)


def _module(where: str) -> ModuleType:
    """The source whose path this is. Raises SourceError for anything else."""
    modules = registry.names(__name__, "NAME")
    for module in modules.values():
        if module.is_mine(where):
            return module
    named = ", ".join(sorted({*modules, *OTHERS} - {FOLDER, OVERLAY}))
    state = (
        "a file, no folder"
        if Path(where).exists()
        else "neither a folder that exists nor the name of a source"
    )
    raise SourceError(f"source {where!r} is {state}; wanted a folder of bars, or one of: {named}")
