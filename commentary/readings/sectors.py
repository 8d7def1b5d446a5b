"""The sectors: did they move as one, how far apart were they, who led and who lagged."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from commentary.model import ReadingSpec
from commentary.readings._context import Context
from commentary.readings._protocol import Blocks, Setting
from commentary.readings.leadership import largest
from commentary.units import Unit

NEEDS = ("returns",)

MINIMUM = 7
"""Sectors that must be known."""

FLAT = 0.25
"""Percent added to the index move, so that dispersion on a flat day stays finite."""


def declare(setting: Setting) -> Iterable[ReadingSpec]:
    """One-wayness, share up, dispersion over the index move, best and worst, and each sector's rank."""
    ids, day, history = setting.of("sector"), "1 session", setting.history
    one_way = "m²/(m² + s²), mean and population variance of the sectors' move_z"
    dispersion = "sample sd of sector returns in percent over (|S&P return| in percent + 0.25)"
    fraction, count = Unit.FRACTION, max(len(ids), 1)
    yield ReadingSpec("sectors.one_way", Unit.SHARE, day, ids, history, 0, 1, one_way)
    yield ReadingSpec("sectors.advancing", Unit.SHARE, day, ids, 1, 0, 1, "sectors up over sectors")
    yield ReadingSpec("sectors.dispersion_ratio", Unit.RATIO, day, (*ids, "sp500"), 1, 0, 100, dispersion)
    for name, source in (("best", "highest"), ("worst", "lowest")):
        yield ReadingSpec(f"sectors.{name}", Unit.NAME, day, ids, 1, 0, 0, f"sector with the {source} return")
        yield ReadingSpec(f"sectors.{name}_return", fraction, day, ids, 1, -1, 1, f"{source} sector return")
    for sector in ids:
        rank = "rank of the return among the sectors, 1 = weakest"
        yield ReadingSpec(f"{sector}.sector_rank", Unit.COUNT, day, ids, 1, 1, count, rank)


def compute(context: Context) -> Blocks:
    """Missing where fewer than seven sectors are known."""
    ids = context.setting.of("sector")
    moves, z = context.frame("return_1d", ids), context.frame("move_z", ids)
    known = moves.notna().sum(axis=1) >= MINIMUM
    moves = moves.where(known)
    mean, variance = z.mean(axis=1), z.var(axis=1, ddof=0)
    one_way = (mean**2 / (mean**2 + variance)).where(z.notna().sum(axis=1) >= MINIMUM)
    index = context.reading("sp500.return_1d").abs() * 100
    spread = moves.std(axis=1) * 100
    blocks: dict[str, pd.DataFrame | pd.Series] = {
        "sectors.one_way": one_way,
        "sectors.advancing": (moves > 0).sum(axis=1) / moves.notna().sum(axis=1).where(known),
        "sectors.dispersion_ratio": spread / (index + FLAT),
        "sectors.best": largest(moves),
        "sectors.worst": largest(-moves),
        "sectors.best_return": moves.max(axis=1),
        "sectors.worst_return": moves.min(axis=1),
        "sector_rank": moves.rank(axis=1, method="first"),
    }
    return blocks
