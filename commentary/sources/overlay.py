"""A user's own bars over the store's, symbol by symbol and day by day. Named ``STORE + FOLDER``."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import numpy as np

from commentary.macro import Macro
from commentary.sources import OVERLAY, PLUS, folder, store
from commentary.sources.bars import FIELDS, Bars, Days, Floats, joined, wanted
from commentary.sources.observed import Observation
from commentary.universe import STORE, Universe

NAME = OVERLAY


def is_mine(where: str) -> bool:
    """Whether this names a store and something over it."""
    base, plus, _ = where.partition(PLUS)
    return bool(plus) and store.is_mine(base)


def load(where: str, universe: Universe, now: datetime) -> Bars:
    """The store's bars, and those of the folder in the place of them. Raises SourceError as either does."""
    base, own = _parts(where)
    bars = store.load(base, universe, now)
    if not folder.files_of(own, may_be_empty=True):
        return bars
    return overlaid(bars, folder.read(own, wanted(universe, STORE)))


def observations(where: str, macro: Macro) -> list[Observation]:
    """The store's, and the folder's after them: of two values of a day the later one holds."""
    base, own = _parts(where)
    had = store.observations(base, macro)
    return [*had, *(folder.observations(own, macro) if folder.files_of(own, may_be_empty=True) else ())]


def stamp(where: str) -> list[object]:
    """The bars are the same while this is. Raises SourceError as the store and the folder do."""
    base, own = _parts(where)
    return [store.stamp(base), folder.stamps(folder.files_of(own, may_be_empty=True))]


def _parts(where: str) -> tuple[str, str]:
    base, _, own = where.partition(PLUS)
    return base, own


def overlaid(base: Bars, own: Bars) -> Bars:
    """The bars of ``base`` with those of ``own`` in the place of them, day by day."""
    mine = {symbol: _rows(own, code) for code, symbol in enumerate(own.symbols)}
    parts = [_merged(base, code, own, mine.pop(symbol, None)) for code, symbol in enumerate(base.symbols)]
    parts += [_only(own, rows) for rows in mine.values()]
    days = {
        symbol: frozenset(_days(own.days[_rows(own, code)]))
        for code, symbol in enumerate(own.symbols)
        if (own.codes == code).any()
    }
    return replace(joined(parts, base.source, (*base.warnings, *own.warnings)), own=days)


def _rows(bars: Bars, code: int) -> np.ndarray:
    return np.flatnonzero(bars.codes == code)


def _days(days: Days) -> list[date]:
    found: list[date] = days.tolist()
    return found


def _only(bars: Bars, rows: np.ndarray) -> Bars:
    """One symbol's rows, by themselves."""
    symbol = (bars.symbols[bars.codes[rows[0]]],) if len(rows) else ()
    columns = {name: bars.columns[name][rows] for name in FIELDS}
    return Bars(bars.days[rows], np.zeros(len(rows), np.intp), symbol, columns, bars.source)


def _merged(base: Bars, code: int, own: Bars, rows: np.ndarray | None) -> Bars:
    had = _only(base, _rows(base, code))
    if rows is None or not len(rows):
        return had
    mine = _only(own, rows)
    mine.columns["adj_close"][:] = mine.columns["close"] * _factors(had, mine.days)
    kept = ~np.isin(had.days, mine.days)
    days = np.concatenate([had.days[kept], mine.days])
    order = np.argsort(days, kind="stable")
    columns = {name: np.concatenate([had.columns[name][kept], mine.columns[name]])[order] for name in FIELDS}
    return Bars(days[order], np.zeros(len(days), np.intp), had.symbols, columns, base.source)


def _factors(had: Bars, days: Days) -> Floats:
    """From a close to its total return as the store has it, on the first day of the store's that is not before:
    own bars are as quoted, and a column of adjusted closes made elsewhere would be on another scale."""
    places = np.minimum(np.searchsorted(had.days, days), len(had.days) - 1)
    ratio = had.columns["adj_close"][places] / had.columns["close"][places]
    return np.asarray(np.where(days > had.days[-1], 1.0, ratio))
