"""Dollar volume against its usual."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from commentary.model import ReadingSpec
from commentary.readings._context import Context
from commentary.readings._protocol import Blocks, Measure, Setting, family
from commentary.units import Unit

NEEDS: tuple[str, ...] = ()

MEASURES = (
    Measure(
        "volume_ratio", Unit.RATIO, "20 sessions before", 15, 0, 1e7,
        "dollar volume over its median of the 20 sessions before",
    ),
    Measure(
        "volume_ratio_252d", Unit.RATIO, "252 sessions before", 126, 0, 1e7,
        "dollar volume over its median of the 252 sessions before",
    ),
)  # fmt: skip


def declare(setting: Setting) -> Iterable[ReadingSpec]:
    """Dollar volume over its median of a month and of a year."""
    return family(setting.priced, MEASURES)


def compute(context: Context) -> Blocks:
    """One frame a measure; nan where there is no volume."""
    dollars = dollar_volume(context, context.setting.priced)
    return {
        "volume_ratio": _ratio(dollars, 20, 15),
        "volume_ratio_252d": _ratio(dollars, 252, 126),
    }


def dollar_volume(context: Context, instruments: Iterable[str]) -> pd.DataFrame:
    """Close times volume; the volume of what trades round the clock is quoted in dollars already.

    Missing where the symbol is not the last in use: a future's contracts are no shares.
    """
    ids = list(instruments)
    volume, close = (context.column(frame, ids) for frame in (context.market.volume, context.market.close))
    factor = close.copy()
    factor.loc[:, [name for name in ids if context.universe[name].session == "UTC"]] = 1.0
    dollars = volume * factor
    return dollars.where((dollars > 0) & context.quoted(ids))


def _ratio(dollars: pd.DataFrame, window: int, minimum: int) -> pd.DataFrame:
    known = [name for name in dollars.columns if dollars[name].notna().any()]
    usual = dollars[known].rolling(window, min_periods=minimum).median().shift(1)
    return (dollars[known] / usual).reindex(columns=dollars.columns)
