"""Mistakes in phrases, each named with what was wanted."""

from __future__ import annotations

from typing import Any

import pytest

from commentary.phrasing.lint import Heard, lint_lexicon
from tests.phrasing.made import NAMES, SCENE, SPECS, lexicon, phrase

HEARD = Heard(
    {"a/sold": ({"it": "gold"},), "a/list": ({},)},
    {"a/sold": (), "a/list": ("fell",)},
    {*SPECS, *SCENE},
    NAMES,
)


def mistakes(name: str, text: str, **keys: Any) -> list[str]:
    found = lint_lexicon(lexicon(phrase(name, text, **keys)), HEARD)
    assert all(item.file == f"templates/phrases/{name.split('#')[0]}.toml" for item in found)
    return [f"{item.key}: {item.got}; {item.wanted}" for item in found]


@pytest.mark.parametrize(
    "text",
    [
        "{{ it.name }} lost {{ it.return_1d | percent }}.",
        "Two-year paper and the S&P 500 slept; {{ gold.full }} {{ it | verb('was', 'were') }} sold.",
        "The worst was {{ sectors.worst.name }}. One thing more: {{ gold.name }} fell.",
    ],
)
def test_a_good_phrase_is_left_alone(text: str) -> None:
    assert mistakes("a/sold#x", text) == []


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Gold lost 3 percent.", "the digit '3'"),
        ("Gold lost three percent.", "the number word 'three'"),
        ("{{ it.return_1 | percent }} went.", "slot gold.return_1"),
        ("{{ it.return_1d | per_cent }} went.", "format 'per_cent'"),
        ("{{ it.return_1d | percent went.", "a template that Jinja refuses"),
        ("{{ unobtainium.name }} fell.", "slot unobtainium.name"),
        ("{{ it.return_1d | default('none') }} went.", "format 'default'"),
        ("Gold fell! ", "an em dash or exclamation mark"),
        ("Gold fell. {{ it.name }} stayed down.", "begins with a name"),
        ("A dead cat bounce in gold.", "'dead cat'"),
        ("Gold faces headwinds.", "'headwind'"),
        (" ".join(["gold"] * 36) + ".", "a sentence of 36 words"),
    ],
)
def test_a_bad_phrase_is_named(text: str, named: str) -> None:
    found = mistakes("a/sold#x", text)
    assert all(line.startswith("phrases.x: ") for line in found)
    assert any(named in line for line in found)


def test_a_condition_is_held_to_account() -> None:
    assert "gold.mov_z" in mistakes("a/sold#x", "Gold fell.", when="it.mov_z < 0")[0]
    assert mistakes("a/list#x", "{{ fell | names }} fell.", when="fell.count >= 2") == []
    assert mistakes("a/sold#x", "Gold fell.", family="steam")[0].startswith("phrases.x: family 'steam'")


def test_phrases_of_no_message_and_twins() -> None:
    assert mistakes("a/nowhere#x", "Gold fell.") == [
        "(file): a/nowhere; the name of a message in rules/messages"
    ]
    twins = lexicon(phrase("a/sold#x", "Gold fell."), phrase("a/sold#y", "Gold fell."))
    assert [item.key for item in lint_lexicon(twins, HEARD)] == ["phrases.y"]
