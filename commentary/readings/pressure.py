"""How hard the tape was pressed: the mean of the largest signs of selling."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from commentary.model import ReadingSpec
from commentary.readings._context import Context
from commentary.readings._protocol import Blocks, Setting
from commentary.units import Unit

NEEDS = ("returns", "havens", "cross_asset")


def declare(setting: Setting) -> Iterable[ReadingSpec]:
    """Pressure of the day, and the highest of the sessions before."""
    scale, day = setting.scale.pressure, "1 session"
    source = f"mean of the {scale.largest} largest weighted signs of selling, each floored at nought"
    window = f"{scale.before} sessions before"
    inputs, history, highest = tuple(scale.weights), setting.history, "highest pressure"
    return (
        ReadingSpec("tape.pressure", Unit.SIGMA, day, inputs, history, 0, 10, source),
        ReadingSpec("tape.pressure_max_5d", Unit.SIGMA, window, inputs, history + 1, 0, 10, highest),
    )


def compute(context: Context) -> Blocks:
    """Missing where fewer signs are known than are averaged."""
    scale = context.setting.scale.pressure
    signs = (context.readings(tuple(scale.weights)) * list(scale.weights.values())).clip(lower=0)
    ordered = np.sort(signs.fillna(-np.inf).to_numpy(), axis=1)[:, -scale.largest :]
    enough = signs.notna().sum(axis=1) >= scale.largest
    pressure = pd.Series(ordered.mean(axis=1), index=signs.index).where(enough)
    before = pressure.rolling(scale.before, min_periods=1).max().shift(1)
    return {"tape.pressure": pressure, "tape.pressure_max_5d": before}
