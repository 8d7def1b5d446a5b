"""The argument of a verdict in short: what a note carries of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from commentary.case import Case, CaseGate, CaseItem
from commentary.model import EvidenceLine, PastSession, Tape, Verdict
from commentary.quoted import Part
from commentary.rulebook.book import Rulebook
from commentary.rulebook.decide import decide
from commentary.rulebook.explain import STRIDES, nearest_flip
from commentary.rulebook.ledger import scope_of
from commentary.rulebook.parts import Reader, in_order
from commentary.rulebook.sides import given, story_of
from commentary.shown import Showing
from commentary.units import Unit

SUPPORTS, OPPOSES = 3, 1
"""How many items are named on either side."""

_LEAST = 0.05
"""Points below which an item is not worth a line."""


def case_of(rulebook: Rulebook, tape: Tape, before: Sequence[PastSession], verdict: Verdict) -> Case:
    """The strongest items on both sides, the gate's margin, the runner-up, the nearest flip."""
    scope = scope_of(rulebook, tape)
    decide(rulebook, scope)
    items = _items(rulebook, verdict)
    for_it = sorted((item for item in items if item.points >= _LEAST), key=_largest)
    against = sorted((item for item in items if item.points <= -_LEAST), key=_largest)
    return Case(
        tuple(for_it[:SUPPORTS]),
        tuple(against[:OPPOSES]),
        _gate(Reader(rulebook, scope, Showing(tape.specs, {}, {}), deep=False), verdict),
        verdict.runner_up,
        gate_state(verdict, verdict.runner_up),
        nearest_flip(rulebook, tape, before, verdict),
    )


def gate_state(verdict: Verdict, name: str) -> str:
    """How the gate of one of the six stood: passed, failed, unknown, ``closed:<verdict>`` where a ruled one shut it."""
    own, *closed = [gate for gate in verdict.gates if gate.verdict == name]
    if closed and own.passed is not False:
        return "closed:" + closed[0].expression.removeprefix("not (").split(" and ", 1)[0]
    return "unknown" if own.passed is None else "passed" if own.passed else "failed"


def asked_of(rulebook: Rulebook, verdict: Verdict, scope: Mapping[str, object]) -> tuple[str, str]:
    """Whose condition the verdict hangs on, and the condition: a rule that holds, else that of the story told."""
    ruled = rulebook.ruled.get(verdict.label)
    if ruled is not None and ruled.when is not None and ruled.when.holds(scope) is True:
        return ruled.name, ruled.when.source
    story = story_of(verdict.label, verdict.scores)
    return story, next(each.gate.source for each in rulebook.scored if each.name == story)


def primary(rulebook: Rulebook, item: str) -> str:
    """The reading or derived number that an item rests on first; another item's strength only where it must."""
    strength = next(each.strength for each in rulebook.computed if each.name == item)
    return min(in_order(strength), key=lambda name: name.startswith("evidence."))


def _items(rulebook: Rulebook, verdict: Verdict) -> list[CaseItem]:
    return [_item(rulebook, verdict, line) for line in verdict.evidence]


def _item(rulebook: Rulebook, verdict: Verdict, line: EvidenceLine) -> CaseItem:
    item = next(each for each in rulebook.items if each.name == line.item)
    story = story_of(verdict.label, verdict.scores)
    points = given(rulebook, verdict.label, story, item, line.strength)
    return CaseItem(line.item, line.title, primary(rulebook, line.item), line.strength, points)


def _largest(item: CaseItem) -> tuple[float, str]:
    return -abs(item.points), item.item


def _gate(reader: Reader, verdict: Verdict) -> CaseGate | None:
    name, source = asked_of(reader.rulebook, verdict, reader.scope)
    leaf = deciding(reader.part(source))
    if leaf is None or not isinstance(leaf.value, float) or not isinstance(leaf.threshold, float):
        return None
    margin = -(leaf.distance or 0.0) + 0.0
    return CaseGate(name, leaf.compared, leaf.value, leaf.sign, leaf.threshold, margin, leaf.unit)


def deciding(part: Part) -> Part | None:
    """The comparison on which a condition hangs: of parts joined by ``and`` the farthest, by ``or`` the nearest.

    Units are made comparable as for flips. None where no comparison of numbers is known; of a failed ``and``
    only the failed parts count, of a passed ``or`` only those that passed, and none where a word passed it.
    """
    if not part.parts or part.join == "count":
        return part if part.distance is not None else None
    every = part.join == "and"
    parts = [
        each for each in part.parts if part.passed is (not every) and each.passed is part.passed
    ] or part.parts
    leaves = [deciding(each) for each in parts]
    if not every and part.passed and None in leaves:
        return None
    found = [leaf for leaf in leaves if leaf is not None]
    return (max if every else min)(found, key=_strides, default=None)


def _strides(leaf: Part) -> float:
    stride = STRIDES.get(Unit(leaf.unit), 1.0) if leaf.unit else 1.0
    return (leaf.distance or 0.0) / stride
