"""Mistakes in messages, theses and layouts, found before a note is written."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from commentary.authored import meant
from commentary.condition_writing import ConditionError
from commentary.conditions import Condition, check_names, parse
from commentary.errors import Problem
from commentary.model import RULED, VERDICTS
from commentary.planning.layout import LayoutFile
from commentary.planning.messages import Message
from commentary.planning.plan import Planner
from commentary.planning.themes import lint_themes
from commentary.planning.threads import failing, predicate_for


@dataclass(frozen=True)
class Known:
    """What messages may refer to."""

    names: Collection[str]  # readings and scope
    ranges: Mapping[str, tuple[float, float]]
    subjects: Collection[str]
    items: Collection[str]  # of the ledger
    worded: Collection[str]  # messages that have phrases


Shared = tuple[set[str], set[str], set[str]]
"""Names of sections, theses and themes."""


def lint_planner(planner: Planner, known: Known) -> list[Problem]:
    """Every mistake of messages, theses and layouts."""
    problems: list[Problem] = []
    sections = {
        section.of or section.name for layout in planner.layouts.values() for section in layout.sections
    }
    theses, themes = ({thesis.name for thesis in planner.theses}, {theme.name for theme in planner.themes})
    for message in planner.messages:
        try:
            problems += _message(message, known)
        except ConditionError as error:
            problems.append(Problem(f"rules/messages/{message.name}.toml", "when", error.source, str(error)))
        problems += _references(message, known, (sections, theses, themes))
    problems += _theses(planner, known)
    problems += _themes(planner, known)
    for label, layout in planner.layouts.items():
        problems += _layout(f"rules/layouts/{label}.toml", layout, known)
    missing = [label for label in (*VERDICTS, *RULED) if label not in planner.layouts]
    problems += [Problem(f"rules/layouts/{label}.toml", "(file)", "no file", "a layout") for label in missing]
    return list(dict.fromkeys(problems))


def _theses(planner: Planner, known: Known) -> Iterator[Problem]:
    for thesis in planner.theses:
        place = f"rules/theses/{thesis.name}.toml"
        yield from _condition(place, "when", thesis.when, known)
        yield from _condition(place, "salience", thesis.salience, known)
        for name in thesis.file.pair:
            if name not in known.names:
                yield Problem(place, "pair", repr(name), f"a reading{meant(name, known.names)}")


def _themes(planner: Planner, known: Known) -> Iterator[Problem]:
    theses = {thesis.name for thesis in planner.theses}
    yield from lint_themes(planner.themes, planner.messages, theses, known.subjects)
    for theme in planner.themes:
        place = f"rules/themes/{theme.name}.toml"
        yield from _condition(place, "when", theme.when, known)
        yield from _condition(place, "strength", theme.strength, known)


def _layout(place: str, layout: LayoutFile, known: Known) -> Iterator[Problem]:
    for section in layout.sections:
        if section.when:
            try:
                yield from _condition(place, f"sections.{section.name}.when", parse(section.when), known)
            except ConditionError as error:
                yield Problem(place, f"sections.{section.name}.when", section.when, error.reason)


def _message(message: Message, known: Known) -> Iterator[Problem]:
    place = f"rules/messages/{message.name}.toml"
    extra = {f"{name}.count" for name in message.lists}
    yield from _condition(place, "when", message.when, known, extra)
    yield from _condition(place, "salience", message.salience, known, extra)
    for name, entry in message.lists.items():
        for when, order in entry.members.values():
            yield from _condition(place, f"lists.{name}.when", when, known)
            yield from _condition(place, f"lists.{name}.order", order, known)
    if message.file.thread:
        try:
            yield from _condition(place, "thread.predicate", predicate_for(message), known)
            for condition in failing([message]).values():
                yield from _condition(place, "thread.fails", condition, known)
        except ConditionError as error:
            yield Problem(place, "thread.predicate", message.file.thread.predicate, str(error))
    bounds = message.when.bounds(known.ranges)
    if bounds.never:
        yield Problem(
            place, "when", message.when.source, "a condition that can be true within the declared ranges"
        )


def _references(message: Message, known: Known, shared: Shared) -> Iterator[Problem]:
    sections, theses, themes = shared
    place, file = f"rules/messages/{message.name}.toml", message.file
    if message.section not in sections:
        yield Problem(
            place, "(folder)", message.section, f"a section of a layout: {', '.join(sorted(sections))}"
        )
    for verdict in file.verdicts:
        if verdict not in (*VERDICTS, *RULED):
            yield Problem(place, "verdicts", verdict, f"one of {', '.join((*VERDICTS, *RULED))}")
    for thesis in file.theses:
        if thesis not in theses | {"plain"}:
            yield Problem(place, "theses", thesis, f"one of {', '.join(sorted(theses))}")
    for theme in file.themes:
        if theme not in themes:
            yield Problem(place, "themes", theme, f"one of {', '.join(sorted(themes))}")
    if file.recalls and file.recalls not in known.worded:
        yield Problem(place, "recalls", file.recalls, "a message that has phrases")
    if file.evidence and file.evidence not in known.items:
        yield Problem(place, "evidence", file.evidence, "an item of rules/evidence")
    named = [
        *message.names.values(),
        *(member for entry in message.lists.values() for member in entry.members),
    ]
    for subject in named:
        if subject not in known.subjects:
            yield Problem(place, "over", subject, "an instrument, pair or group that has a name")
    if message.name not in known.worded:
        yield Problem(f"templates/phrases/{message.name}.toml", "phrases", "none", "at least one phrase")


def _condition(
    place: str, key: str, condition: Condition, known: Known, extra: Collection[str] = ()
) -> Iterator[Problem]:
    try:
        check_names(condition, {*known.names, *extra} if extra else known.names)
    except ConditionError as error:
        yield Problem(place, key, condition.source, error.reason)
