"""Themes: the strongest that holds, news where news is needed, and authors' mistakes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from commentary.conditions import parse
from commentary.errors import AuthoringError
from commentary.library import Library
from commentary.model import Scalar
from commentary.planning.messages import load_messages
from commentary.planning.themes import Theme, ThemeFile, choose_theme, lint_themes, load_themes
from tests.planning.made import message

SCENE: dict[str, Scalar] = {"verdict": "rotation", "yen.move_z": -2.0, "oil.move_z": -3.0}
WORDS = {"question": "?", "answer": "!", "image": "road", "lexicon": ("road",), "subjects": ("yen",)}


def theme(name: str, when: str, strength: str, **keys: Any) -> Theme:
    file = ThemeFile(about="by hand", when=when, strength=strength, **{**WORDS, **keys})
    return Theme(name, file, parse(when), parse(strength))


def chosen(*themes: Theme, scene: dict[str, Scalar] = SCENE) -> str:
    found = choose_theme(themes, scene)
    return found.name if found else ""


def test_the_strongest_that_holds() -> None:
    carry = theme("carry", "yen.move_z < -1", "abs(yen.move_z)")
    oil = theme("oil", "oil.move_z < -1", "abs(oil.move_z)")
    assert chosen(carry, oil) == "oil"
    assert chosen(carry, theme("oil", "oil.move_z > 0", "9")) == "carry"
    assert chosen(carry, theme("oil", "gas.move_z < 0", "9"), theme("gas", "1 > 0", "gas.move_z")) == "carry"
    assert chosen(theme("calm", "yen.move_z < -1", "9", verdicts=("quiet",))) == ""


def test_one_that_only_news_establish_asks_for_the_desk() -> None:
    policy = theme("policy", "oil.move_z < 0", "1", needs="policy shock")
    assert chosen(policy) == ""
    assert chosen(policy, scene={**SCENE, "desk_theme_1.theme": "tariffs"}) == ""
    assert chosen(policy, scene={**SCENE, "desk_theme_2.theme": "policy shock"}) == "policy"
    assert chosen(policy, scene={**SCENE, "desk_quote_1.text": "policy shock"}) == ""


def test_names_that_are_none_and_a_theme_without_a_word() -> None:
    made = theme(
        "carry", "1 > 0", "1", theses=("yen_alone", "no_thesis"), subjects=("yen", "yne"), lexicon=()
    )
    problems = list(lint_themes([made], [message("title/tm")], {"yen_alone"}, {"yen"}))
    assert {(problem.key, problem.got) for problem in problems} == {
        ("theses", "'no_thesis'"), ("subjects", "'yne'"), ("lexicon", "none"), ("(messages)", "none"),
    }  # fmt: skip


def test_all_mistakes_of_all_files_at_once(tmp_path: Path) -> None:
    whole = (
        'about = "x"\nwhen = "1 > 0"\nstrength = "1"\nquestion = "?"\nanswer = "!"\nimage = "road"\n'
        'lexicon = ["road"]\nsubjects = ["yen"]\n'
    )
    files = {
        "one": whole.replace('when = "1 > 0"', 'when = "1 >"'),
        "two": whole.replace('strength = "1"', 'strength = "yen."'),
    }
    folder = tmp_path / "rules" / "themes"
    folder.mkdir(parents=True)
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    with pytest.raises(AuthoringError) as error:
        load_themes(Library((tmp_path,)))
    found = {(problem.file.rsplit("/", 1)[1], problem.key) for problem in error.value.problems}
    assert found == {("one.toml", "when"), ("two.toml", "strength")}


def test_the_shipped_ones_are_at_least_twelve_and_name_theses_that_exist() -> None:
    from commentary.planning.layout import load_theses

    themes = load_themes(Library())
    assert len(themes) >= 12
    told = {(name, each.section) for each in load_messages(Library()) for name in each.file.themes}
    sections = ("title", "standfirst", "question", "through", "closing")
    assert told >= {(each.name, section) for each in themes for section in sections}
    assert {name for each in themes for name in each.file.theses} <= {
        each.name for each in load_theses(Library())
    }
