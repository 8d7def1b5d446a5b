"""The part of gold, silver and bitcoin that yields, the dollar and stocks do not explain."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from commentary.model import ReadingSpec
from commentary.readings._context import Context
from commentary.readings._protocol import Blocks, Setting
from commentary.readings._refit import refit_rows
from commentary.readings._ridge import fits
from commentary.scale import Unexplained
from commentary.units import Unit

NEEDS = ("returns", "yields", "curve")

Array = NDArray[np.float64]


def declare(setting: Setting) -> Iterable[ReadingSpec]:
    """The unexplained part in σ, the share that is explained, and the mean of the parts."""
    scale, z = setting.scale.unexplained, Unit.SIGMA
    window, history = f"{scale.window} sessions before", setting.history + scale.minimum
    fit = (
        f"z less the fit of a ridge regression (penalty {scale.penalty:g}) on its drivers, yields and dollar "
    )
    fit += f"together explaining {scale.cap:g} σ at most"
    share = f"1 − unexplained/move, where |move_z| is {scale.share_above_z:g} or more"
    for name, drivers in scale.drivers.items():
        inputs = (name, *drivers)
        yield ReadingSpec(f"{name}.unexplained_z", z, window, inputs, history, -40, 40, fit)
        yield ReadingSpec(f"{name}.explained_share", Unit.RATIO, window, inputs, history, -60, 60, share)
    parts = tuple(f"{name}.unexplained_z" for name in scale.drivers)
    mean = "mean of the unexplained parts that are known"
    yield ReadingSpec("liquid.unexplained_mean", z, window, parts, history, -40, 40, mean)


def compute(context: Context) -> Blocks:
    """Series for each subject, and their mean."""
    scale = context.setting.scale.unexplained
    refits = refit_rows(context.numbers, scale.refit_every, scale.refit_phase)
    parts: dict[str, pd.Series] = {}
    blocks: dict[str, pd.Series] = {}
    for name, drivers in scale.drivers.items():
        move = context.reading(f"{name}.move_z")
        inputs = Drivers(context.readings(drivers).to_numpy(), np.isin(drivers, scale.capped))
        values = residuals(move.to_numpy(), inputs, refits, scale)
        part = parts[name] = pd.Series(values, index=move.index)
        blocks[f"{name}.unexplained_z"] = part
        blocks[f"{name}.explained_share"] = (1 - part / move).where(move.abs() >= scale.share_above_z)
    return blocks | {"liquid.unexplained_mean": pd.DataFrame(parts).mean(axis=1)}


@dataclass(frozen=True, slots=True)
class Drivers:
    """``values``: sessions × drivers in σ; ``capped``: which of them explain no more than the cap together."""

    values: Array
    capped: NDArray[np.bool_]


def residuals(move: Array, inputs: Drivers, refits: NDArray[np.int64], scale: Unexplained) -> Array:
    """What the regression on the window before leaves of each session's move, one value a session.

    Move and drivers are clipped for the fit, neither for the answer.
    """
    drivers = inputs.values
    fitted, _ = fits(move, drivers, refits, scale)
    parts = fitted[:, 1:] * drivers
    held = np.clip(parts[:, inputs.capped].sum(axis=1), -scale.cap, scale.cap)
    return np.asarray(move - fitted[:, 0] - held - parts[:, ~inputs.capped].sum(axis=1), dtype=float)
