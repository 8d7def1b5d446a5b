"""Proper scores of published probabilities: no forecaster improves them by saying what he does not think."""

from __future__ import annotations

import math
from collections.abc import Mapping

FLOOR = 1e-6
"""Least share that the logarithm is taken of: one day held impossible costs 13.8 and not everything."""


def brier(probabilities: Mapping[str, float], label: str) -> float:
    """Sum over the classes of (share − 1 if it is the label, else share)²: 0 is certain and right, 2 certain
    and wrong. Lower is better.

    Source: Brier, Monthly Weather Review 78 (1950), 1–3. Raises ValueError for a label that is no class.
    """
    _known(probabilities, label)
    return math.fsum((share - (name == label)) ** 2 for name, share in probabilities.items())


def log_loss(probabilities: Mapping[str, float], label: str, floor: float = FLOOR) -> float:
    """Minus the natural logarithm of the label's share, which counts as ``floor`` at the least. Lower is
    better.

    Source: Good, Journal of the Royal Statistical Society B 14 (1952), 107–114. Raises ValueError for a
    label that is no class.
    """
    _known(probabilities, label)
    return -math.log(max(probabilities[label], floor))


def _known(probabilities: Mapping[str, float], label: str) -> None:
    if label not in probabilities:
        raise ValueError(f"got the label {label!r}; wanted one of {', '.join(probabilities)}")
