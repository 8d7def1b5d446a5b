"""The ledger: strengths of evidence times points, added inside channels, capped, and turned into shares."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

from commentary.model import VERDICTS, Tape
from commentary.rulebook.book import Rulebook, Step

Scope = dict[str, Any]
"""Names that rules read: the tape's readings, and what the rules have worked out so far."""


def scope_of(rulebook: Rulebook, tape: Tape) -> Scope:
    """The readings that the rules use and the tape has, then every derived number and strength."""
    values = tape.values
    scope: Scope = {name: values[name] for name in rulebook.readings if name in values}
    work(rulebook.steps, scope)
    return scope


def work(steps: Iterable[Step], scope: Scope) -> None:
    """Work out steps in their order; an unknown one stands as nan, never as zero."""
    for step in steps:
        scope[step.key] = step.value.number(scope)


def strengths(rulebook: Rulebook, scope: Mapping[str, Any]) -> dict[str, float]:
    """Strength of each item whose readings are there, those on trial among them."""
    found = {item.name: float(scope[item.key]) for item in rulebook.computed}
    return {name: strength for name, strength in found.items() if strength == strength}


def totals(rulebook: Rulebook, scope: Mapping[str, Any]) -> list[float]:
    """Points of the six verdicts, bias included. A missing item adds nothing."""
    found = [verdict.bias for verdict in rulebook.scored]
    for cap, items in rulebook.scales:
        sums = [0.0] * len(VERDICTS)
        for key, given in items:
            strength = scope[key]
            if strength and strength == strength:
                sums = [whole + strength * points for whole, points in zip(sums, given, strict=True)]
        for place, points in enumerate(sums):
            found[place] += min(max(points, -cap), cap)
    return found


def scores(points: list[float], temperature: float) -> list[float]:
    """Softmax of points: shares of the six that sum to one.

    Bridle 1990, Probabilistic Interpretation of Feedforward Classification Network Outputs.
    """
    highest = max(points)
    weights = [math.exp((each - highest) / temperature) for each in points]
    whole = sum(weights)
    return [weight / whole for weight in weights]


def coverage(rulebook: Rulebook, known: Mapping[str, float]) -> float:
    """Points available ÷ points possible, 0–1: how much of the ledger could be filled in."""
    possible = sum(item.weight for item in rulebook.items)
    available = sum(item.weight for item in rulebook.items if item.name in known)
    return available / possible if possible else 0.0
