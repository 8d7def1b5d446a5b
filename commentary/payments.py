"""What funds paid on the day: prices are quoted without it."""

from __future__ import annotations

from collections.abc import Mapping

PAID = "paid_1d"
"""The measure, of funds and of pairs of them."""

LEAST_PAID = 0.001
"""Part of a price from which on a payment matters, to a reader and to a move."""


def paid(values: Mapping[str, object], subject: str) -> float:
    """What a subject paid on the day, as a part of its price; nought where nobody knows."""
    found = values.get(f"{subject}.{PAID}")
    return found if isinstance(found, float) else 0.0
