"""Holds rules to the readings that there are: names, ranges, conditions that never or always hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from commentary.condition_ranges import Range
from commentary.condition_writing import ConditionError
from commentary.conditions import Condition, check_names
from commentary.episode import NAMES
from commentary.errors import Problem
from commentary.model import ReadingSpec
from commentary.rulebook.book import Draft, Item, Rulebook, Step
from commentary.rulebook.thresholds import thresholds, without_pair
from commentary.units import Unit

JUDGED: Mapping[str, tuple[float, float] | None] = {
    **{name: None if name.endswith(("label", "by")) else (0.0, 1e7) for name in NAMES},
    "verdict": None,
    "worst_sleeve": None,
    "ledger.top": None,
    "ledger.open": (0.0, 1.0),
    "tape.sleeves": (0.0, 20.0),
    "episode.sessions_since_forced": (1.0, 10000.0),
    "episode.sessions_since_flight": (1.0, 10000.0),
}
"""Names that judging adds to the tape's, with their ranges (None: a word)."""
_EDGE = 1e-9

Ranges = dict[str, tuple[float, float]]


def lint(rulebook: Rulebook, specs: Mapping[str, ReadingSpec]) -> list[Problem]:
    """Every mistake in the rules that shows only beside the readings: file, key, got, wanted.

    Unknown names; conditions and strengths that cannot be true, or false, over the declared ranges;
    thresholds and examples outside those ranges; items without points or without their pairs of examples.
    """
    ranges = _ranges(specs)
    problems = list(_unknown_names(rulebook, specs))
    for step in rulebook.steps:
        bounds = step.value.bounds(ranges)
        ranges[step.key] = (bounds.low, bounds.high)
    for place, key, condition in rulebook.conditions:
        problems += _outside(place, key, condition, ranges)
    for place, key, condition in _truths(rulebook):
        problems += _never_or_always(place, key, condition.bounds(ranges))
    for item in rulebook.computed:
        problems += _item_problems(item, item.strength.bounds(ranges), ranges)
    return problems


def draft_problems(rulebook: Rulebook, draft: Draft, specs: Mapping[str, ReadingSpec]) -> tuple[Problem, ...]:
    """What a draft would be refused for if it were live: of its file, else beside the readings."""
    item = draft.item
    if draft.wanting or item is None:
        return draft.wanting
    step = Step(item.key, item.place, item.title, item.strength)
    whole = replace(rulebook, trials=(*rulebook.trials, item), steps=(*rulebook.steps, step))
    return tuple(problem for problem in lint(whole, specs) if problem.file == item.place)


def _ranges(specs: Mapping[str, ReadingSpec]) -> Ranges:
    ranges = {name: (spec.low, spec.high) for name, spec in specs.items() if spec.unit is not Unit.NAME}
    return ranges | {name: known for name, known in JUDGED.items() if known is not None}


def _unknown_names(rulebook: Rulebook, specs: Mapping[str, ReadingSpec]) -> Iterator[Problem]:
    words = set(specs) | set(JUDGED) | {step.key for step in rulebook.steps}
    for place, key, condition in rulebook.conditions:
        try:
            check_names(condition, words)
        except ConditionError as error:
            told = "".join(map(rulebook.shelf.told, sorted(condition.names)))
            wanted = f"evidence{told}" if told else error.reason
            yield Problem(place, key, repr(condition.source), wanted)
    for leader in rulebook.leaders:
        if leader.named_by and leader.named_by not in words:
            yield Problem(
                "rules/leaders.toml", f"leaders.{leader.subject}", repr(leader.named_by), "a reading"
            )


def _truths(rulebook: Rulebook) -> Iterator[tuple[str, str, Condition]]:
    """Conditions that are true or false; the others are numbers."""
    for place, key, condition in rulebook.conditions:
        if key.rsplit(".", 1)[-1] in ("gate", "when", "hit") or key.startswith("closes."):
            yield place, key, condition


def _never_or_always(place: str, key: str, bounds: Range) -> Iterator[Problem]:
    if bounds.never:
        yield Problem(place, key, "a condition that never holds over the declared ranges", "one that can")
    elif bounds.always:
        yield Problem(
            place, key, "a condition that always holds over the declared ranges", "one that can fail"
        )


def _outside(place: str, key: str, condition: Condition, ranges: Ranges) -> Iterator[Problem]:
    for threshold in thresholds(condition.source):
        bounds = threshold.inner.bounds(ranges)
        if bounds.words or bounds.low - _EDGE <= threshold.level <= bounds.high + _EDGE:
            continue
        got = f"{threshold.level:g} for {threshold.inner.source}"
        yield Problem(
            place, key, got, f"a level between {bounds.low:g} and {bounds.high:g}, its declared range"
        )


def _item_problems(item: Item, bounds: Range, ranges: Ranges) -> Iterator[Problem]:
    lowest = -1.0 if item.signed else 0.0
    if bounds.low < lowest - _EDGE or bounds.high > 1 + _EDGE:
        got = f"values from {bounds.low:g} to {bounds.high:g}"
        yield Problem(item.place, "strength", got, f"a strength from {lowest:g} to 1")
    if bounds.low == bounds.high:
        yield Problem(item.place, "strength", f"always {bounds.low:g}", "a strength that depends on the day")
    if not item.weight:
        yield Problem(item.place, "points", "none but zeros", "points for or against a verdict")
    for threshold in without_pair(item.strength.source, item.examples):
        got = f"no pair for {threshold.inner.source} at {threshold.level:g}"
        yield Problem(item.place, "examples", got, "two examples on either side of it that end apart")
    for number, example in enumerate(item.examples):
        for name, value in example.readings.items():
            low, high = ranges.get(name, (value, value))
            if isinstance(value, float) and not low - _EDGE <= value <= high + _EDGE:  # type: ignore[operator]
                wanted = f"a value between {low:g} and {high:g}"
                yield Problem(item.place, f"examples.{number}.readings", f"{name} = {value:g}", wanted)
