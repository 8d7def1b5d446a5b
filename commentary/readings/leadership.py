"""Which of the scored pairs moved furthest apart."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from commentary.model import ReadingSpec
from commentary.readings._context import Context
from commentary.readings._protocol import Blocks, Setting
from commentary.units import Unit

NEEDS = ("pairs", "stocks")

WIDE = 2.0
"""σ from which a spread counts as wide."""

WINNERS = "winners_vs_losers"
"""The pair that is no pair of instruments."""


def _scored(setting: Setting) -> tuple[str, ...]:
    return tuple(name for name, pair in setting.scale.pairs.items() if pair.scored)


def _counted(setting: Setting) -> tuple[str, ...]:
    pairs = setting.scale.pairs.items()
    return (*(name for name, pair in pairs if pair.scored or pair.counted), WINNERS)


def declare(setting: Setting) -> Iterable[ReadingSpec]:
    """The widest spread in σ, which pair it is, how many are wide, and the second widest of a longer list."""
    scored, day = _scored(setting), "1 session"
    inputs = tuple(f"{name}.spread_z" for name in scored)
    counted = tuple(f"{name}.spread_z" for name in _counted(setting))
    second = "second largest absolute spread_z of the scored and counted pairs and winners less losers"
    clip, history, count = setting.scale.sigma.clip, setting.history, len(scored)
    widest, wide = "largest absolute spread_z of the scored pairs", "scored pairs two σ apart or more"
    return (
        ReadingSpec("leadership.spread_z", Unit.SIGMA, day, inputs, history, 0, clip, widest),
        ReadingSpec("leadership.widest", Unit.NAME, day, inputs, history, 0, 0, f"pair with the {widest}"),
        ReadingSpec("leadership.second_z", Unit.SIGMA, day, counted, history, 0, clip, second),
        ReadingSpec("leadership.wide_count", Unit.COUNT, day, inputs, history, 0, count, wide),
    )


def compute(context: Context) -> Blocks:
    """Of the pairs that have a spread on the session."""
    size = context.frame("spread_z", _scored(context.setting)).abs()
    known = size.notna().any(axis=1)
    every = context.frame("spread_z", _counted(context.setting)).abs()
    return {
        "leadership.spread_z": size.max(axis=1),
        "leadership.second_z": _second(every),
        "leadership.widest": largest(size),
        "leadership.wide_count": (size >= WIDE).sum(axis=1).astype(float).where(known),
    }


def _second(frame: pd.DataFrame) -> pd.Series:
    """Second largest value of each session; missing where fewer than two are known."""
    ordered = np.sort(frame.fillna(-np.inf).to_numpy(), axis=1)
    second = pd.Series(ordered[:, -2], index=frame.index)
    return second.where(np.isfinite(second))


def largest(frame: pd.DataFrame) -> pd.Series:
    """Column with the largest value on each session, the first of equals; None where all are missing."""
    values = frame.fillna(-np.inf).to_numpy()
    names = frame.columns.to_numpy(dtype=object)[values.argmax(axis=1)]
    known = frame.notna().any(axis=1)
    return pd.Series(np.where(known, names, None), index=frame.index, dtype=object)
