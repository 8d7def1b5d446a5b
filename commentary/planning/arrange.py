"""Arrangement: sections in the order of the evidence, messages in the order of the argument."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from commentary.conditions import parse
from commentary.model import Choice, Scalar, Section
from commentary.planning.layout import LayoutFile, SectionFile

PLACES = {"lead": 0, "first": 1, "body": 2, "second": 2, "close": 3}
STANCES = {"supports": 0, "neutral": 1, "opposes": 2}
NOVEL = ("open", "middle")
"""Where a paragraph's every sentence must add a reading; late sections weigh what has been said."""

SURPRISE = 0.7
"""Salience that the best message of a middle section needs, what it gains by speaking of the thesis included."""

_SUBJECT = re.compile(r"\b([a-z][a-z0-9_]*)\.[a-z]")

SPARE = 2
"""Choices planned beyond a section's quota, for messages whose every phrase is at rest."""


def arrange(layout: LayoutFile, found: Iterable[Choice], scene: Mapping[str, Scalar]) -> tuple[Section, ...]:
    """Sections of the note: opening as listed, middle by salience, then the late ones."""
    by_section: dict[str, list[Choice]] = {}
    for choice in found:
        by_section.setdefault(choice.section, []).append(choice)
    built = [
        (entry, _section(entry, _own(entry, by_section), scene))
        for entry in layout.sections
        if _open(entry, scene)
    ]
    kept = [
        (entry, section) for entry, section in built if len(section.choices) >= entry.least or entry.required
    ]
    middle = [section for entry, section in kept if entry.at == "middle" and _surprising(entry, section)]
    middle.sort(key=weight, reverse=True)
    opening = [section for entry, section in kept if entry.at == "open"]
    late = [section for entry, section in kept if entry.at == "late"]
    apart = [section for entry, section in kept if entry.at == "apart"]
    return (*apart, *opening, *middle[: layout.middle], *late)


def weight(section: Section) -> float:
    """Salience of a section: its best message, and a third of the next two."""
    best = sorted((choice.salience for choice in section.choices), reverse=True)[:3]
    return best[0] + sum(best[1:]) / 3


def _own(entry: SectionFile, by_section: Mapping[str, Sequence[Choice]]) -> list[Choice]:
    """The choices of a section, which may be messages of a folder that has another name."""
    found = by_section.get(entry.of or entry.name, ())
    return [replace(choice, section=entry.name) for choice in found] if entry.of else list(found)


def _surprising(entry: SectionFile, section: Section) -> bool:
    """A section without surprise is dropped, unless the layout requires it."""
    return entry.required or any(choice.salience >= SURPRISE for choice in section.choices)


def _open(entry: SectionFile, scene: Mapping[str, Scalar]) -> bool:
    return not entry.when or parse(entry.when).holds(scene) is True


def _section(entry: SectionFile, found: Sequence[Choice], scene: Mapping[str, Scalar]) -> Section:
    if entry.every:
        return _whole(entry, found, scene)
    ranked = sorted(
        found, key=lambda choice: (-choice.salience, choice.message, tuple(choice.names.values()))
    )
    taken = _few_subjects(ranked)[: entry.most * SPARE + SPARE]
    rank = {subject: place for place, subject in reversed(list(enumerate(map(subject_of, taken))))}
    ordered = sorted(taken, key=lambda choice: _place(choice, rank))
    return Section(
        name=entry.name,
        heading=entry.heading,
        choices=tuple(ordered),
        quota=entry.most,
        least=entry.least,
        words=entry.words,
        required=entry.required,
        novel=entry.at in NOVEL,
        families=entry.families,
        joined=entry.joined,
    )


def _whole(entry: SectionFile, found: Sequence[Choice], scene: Mapping[str, Scalar]) -> Section:
    """A section of all that was chosen, in the order of the desk's entries."""
    ordered = sorted(found, key=lambda choice: scene[f"{subject_of(choice)}.place"])
    return Section(entry.name, entry.heading, tuple(ordered), len(ordered), every=True)


def subject_of(choice: Choice) -> str:
    """What a message speaks of: the subject bound to it, else the first that its condition reads."""
    if "it" in choice.names:
        return choice.names["it"]
    found = _SUBJECT.search(choice.when)
    return found[1] if found else ""


def _place(choice: Choice, rank: Mapping[str, int]) -> tuple[int, int, int, float]:
    """Order of printing: the lead, then subject by subject what supports before what opposes, then the close."""
    place = PLACES[choice.place]
    subject = rank[subject_of(choice)] if place == PLACES["body"] else 0
    return place, subject, STANCES[choice.stance], -choice.salience


def _few_subjects(ranked: Sequence[Choice]) -> list[Choice]:
    """At most two subjects a message: the one of which it has most to say, and one in its stead."""
    seen: Counter[str] = Counter()
    kept: list[Choice] = []
    for choice in ranked:
        seen[choice.message] += 1
        if seen[choice.message] <= SPARE:
            kept.append(choice)
    return kept
