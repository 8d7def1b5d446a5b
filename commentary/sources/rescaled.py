"""Whether an answer tells the past on another scale than the store: after a split, or by mistake."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from statistics import median

SETTLING = timedelta(4)
"""Closes of the last days are corrected at times; those before are not."""

RESCALED = 0.02
"""The smallest scrip issues divide a price by more than this; corrections of old closes are smaller."""

UNIT = 0.02
"""How near a power of ten a factor is that no split explains."""


def factor(before: Mapping[date, float], rows: Sequence[tuple[date, Sequence[float]]], now: date) -> float:
    """By what the closes that both have differ, 1 where they do not or where they have none in common.

    ``before``: closes kept, by day; ``rows``: day and values, the close at place 3.
    """
    pairs = [(before[day], values[3]) for day, values in rows if day in before and day <= now - SETTLING]
    ratios = [new / had for had, new in pairs if had > 0 and new > 0]
    if not ratios or any(abs(ratio - 1) <= RESCALED for ratio in ratios):
        return 1.0
    return median(ratios)


def another_unit(by: float) -> bool:
    """Whether a factor is ten or a hundred, or a part of it: a unit mistaken, no split."""
    power = math.log10(by)
    return round(power) != 0 and abs(power - round(power)) <= UNIT
