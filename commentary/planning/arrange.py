"""Arrangement: sections in the order of the evidence, messages in the order of the argument."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from commentary.conditions import parse
from commentary.model import Choice, Scalar, Section
from commentary.planning.layout import LayoutFile, SectionFile

PLACES = {"first": 0, "lead": 0, "body": 1, "second": 1, "close": 2}
STANCES = {"supports": 0, "neutral": 1, "opposes": 2}
NOVEL = ("open", "middle")
"""Where a paragraph's every sentence must add a reading; late sections weigh what has been said."""

SPARE = 2
"""Choices planned beyond a section's quota, for messages whose every phrase is at rest."""


def arrange(layout: LayoutFile, found: Iterable[Choice], scene: Mapping[str, Scalar]) -> tuple[Section, ...]:
    """Sections of the note: opening as listed, middle by salience, then the late ones."""
    by_section: dict[str, list[Choice]] = {}
    for choice in found:
        by_section.setdefault(choice.section, []).append(choice)
    built = [
        (entry, _section(entry, by_section.get(entry.name, [])))
        for entry in layout.sections
        if _open(entry, scene)
    ]
    kept = [
        (entry, section) for entry, section in built if len(section.choices) >= entry.least or entry.required
    ]
    middle = [section for entry, section in kept if entry.at == "middle"]
    middle.sort(key=weight, reverse=True)
    opening = [section for entry, section in kept if entry.at == "open"]
    late = [section for entry, section in kept if entry.at == "late"]
    apart = [section for entry, section in kept if entry.at == "apart"]
    return _without_repeats((*apart, *opening, *middle[: layout.middle], *late))


def _without_repeats(sections: Sequence[Section]) -> tuple[Section, ...]:
    """Drop from each section what an earlier one will already have said."""
    said: set[str] = set()
    kept: list[Section] = []
    for section in sections:
        choices = tuple(choice for choice in section.choices if not choice.topic or choice.topic not in said)
        by_salience = sorted(choices, key=lambda choice: -choice.salience)[: section.quota]
        said |= {choice.topic for choice in by_salience if choice.topic}
        kept.append(replace(section, choices=choices))
    return tuple(kept)


def weight(section: Section) -> float:
    """Salience of a section: its best message, and a third of the next two."""
    best = sorted((choice.salience for choice in section.choices), reverse=True)[:3]
    return best[0] + sum(best[1:]) / 3


def _open(entry: SectionFile, scene: Mapping[str, Scalar]) -> bool:
    return not entry.when or parse(entry.when).holds(scene) is True


def _section(entry: SectionFile, found: Sequence[Choice]) -> Section:
    ranked = sorted(
        found, key=lambda choice: (-choice.salience, choice.message, tuple(choice.names.values()))
    )
    taken = _by_topic(ranked)[: entry.most * SPARE + SPARE]
    ordered = sorted(
        taken, key=lambda choice: (PLACES[choice.place], STANCES[choice.stance], -choice.salience)
    )
    return Section(
        name=entry.name,
        heading=entry.heading,
        choices=tuple(ordered),
        quota=entry.most,
        least=entry.least,
        required=entry.required,
        novel=entry.at in NOVEL,
        families=entry.families,
    )


def _by_topic(ranked: Sequence[Choice]) -> list[Choice]:
    """One choice a message, the subject of which it has most to say, and one a topic."""
    seen: set[str] = set()
    kept: list[Choice] = []
    for choice in ranked:
        keys = {choice.message, *({f"topic {choice.topic}"} if choice.topic else ())}
        if not keys & seen:
            seen |= keys
            kept.append(choice)
    return kept
