"""Facts: several readings may be one to a reader, and a fact is told once before the last word."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from commentary.auditing.style_bands import Band
from commentary.model import Memory, PhraseUse
from commentary.phrasing.retold import facts_of, told_by
from commentary.phrasing.rhythm import Limits
from commentary.phrasing.say import say
from commentary.planning.select import GAINS_NAMING
from tests.phrasing.made import phrase, plan, section, voice
from tests.planning.made import choice


@pytest.mark.parametrize(
    ("when", "facts"),
    [
        ("gold.return_1d < 0 and gold.move_z < -1 and sp500.return_1d < 0", {"gold day"}),
        ("gold.level < gold.average_50d", {"gold level", "gold average_50d"}),
        ("treasuries.return_1d > 0 and bonds.move_z > 1", {"bonds day"}),
        ("vix.term_ratio > 1", {"term"}),
        ("vix.level > vix3m.level", {"term"}),
        ("winners_3m.return_1d < losers_3m.return_1d", {"ranking"}),
        ("breadth.advancing < 0.2 and sectors.advancing == 0", {"breadth"}),
        ("gold.move_z < 0 and table.largest_1 == 'gold'", {"gold day"}),
        ("calendar.weekday == 1 and yesterday.verdict == 'quiet'", set()),
    ],
)
def test_what_a_reader_takes_for_one(when: str, facts: set[str]) -> None:
    assert facts_of(choice("a/one", when=when)) == facts


def test_where_a_message_asks_for_none_the_wording_tells_its_own() -> None:
    bare, guarded = phrase("a/b#c", "Gold fell."), phrase("a/b#d", "Gold fell.", when="gold.return_1d < 0")
    assert told_by(choice("a/b", when="yesterday.verdict == 'quiet'"), bare) == set()
    assert told_by(choice("a/b", when="yesterday.verdict == 'quiet'"), guarded) == {"gold day"}
    assert told_by(choice("a/b", when="silver.return_1d < 0"), guarded) == {"silver day"}


def test_what_wordings_tell_counts_as_told() -> None:
    found = [section(choice(f"{name}/m", section=name)) for name in ("behaviour", "havens", "metals")]
    phrases = [
        phrase(f"{name}/m#x", text, when="gold.return_1d < 0")
        for name, text in zip(("behaviour", "havens", "metals"), TEXTS, strict=False)
    ]
    made = voice(*phrases)
    spoken = say(plan(*found), replace(made, rest=replace(made.rest, label="rotation")))
    assert [item.section for item in spoken] == ["behaviour"]


WHENS = (
    "gold.return_1d < 0",
    "gold.move_z < -1",
    "gold.return_1d < 0 and gold.move_z < -1",
    "gold.move_z < 0",
)
TEXTS = ("Gold was sold.", "Metal fell.", "It gave way.", "Nobody bought bullion.", "Bullion went.")


def told(label: str, *sections: str) -> list[str]:
    """Sections that print a message on the fall in gold, each with a wording of its own."""
    found = [
        section(choice(f"{name}/m", when=when, section=name))
        for name, when in zip(sections, (*WHENS, WHENS[0]), strict=False)
    ]
    phrases = [phrase(f"{name}/m#x", text) for name, text in zip(sections, TEXTS, strict=False)]
    made = voice(*phrases)
    return [item.section for item in say(plan(*found), replace(made, rest=replace(made.rest, label=label)))]


def test_a_fact_is_announced_and_named_in_the_last_word() -> None:
    sections = ("behaviour", "havens", "metals", "read", "closing")
    assert told("rotation", *sections) == ["behaviour", "read", "closing"]


def test_long_notes_tell_it_once_more() -> None:
    sections = ("behaviour", "havens", "metals", "credit", "closing")
    assert told("forced_exit", *sections) == ["behaviour", "havens", "closing"]


def test_a_note_of_too_few_words_tells_it_again() -> None:
    found = section(*(choice(f"havens/m{place}", when=when) for place, when in enumerate(WHENS[:3])))
    phrases = [phrase(f"havens/m{place}#x", text) for place, text in enumerate(TEXTS[:3])]
    made = replace(voice(*phrases), rest=replace(voice().rest, label="rotation"))
    wanting: Limits = lambda words, sentences: {"words": Band(100.0, None)}  # noqa: E731
    assert len(say(plan(found), made)) == 1
    assert len(say(plan(found), replace(made, limits=wanting))) == 2


def test_elsewhere_is_told_what_has_not_been() -> None:
    assert told("rotation", "behaviour", "elsewhere") == ["behaviour"]
    assert told("rotation", "elsewhere") == ["elsewhere"]


def test_elsewhere_is_chosen_last_and_printed_where_it_stands() -> None:
    assert told("rotation", "elsewhere", "behaviour") == ["behaviour"]
    gold, crude = "gold.move_z < 0", "oil.move_z < 0"
    found = [
        section(choice(f"{name}/m", when=when, section=name))
        for name, when in (("elsewhere", crude), ("behaviour", gold))
    ]
    made = voice(phrase("elsewhere/m#x", "Crude fell."), phrase("behaviour/m#x", "Gold was sold."))
    assert [item.section for item in say(plan(*found), made)] == ["elsewhere", "behaviour"]


def test_the_title_s_figure_may_stand_in_the_standfirst_and_nowhere_else() -> None:
    texts = {"title": "Gold lost", "standfirst": "It was sold by", "metals": "Bullion gave up"}
    found = [section(choice(f"{name}/m", section=name)) for name in texts]
    shown = "{{ gold.return_1d | percent }}."
    phrases = [phrase(f"{name}/m#x", f"{text} {shown}") for name, text in texts.items()]
    assert [item.section for item in say(plan(*found), voice(*phrases))] == ["title", "standfirst"]


def test_the_question_of_the_day_before_anything_fresher() -> None:
    """Used fifteen sessions ago: rested, but a reader still remembers it."""
    asked, fresh = (
        phrase("standfirst/th_x#a", "Gold was the question."),
        phrase("standfirst/other#b", "Copper rose."),
    )
    used = Memory(uses=(PhraseUse(asked.name, date(2024, 7, 15), "quiet", "daily"),))
    for salience, wanted in ((GAINS_NAMING[1], asked), (GAINS_NAMING[1] - 1, fresh)):
        found = section(
            choice("standfirst/th_x", salience=salience), choice("standfirst/other", salience=0.5), quota=1
        )
        assert [item.phrase for item in say(plan(found), voice(asked, fresh, memory=used))] == [wanted.name]
