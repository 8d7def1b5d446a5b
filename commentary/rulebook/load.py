"""Reads the rule files into a Rulebook, or says everything that is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter

from commentary.authored import meant
from commentary.errors import AuthoringError
from commentary.library import Library
from commentary.rulebook import load_verdicts as verdicts
from commentary.rulebook.book import Item, Rulebook, Ruled, Shelf, Step
from commentary.rulebook.load_evidence import load_items
from commentary.rulebook.parser import Parser
from commentary.rulebook.schema import DerivedFile

DERIVED = "rules/derived.toml"


def load_rulebook(library: Library) -> Rulebook:
    """Read every rule of a library.

    Raises AuthoringError with all mistakes at once: keys, expressions, examples that do not come out,
    thresholds without a pair of examples, strengths that need one another.
    """
    parser = Parser(library)
    items, shelf = load_items(parser)
    steps = _ordered(parser, [*_derived(parser), *map(_step, items)], shelf)
    settings, severity = verdicts.load_settings(parser), verdicts.load_severity(parser)
    scored, ruled = verdicts.load_scored(parser), verdicts.load_ruled(parser)
    phases, tags = verdicts.load_phases(parser), verdicts.load_tags(parser)
    leaders = verdicts.load_leaders(parser)
    _check_sides(parser, ruled.values(), {item.name for item in items}, shelf)
    live, trials = (tuple(item for item in items if item.status == word) for word in ("live", "trial"))
    if settings is None or severity is None or parser.problems:
        raise AuthoringError(parser.problems)
    return Rulebook(live, steps, scored, ruled, settings, severity, phases, tags, leaders, trials, shelf)


def _check_sides(parser: Parser, ruled: Iterable[Ruled], items: set[str], shelf: Shelf) -> None:
    for verdict in ruled:
        for key, names in (("supports", verdict.supports), ("opposes", verdict.opposes)):
            for name in names:
                if name not in items:
                    wanted = f"the name of an evidence item{shelf.told(name) or meant(name, items)}"
                    parser.problem(verdict.place, key, repr(name), wanted)


def _step(item: Item) -> Step:
    return Step(item.key, item.place, item.title, item.strength)


def _derived(parser: Parser) -> list[Step]:
    file = parser.file(DERIVED, DerivedFile)
    entries = file.derived if file else {}
    return [
        Step(key, DERIVED, entry.title, parser.condition(DERIVED, f"derived.{key}.value", entry.value))
        for key, entry in entries.items()
    ]


def _ordered(parser: Parser, steps: Iterable[Step], shelf: Shelf) -> tuple[Step, ...]:
    by_key = {step.key: step for step in steps}
    for step in by_key.values():
        _check_evidence_names(parser, step, by_key, shelf)
    graph = {key: sorted(step.value.names & by_key.keys()) for key, step in by_key.items()}
    try:
        return tuple(by_key[key] for key in TopologicalSorter(graph).static_order())
    except CycleError as error:
        ring = [str(key) for key in error.args[1]]
        parser.problem(
            by_key[ring[0]].place, "strength", " → ".join(ring), "rules that do not need one another"
        )
        return ()


def _check_evidence_names(parser: Parser, step: Step, own: Mapping[str, Step], shelf: Shelf) -> None:
    for name in sorted(step.value.names):
        if name.startswith("evidence.") and name not in own:
            wanted = f"an evidence item{shelf.told(name) or meant(name, own)}"
            parser.problem(step.place, step.place_key, repr(name), wanted)
