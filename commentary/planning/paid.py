"""What funds paid on the day, which is no move: theses, themes and messages that rest on it are not told."""

from __future__ import annotations

from collections.abc import Mapping

from commentary.model import Scalar
from commentary.payments import LEAST_PAID, PAID, paid

MOST_OF = 0.3
"""Part of a move from which on a payment made it."""

DAY = (
    "return_1d",
    "move_z",
    "worst_since_date",
    "best_since_date",
    "spread_1d",
    "spread_z",
    "spread_since_date",
)
"""Measures of one day that a payment distorts."""


def paid_out(scene: Mapping[str, Scalar]) -> set[str]:
    """Measures of one day that a payment made, of funds and pairs whose prices fell by what their owners received.

    Prices are quoted without it: a fund that fell by little else has not moved.
    """
    found: set[str] = set()
    for subject in [name.partition(".")[0] for name in scene if name.endswith(f".{PAID}")]:
        given = abs(paid(scene, subject))
        move = scene.get(f"{subject}.return_1d", scene.get(f"{subject}.spread_1d"))
        if given >= LEAST_PAID and isinstance(move, float) and given >= MOST_OF * abs(move):
            found |= {f"{subject}.{each}" for each in DAY}
    return found
