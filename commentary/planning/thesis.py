"""The thesis: the pair of readings that disagree most, which the whole note argues."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from commentary.model import Scalar
from commentary.planning.layout import Thesis

FALLBACK = "plain"
"""Thesis of a day on which no pair disagrees: the verdict alone."""

EVERYWHERE = "sp500"
"""The subject of which every note speaks: a pair is told by the other one."""


def choose_thesis(
    theses: Sequence[Thesis], scene: Mapping[str, Scalar], preferred: Collection[str] = ()
) -> tuple[str, tuple[str, ...]]:
    """Name and pair of the most salient thesis that holds; ``plain`` with no pair where none does.

    Where one of the ``preferred`` holds, one of those.
    """
    held = [
        (thesis.salience.number(scene), thesis)
        for thesis in theses
        if (not thesis.file.verdicts or scene["verdict"] in thesis.file.verdicts)
        and thesis.when.holds(scene) is True
    ]
    known = [(salience, thesis) for salience, thesis in held if salience == salience]
    known = [pair for pair in known if pair[1].name in preferred] or known
    if not known:
        return FALLBACK, ()
    best = max(known, key=lambda pair: (pair[0], pair[1].name))[1]
    return best.name, best.file.pair


def subjects_of(theses: Sequence[Thesis], name: str) -> frozenset[str]:
    """Subjects by which a message is known to speak of a thesis; none for one that is no file's."""
    file = next((thesis.file for thesis in theses if thesis.name == name), None)
    if file is None:
        return frozenset()
    found = frozenset(file.subjects or (reading.split(".")[0] for reading in file.pair))
    return found - {EVERYWHERE} or found
