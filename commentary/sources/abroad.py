"""Changes of what trades on exchanges abroad, whose sessions go on while New York rests."""

from __future__ import annotations

import numpy as np

from commentary import calendar
from commentary.sources.bars import Bars, Days, Floats

EXCHANGES = ("XTKS", "XLON", "XSHG")
"""A session of theirs is quoted against the one before it; yields and metals against New York's last close."""


def on_own_sessions(returns: Floats, bars: Bars, symbol: str, days: tuple[str, Days]) -> Floats:
    """Returns (n,) on New York's sessions, from one session of the symbol's own exchange to the next.

    ``days``: the exchange, and New York's sessions. Where its session before was none of New York's, the return is
    taken from that day's bar; nan where there is none. Sessions outside the exchange's table stay as they are.
    """
    exchange, sessions = days
    own = np.array(calendar.sessions(exchange), "datetime64[D]")
    places = np.searchsorted(own, sessions)
    inside = (places > 0) & (places < len(own))
    before = own[np.where(inside, places - 1, 0)]
    apart = np.flatnonzero(inside & ~np.isin(before, sessions) & (before >= sessions[0]))
    closes = _closes(bars, symbol)
    mended = returns.copy()
    for row in apart:
        base, close = closes.get(before[row], np.nan), closes.get(sessions[row], np.nan)
        known = ~np.isnan(returns[row]) and base > 0
        mended[row] = close / base - 1 if known else np.nan
    return mended


def _closes(bars: Bars, symbol: str) -> dict[np.datetime64, float]:
    if symbol not in bars.symbols:
        return {}
    rows = bars.codes == bars.symbols.index(symbol)
    return dict(zip(bars.days[rows], bars.columns["close"][rows].tolist(), strict=True))
