"""Yields that the prices of Treasury funds imply, where no yield is fixed before the evening."""

from __future__ import annotations

import numpy as np

from commentary.sources.bars import FIELDS, Bars, Days, Floats, joined
from commentary.universe import Universe, implied_by

INCOME_DAYS, INCOME_MINIMUM = 365, 60
"""Calendar days over which a fund's income is spread, and those that must be known."""


def with_implied(bars: Bars, universe: Universe) -> Bars:
    """The bars, and under each symbol such as ``SHY/1.85`` the yield that the fund implies, closes only.

    A symbol whose fund has no bars gets none.
    """
    named = {symbol for item in universe.instruments.values() for symbol in item.listed(bars.source)}
    made = [part for symbol in sorted(named) if (part := _made(bars, symbol)) is not None]
    return joined([bars, *made], bars.source) if made else bars


def _made(bars: Bars, symbol: str) -> Bars | None:
    implied = implied_by(symbol)
    if implied is None or implied[0] not in bars.symbols:
        return None
    rows = bars.codes == bars.symbols.index(implied[0])
    close, total = bars.columns["close"][rows], bars.columns["adj_close"][rows]
    level = implied_yield(bars.days[rows], close, total, implied[1])
    kept = np.isfinite(level)
    columns = {name: np.full(int(kept.sum()), np.nan) for name in FIELDS} | {"close": level[kept]}
    return Bars(bars.days[rows][kept], np.zeros(int(kept.sum()), np.intp), (symbol,), columns, bars.source)


def implied_yield(days: Days, close: Floats, total: Floats, duration: float) -> Floats:
    """Yield in percent (n,), counted from nought on the first day: only its changes mean anything.

    A change is minus the day's log return over the duration (Macaulay 1938, modified), the return taken with
    dividends (``total``, adjusted closes) and less the income of its calendar days: dividends of the year
    before, spread evenly. nan where a return is missing, until INCOME_MINIMUM days are known.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        gross = np.diff(np.log(total))
        paid = np.nan_to_num(gross - np.diff(np.log(close)))
    ends = days[1:].astype(np.int64)
    income = np.concatenate([[0.0], np.cumsum(paid)])
    start = np.searchsorted(ends, ends - INCOME_DAYS)
    place = np.arange(len(ends))
    span = ends - days[start].astype(np.int64) if len(ends) else ends
    rate = np.where(span >= INCOME_MINIMUM, (income[place + 1] - income[start]) / np.maximum(span, 1), np.nan)
    steps = np.diff(days).astype(np.int64)
    before = np.concatenate([[np.nan], rate])[: len(rate)]
    change = -(gross - before * steps) / duration * 100
    known = np.isfinite(change)
    level = np.where(known, np.cumsum(np.where(known, change, 0.0)), np.nan)
    return np.asarray(np.concatenate([[np.nan], level])[: len(days)])
