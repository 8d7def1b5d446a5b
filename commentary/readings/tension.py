"""How far a reading stands from what stocks and yields say of it, against its own history."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from commentary.model import ReadingSpec
from commentary.readings._context import Context
from commentary.readings._protocol import Blocks, Setting
from commentary.readings._refit import refit_rows
from commentary.readings._ridge import fits
from commentary.units import Unit

NEEDS = (
    "returns", "yields", "curve", "volatility", "pairs", "stocks", "breadth", "sectors", "havens", "cross_asset",
    "ohlc",
)  # fmt: skip


def declare(setting: Setting) -> Iterable[ReadingSpec]:
    """One reading a subject."""
    scale, clip = setting.scale.tension, setting.scale.sigma.clip
    window, history = f"{scale.window} sessions before", setting.history + scale.minimum
    for subject, move in scale.moves.items():
        drivers = scale.drivers(subject)
        source = (
            f"{move} less the fit of a ridge regression (penalty {scale.penalty:g}) on {' and '.join(drivers)}, "
            "over the root of the mean square that the fit left"
        )
        name, inputs = f"{subject}.tension_z", (move, *drivers)
        yield ReadingSpec(name, Unit.SIGMA, window, inputs, history, -clip, clip, source)


def compute(context: Context) -> Blocks:
    """One series a subject."""
    scale, clip = context.setting.scale.tension, context.setting.scale.sigma.clip
    refits = refit_rows(context.numbers, scale.refit_every, scale.refit_phase)
    blocks: dict[str, pd.Series] = {}
    for subject, name in scale.moves.items():
        move, drivers = context.reading(name), context.readings(scale.drivers(subject)).to_numpy()
        fitted, left = fits(move.to_numpy(), drivers, refits, scale)
        told = (fitted * np.column_stack([np.ones(len(move)), drivers])).sum(axis=1)
        blocks[f"{subject}.tension_z"] = ((move - told) / np.where(left > 0, left, np.nan)).clip(-clip, clip)
    return blocks
