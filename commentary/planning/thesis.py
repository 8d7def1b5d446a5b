"""The thesis: the pair of readings that disagree most, which the whole note argues."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from commentary.model import Scalar
from commentary.planning.layout import Thesis

FALLBACK = "plain"
"""Thesis of a day on which no pair disagrees: the verdict alone."""


def choose_thesis(theses: Sequence[Thesis], scene: Mapping[str, Scalar]) -> tuple[str, tuple[str, ...]]:
    """Name and pair of the most salient thesis that holds; ``plain`` with no pair where none does."""
    held = [
        (thesis.salience.number(scene), thesis)
        for thesis in theses
        if (not thesis.file.verdicts or scene["verdict"] in thesis.file.verdicts)
        and thesis.when.holds(scene) is True
    ]
    known = [(salience, thesis) for salience, thesis in held if salience == salience]
    if not known:
        return FALLBACK, ()
    best = max(known, key=lambda pair: (pair[0], pair[1].name))[1]
    return best.name, best.file.pair
