"""The Treasury curve: its slope, its belly, the name of its move, and whether bonds were bid."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from commentary.model import ReadingSpec
from commentary.readings._context import Context
from commentary.readings._protocol import Blocks, Setting
from commentary.scale import Curve
from commentary.units import Unit

NEEDS = ("yields",)

TWO, FIVE, TEN = "ust2y", "ust5y", "ust10y"
LEGS = (TWO, FIVE, TEN, "ust30y")
SHAPES = (
    "bull_steepening", "bear_steepening", "bull_flattening", "bear_flattening",
    "parallel_up", "parallel_down", "unchanged",
)  # fmt: skip


def declare(setting: Setting) -> Iterable[ReadingSpec]:
    """Slope, belly, shape, the hardest legs, and the mean of the ends in σ with the sign of a bond's price."""
    clip, bp = setting.scale.sigma.clip, Unit.BASIS_POINTS
    day, ends, all_three = "1 session", (TWO, TEN), (TWO, FIVE, TEN)
    slope = "10-year less 2-year yield"
    belly = "5-year change less the mean of the 2- and 10-year changes"
    shape = f"one of {', '.join(SHAPES)}, by the changes of the 2- and 10-year yields"
    rise = "the largest of the 2-, 5-, 10- and 30-year change_z that are known"
    fall = "minus the smallest of the 2-, 5-, 10- and 30-year change_z that are known: + is bid"
    bonds = "minus the mean of the 2- and 10-year change_z: + is bid"
    return (
        ReadingSpec("curve.two_ten_bp", bp, day, ends, 0, -600, 600, slope),
        ReadingSpec("curve.two_ten_change_bp", bp, day, ends, 1, -200, 200, f"change of {slope}"),
        ReadingSpec("curve.belly_bp", bp, day, all_three, 1, -200, 200, belly),
        ReadingSpec("curve.shape", Unit.NAME, day, ends, 1, 0, 0, shape),
        ReadingSpec("bonds.move_z", Unit.SIGMA, day, ends, setting.history, -clip, clip, bonds),
        ReadingSpec("curve.rise_z", Unit.SIGMA, day, LEGS, setting.history, -clip, clip, rise),
        ReadingSpec("curve.fall_z", Unit.SIGMA, day, LEGS, setting.history, -clip, clip, fall),
    )


def compute(context: Context) -> Blocks:
    """Missing where either end is; the hardest legs are those of the yields that are known."""
    level = context.frame("level", (TWO, TEN))
    change = context.frame("change_bp", (TWO, FIVE, TEN))
    z = context.frame("change_z", LEGS)
    return {
        "curve.two_ten_bp": (level[TEN] - level[TWO]) * 100,
        "curve.two_ten_change_bp": change[TEN] - change[TWO],
        "curve.belly_bp": change[FIVE] - (change[TWO] + change[TEN]) / 2,
        "curve.shape": shape(change[TWO], change[TEN], context.setting.scale.curve),
        "bonds.move_z": -(z[TWO] + z[TEN]) / 2,
        "curve.rise_z": z.max(axis=1),
        "curve.fall_z": -z.min(axis=1),
    }


def shape(two: pd.Series, ten: pd.Series, scale: Curve) -> pd.Series:
    """Name of the curve's move; bull where the two yields fell on balance, bear where they rose.

    A twist about the middle is named by its longer leg.
    """
    slope, drift = (ten - two).round(6), (two + ten).round(6)
    falling = (drift < 0) | ((drift == 0) & (ten < 0))
    still = (two.abs() < scale.unchanged_bp) & (ten.abs() < scale.unchanged_bp)
    conditions = [
        two.isna() | ten.isna(),
        still,
        slope.abs() < scale.parallel_bp,
        slope > 0,
    ]
    choices: list[object] = [
        None,
        "unchanged",
        np.where(falling, "parallel_down", "parallel_up"),
        np.where(falling, "bull_steepening", "bear_steepening"),
    ]
    flatter = np.where(falling, "bull_flattening", "bear_flattening")
    objects = [np.broadcast_to(np.asarray(choice, dtype=object), two.shape) for choice in choices]
    return pd.Series(np.select(conditions, objects, flatter.astype(object)), index=two.index, dtype=object)
