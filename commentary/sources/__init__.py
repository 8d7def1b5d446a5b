"""Market data in: a source's bars, aligned to New York sessions, checked, and kept for the next run.

A source is one module here that declares ``NAME``, ``load(where, universe, now) -> Bars`` and
``stamp(where)``: what its bars can be told apart by, None where they must be fetched each time.
Nothing in this file imports pandas until it is called.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from types import ModuleType

from commentary import registry
from commentary.errors import SourceError
from commentary.market import Market
from commentary.model import InputStatus
from commentary.scale import Scale
from commentary.universe import Universe

FOLDER = "folder"
OTHERS = ("episodes",)
"""Sources without bars, which the commands know."""


def load_market(where: str, universe: Universe, scale: Scale, now: datetime) -> Market:
    """Market of a source: the name of one (``yahoo``), else the path of a folder of bars.

    ``now``: the clock, with a time zone. No session before ``[history] first`` of the scale is read.
    Raises SourceError where the source cannot be had, AuthoringError for mistakes in ``[carry]``.
    """
    from commentary.sources import align, cache, carry

    module = _module(where)
    limits = carry.limits(scale)
    stamp = module.stamp(where)
    key = None if stamp is None else cache.key(stamp, universe, limits)
    file = cache.file_of(where, universe.inputs)
    market = cache.kept(file, key) if key else None
    if market is None:
        market = align.aligned(module.load(where, universe, now), universe, limits)
        if key:
            cache.keep(file, key, market)
    first = scale.history.first
    if market.sessions[-1].date() < first:
        last = market.sessions[-1].date()
        raise SourceError(
            f"{where}: the last bar is of {last}; no session before {first} is read (rules/scale.toml)"
        )
    return align.since(market, first)


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


def _module(where: str) -> ModuleType:
    """The source of a name; the folder source for what is a folder. Raises SourceError for anything else."""
    modules = registry.names(__name__, "NAME")
    if where in modules and where != FOLDER:
        return modules[where]
    if Path(where).is_dir():
        return modules[FOLDER]
    named = ", ".join(sorted({*modules, *OTHERS} - {FOLDER}))
    state = (
        "a file, no folder"
        if Path(where).exists()
        else "neither a folder that exists nor the name of a source"
    )
    raise SourceError(f"source {where!r} is {state}; wanted a folder of bars, or one of: {named}")
