"""Whether the hiding places worked."""

from __future__ import annotations

from collections.abc import Iterable

from commentary.model import ReadingSpec
from commentary.readings._context import Context
from commentary.readings._protocol import Blocks, Setting
from commentary.units import Unit

NEEDS = ("returns", "curve")

METALS = ("gold", "silver")


def declare(setting: Setting) -> Iterable[ReadingSpec]:
    """The worse of gold and silver, and the mean of the havens."""
    clip, history, day = setting.scale.sigma.clip, setting.history, "1 session"
    havens = setting.scale.havens
    worst, mean = "lowest move_z of gold and silver", f"mean of those known, {havens.minimum} at least"
    return (
        ReadingSpec("metals.worst_z", Unit.SIGMA, day, METALS, history, -clip, clip, worst),
        ReadingSpec("havens.mean_z", Unit.SIGMA, day, havens.readings, history, -clip, clip, mean),
    )


def compute(context: Context) -> Blocks:
    """Of those that are known."""
    scale = context.setting.scale.havens
    havens = context.readings(scale.readings)
    enough = havens.notna().sum(axis=1) >= scale.minimum
    return {
        "metals.worst_z": context.frame("move_z", METALS).min(axis=1),
        "havens.mean_z": havens.mean(axis=1).where(enough),
    }
