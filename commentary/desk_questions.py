"""What a session leaves open for the desk: ``rules/questions.toml``."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Literal

from commentary.authored import STRICT, validated
from commentary.binding import bound
from commentary.condition_writing import ConditionError
from commentary.conditions import Condition, check_names, parse
from commentary.errors import AuthoringError, Problem
from commentary.library import Library
from commentary.shapes import dataclass

PLACE = "rules/questions.toml"

Kind = Literal["positioning", "margin", "liquidations", "quotes", "catalysts", "themes"]


@dataclass(frozen=True)
class QuestionEntry:
    """Keys of one question."""

    __pydantic_config__ = STRICT

    kind: Kind
    when: str
    ask: str
    over: tuple[str, ...] = ()


@dataclass(frozen=True)
class QuestionsFile:
    """Keys of the file."""

    __pydantic_config__ = STRICT

    questions: tuple[QuestionEntry, ...] = ()


@dataclass(frozen=True)
class Question:
    """A question of one subject, or of none: which kind of entry answers it, when it is open."""

    key: str
    kind: str
    when: Condition
    ask: str
    subject: str = ""


def load_questions(library: Library) -> tuple[Question, ...]:
    """Every question of every subject. Raises AuthoringError with all mistakes at once."""
    documents = [item for item in library.documents("rules") if item.place == PLACE]
    problems: list[Problem] = []
    found: list[Question] = []
    for _, file in validated(documents, QuestionsFile):
        for place, entry in enumerate(file.questions):
            try:
                found += _of(entry, f"questions.{place}")
            except ConditionError as error:
                problems.append(Problem(PLACE, f"questions.{place}.when", error.source, error.reason))
    if problems:
        raise AuthoringError(problems)
    return tuple(found)


def asked(
    questions: Collection[Question], scene: Mapping[str, object], names: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Questions that a session leaves open, each with its kind; ``names`` are the instruments' in prose."""
    for question in questions:
        if question.when.holds(scene) is True:
            text = question.ask.replace("{it}", names.get(question.subject, question.subject))
            yield question.kind, text[0].upper() + text[1:]


def question_problems(library: Library, names: Collection[str], subjects: Collection[str]) -> list[Problem]:
    """Every mistake in the meaning of the questions: unknown names and subjects."""
    found: list[Problem] = []
    for question in load_questions(library):
        if question.subject and question.subject not in subjects:
            found.append(Problem(PLACE, f"{question.key}.over", question.subject, "the id of an instrument"))
            continue
        try:
            check_names(question.when, {*names, "thesis"})
        except ConditionError as error:
            found.append(Problem(PLACE, f"{question.key}.when", question.when.source, error.reason))
    return found


def _of(entry: QuestionEntry, key: str) -> Iterator[Question]:
    for subject in entry.over or ("",):
        when = parse(bound(entry.when, {"it": subject}) if subject else entry.when)
        yield Question(key, entry.kind, when, entry.ask, subject)
