"""Return differences of the pairs in ``rules/pairs.toml``."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from commentary.model import ReadingSpec
from commentary.readings._context import Context
from commentary.readings._protocol import Blocks, Measure, Setting, shifted, since_measures
from commentary.readings._scaled import in_sigmas
from commentary.readings._since import first_rows, since, since_blocks
from commentary.scale import Pair
from commentary.units import Unit

NEEDS = ("returns",)

RATIO = "software_vs_semis"
"""The pair whose price ratio is ranked as well."""

DAY = Measure("spread_1d", Unit.FRACTION, "1 session", 1, -2, 2, "return of the long side less the short")
PAID = Measure(
    "paid_1d", Unit.FRACTION, "1 session", 1, -1, 1, "what the long side paid less what the short side did"
)
WEEK = Measure("spread_5d", Unit.FRACTION, "5 sessions", 5, -4, 4, "return of the long side less the short")


def declare(setting: Setting) -> Iterable[ReadingSpec]:
    """Spread over 1 and 5 sessions, in σ, and since when it was not as large; one ratio's percentiles."""
    clip = setting.scale.sigma.clip
    z = Measure("spread_z", Unit.SIGMA, DAY.window, setting.history, -clip, clip, "spread_1d over its own σ")
    as_large = since_measures("spread_since", 1, "sessions since a spread as large on the same side")
    for name, pair in setting.scale.pairs.items():
        for measure in (DAY, PAID, WEEK, z, shifted(z, "spread_z_prev"), *as_large):
            yield measure.of(name, *pair.instruments)
    if RATIO in setting.scale.pairs:
        inputs = setting.scale.pairs[RATIO].instruments
        year = "rank of the ratio of closes among 252 sessions"
        every = "rank of the ratio of closes among all sessions of the data"
        move = f"the same as {RATIO}.spread_z"
        share = Unit.SHARE
        yield ReadingSpec(f"{RATIO}.move_z", z.unit, z.window, inputs, z.history, -clip, clip, move)
        yield ReadingSpec(f"{RATIO}.ratio_pct_252d", share, "252 sessions", inputs, 251, 0, 1, year)
        yield ReadingSpec(f"{RATIO}.ratio_pct_record", share, "all sessions", inputs, 251, 0, 1, every)


def compute(context: Context) -> Blocks:
    """Frames of sessions × pairs."""
    pairs = context.setting.scale.pairs
    one = pd.DataFrame({name: _spread(context, pair, "return_1d") for name, pair in pairs.items()})
    week = pd.DataFrame({name: _spread(context, pair, "return_5d") for name, pair in pairs.items()})
    z = in_sigmas(one, context.setting.scale.sigma)
    blocks: dict[str, pd.DataFrame | pd.Series] = {
        "spread_1d": one,
        "paid_1d": pd.DataFrame({name: _spread(context, pair, "paid_1d") for name, pair in pairs.items()}),
        "spread_5d": week,
        "spread_z": z,
        "spread_z_prev": z.shift(1),
        **since_blocks({"spread_since": _since(context, one)}),
    }
    return blocks | (_ratio(context, pairs[RATIO], z[RATIO]) if RATIO in pairs else {})


def _spread(context: Context, pair: Pair, measure: str) -> pd.Series:
    long, short = context.frame(measure, pair.long), context.frame(measure, pair.short)
    return long.mean(axis=1, skipna=False) - short.mean(axis=1, skipna=False)


def _since(context: Context, spread: pd.DataFrame) -> tuple[pd.DataFrame, ...]:
    first, ordinals = first_rows(spread), context.ordinals
    first = (first - 1).clip(min=0)
    up, down = since(spread, spread > 0, first, ordinals), since(-spread, spread < 0, first, ordinals)
    return tuple(above.where(spread > 0, below) for above, below in zip(up, down, strict=True))


def _ratio(context: Context, pair: Pair, z: pd.Series) -> dict[str, pd.Series]:
    linked = context.column(context.linked, (pair.long[0], pair.short[0]))
    ratio = linked[pair.long[0]] / linked[pair.short[0]]
    return {
        f"{RATIO}.move_z": z,
        f"{RATIO}.ratio_pct_252d": ratio.rolling(252).rank(pct=True),
        f"{RATIO}.ratio_pct_record": ratio.expanding(252).rank(pct=True),
    }
