"""How far a share of a few days may lie from the share of all days."""

from __future__ import annotations

import math
from statistics import NormalDist


def wilson(hits: int, of: int, level: float = 0.95) -> tuple[float, float]:
    """The score interval of a share of days, as two shares, lower first.

    Source: Wilson, Journal of the American Statistical Association 22 (1927), 209–212. It stays within
    0–1 and is not empty at 0 or all hits. Without a single day nothing is known: (0.0, 1.0).
    Raises ValueError for counts that are none of a share, and for a level outside 0–1.
    """
    if not 0 <= hits <= of:
        raise ValueError(f"got {hits} hits of {of}; wanted 0 ≤ hits ≤ of")
    if not 0 < level < 1:
        raise ValueError(f"got a level of {level}; wanted one between 0 and 1")
    if of == 0:
        return 0.0, 1.0
    z = NormalDist().inv_cdf((1 + level) / 2)
    share, weight = hits / of, z * z / of
    middle = share + weight / 2
    reach = math.sqrt(weight * (share * (1 - share) + weight / 4))
    low = 0.0 if hits == 0 else (middle - reach) / (1 + weight)
    high = 1.0 if hits == of else (middle + reach) / (1 + weight)
    return low, high
