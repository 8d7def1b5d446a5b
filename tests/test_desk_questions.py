"""What a session leaves open: questions from a file, asked where their condition holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from commentary.desk_questions import asked, load_questions, question_problems
from commentary.errors import AuthoringError
from commentary.library import Library

FILE = """
[[questions]]
kind = "margin"
when = "it.move_z <= -1.8"
over = ["gold", "silver"]
ask = "{it} was dumped. Was a margin raised?"

[[questions]]
kind = "quotes"
when = "thesis == 'haven_failed'"
ask = "Who saw it?"
"""


def library(folder: Path, text: str) -> Library:
    (folder / "rules").mkdir()
    (folder / "rules" / "questions.toml").write_text(text, encoding="utf-8")
    return Library.alone(folder)


def test_questions_are_asked_of_what_they_hold_for(tmp_path: Path) -> None:
    questions = load_questions(library(tmp_path, FILE))
    names = {"gold": "gold", "silver": "the silver fund"}
    scene = {"gold.move_z": -1.0, "silver.move_z": -2.0, "thesis": "haven_failed"}
    assert list(asked(questions, scene, names)) == [
        ("margin", "The silver fund was dumped. Was a margin raised?"),
        ("quotes", "Who saw it?"),
    ]
    assert list(asked(questions, {}, names)) == []


def test_mistakes_are_told_at_once(tmp_path: Path) -> None:
    text = (
        FILE.replace('"it.move_z', '"it.mov_z')
        .replace('"silver"', '"slver"')
        .replace("thesis ==", "thsis ==")
    )
    found = question_problems(library(tmp_path, text), {"gold.move_z", "silver.move_z"}, {"gold", "silver"})
    assert [problem.key for problem in found] == ["questions.0.when", "questions.0.over", "questions.1.when"]


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('kind = "margin"', 'kind = "margins"', "questions.0.kind"),
        ('"thesis ==', '"thesis =', "questions.1.when"),
        ("ask = \"Who", "aks = \"Who", "questions.1"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_refused(old: str, new: str, key: str, tmp_path: Path) -> None:
    with pytest.raises(AuthoringError) as caught:
        load_questions(library(tmp_path, FILE.replace(old, new)))
    assert any(problem.key.startswith(key) for problem in caught.value.problems)


def test_a_library_without_the_file_asks_nothing(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    assert load_questions(Library.alone(tmp_path)) == ()
