"""Market data and readings of many sessions, as they pass between stages. pandas only where it is used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from commentary.model import InputStatus, ReadingSpec

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Market:
    """Bars aligned to New York sessions.

    Each frame is sessions × instrument ids, float64, nan where there is none. ``returns`` are close to
    close within one symbol (nan across a change of symbol, as fractions); for yields and spreads they are
    changes in basis points; for volatility indices log changes. ``age`` counts the sessions that a carried
    value is old. ``stock_*`` are sessions × symbols of the stock list, adjusted closes.
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


@dataclass(frozen=True)
class Readings:
    """Readings of many sessions: ``values`` is sessions × names, floats, or names of things as objects."""

    values: pd.DataFrame
    specs: Mapping[str, ReadingSpec]
    as_of: Mapping[str, pd.Series] = field(default_factory=dict)  # readings carried from an earlier day
    inputs: Mapping[date, tuple[InputStatus, ...]] = field(default_factory=dict)
