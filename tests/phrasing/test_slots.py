"""Slots: figures, names, lists and verbs, and what a phrase cannot reach."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2.exceptions import SecurityError, TemplateError

from commentary.model import Scalar
from commentary.phrasing.references import Speaker, listed
from commentary.phrasing.slots import PhraseBook, Slots
from commentary.phrasing.trace import NothingToSayError, Recorder, unmarked
from tests.phrasing.made import NAMES, SCENE, SPECS, lexicon, phrase


def said(
    text: str,
    scene: dict[str, Scalar] | None = None,
    lists: dict[str, tuple[str, ...]] | None = None,
    mentioned: set[str] | None = None,
    **names: str,
) -> str:
    item = phrase("a/b#c", text)
    speaker = Speaker(scene or SCENE, SPECS, NAMES, Recorder(), mentioned or set())
    marked = PhraseBook(lexicon(item)).render(item, Slots(speaker, names, lists or {}))
    plain, numbers = unmarked(marked, speaker.recorder)
    assert all(plain[number.start : number.end] == number.shown for number in numbers)
    return plain


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("{{ gold.return_1d | percent }}", "1.3 percent"),
        ("{{ it.return_1d | percent }}", "4.5 percent"),
        ("{{ gold.full }} and {{ gold.short }}", "the gold fund and gold"),
        ("{{ sectors.worst.name }} was weakest", "copper was weakest"),
        ("{{ banks_vs_index.long_words }} over {{ banks_vs_index.short_words }}", "banks over the index"),
        ("{{ fell | names }}", "the gold fund, the silver fund and copper"),
        (
            "{{ fell | names }} {{ fell | verb('was', 'were') }} sold",
            "the gold fund, the silver fund and copper were sold",
        ),
        ("{{ gold | verb('was', 'were') }}, {{ treasuries | verb('was', 'were') }}", "was, were"),
        ("{{ verdict.short }}", None),  # a verdict without a name
        ("{{ oil.return_1d | percent }}", None),
        ("{{ nobody | names }}", None),
    ],
)
def test_what_a_slot_prints(text: str, printed: str | None) -> None:
    lists = {"fell": ("gold", "silver", "copper"), "nobody": ()}
    if printed is None:
        with pytest.raises(NothingToSayError):
            said(text, lists=lists, it="silver")
    else:
        assert said(text, lists=lists, it="silver") == printed


def test_a_name_is_short_once_it_has_been_said() -> None:
    assert said("{{ gold.name }}", mentioned={"gold"}) == "gold"


def test_listing() -> None:
    assert [listed(names) for names in (["a"], ["a", "b"], ["a", "b", "c"])] == ["a", "a and b", "a, b and c"]


@given(st.floats(0.0011, 5), st.floats(-8, -0.06))
def test_every_figure_lies_where_the_trace_says(gain: float, sigmas: float) -> None:
    scene: dict[str, Scalar] = {"gold.return_1d": gain, "gold.move_z": sigmas}
    said(
        "Up {{ gold.return_1d | percent }}: {{ gold.move_z | sigmas }}, {{ gold.return_1d | percent }}.",
        scene,
    )


@pytest.mark.parametrize(
    "text",
    [
        "{{ gold.__class__.__mro__ }}",
        "{{ gold.return_1d.__init__.__globals__ }}",
        "{{ ''.__class__ }}",
        "{{ lipsum.__globals__ }}",
        "{{ self.__init__ }}",
        "{% include 'a/b#c' %}{{ cycler.__init__ }}",
    ],
)
def test_a_phrase_reaches_nothing_but_the_scene(text: str) -> None:
    with pytest.raises((TemplateError, SecurityError, NothingToSayError, AttributeError, RecursionError)):
        said(text)
