"""Market data and readings of many sessions, as they pass between stages. pandas only where it is used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from commentary.disputes import Dispute
from commentary.model import InputStatus, ReadingSpec

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Flag:
    """A bar that the quality checks would not take at its word.

    ``kind`` is repeated, unit_jump, contradicted (the whole bar was dropped), impossible (open, high and low were
    dropped) or reversal (kept, and said). ``instrument`` is an id, or a symbol of the stock list.
    """

    instrument: str
    session: date
    kind: str
    detail: str


@dataclass(frozen=True)
class Market:
    """Bars aligned to New York sessions.

    Each frame is sessions × instrument ids, float64, nan where there is none. ``returns`` are close to
    close within one symbol (nan across a change of symbol, as fractions); for yields and spreads they are
    changes in basis points; for volatility indices log changes. They span one session of the instrument's
    own exchange: nan after a gap, nan on a carried value, nan from or to a price that is not above zero.
    ``age`` counts the sessions that a carried value is old: 0 for a bar of the day, nan where there is no
    value. ``stock_*`` are sessions × symbols of the stock list, adjusted closes.

    ``close`` is the level that the session's symbol really had. ``linked`` is ``close`` with the sessions of
    an earlier symbol moved to the scale of the one in use at the end (by ratio; yields and spreads by
    difference): averages and extremes over a window read ``linked``, a printed level reads ``close``. Before
    a change of symbol where the two have no session in common, ``linked`` is nan.

    ``total`` is ``returns`` with what was paid on the day (adjusted closes), nan where that is not known.

    ``observed`` is sessions × series (``subject.measure``): what was known on a session's evening that no daily
    bar holds.

    ``own``: instrument → its sessions whose bar a user's folder put in the place of the source's. ``disputes`` are
    those of every session.
    """

    sessions: pd.DatetimeIndex
    open: pd.DataFrame
    high: pd.DataFrame
    low: pd.DataFrame
    close: pd.DataFrame
    volume: pd.DataFrame
    returns: pd.DataFrame
    age: pd.DataFrame
    stock_close: pd.DataFrame
    stock_volume: pd.DataFrame
    symbols: Mapping[str, str]  # instrument → symbol in use at the end
    source: str
    warnings: tuple[str, ...] = ()
    linked: pd.DataFrame = None  # type: ignore[assignment]  # ``close`` where nothing was linked
    changes: Mapping[str, tuple[tuple[date, str], ...]] = field(default_factory=dict)
    flags: tuple[Flag, ...] = ()
    total: pd.DataFrame = None  # type: ignore[assignment]  # ``returns`` where nothing was paid
    observed: pd.DataFrame = None  # type: ignore[assignment]  # no columns where nothing was observed
    own: Mapping[str, frozenset[date]] = field(default_factory=dict)
    disputes: tuple[Dispute, ...] = ()

    def __post_init__(self) -> None:
        if self.linked is None:
            object.__setattr__(self, "linked", self.close)
        if self.total is None:
            object.__setattr__(self, "total", self.returns)
        if self.observed is None:
            object.__setattr__(self, "observed", self.close.iloc[:, :0])

    def symbol_on(self, instrument: str, day: date) -> str:
        """Symbol whose bar is the instrument's on a day; empty where the source has none."""
        used = [symbol for first, symbol in self.changes.get(instrument, ()) if first <= day]
        return used[-1] if used else self.symbols.get(instrument, "")


@dataclass(frozen=True)
class Readings:
    """Readings of many sessions: ``values`` is sessions × names, floats, or names of things as objects."""

    values: pd.DataFrame
    specs: Mapping[str, ReadingSpec]
    as_of: Mapping[str, pd.Series] = field(default_factory=dict)  # readings carried from an earlier day
    inputs: Mapping[date, tuple[InputStatus, ...]] = field(default_factory=dict)
