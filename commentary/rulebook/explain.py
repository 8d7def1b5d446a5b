"""What would change the label: for each influential reading, the level at which it flips, others held."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from commentary.model import VERDICTS, Flip, PastSession, Tape, Verdict
from commentary.rulebook.book import Rulebook
from commentary.rulebook.decide import decide
from commentary.rulebook.grade import remember
from commentary.rulebook.ledger import Scope, scope_of, work
from commentary.units import Unit, rounded

MOST = 15
"""How many readings are tried."""
_GRID = 12
_HALVINGS = 14
_NOT_TRIED = (Unit.NAME, Unit.DATE, Unit.FLAG)
_DECIDES = 3.0
"""Weight of what a gate reads, in points: a gate decides where a point only leans."""
_AT_REST = 0.25
"""Weight of an item that did not fire: its reading, moved, may make it fire."""


def flips(
    rulebook: Rulebook, tape: Tape, before: Sequence[PastSession], verdict: Verdict
) -> tuple[Flip, ...]:
    """Levels of single readings at which the label would change, the most influential reading first.

    Each reading is moved alone over its declared range, away from its value both ways; the nearest change
    counts and is found by bisection, to one part in 16,000 of a step. Readings without a declared range
    are left out, as are those that cannot change the label.
    """
    bench = _Bench(rulebook, tape, before)
    found = (bench.flip(name, verdict.label) for name in _influential(rulebook, tape, verdict)[:MOST])
    return tuple(flip for flip in found if flip is not None)


def _influential(rulebook: Rulebook, tape: Tape, verdict: Verdict) -> list[str]:
    """Readings by how many points between the story told and the runner-up hang on them."""
    first, second = _two_stories(verdict)
    weights: dict[str, float] = {}
    for item in rulebook.items:
        fired = _AT_REST + abs(verdict.strengths.get(item.name, 0.0))
        swing = abs(item.points[first] - item.points[second]) * fired
        for name in rulebook.reach[item.key]:
            weights[name] = weights.get(name, 0.0) + swing
    gates = [rulebook.scored[place].gate.condition for place in (first, second)]
    rules = [ruled.when for ruled in rulebook.ruled.values() if ruled.when is not None]
    for name in (name for condition in (*gates, *rules) for name in condition.names):
        reached = rulebook.reach.get(name, frozenset((name,)))
        for reading in reached:
            weights[reading] = weights.get(reading, 0.0) + _DECIDES / len(reached)
    tried = [name for name in weights if _can_be_moved(tape, name)]
    return sorted(tried, key=lambda name: (-weights[name], name))


def _two_stories(verdict: Verdict) -> tuple[int, int]:
    """Places of the label, or of the highest score where the label is a ruled one, and of the next story."""
    order = sorted(VERDICTS, key=lambda name: -verdict.scores[name])
    first = verdict.label if verdict.label in VERDICTS else order[0]
    second = verdict.runner_up if verdict.runner_up != first else order[1]
    return VERDICTS.index(first), VERDICTS.index(second)


def _can_be_moved(tape: Tape, name: str) -> bool:
    spec = tape.specs.get(name)
    value = tape.values.get(name)
    return (
        spec is not None
        and spec.unit not in _NOT_TRIED
        and isinstance(value, (int, float))
        and value == value
    )


class _Bench:
    """A worked scope in which one reading at a time is moved; only what hangs on it is worked again."""

    def __init__(self, rulebook: Rulebook, tape: Tape, before: Sequence[PastSession]) -> None:
        self.rulebook, self.tape = rulebook, tape
        self.scope = scope_of(rulebook, tape)
        remember(self.scope, before)

    def label_at(self, name: str, level: float) -> str:
        scope: Scope = self.scope | {name: level}
        work(self.rulebook.dependents.get(name, ()), scope)
        return decide(self.rulebook, scope).label

    def flip(self, name: str, label: str) -> Flip | None:
        value = float(self.tape.values[name])
        spec = self.tape.specs[name]
        ways = [self._towards(name, value, bound, label) for bound in (spec.low, spec.high)]
        found = [flip for flip in ways if flip is not None]
        return min(found, key=lambda flip: abs(flip.level - value)) if found else None

    def _towards(self, name: str, value: float, bound: float, label: str) -> Flip | None:
        held = value
        for level in _steps(value, bound):
            if (other := self.label_at(name, level)) != label:
                return Flip(name, value, self._bisected(name, (held, level), label), other)
            held = level
        return None

    def _bisected(self, name: str, between: tuple[float, float], label: str) -> float:
        held, changed = between
        for _ in range(_HALVINGS):
            middle = (held + changed) / 2
            if self.label_at(name, middle) == label:
                held = middle
            else:
                changed = middle
        return rounded(changed)


def _steps(value: float, bound: float) -> Iterator[float]:
    """Levels from a value to a bound, near ones closer together (squares of equal steps)."""
    for step in range(1, _GRID + 1):
        yield value + (bound - value) * (step / _GRID) ** 2
