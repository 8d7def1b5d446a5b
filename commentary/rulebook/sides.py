"""Which side an item of the ledger takes: its points for the label that was given."""

from __future__ import annotations

from collections.abc import Mapping

from commentary.model import VERDICTS
from commentary.rulebook.book import Item, Rulebook


def story_of(label: str, scores: Mapping[str, float]) -> str:
    """The scored verdict that evidence is read for: the label, else the highest score."""
    return label if label in VERDICTS else max(VERDICTS, key=lambda name: scores[name])


def given(rulebook: Rulebook, label: str, story: str, item: Item, strength: float) -> float:
    """Points of an item at a strength for a label, below zero against it.

    A ruled verdict names the items that count for it; where it names none, what speaks for the highest score
    (``story``) opposes it, but for a mixed day, to which it belongs.
    """
    ruled = rulebook.ruled.get(label)
    if ruled is not None and (ruled.supports or ruled.opposes):
        side = (item.name in ruled.supports) - (item.name in ruled.opposes)
        return side * abs(strength) * max(map(abs, item.points))
    turned_down = ruled is not None and label != "mixed"
    return strength * item.points[VERDICTS.index(story)] * (-1.0 if turned_down else 1.0)
