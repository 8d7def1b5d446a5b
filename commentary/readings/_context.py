"""What a reading module computes from: the market, the setting, and the readings made before it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from commentary import calendar
from commentary.market import Market
from commentary.readings._protocol import NOT_PRICED, Setting
from commentary.universe import Universe

PATH_GAP = 5
"""Sessions without a bar that averages and extremes over a window step across."""

SAME_SYMBOL = 1e-9
"""Relative difference below which a linked close is the close that the desk saw."""


def year_base(path: pd.DataFrame) -> pd.DataFrame:
    """For each session, the value on the last session of the year before; nan in the data's first year."""
    years = pd.DatetimeIndex(path.index).year
    closing = path[~years.duplicated(keep="last")].set_axis(years.unique(), axis=0)
    return closing.shift(1).reindex(years).set_axis(path.index, axis=0)


class Context:
    """Frames are sessions × instrument ids; an instrument without data is a column of nan."""

    def __init__(self, market: Market, setting: Setting, made: Mapping[str, NDArray[np.float64]]) -> None:
        self.market, self.setting, self._made = market, setting, made

    @property
    def universe(self) -> Universe:
        """The instruments."""
        return self.setting.universe

    @property
    def sessions(self) -> pd.DatetimeIndex:
        """The rows of every frame."""
        return self.market.sessions

    @cached_property
    def days(self) -> tuple[date, ...]:
        """The sessions as dates."""
        return tuple(stamp.date() for stamp in self.sessions)

    @cached_property
    def ordinals(self) -> NDArray[np.float64]:
        """The sessions as proleptic Gregorian ordinals."""
        return np.array([day.toordinal() for day in self.days], dtype=float)

    @cached_property
    def numbers(self) -> NDArray[np.int64]:
        """Running numbers of the sessions on the calendar's table, what refits are anchored to."""
        return np.array([calendar.session_number(day) for day in self.days], dtype=np.int64)

    @cached_property
    def linked(self) -> pd.DataFrame:
        """Linked closes; a price that is not above nought has no return and is left out."""
        linked = self.market.linked.copy()
        priced = [name for name in linked.columns if self.universe[name].kind not in NOT_PRICED]
        linked[priced] = linked[priced].where(linked[priced] > 0)
        return linked

    @cached_property
    def path(self) -> pd.DataFrame:
        """Linked closes, short gaps stepped across, for windows; mask with ``linked`` before it leaves."""
        return self.linked.ffill(limit=PATH_GAP)

    def quoted(self, instruments: Iterable[str]) -> pd.DataFrame:
        """Where the close is in the scale of the symbol last in use, and that is the one that a desk quotes."""
        ids = list(instruments)
        close = self.column(self.market.close, ids)
        same = (self.column(self.market.linked, ids) - close).abs() <= SAME_SYMBOL * close.abs()
        return same & self.levels(ids)

    def levels(self, instruments: Iterable[str]) -> pd.DataFrame:
        """Where the bar is of a symbol whose level is the instrument's own (``Instrument.is_level``); of the others
        changes alone mean anything."""
        ids = list(instruments)
        return pd.DataFrame(
            {name: self._levels(name) for name in ids}, index=self.sessions, columns=ids, dtype=bool
        )

    def _levels(self, name: str) -> NDArray[np.bool_]:
        changes, item = self.market.changes.get(name, ()), self.universe[name]
        starts = np.searchsorted(self.ordinals, [day.toordinal() for day, _ in changes])
        answer = np.ones(len(self.ordinals), dtype=bool)
        for start, (_, symbol) in zip(starts, changes, strict=True):
            answer[start:] = item.is_level(symbol)
        return answer

    def returns(self, instruments: Iterable[str]) -> pd.DataFrame:
        """One-session moves: fractions; basis points for yields and spreads; log changes for volatilities."""
        return self.column(self.market.returns, instruments)

    def day_roots(self, instruments: Iterable[str]) -> pd.DataFrame:
        """Root of the days since the session before for what trades on all of them, 1 for what does not.

        The variance of a walk grows with time (Bachelier 1900); which classes of session: ``[sigma] by_days``.
        """
        ids, by_days = list(instruments), self.setting.scale.sigma.by_days
        roots = np.sqrt(np.diff(self.ordinals, prepend=np.nan))
        spans = {name: roots if self.universe[name].session in by_days else 1.0 for name in ids}
        return pd.DataFrame(spans, index=self.sessions, columns=ids, dtype=float)

    def changes(self, instruments: Iterable[str], sessions: int) -> pd.DataFrame:
        """Linked close over the linked close some sessions before, less one."""
        linked = self.column(self.linked, instruments)
        return linked / linked.shift(sessions) - 1

    def previous_close(self, instruments: Iterable[str]) -> pd.DataFrame:
        """Close of the session before in the symbol of the day."""
        ids = list(instruments)
        return self.column(self.market.close, ids) / (1 + self.returns(ids))

    def since_new_year(self, instruments: Iterable[str]) -> pd.DataFrame:
        """Last linked close of the year before, on each session."""
        return year_base(self.column(self.path, instruments))

    def column(self, frame: pd.DataFrame, instruments: Iterable[str]) -> pd.DataFrame:
        """Columns of a market frame in the order asked for."""
        return frame.reindex(columns=list(instruments))

    def observed(self, series: str) -> pd.Series:
        """What was observed of a series, session by session; nan where nothing was."""
        found = self.market.observed
        return found[series] if series in found.columns else pd.Series(self._nothing, index=self.sessions)

    def reading(self, name: str) -> pd.Series:
        """A reading made before; nan where it was not made."""
        return pd.Series(self._made.get(name, self._nothing), index=self.sessions)

    def readings(self, names: Sequence[str]) -> pd.DataFrame:
        """Readings made before, sessions × names."""
        return self._stacked(names, names)

    def frame(self, measure: str, subjects: Sequence[str]) -> pd.DataFrame:
        """One measure of many subjects, made before, sessions × subjects."""
        return self._stacked([f"{subject}.{measure}" for subject in subjects], subjects)

    def _stacked(self, names: Sequence[str], columns: Sequence[str]) -> pd.DataFrame:
        values = [self._made.get(name, self._nothing) for name in names]
        array = np.column_stack(values) if values else np.empty((len(self.sessions), 0))
        return pd.DataFrame(array, index=self.sessions, columns=list(columns))

    @cached_property
    def _nothing(self) -> NDArray[np.float64]:
        return np.full(len(self.sessions), np.nan)
