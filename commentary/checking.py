"""Holds authors' files to account: rules, messages, phrases, templates, all mistakes at once."""

from __future__ import annotations

from collections.abc import Mapping

from jinja2 import Environment, meta
from jinja2.exceptions import TemplateSyntaxError

from commentary.authored import meant, validated
from commentary.bank import Bank
from commentary.errors import AuthoringError, Problem
from commentary.library import Library
from commentary.model import ReadingSpec
from commentary.phrasing.lint import Heard, lint_lexicon
from commentary.planning.editions import EditionFile
from commentary.planning.layout import load_layouts, load_theses
from commentary.planning.lint import Known, lint_planner
from commentary.planning.scene import vocabulary
from commentary.rulebook.book import Rulebook
from commentary.rulebook.lint import lint
from commentary.scale import load_scale

GIVEN = {
    "templates/notes": {"front", "title", "standfirst", "state", "blocks", "tables", "data", "disclosure"},
    "templates/pages": {
        "title", "session", "brand", "verdict", "verdict_name", "body", "chart", "evidence",
    },
}  # fmt: skip
"""Slots that each kind of template is given."""


def problems(bank: Bank) -> list[Problem]:
    """Every mistake in the files of a run: a part that cannot be read does not hide what is wrong elsewhere."""
    found: list[Problem] = []
    for part in (rule_problems, _layouts, _planned, _worded, _tabled, _editions, _templates):
        try:
            found += part(bank)
        except AuthoringError as error:
            found += error.problems
    return list(dict.fromkeys(found))


def _layouts(bank: Bank) -> list[Problem]:
    load_layouts(bank.library)
    load_theses(bank.library)
    return []


def _planned(bank: Bank) -> list[Problem]:
    planner, specs = bank.planner, _specs(bank)
    return lint_planner(planner, _known(bank, specs, vocabulary(specs, _judged(bank))))


def _worded(bank: Bank) -> list[Problem]:
    return lint_lexicon(bank.lexicon, _heard(bank, vocabulary(_specs(bank), _judged(bank))))


def _tabled(bank: Bank) -> list[Problem]:
    names = vocabulary(_specs(bank), _judged(bank))
    return [
        Problem("rules/tables.toml", f"levels.{place}.{key}", repr(name), f"a reading{meant(name, names)}")
        for place, entry in enumerate(bank.tables.levels)
        for key, name in (("at", entry.at), ("of", entry.of), ("sigma", entry.sigma))
        if name and name not in names
    ]


def _editions(bank: Bank) -> list[Problem]:
    validated(bank.library.documents("rules/editions"), EditionFile)
    return []


def rule_problems(bank: Bank) -> list[Problem]:
    """Every mistake in the rules of the verdict."""
    return lint(bank.rulebook, _specs(bank))


def _specs(bank: Bank) -> Mapping[str, ReadingSpec]:
    from commentary.readings import specs

    return specs(bank.universe, load_scale(bank.library))


def _rulebook(bank: Bank) -> Rulebook:
    """The rules of a run; where they cannot be read the shipped ones, so that messages are checked all the same."""
    try:
        return bank.rulebook
    except AuthoringError:
        return Bank(Library()).rulebook


def _judged(bank: Bank) -> set[str]:
    """Names that judging adds: strengths, derived numbers, tags."""
    rulebook = _rulebook(bank)
    derived = {step.key for step in rulebook.steps} | {"tape.sleeves", "severity.raw"}
    return derived | {item.key for item in rulebook.items} | {f"tag_{tag.name}" for tag in rulebook.tags}


def _known(bank: Bank, specs: Mapping[str, ReadingSpec], names: set[str]) -> Known:
    ranges = {name: (spec.low, spec.high) for name, spec in specs.items()}
    worded = {message for message, phrases in bank.lexicon.phrases.items() if phrases}
    return Known(names, ranges, bank.names, {item.name for item in _rulebook(bank).items}, worded)


def _heard(bank: Bank, names: set[str]) -> Heard:
    bindings: dict[str, tuple[Mapping[str, str], ...]] = {}
    lists: dict[str, tuple[str, ...]] = {}
    for message in bank.planner.messages:
        bindings[message.name] = (*bindings.get(message.name, ()), message.names)
        lists[message.name] = tuple(message.lists)
    return Heard(bindings, lists, names, bank.names)


def _templates(bank: Bank) -> list[Problem]:
    found: list[Problem] = []
    for folder, given in GIVEN.items():
        for place, path in bank.library.places(folder, ".j2").items():
            try:
                tree = Environment().parse(path.read_text(encoding="utf-8"))
            except TemplateSyntaxError as error:
                found.append(Problem(place, f"line {error.lineno}", error.message or "", "a Jinja template"))
                continue
            for name in sorted(meta.find_undeclared_variables(tree) - given):
                found.append(
                    Problem(
                        place,
                        name,
                        "a slot that nothing fills",
                        f"one of {', '.join(sorted(given))}{meant(name, given)}",
                    )
                )
    return found
