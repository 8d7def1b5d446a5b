"""Options of five funds, from chains banked each session: priced volatility, skew, where contracts are open.

What a chain shows is observed (``commentary.sources.chain_volatility``: how it is read); a chain that was not
banked is missing, never carried.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from commentary.model import ReadingSpec
from commentary.readings._context import Context
from commentary.readings._protocol import Blocks, Measure, Setting, family, shifted
from commentary.readings.options import DAILY
from commentary.units import Unit

NEEDS = ("returns", "volatility", "levels", "options")

FUNDS = ("spy", "qqq", "gold", "silver", "bitcoin_fund")
INDICES = {"spy": "vix", "gold": "gold_vol"}
"""Fund → the volatility index that prices the same month where no chain was banked."""

CHAIN, INDEX = "chain", "index"
"""What a priced move rests on: the fund's own chain, or its volatility index. No ids: neither is a subject."""

BREAKEVEN = Measure(
    "breakeven_by", Unit.NAME, "1 session", 0, 0, 0,
    "what breakeven_usd_1m rests on: chain, or index where no chain was banked",
)  # fmt: skip

PCT_WINDOW, PCT_MINIMUM = 252, 126

IMPLIED = Measure(
    "iv_30d", Unit.POINTS, "1 session", 0, 0, 400,
    "volatility at the forward over 30 days from bid and ask at the close, Black (1976) inverted, "
    "variance linear in time between two expiries",
)  # fmt: skip
SKEW = Measure(
    "put_skew_30d", Unit.POINTS, "1 session", 0, -200, 200,
    "the same volatility of the put of 25 deltas, less iv_30d",
)  # fmt: skip
OBSERVED = (
    IMPLIED,
    SKEW,
    Measure(
        "oi_put_strike", Unit.PRICE, "1 session", 0, 0, 1e6,
        "strike at or below the close with the most open puts, two expiries about a month out",
    ),
    Measure(
        "oi_call_strike", Unit.PRICE, "1 session", 0, 0, 1e6,
        "strike at or above the close with the most open calls, the same expiries",
    ),
    Measure(
        "put_call_oi", Unit.RATIO, "1 session", 0, 0, 1000,
        "open puts below the close over open calls above it, the same expiries",
    ),
)  # fmt: skip
DERIVED = (
    shifted(IMPLIED, "iv_prev"),
    Measure("iv_change", Unit.POINTS, "1 session", 1, -400, 400, "iv_30d less that of the session before"),
    Measure(
        "iv_pct_252d", Unit.SHARE, "252 sessions", PCT_MINIMUM - 1, 0, 1,
        f"rank of iv_30d among those of 252 sessions, ties shared; from {PCT_MINIMUM} on",
    ),
    Measure(
        "put_skew_change", Unit.POINTS, "1 session", 1, -400, 400,
        "put_skew_30d less that of the session before",
    ),
)  # fmt: skip
PRICED = (
    Measure(
        "move_vs_priced", Unit.RATIO, "1 session", 1, 0, 100,
        "absolute return in percent over (volatility priced the session before / 15.87): iv_30d, else the index",
    ),
    Measure(
        "priced_by", Unit.NAME, "1 session", 1, 0, 0,
        f"what move_vs_priced rests on: {CHAIN}, or {INDEX} where no chain was banked",
    ),
)  # fmt: skip


def declare(setting: Setting) -> Iterable[ReadingSpec]:
    """Of each fund: what its chain shows, changes, its place in a year, the move over what was priced for it;
    what gold's breakeven rests on."""
    yield from family(FUNDS, (*OBSERVED, *DERIVED))
    for fund in FUNDS:
        index = (INDICES[fund],) if fund in INDICES else ()
        yield from (measure.of(fund, fund, *index) for measure in PRICED)
    yield BREAKEVEN.of("gold", "gold.breakeven_usd_1m")


def compute(context: Context) -> Blocks:
    """Missing where no chain was banked on the session, or where the fund has no close."""
    found = {measure.name: _observed(context, measure.name) for measure in OBSERVED}
    implied, skew = found["iv_30d"], found["put_skew_30d"]
    before = implied.shift(1)
    rank = implied.rolling(PCT_WINDOW, min_periods=PCT_MINIMUM).rank(pct=True)
    names = priced_by(before, _indices(context))
    moves = context.frame("return_1d", FUNDS).abs() * 100
    return {
        **found,
        "iv_prev": before,
        "iv_change": implied - before,
        "iv_pct_252d": rank.where(implied.notna()),
        "put_skew_change": skew - skew.shift(1),
        "move_vs_priced": moves / (before.fillna(_indices(context)) / DAILY),
        **{f"{fund}.priced_by": names[fund] for fund in FUNDS},
        "gold.breakeven_by": _breakeven_by(context),
    }


def priced_by(chains: pd.DataFrame, indices: pd.DataFrame) -> pd.DataFrame:
    """CHAIN, INDEX or None, by which of the two is known."""
    names = np.where(chains.notna(), CHAIN, np.where(indices.notna(), INDEX, None))  # type: ignore[call-overload]
    return pd.DataFrame(names, index=chains.index, columns=chains.columns, dtype=object)


def _breakeven_by(context: Context) -> pd.Series:
    dollars = context.reading("gold.breakeven_usd_1m").to_frame("gold")
    chain = context.observed("gold.iv_30d").to_frame("gold").where(dollars.notna())
    return priced_by(chain, dollars)["gold"]


def _observed(context: Context, measure: str) -> pd.DataFrame:
    series = {fund: context.observed(f"{fund}.{measure}") for fund in FUNDS}
    frame = pd.DataFrame(series, index=context.sessions, columns=list(FUNDS), dtype=float)
    return frame.where(context.column(context.market.close, FUNDS).notna())


def _indices(context: Context) -> pd.DataFrame:
    """Levels of the volatility indices on the session before, under their funds; nan where a fund has none."""
    series = {fund: context.reading(f"{index}.level_prev") for fund, index in INDICES.items()}
    return pd.DataFrame(series, index=context.sessions, columns=list(FUNDS), dtype=float)
