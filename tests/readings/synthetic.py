"""Made-up markets: random walks for a whole universe, and small tables written out by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from commentary import calendar
from commentary.library import Library
from commentary.market import Market
from commentary.readings._context import Context
from commentary.readings._protocol import Setting
from commentary.scale import load_scale
from commentary.universe import load_universe
from tests.readings.economy import economy

FRAMES = (
    "open", "high", "low", "close", "volume", "returns", "age", "linked",
    "total", "stock_close", "stock_volume", "observed",
)  # fmt: skip

OBSERVED: dict[str, tuple[float, float]] = {
    **{
        f"{subject}.{measure}": (-0.02, 0.02)
        for subject in ("gold", "silver", "bitcoin", "sp500")
        for measure in (
            "closed_return", "asia_return", "london_return", "newyork_return", "first_hour_return",
            "last_hour_return", "asia_gap", "largest_hour_return",
        )
    },
    **{f"{subject}.largest_hour": (0, 23) for subject in ("gold", "silver", "bitcoin", "sp500")},
    **{f"{subject}.half_done_hour": (1, 72) for subject in ("gold", "silver", "bitcoin", "sp500")},
    **{
        f"{subject}.{measure}": ends
        for subject in ("spy", "qqq", "gold", "silver", "bitcoin_fund")
        for measure, ends in {
            "iv_30d": (10, 60), "put_skew_30d": (-2, 9), "oi_put_strike": (300, 400), "oi_call_strike": (401, 500),
            "put_call_oi": (0.5, 3),
        }.items()
    },
    **{
        f"{subject}.shares_outstanding": (1e8, 1.1e8)
        for subject in ("gold", "silver", "spy", "high_yield", "bitcoin_fund")
    },
    **{f"leveraged.{index}_gearing": (1e8, 2e8) for index in ("sp500", "nasdaq100")},
}  # fmt: skip
"""Series that are observed, each with the range that its values are drawn from, session by session."""

WHOLE = ("largest_hour", "half_done_hour")
"""Measures of whole numbers."""


@cache
def setting() -> Setting:
    """The shipped universe and scales."""
    library = Library()
    return Setting(load_universe(library), load_scale(library))


def days(count: int, start: str = "2010-01-04") -> pd.DatetimeIndex:
    """New York sessions from a day on."""
    found = [day for day in calendar.sessions() if day.isoformat() >= start][:count]
    return pd.DatetimeIndex(found, name="session").astype("datetime64[us]")


def moved(close: pd.DataFrame, kinds: Mapping[str, str]) -> pd.DataFrame:
    """Returns, basis points or log changes, by the kind of each instrument."""
    columns = {}
    for name in close:
        if kinds[name] in ("yield", "spread"):
            columns[name] = close[name].diff() * 100
        elif kinds[name] in ("volatility", "correlation"):
            columns[name] = np.log(close[name]).diff()
        else:
            columns[name] = close[name] / close[name].shift(1) - 1
    return pd.DataFrame(columns, index=close.index)


@cache
def market(count: int = 1100, seed: int = 1) -> Market:
    """Random walks with a common part, for every instrument and stock, bars on every session."""
    universe, index = setting().universe, days(count)
    random = np.random.default_rng(seed)
    ids, common = list(universe.instruments), random.standard_normal((count, 1))
    shocks = 0.5 * common + random.standard_normal((count, len(ids))) * 0.9
    rates = [universe[name].kind in ("yield", "spread") for name in ids]
    walk = np.cumsum(shocks * 0.012, axis=0)
    close = np.where(rates, 4 + np.cumsum(shocks, axis=0) * 0.03, 50 * np.exp(walk))
    close = np.where(rates, np.abs(close) + 0.05, close)
    names: dict[str, Any] = {"index": index, "columns": ids}
    closes = pd.DataFrame(close, **names)
    wide = np.abs(random.standard_normal(close.shape)) * 0.004 + 0.001
    opened = close * np.exp(random.standard_normal(close.shape) * 0.006)
    top, bottom = np.maximum(close, opened) * (1 + wide), np.minimum(close, opened) * (1 - wide)
    stocks = 20 * np.exp(np.cumsum(random.standard_normal((count, len(universe.stocks))) * 0.015, axis=0))
    listed: dict[str, Any] = {"index": index, "columns": list(universe.stocks)}
    return Market(
        sessions=index,
        open=pd.DataFrame(opened, **names),
        high=pd.DataFrame(top, **names),
        low=pd.DataFrame(bottom, **names),
        close=closes,
        volume=pd.DataFrame(1e6 * np.exp(random.standard_normal(close.shape) * 0.3), **names),
        returns=moved(closes, {name: universe[name].kind for name in ids}),
        age=pd.DataFrame(0.0, **names),
        stock_close=pd.DataFrame(stocks, **listed),
        stock_volume=pd.DataFrame(1e5 * np.exp(random.standard_normal(stocks.shape) * 0.3), **listed),
        symbols={name: name for name in ids},
        source="synthetic",
        observed=_observed(index, seed),
    )


def _observed(index: pd.DatetimeIndex, seed: int) -> pd.DataFrame:
    """Random values of OBSERVED, drawn apart from the bars so that neither depends on the other."""
    random = np.random.default_rng(seed + 1000)
    found = pd.DataFrame(
        {name: random.uniform(*ends, len(index)) for name, ends in OBSERVED.items()}, index=index
    )
    whole = [name for name in found if name.endswith(WHOLE)]
    rounded = found.assign(**{name: found[name].round() for name in whole})
    return pd.concat([rounded, economy(index, setting().scale.macro, seed)], axis=1)


def cut(whole: Market, rows: slice) -> Market:
    """Some of the sessions, as if the data started or ended there."""
    frames = {name: getattr(whole, name).iloc[rows] for name in FRAMES}
    for name in ("returns", "total"):
        frames[name] = frames[name].copy()
        frames[name].iloc[0] = np.nan
    return replace(whole, sessions=whole.sessions[rows], **frames)


def without(whole: Market, *ids: str) -> Market:
    """The market as a source that does not have these instruments, or anything observed of them, gives it."""
    frames = {name: getattr(whole, name) for name in FRAMES[:9]}
    observed = whole.observed[[name for name in whole.observed if name.partition(".")[0] not in ids]]
    return replace(
        whole,
        **{name: frame.assign(**dict.fromkeys(ids, np.nan)) for name, frame in frames.items()},
        observed=observed,
    )


Bars = Mapping[str, Sequence[float]]


def context(
    made: Mapping[str, Sequence[float]] | None = None, start: str = "2010-01-04", **bars: Bars
) -> Context:
    """A context of bars written out: instrument → {"close": …, "open": …}; ``made``: readings made before."""
    universe = setting().universe
    count = max(
        [len(one["close"]) for one in bars.values()] + [len(values) for values in (made or {}).values()]
    )
    index = days(count, start)
    blank = pd.DataFrame(index=index)
    frames = {
        field: pd.DataFrame(
            {name: np.asarray(one.get(field, [np.nan] * count), dtype=float) for name, one in bars.items()},
            index=index,
        )
        for field in FRAMES[:5]
    }
    close = frames["close"]
    returns = moved(close, {name: universe[name].kind for name in bars})
    age = close.notna().astype(float) - 1
    small = Market(
        index,
        **frames,
        returns=returns,
        age=age,
        stock_close=blank,
        stock_volume=blank,
        symbols={},
        source="",
    )
    arrays = {name: np.asarray(values, dtype=float) for name, values in (made or {}).items()}
    return Context(small, setting(), arrays)
