"""Holds authors' files to account: rules, messages, phrases, templates, all mistakes at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from jinja2 import Environment, meta
from jinja2.exceptions import TemplateSyntaxError

from commentary.auditing.style_bands import load_bands
from commentary.authored import meant
from commentary.bank import Bank
from commentary.declared import specs_of
from commentary.desk import TEMPLATES
from commentary.desk_questions import question_problems
from commentary.edition_checks import form_problems, voice_mistakes
from commentary.errors import AuthoringError, Problem
from commentary.library import Library
from commentary.model import ReadingSpec
from commentary.phrasing.claims import lint_claims
from commentary.phrasing.lint import Heard, lint_lexicon
from commentary.planning.editions import load_editions
from commentary.planning.layout import load_layouts, load_theses
from commentary.planning.lint import Known, lint_planner
from commentary.planning.scene import vocabulary
from commentary.planning.themes import load_themes
from commentary.rulebook.book import Rulebook, Shelf
from commentary.rulebook.lint import draft_problems, lint
from commentary.theme_checks import image_problems
from commentary.variants import load_groups

GIVEN = {
    "templates/notes": {
        "front", "title", "standfirst", "state", "blocks", "tables", "data", "disclosure", "short", "posts", "spoken",
    },
    "templates/pages": {
        "title", "session", "brand", "verdict", "verdict_name", "body", "chart", "evidence",
    },
    "templates/pages/backtest.html.j2": {
        "title", "found", "made", "disclosure", "frame", "labels", "matter", "rules", "strip",
    },
    "templates/notes/correction.md.j2": {
        "claims", "day", "drawn", "edition", "later", "revised", "verdict", "word",
    },
}  # fmt: skip
"""Slots that each kind of template is given, and single ones that are given others."""


def problems(bank: Bank) -> list[Problem]:
    """Every mistake in the files of a run: a part that cannot be read does not hide what is wrong elsewhere."""
    found: list[Problem] = []
    for part in (
        rule_problems,
        _layouts,
        _planned,
        _worded,
        _tabled,
        _editions,
        _voiced,
        image_problems,
        _styled,
        _templates,
        _varied,
        _asked,
    ):
        try:
            found += part(bank)
        except AuthoringError as error:
            found += error.problems
    shelf = _rulebook(bank).shelf
    return list(dict.fromkeys(_shelved(shelf, problem) for problem in found))


def standing(bank: Bank) -> str:
    """How many evidence items there are of each status."""
    book = bank.rulebook
    counts = {
        "live": len(book.items), "trial": len(book.trials), "draft": len(book.shelf.drafts),
        "retired": len(book.shelf.retired),
    }  # fmt: skip
    return f"{sum(counts.values())} evidence items ({', '.join(f'{n} {word}' for word, n in counts.items())})"


def unfinished(bank: Bank) -> Iterator[str]:
    """Each draft with what it would be refused for if it were live; none of it is a mistake yet."""
    for draft in bank.rulebook.shelf.drafts:
        wanting = draft_problems(bank.rulebook, draft, specs_of(bank))
        yield f"draft {draft.place}: " + ("not done yet" if wanting else "ready to be trial or live")
        yield from (f"  {problem.key}: got {problem.got}; wanted {problem.wanted}" for problem in wanting)


def _shelved(shelf: Shelf, problem: Problem) -> Problem:
    """The same, saying so where what was named is a draft or retired."""
    words = set(re.findall(r"[\w.]+", problem.got))
    named = (name for name in shelf.names if name in words or f"evidence.{name}" in words)
    told = "".join(
        f"; {name} is {shelf.names[name]}" for name in named if shelf.names[name] not in problem.wanted
    )
    return replace(problem, wanted=problem.wanted + told) if told else problem


def _layouts(bank: Bank) -> list[Problem]:
    load_layouts(bank.library)
    load_theses(bank.library)
    load_themes(bank.library)
    return []


def _planned(bank: Bank) -> list[Problem]:
    planner, specs = bank.planner, specs_of(bank)
    return lint_planner(
        planner, _known(bank, specs, vocabulary(specs, _judged(bank), bank.universe.instruments))
    )


def _worded(bank: Bank) -> list[Problem]:
    lexicon = bank.lexicon  # first: rules that cannot be read do not hide phrases that cannot
    names = vocabulary(specs_of(bank), _judged(bank), bank.universe.instruments)
    return [*lint_claims(bank.claims, names), *lint_lexicon(lexicon, _heard(bank, names))]


def _tabled(bank: Bank) -> list[Problem]:
    names = vocabulary(specs_of(bank), _judged(bank)) | _rulebook(bank).names
    named = [
        (f"levels.{place}.{key}", name)
        for place, entry in enumerate(bank.tables.levels)
        for key, name in (("at", entry.at), ("of", entry.of), ("sigma", entry.sigma))
    ]
    named += [(f"titles.{name}", name) for name in bank.tables.titles]
    return [
        Problem("rules/tables.toml", key, repr(name), f"a reading{meant(name, names)}")
        for key, name in named
        if name and name not in names
    ]


def _editions(bank: Bank) -> list[Problem]:
    load_editions(bank.library)  # first: rules that cannot be read do not hide editions that cannot
    return form_problems(bank, _names(bank))


def _voiced(bank: Bank) -> list[Problem]:
    return voice_mistakes(bank, _heard(bank, _names(bank)))


def _names(bank: Bank) -> set[str]:
    return vocabulary(specs_of(bank), _judged(bank), bank.universe.instruments)


def _styled(bank: Bank) -> list[Problem]:
    load_bands(bank.library)
    return []


def _varied(bank: Bank) -> list[Problem]:
    load_groups(bank.library)
    return []


def _asked(bank: Bank) -> list[Problem]:
    names = vocabulary(specs_of(bank), _judged(bank)) | _rulebook(bank).names
    return question_problems(bank.library, names, bank.universe.instruments)


def rule_problems(bank: Bank) -> list[Problem]:
    """Every mistake in the rules of the verdict."""
    return lint(bank.rulebook, specs_of(bank))


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
    return derived | {item.key for item in rulebook.computed} | {f"tag_{tag.name}" for tag in rulebook.tags}


def _known(bank: Bank, specs: Mapping[str, ReadingSpec], names: set[str]) -> Known:
    ranges = {name: (spec.low, spec.high) for name, spec in specs.items()}
    said = (bank.lexicon.phrases, *(tone.phrases for tone in bank.voices.values()))
    worded = {message for phrases in said for message, found in phrases.items() if found}
    return Known(
        names, ranges, {*bank.names, *TEMPLATES}, {item.name for item in _rulebook(bank).computed}, worded
    )


def _heard(bank: Bank, names: set[str]) -> Heard:
    bindings: dict[str, tuple[Mapping[str, str], ...]] = {}
    lists: dict[str, tuple[str, ...]] = {}
    for message in bank.planner.messages:
        bindings[message.name] = (*bindings.get(message.name, ()), message.names)
        lists[message.name] = tuple(message.lists)
    return Heard(bindings, lists, names, bank.names)


def _templates(bank: Bank) -> list[Problem]:
    found: list[Problem] = []
    for folder, usual in GIVEN.items():
        for place, path in bank.library.places(folder, ".j2").items():
            given = GIVEN.get(place, usual)
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
