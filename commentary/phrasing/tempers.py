"""Which verdicts are written in which temper, where that is more than the choice of phrases (VOICE, tempers)."""

from __future__ import annotations

DRIVEN = ("forced_exit", "flight_to_safety")
"""Short and aphoristic, or sober: paragraphs may well end on a short line."""

CALM = ("ordinary", "mixed", "quiet")
"""Dry: no last word is striven for."""

FEW_FIGURES = (*DRIVEN, "quiet")
"""They leave their figures to the table; elsewhere a sentence has one rather than two."""


def most_turns(label: str) -> int:
    """Antitheses that a note of a verdict may have: VOICE's share of sentences at their usual number."""
    return 5 if label in DRIVEN else 1 if label in CALM else 2


def most_told(label: str, *, short: bool = False) -> int:
    """How often a fact is told before it is weighed: announced, in long notes shown; once more where words are few."""
    return (2 if label in DRIVEN else 1) + short
