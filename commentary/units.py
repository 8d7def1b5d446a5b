"""Units of readings. A unit says how a number may be shown and what a plausible magnitude is."""

from __future__ import annotations

import math
from enum import StrEnum


class Unit(StrEnum):
    """What a reading's number counts."""

    FRACTION = "fraction"  # a return or change: 0.01 is one percent
    SHARE = "share"  # a part of a whole or a percentile, 0 to 1
    SIGMA = "sigma"  # a move in its own standard deviations
    BASIS_POINTS = "basis_points"  # a change of a yield or spread
    PERCENT = "percent"  # the level of a yield or spread, in percent
    POINTS = "points"  # the level or change of a volatility index
    PERCENT_POINTS = "percent_points"  # difference between two returns, in points
    PRICE = "price"  # what a desk quotes
    RATIO = "ratio"
    COUNT = "count"
    SESSIONS = "sessions"
    DATE = "date"  # proleptic Gregorian ordinal
    FLAG = "flag"  # 1.0 true, 0.0 false
    NAME = "name"  # the id of an instrument, spread or sleeve


SIGNIFICANT_DIGITS = 10


def rounded(value: float) -> float:
    """Round to 10 significant digits, the precision at which readings leave their room.

    Raises nothing; nan and infinities come back as they are.
    """
    if value == 0 or not math.isfinite(value):
        return value
    return float(f"{value:.{SIGNIFICANT_DIGITS}g}")


def half_up(value: float, decimals: int) -> float:
    """Round half away from zero, the one rounding rule of tables and prose.

    The number is first taken at 10 significant digits, so that 2.675 stored as 2.67499999999999982
    rounds as the desk reads it.
    """
    scale = 10**decimals
    magnitude = math.floor(abs(rounded(value)) * scale * (1 + 1e-12) + 0.5) / scale
    return math.copysign(magnitude, value) if magnitude else 0.0
