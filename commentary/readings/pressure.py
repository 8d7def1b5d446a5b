"""How hard the tape was pressed, and what is liquid was dumped: means of the largest signs of selling."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from commentary.model import ReadingSpec
from commentary.readings._context import Context
from commentary.readings._protocol import Blocks, Setting
from commentary.scale import Largest
from commentary.units import Unit

NEEDS = ("returns", "havens", "cross_asset", "stocks")


def declare(setting: Setting) -> Iterable[ReadingSpec]:
    """Pressure of the day, the highest of the sessions before, and selling of what is liquid and owned."""
    pressure, dumping, z, day = setting.scale.pressure, setting.scale.dumping, Unit.SIGMA, "1 session"
    history, inputs = setting.history, tuple(pressure.weights)
    window, highest = f"{pressure.before} sessions before", "highest pressure"
    sold = tuple(dumping.weights)
    return (
        ReadingSpec("tape.pressure", z, day, inputs, history, 0, 10, _source(pressure)),
        ReadingSpec("tape.pressure_max_5d", z, window, inputs, history + 1, 0, 10, highest),
        ReadingSpec("liquid.sold_z", z, day, sold, history, 0, 10, _source(dumping)),
    )


def _source(scale: Largest) -> str:
    return f"mean of the {scale.largest} largest weighted signs of selling, each floored at nought"


def compute(context: Context) -> Blocks:
    """Missing where fewer signs are known than are averaged."""
    scale = context.setting.scale
    pressure = _mean_of_largest(context, scale.pressure)
    before = pressure.rolling(scale.pressure.before, min_periods=1).max().shift(1)
    sold = _mean_of_largest(context, scale.dumping)
    return {"tape.pressure": pressure, "tape.pressure_max_5d": before, "liquid.sold_z": sold}


def _mean_of_largest(context: Context, scale: Largest) -> pd.Series:
    signs = (context.readings(tuple(scale.weights)) * list(scale.weights.values())).clip(lower=0)
    ordered = np.sort(signs.fillna(-np.inf).to_numpy(), axis=1)[:, -scale.largest :]
    enough = signs.notna().sum(axis=1) >= scale.largest
    return pd.Series(ordered.mean(axis=1), index=signs.index).where(enough)
