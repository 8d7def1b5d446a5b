"""Shares outstanding of funds: was it paper that changed hands, or did holders hand their shares back?

Counts are observed, not in any bar. A fund's own count is read where it is published; where only its assets and
its net asset value are, their quotient stands in. The two are never held against each other.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from commentary.model import ReadingSpec
from commentary.readings._context import Context
from commentary.readings._protocol import Blocks, Measure, Setting, family, shifted
from commentary.units import Unit

NEEDS = ("volume",)

FUNDS = ("gold", "silver", "spy", "high_yield", "bitcoin_fund")
SESSIONS = 5

FLUSH, BREAKING = 0.005, -0.015
HEAVY = 2.0
"""Change of the count within which nobody left, below which holders did; volume against its usual."""

CARRIED = 2
"""Sessions for which a count that was not seen is carried."""

STALE = 3
"""Sessions without a change beyond which a count is taken for one that the provider has left standing."""

UNDATED = 0.005
"""Most that a flow may hang on whether assets are of the net asset value's day or of the one before."""

SPLIT = 0.3
"""A change of a count in one session beyond this is a split or a change of units, no flow."""

DIGITS = 10
"""Decimals of a flow, so that 98.5 of 100 shares are 1.5 percent fewer and not a bit more."""

KINDS = ("paper_flush", "belief_breaking", "neither")

FLOW = Measure(
    "fund_flow_5d", Unit.FRACTION, "5 sessions", SESSIONS, -1, 1,
    "shares outstanding over those of 5 sessions before, less 1",
)  # fmt: skip
MEASURES = (
    FLOW,
    shifted(FLOW, "fund_flow_5d_prev"),
    Measure(
        "shares_age", Unit.SESSIONS, "all sessions", 0, 0, 30_000,
        "sessions since the count of shares outstanding last changed",
    ),
    Measure(
        "shares_stale", Unit.FLAG, "all sessions", 0, 0, 1,
        f"the count has not changed for more than {STALE} sessions",
    ),
    Measure(
        "flow_kind", Unit.NAME, "5 sessions", 15, 0, 0,
        f"paper_flush: |flow| < {FLUSH} and volume_ratio >= {HEAVY:g}; belief_breaking: flow < {BREAKING}; "
        "else neither; none where the count is stale",
    ),
)  # fmt: skip


def declare(setting: Setting) -> Iterable[ReadingSpec]:
    """By fund: change of shares outstanding over a week, age of the count, what the two say with volume."""
    return family(FUNDS, MEASURES)


def compute(context: Context) -> Blocks:
    """Missing where neither a count nor assets were observed, over a split, and where assets cannot be dated."""
    flows, ages = {}, {}
    for fund in FUNDS:
        counts, assets, value = (
            context.observed(f"{fund}.{measure}").ffill(limit=CARRIED)
            for measure in ("shares_outstanding", "total_assets", "net_asset_value")
        )
        flows[fund] = change(counts).fillna(implied(assets, value))
        ages[fund] = age(counts).fillna(age(assets))
    flow, old = pd.DataFrame(flows).round(DIGITS), pd.DataFrame(ages)
    stale = (old > STALE).astype(float).where(old.notna())
    kinds = kind(flow.where(stale == 0), context.frame("volume_ratio", FUNDS))
    return {
        "fund_flow_5d": flow,
        "fund_flow_5d_prev": flow.shift(1),
        "shares_age": old,
        "shares_stale": stale,
        **{f"{fund}.flow_kind": kinds[fund] for fund in FUNDS},
    }


def change(counts: pd.Series) -> pd.Series:
    """Change of a count over five sessions as a fraction; missing over a split."""
    split = (counts / counts.shift(1) - 1).abs() > SPLIT
    return (counts / counts.shift(SESSIONS) - 1).where(split.rolling(SESSIONS).sum() == 0)


def implied(assets: pd.Series, value: pd.Series) -> pd.Series:
    """The same from assets over net asset value, which are printed without the day that they are of.

    Missing where it matters whether assets are of the value's day or of the session before.
    """
    same, before = change(assets / value), change(assets / value.shift(1))
    return ((same + before) / 2).where((same - before).abs() <= UNDATED)


def age(counts: pd.Series) -> pd.Series:
    """Sessions since a count changed, or since it was first seen."""
    places = pd.Series(np.arange(len(counts), dtype=float), index=counts.index)
    fresh = counts.notna() & (counts != counts.ffill().shift(1))
    return (places - places.where(fresh).ffill()).where(counts.notna())


def kind(flow: pd.DataFrame, volume: pd.DataFrame) -> pd.DataFrame:
    """Names of KINDS; None where flow or volume is missing."""
    names = np.full(flow.shape, "neither", dtype=object)
    names[(flow.abs() < FLUSH) & (volume >= HEAVY)] = "paper_flush"
    names[flow < BREAKING] = "belief_breaking"
    names[flow.isna() | volume.isna()] = None
    return pd.DataFrame(names, index=flow.index, columns=flow.columns, dtype=object)
