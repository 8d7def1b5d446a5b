"""Revision: which wordings are exchanged for a note's rhythm, and which never are."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from commentary.auditing.style_bands import Band
from commentary.model import Memory, PhraseUse, Sentence
from commentary.phrasing.lexicon import Phrase
from commentary.phrasing.rhythm import Limits
from commentary.phrasing.say import say
from tests.phrasing.made import phrase, plan, section, voice
from tests.planning.made import choice
from tests.verdicts import SESSION

LONG = phrase("havens/sold#long", "The metal that is bought in every storm was sold in this, not kept.")
BRIEF = phrase("havens/sold#brief", "Gold was sold.")
FALSE = phrase("havens/sold#false", "Gold fell.", when="gold.return_1d > 0")
OTHER = phrase("oil/sold#only", "Nobody who needs oil tomorrow was asked for an opinion about it today.")
PLAN = plan(section(choice("havens/sold")), section(choice("oil/sold")))


def spoken(*phrases: Phrase, memory: Memory = Memory(), **limits: Band) -> tuple[Sentence, ...]:  # noqa: B008 - frozen
    held: Limits = lambda words, sentences: limits  # noqa: E731
    return say(PLAN, replace(voice(*phrases, memory=memory), limits=held))


def chosen(*phrases: Phrase, **limits: Band) -> str:
    return spoken(*phrases, **limits)[0].phrase


def unlimited(*phrases: Phrase) -> str:
    return say(PLAN, voice(*phrases))[0].phrase


@pytest.mark.parametrize(
    ("limits", "wanted"),
    [
        ({"under_6": Band(40.0, None)}, BRIEF),
        ({"words": Band(None, 17.0)}, BRIEF),
        ({"antithesis": Band(None, 10.0)}, BRIEF),
        ({"sentence_length": Band(12.0, None)}, LONG),
        ({"under_6": Band(None, 0.1)}, LONG),
        ({"words": Band(20.0, None)}, LONG),
    ],
)
def test_a_wording_that_brings_the_measure_within_its_limits(limits: dict[str, Band], wanted: Phrase) -> None:
    assert chosen(LONG, BRIEF, OTHER, **limits) == wanted.name


def test_nothing_is_exchanged_where_the_limits_hold_or_there_are_none() -> None:
    assert chosen(LONG, BRIEF, OTHER) == unlimited(LONG, BRIEF, OTHER)
    assert chosen(LONG, BRIEF, OTHER, words=Band(1.0, 100.0)) == unlimited(LONG, BRIEF, OTHER)


def test_never_for_what_is_not_true() -> None:
    assert chosen(LONG, FALSE, OTHER, under_6=Band(40.0, None)) == LONG.name


def test_never_for_what_is_at_rest() -> None:
    used = Memory(uses=(PhraseUse(BRIEF.name, SESSION.replace(day=2), "forced_exit", "daily"),))
    assert spoken(LONG, BRIEF, OTHER, memory=used, under_6=Band(40.0, None))[0].phrase == LONG.name


def test_a_richer_vocabulary() -> None:
    alone = " ".join("".join(letters) + "er" for letters in product("bcdfg", "aeiou", "klmnp"))  # 125 words
    filler = phrase("oil/sold#long", f"B{alone[1:]}.")
    poor = phrase(
        "havens/sold#poor", "Baker baler bamer baner baper baker baler bamer baner baper baker baler."
    )
    rich = phrase(
        "havens/sold#rich", "Gold bars left vaults under every flag by noon without one question asked."
    )
    assert unlimited(poor, rich, filler) == poor.name
    assert chosen(poor, rich, filler, mattr=Band(0.995, None)) == rich.name


def test_a_short_note_tells_more_of_what_was_planned() -> None:
    more = phrase("havens/silver#one", "Silver went with it, further and faster than the metal it copies.")
    thin = plan(section(choice("havens/sold", salience=2.0), choice("havens/silver"), quota=1))
    limits: Limits = lambda words, sentences: {"words": Band(9.0, None)}  # noqa: E731
    assert [item.message for item in say(thin, voice(BRIEF, more))] == ["havens/sold"]
    said = say(thin, replace(voice(BRIEF, more), limits=limits))
    assert {item.message for item in said} == {"havens/sold", "havens/silver"}


def test_a_paragraph_of_a_few_words_is_left_out() -> None:
    stub = plan(section(choice("havens/sold"), words=4), section(choice("oil/sold")))
    assert [item.message for item in say(stub, voice(BRIEF, OTHER))] == ["oil/sold"]
    assert [item.message for item in say(stub, voice(LONG, OTHER))] == ["havens/sold", "oil/sold"]


@pytest.mark.parametrize(("least", "wanted"), [(12.0, ["oil/sold"]), (14.0, ["havens/sold", "oil/sold"])])
def test_a_few_words_stay_where_the_note_would_be_too_short(least: float, wanted: list[str]) -> None:
    stub = plan(section(choice("havens/sold"), words=4), section(choice("oil/sold")))
    limits: Limits = lambda words, sentences: {"words": Band(least, None)}  # noqa: E731
    said = say(stub, replace(voice(BRIEF, OTHER), limits=limits))
    assert [item.message for item in said] == wanted


def test_the_day_fills_a_short_note_before_what_would_change_it() -> None:
    more = phrase("oil/rose#one", "Crude rose, which is a bill for everybody who heats a house with it.")
    later = phrase("watch/level#one", "A close above the average of the month would undo it all.")
    asked = phrase("watch/vix#one", "Volatility below its own past would do as well.")
    short = plan(
        section(choice("oil/sold", salience=2.0), choice("oil/rose", salience=0.2), quota=1),
        section(choice("watch/level", salience=2.0), choice("watch/vix", salience=1.9), quota=1),
    )
    limits: Limits = lambda words, sentences: {"words": Band(26.0, None)}  # noqa: E731
    said = say(short, replace(voice(OTHER, more, later, asked), limits=limits))
    assert [item.message for item in said] == ["oil/sold", "oil/rose", "watch/level"]
