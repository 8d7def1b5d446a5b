"""The gates of an argument, part by part, and what would flip the verdict."""

from __future__ import annotations

from collections.abc import Iterator

from commentary.argument import Argument, Gate, Part, Turn
from commentary.exposition.shape import Section, named
from commentary.shown import Showing

_SIGNS = {">=": "≥", "<=": "≤"}
_PASSED = {True: "yes", False: "no", None: "unknown"}
_JOINED = {"and": "all of", "or": "any of"}
_HELD = "Every other reading is held where it is, also those that are computed from the one moved."


def gates(argument: Argument, showing: Showing) -> Section:
    """What each verdict asks, where the day stood, by how much it passed or fell short."""
    rows: list[tuple[str, ...]] = []
    for gate in argument.gates:
        rows.append((named(gate.verdict, showing), "", "", "", _gate_state(argument, gate, showing)))
        rows += _part(gate.condition, 1)
        for closing in gate.closes if gate.passed else ():
            word = "closed" if closing.closed else "not closed"
            rows.append((f"  closes {showing.label(closing.verdict)} when", "", "", "", word))
            rows += _part(closing.condition, 2)
    notes = ("Margin: how much it passes by, or how far it falls short, in the unit of what is compared.",)
    header = ("Gate", "Now", "Asked", "Margin", "Passed")
    return Section("Gates, part by part", header, tuple(rows), notes, frozenset({1}))


def _gate_state(argument: Argument, gate: Gate, showing: Showing) -> str:
    if gate.ruled:
        return {True: "holds", False: "does not hold", None: "unknown"}[gate.passed]
    standing = next(each for each in argument.standings if each.verdict == gate.verdict)
    return gate_word(standing.gate, showing)


def gate_word(gate: str, showing: Showing) -> str:
    """State of a gate in words."""
    way, _, by = gate.partition(":")
    return f"closed by {showing.label(by)}" if by else way


def _part(part: Part, depth: int) -> Iterator[tuple[str, ...]]:
    indent = "  " * depth
    if part.join in _JOINED:
        yield (indent + _JOINED[part.join], "", "", "", _PASSED[part.passed])
    else:
        yield _leaf(part, indent)
    for each in part.parts:
        yield from _part(each, depth + 1)


def _leaf(part: Part, indent: str) -> tuple[str, ...]:
    if part.distance is None:
        asked = f"{_SIGNS.get(part.sign, part.sign)} {part.threshold_shown}" if part.sign else ""
        return (indent + part.title, part.value_shown, asked, "", _PASSED[part.passed])
    margin = f"{part.distance_shown} {'short' if part.distance > 0 else 'to spare'}"
    asked = f"{_SIGNS.get(part.sign, part.sign)} {part.threshold_shown}"
    return (indent + part.title, part.value_shown, asked, margin, _PASSED[part.passed])


def turns(argument: Argument, showing: Showing) -> Iterator[Section]:
    """What would change the label, and what would give the runner-up."""
    header = ("Reading", "Now", "Level", "Distance", "Verdict then")
    turns = list(argument.turns) + ([argument.pair] if argument.pair else [])
    rows = tuple(row for turn in turns for row in _turn(turn, showing))
    none = "No single reading changes it, and no two of the most influential do." if not turns else ""
    two = "No single reading changes it; these two do together." if argument.pair else ""
    notes = tuple(filter(None, (none, two, f"Nearest first. {_HELD}" if turns else "")))
    yield Section("What would flip it", header, rows, notes, frozenset({1, 2, 3}))
    if argument.runner_up != argument.label:
        name, same = showing.label(argument.runner_up), argument.to_rival == argument.turns
        rows = () if same else tuple(row for turn in argument.to_rival for row in _turn(turn, showing))
        none = f"No single reading, moved alone over its range, gives {name}."
        notes = () if rows else ("The same, in the same order.",) if same and argument.turns else (none,)
        yield Section(f"What would make it {name}, the runner-up", header, rows, notes, frozenset({1, 2, 3}))


def _turn(turn: Turn, showing: Showing) -> Iterator[tuple[str, ...]]:
    for place, move in enumerate(turn.moves):
        side = "above" if move.level > move.value else "below"
        title = move.title if place == 0 else f"with {move.title}"
        now, level = _also(move.value_shown, move.value_as), _also(move.level_shown, move.level_as)
        yield (title, now, f"{side} {level}", move.away, showing.label(turn.label))


def _also(shown: str, also: str) -> str:
    return f"{shown} ({also})" if also else shown
