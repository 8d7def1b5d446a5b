"""What would change the label: for each influential reading, the level at which it flips, others held."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import combinations, product

from commentary.case import Flip
from commentary.model import VERDICTS, PastSession, Tape, Verdict
from commentary.rulebook.book import Rulebook, Step
from commentary.rulebook.decide import decide
from commentary.rulebook.grade import remember
from commentary.rulebook.ledger import Scope, scope_of, work
from commentary.units import Unit, rounded

MOST = 15
"""How many readings are tried."""

STRIDES = {Unit.SHARE: 0.2, Unit.FRACTION: 0.02, Unit.RATIO: 0.5, Unit.POINTS: 3.0, Unit.BASIS_POINTS: 6.0}
"""What counts as far as one σ in a unit that is not σ: near the standard deviation of a day's change. Set by hand."""

_PAIRED = 6
"""How many readings are tried two by two."""
_GRID = 12
_FARTHEST = 16.0
"""Strides from a reading's value to the last step of the search."""
_HALVINGS = 14
_NOT_TRIED = (Unit.NAME, Unit.DATE, Unit.FLAG)
_DECIDES = 3.0
"""Weight of what a gate reads, in points: a gate decides where a point only leans."""
_AT_REST = 0.25
"""Weight of an item that did not fire: its reading, moved, may make it fire."""

Sought = Callable[[str], bool]
"""Whether a label is one that is looked for."""


def flips(
    rulebook: Rulebook, tape: Tape, before: Sequence[PastSession], verdict: Verdict, to: str = ""
) -> tuple[Flip, ...]:
    """Levels of single readings at which the label would change, the nearest first; ``to`` asks for one label.

    Each of the most influential readings is moved alone over its declared range, away from its value both
    ways; the nearest change counts and is found by bisection, to one part in 16,000 of a step. Readings
    without a declared range are left out, as are those that cannot change the label.
    """
    bench = _Bench(rulebook, tape, before, verdict)
    found = [flip for name in bench.names if (flip := bench.flip(name, _sought(verdict, to)))]
    return tuple(sorted(found, key=_nearness))


def nearest_flip(
    rulebook: Rulebook, tape: Tape, before: Sequence[PastSession], verdict: Verdict
) -> Flip | None:
    """The first of ``flips``, without looking for the others: the search stops where one is found."""
    bench, sought = _Bench(rulebook, tape, before, verdict), _sought(verdict, "")
    for step in range(_GRID):
        found = [flip for name in bench.names if (flip := bench.within(name, step, sought))]
        if found:
            return min(found, key=_nearness)
    return None


def pair_flip(
    rulebook: Rulebook, tape: Tape, before: Sequence[PastSession], verdict: Verdict
) -> tuple[Flip, ...]:
    """Two readings that, moved by as many strides each, change the label where one alone cannot; () if none do."""
    bench, sought = _Bench(rulebook, tape, before, verdict), _sought(verdict, "")
    ways = list(product((-1, 1), repeat=2))
    for step in range(_GRID):
        for pair in combinations(bench.names[:_PAIRED], 2):
            for way in ways:
                if found := bench.together(pair, way, step, sought):
                    return found
    return ()


def _sought(verdict: Verdict, to: str) -> Sought:
    return (lambda label: label == to) if to else (lambda label: label != verdict.label)


def _nearness(flip: Flip) -> tuple[float, str]:
    return abs(flip.strides), flip.reading


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
    """A worked scope in which a reading or two are moved; only what hangs on them is worked again."""

    def __init__(
        self, rulebook: Rulebook, tape: Tape, before: Sequence[PastSession], verdict: Verdict
    ) -> None:
        self.rulebook, self.tape = rulebook, tape
        self.scope = scope_of(rulebook, tape)
        remember(self.scope, before)
        self.names = _influential(rulebook, tape, verdict)[:MOST]

    def label_at(self, levels: dict[str, float]) -> str:
        scope: Scope = self.scope | levels
        work(self._touched(levels), scope)
        return decide(self.rulebook, scope).label

    def _touched(self, names: Iterable[str]) -> Sequence[Step]:
        dependents = self.rulebook.dependents
        found = [dependents.get(name, ()) for name in names]
        if len(found) == 1:
            return found[0]
        keys = {step.key for steps in found for step in steps}
        return [step for step in self.rulebook.steps if step.key in keys]

    def flip(self, name: str, sought: Sought) -> Flip | None:
        return next((flip for step in range(_GRID) if (flip := self.within(name, step, sought))), None)

    def within(self, name: str, step: int, sought: Sought) -> Flip | None:
        """The flip of a reading between one step of the search and the next."""
        found = [flip for way in (-1, 1) if (flip := self.together((name,), (way,), step, sought))]
        return min((flip for (flip,) in found), key=_nearness, default=None)

    def together(
        self, names: Sequence[str], ways: Sequence[int], step: int, sought: Sought
    ) -> tuple[Flip, ...]:
        """One flip a reading where moving all of them to the end of a step gives a label that is sought."""
        held, moved = self._at(names, ways, _strides(step)), self._at(names, ways, _strides(step + 1))
        if held == moved or not sought(label := self.label_at(moved)):
            return ()
        low, high = _strides(step), _strides(step + 1)
        for _ in range(_HALVINGS):
            middle = (low + high) / 2
            if sought(other := self.label_at(self._at(names, ways, middle))):
                high, label = middle, other
            else:
                low = middle
        return tuple(self._flip(name, level, label) for name, level in self._at(names, ways, high).items())

    def _flip(self, name: str, level: float, label: str) -> Flip:
        value = float(self.tape.values[name])
        return Flip(name, value, rounded(level), label, rounded((level - value) / self._stride(name)))

    def _at(self, names: Sequence[str], ways: Sequence[int], strides: float) -> dict[str, float]:
        return {name: self._level(name, way * strides) for name, way in zip(names, ways, strict=True)}

    def _level(self, name: str, strides: float) -> float:
        spec = self.tape.specs[name]
        level = float(self.tape.values[name]) + strides * self._stride(name)
        return min(max(level, spec.low), spec.high)

    def _stride(self, name: str) -> float:
        return STRIDES.get(self.tape.specs[name].unit, 1.0)


def _strides(step: int) -> float:
    """Where a step of the search begins: near ones closer together (squares of equal steps)."""
    return float(_FARTHEST * (step / _GRID) ** 2)
