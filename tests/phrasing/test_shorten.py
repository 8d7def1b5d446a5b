"""A shorter edition says what the whole one says, and less of it."""

from __future__ import annotations

from dataclasses import replace

from commentary.extent import Extent, units
from commentary.model import Sentence
from commentary.phrasing.say import say
from tests.phrasing.made import phrase, plan, section, voice
from tests.planning.made import choice

APART = {"device": "contrast"}
"""No conjunction joins what has a turn of its own."""

PHRASES = (
    phrase("title/a#one", "A title here"),
    phrase("havens/lead#one", "Havens were tested by the day.", **APART),
    phrase("havens/gold#one", "Gold lost {{ gold.return_1d | percent }}.", **APART),
    phrase(
        "havens/weak#one",
        "Silver lost {{ silver.return_1d | percent }} and copper hardly moved at all.",
        **APART,
    ),
    phrase(
        "credit/long#one",
        "Credit was asked a question that took it a very long time to answer in full.",
        **APART,
    ),
)
PLAN = plan(
    section(choice("title/a"), required=True),
    section(
        choice("havens/lead", place="lead", salience=0.4),
        choice("havens/gold", salience=2.0),
        choice("havens/weak", salience=1.0),
    ),
    section(choice("credit/long", salience=0.9)),
)


def said(extent: Extent) -> list[str]:
    return [item.text for item in say(PLAN, replace(voice(*PHRASES), extent=extent))]


WHOLE = said(Extent())


def test_nothing_is_left_out_without_limits() -> None:
    assert len(WHOLE) == 5


def test_sections_are_kept_with_their_opening_and_what_matters_most() -> None:
    assert said(Extent({"title": 1, "havens": 2})) == [
        "A title here", "Havens were tested by the day.", "Gold lost 1.3 percent.",
    ]  # fmt: skip


def test_too_many_words_cost_the_last_of_the_fullest_paragraph_first() -> None:
    assert said(Extent(words=30)) == [WHOLE[0], WHOLE[1], WHOLE[2], WHOLE[4]]
    assert said(Extent(words=3)) == ["A title here"]
    assert said(Extent(words=1)) == ["A title here"], "a required section keeps one"


def test_a_sentence_that_no_post_holds_is_left_out() -> None:
    assert said(Extent(characters=60)) == [text for text in WHOLE if len(text) <= 60]


def test_halves_that_are_joined_are_one_sentence() -> None:
    halves = [
        Sentence(text, "s", "m", "p", "neutral", "body", "none", "fact", "")
        for text in ("Gold rose,", "and oil fell.", "Copper held.")
    ]
    assert [[item.text for item in unit] for unit in units(halves)] == [
        ["Gold rose,", "and oil fell."], ["Copper held."],
    ]  # fmt: skip
    assert len(list(units(halves[:1]))) == 1
