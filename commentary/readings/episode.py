"""The order of the dominoes: when each sleeve was first hit in the last sessions."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from commentary.model import ReadingSpec
from commentary.readings._context import Context
from commentary.readings._protocol import Blocks, Setting
from commentary.scale import Sleeve
from commentary.units import Unit

NEEDS = ("returns", "indices", "havens", "curve", "spreads")


def declare(setting: Setting) -> Iterable[ReadingSpec]:
    """One reading a sleeve: sessions since its first hit in the window, missing where it was not hit."""
    scale = setting.scale.episode
    window = f"{scale.window} sessions"
    source = "sessions since the first session of the window on which the sleeve was hit"
    for name, sleeve in scale.sleeves.items():
        last, inputs, history = scale.window - 1, sleeve.readings, setting.history
        yield ReadingSpec(f"episode.first_{name}", Unit.SESSIONS, window, inputs, history, 0, last, source)


def compute(context: Context) -> Blocks:
    """Sessions ago, 0 for today."""
    scale = context.setting.scale.episode
    return {
        f"episode.first_{name}": first_hit(_hit(context, sleeve), scale.window)
        for name, sleeve in scale.sleeves.items()
    }


def _hit(context: Context, sleeve: Sleeve) -> pd.Series:
    below = context.readings(tuple(sleeve.below)).le(list(sleeve.below.values())).any(axis=1)
    above = context.readings(tuple(sleeve.above)).ge(list(sleeve.above.values())).any(axis=1)
    return below | above


def first_hit(hit: pd.Series, window: int) -> pd.Series:
    """Sessions since the first true of the last ``window`` sessions, today included; nan where none is."""
    answer = np.full(len(hit), np.nan)
    values = hit.to_numpy(dtype=bool)
    for ago in range(min(window, len(hit))):
        answer[ago:][values[: len(hit) - ago]] = ago
    return pd.Series(answer, index=hit.index)
