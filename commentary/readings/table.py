"""The subjects that moved most for themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from commentary.model import ReadingSpec
from commentary.readings._context import Context
from commentary.readings._protocol import VOLATILITIES, YIELDS, Blocks, Setting
from commentary.units import Unit

NEEDS = ("returns", "yields", "volatility")

PLACES = 10


def _subjects(setting: Setting) -> dict[str, str]:
    """Name of the z of each subject."""
    moves = {name: f"{name}.move_z" for name in (*setting.priced, *setting.of(*VOLATILITIES))}
    return moves | {name: f"{name}.change_z" for name in setting.of(*YIELDS)}


def declare(setting: Setting) -> Iterable[ReadingSpec]:
    """The ten subjects with the largest absolute z, largest first."""
    inputs, history = tuple(_subjects(setting).values()), setting.history
    source = "spoken instruments by absolute z, payments added, the universe's order between equals"
    for place in range(1, PLACES + 1):
        yield ReadingSpec(f"table.largest_{place}", Unit.NAME, "1 session", inputs, history, 0, 0, source)


def _paid(context: Context, subjects: Mapping[str, str]) -> NDArray[np.float64]:
    """What was paid on the day in σ of each subject, nought where nothing was: a payment is no move."""
    added = np.zeros((len(context.sessions), len(subjects)))
    for place, name in enumerate(subjects):
        if subjects[name].endswith(".move_z"):
            paid, usual = context.readings((f"{name}.paid_1d", f"{name}.sigma_1d")).to_numpy().T
            sign = -1.0 if context.universe[name].inverse else 1.0
            added[:, place] = np.nan_to_num(sign * paid / usual)
    return added


def compute(context: Context) -> Blocks:
    """None where fewer subjects are known."""
    subjects = _subjects(context.setting)
    moves = context.readings(tuple(subjects.values())).to_numpy() + _paid(context, subjects)
    sizes = np.nan_to_num(np.abs(moves), nan=-1.0)
    order = np.argsort(-sizes, axis=1, kind="stable")[:, :PLACES]
    names = np.array(list(subjects), dtype=object)[order]
    known = np.take_along_axis(sizes, order, axis=1) >= 0
    chosen = np.where(known, names, np.array(None, dtype=object))
    return {
        f"table.largest_{place + 1}": pd.Series(chosen[:, place], index=context.sessions, dtype=object)
        for place in range(chosen.shape[1])
    }
