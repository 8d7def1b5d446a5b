"""What funds paid on the day, which is no move: theses, themes and messages that rest on it are not told."""

from __future__ import annotations

from collections.abc import Mapping

from commentary.model import Scalar

PAID, LEAST_PAID, MOST_OF = "paid_1d", 0.001, 0.3
"""The reading of what a fund paid, from what on it matters, and the part of a move that it makes up then."""

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
    for name, paid in scene.items():
        subject, _, measure = name.partition(".")
        if measure == PAID and isinstance(paid, float) and abs(paid) >= LEAST_PAID:
            move = scene.get(f"{subject}.return_1d", scene.get(f"{subject}.spread_1d"))
            if isinstance(move, float) and abs(paid) >= MOST_OF * abs(move):
                found |= {f"{subject}.{each}" for each in DAY}
    return found
