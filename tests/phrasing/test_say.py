"""Composition: what one paragraph may hold, and what every sentence remembers of itself."""

from __future__ import annotations

from typing import Any

import pytest

from commentary.model import Choice, Memory, PhraseUse
from commentary.phrasing.lexicon import Phrase
from commentary.phrasing.say import say
from tests.phrasing.made import SCENE, phrase, plan, section, voice
from tests.planning.made import choice
from tests.verdicts import SESSION


def names(*phrases: Phrase, **changes: Any) -> list[str]:
    """Phrases printed of one section with a message a phrase, most salient first."""
    found = tuple(choice(item.message, salience=1 - place / 100) for place, item in enumerate(phrases))
    spoken = say(plan(section(*found, **changes)), voice(*phrases))
    return [item.phrase.split("#")[1] for item in spoken]


def made(ident: str, **keys: Any) -> Phrase:
    return phrase(f"a/{ident}#{ident}", f"The {ident} is said.", **keys)


def test_one_paragraph_holds_two_signatures() -> None:
    three = [made(ident, tier="signature") for ident in ("one", "two", "three")]
    assert names(*three, made("plain")) == ["one", "two", "plain"]


@pytest.mark.parametrize("device", ["question", "antithesis", "simile"])
def test_some_devices_come_once_a_paragraph(device: str) -> None:
    assert names(made("one", device=device), made("two", device=device), made("plain")) == ["one", "plain"]


def test_images_of_few_families() -> None:
    images = [made(family, family=family) for family in ("house", "road", "game")]
    assert names(*images, made("again", family="house")) == ["house", "road", "again"]
    assert names(*images, families=1) == ["house"]


@pytest.mark.parametrize(("first", "second"), [("fire", "water"), ("war", "garden"), ("machine", "theatre")])
def test_families_that_clash_never_meet(first: str, second: str) -> None:
    assert names(made("one", family=first), made("two", family=second)) == ["one"]
    assert names(made("two", family=second), made("one", family=first)) == ["two"]


def test_a_quota_keeps_the_most_salient_in_the_order_of_the_plan() -> None:
    found = (choice("a/low", salience=0.1), choice("a/mid", salience=0.5), choice("a/high", salience=0.9))
    phrases = [made(ident) for ident in ("low", "mid", "high")]
    spoken = say(plan(section(*found, quota=2)), voice(*phrases))
    assert [item.phrase for item in spoken] == ["a/mid#mid", "a/high#high"]


def test_a_section_too_thin_is_left_out_and_leaves_its_phrases() -> None:
    found = section(choice("a/one"), choice("a/mute"), least=2)
    again = section(choice("b/one"))
    spoken = say(plan(found, again), voice(phrase("a/one#x", "Alone."), phrase("b/one#y", "Not alone.")))
    assert [item.section for item in spoken] == ["b"]


def test_what_is_new_in_a_paragraph_rests_on_another_reading() -> None:
    whens = ("(gold.move_z < 0)", "(gold.move_z < -1)", "(gold.move_z < -1 and silver.move_z < 0)")
    found = [choice(f"a/m{place}", when=when, salience=1 - place / 10) for place, when in enumerate(whens)]
    phrases = [phrase(f"a/m{place}#x", f"Message {'abc'[place]}.") for place in range(3)]
    for novel, printed in ((False, 3), (True, 2)):
        spoken = say(plan(section(*found, novel=novel)), voice(*phrases))
        assert len(spoken) == printed


def test_a_figure_stands_once_in_a_note() -> None:
    phrases = [
        phrase(f"{at}#x", f"{at[0]}: {{{{ gold.return_1d | percent }}}}.")
        for at in ("a/one", "b/one", "c/one")
    ]
    phrases.append(phrase("a/two#y", "Again, {{ gold.return_1d | percent }}."))
    sections = [
        section(choice("a/one"), choice("a/two", salience=0.4)),
        section(choice("b/one")),
        section(choice("c/one")),
    ]
    spoken = say(plan(*sections), voice(*phrases))
    assert [item.message for item in spoken] == ["a/one"]


def test_a_standfirst_fills_each_of_its_places_once() -> None:
    found = [
        choice(f"standfirst/{name}", place=name.split("_")[0]) for name in ("first_a", "first_b", "second_a")
    ]
    phrases = [made_of(item.message) for item in found]
    spoken = say(plan(section(*found)), voice(*phrases))
    assert [item.place for item in spoken] == ["first", "second"]


def made_of(message: str) -> Phrase:
    return phrase(f"{message}#x", f"The {message.split('/')[1].replace('_', ' ')} is said.")


def test_no_phrase_twice_in_a_note() -> None:
    sections = [
        section(choice("a/sold", section=name, names={"it": it}))
        for name, it in (("a", "gold"), ("b", "silver"))
    ]
    one = phrase("a/sold#x", "{{ it.full }} was sold.")
    assert [item.text for item in say(plan(*sections), voice(one))] == ["The gold fund was sold."]


def test_only_a_required_section_wakes_what_rests() -> None:
    memory = Memory((PhraseUse("a/one#one", SESSION.replace(day=2), "forced_exit", "daily"),))
    for required, printed in ((False, 0), (True, 1)):
        found = section(choice("a/one"), required=required)
        assert len(say(plan(found), voice(made("one"), memory=memory))) == printed


def test_a_slot_without_a_reading_lets_the_next_wording_speak() -> None:
    phrases = (
        phrase("a/one#x", "Oil fell {{ oil.return_1d | percent }}."),
        phrase("a/one#y", "Oil is not mentioned."),
    )
    assert [item.phrase for item in say(plan(section(choice("a/one"))), voice(*phrases))] == ["a/one#y"]


def test_the_trace_of_a_sentence() -> None:
    wording = "{{ it.name }} lost {{ it.return_1d | percent }}, the S&P {{ sp500.return_1d | percent }}."
    one = phrase("a/sold#x", wording, when="it.return_1d < -0.01", family="house", tier="signature")
    found = choice("a/sold", names={"it": "gold"}, when="(gold.move_z <= -1)", stance="opposes", place="lead")
    (said,) = say(plan(section(found)), voice(one))
    assert said.text == "The gold fund lost 1.3 percent, the S&P 11 percent."
    assert [(item.shown, item.value, item.unit, item.reading) for item in said.numbers] == [
        ("1.3 percent", -0.013, "fraction", "gold.return_1d"),
        ("11 percent", -0.11, "fraction", "sp500.return_1d"),
    ]
    assert all(said.text[item.start : item.end] == item.shown for item in said.numbers)
    assert said.when == "(gold.move_z <= -1) and (gold.return_1d < -0.01)"
    assert (said.stance, said.place, said.family, said.tier) == ("opposes", "lead", "house", "signature")
    assert said.subjects == ("gold", "sp500")


def test_a_wording_of_two_sentences_is_traced_as_two() -> None:
    one = phrase(
        "a/sold#x", "{{ gold.return_1d | percent }} went. The S&P lost {{ sp500.return_1d | percent }}."
    )
    first, second = say(plan(section(choice("a/sold"))), voice(one))
    assert (first.text, second.text) == ("1.3 percent went.", "The S&P lost 11 percent.")
    assert second.text[second.numbers[-1].start : second.numbers[-1].end] == "11 percent"


def test_the_article_agrees_with_the_number() -> None:
    one = phrase(
        "a/sold#x", "A {{ sp500.return_1d | percent }} fall, and a {{ gold.return_1d | percent }} one."
    )
    (said,) = say(plan(section(choice("a/sold"))), voice(one))
    assert said.text == "An 11 percent fall, and a 1.3 percent one."
    assert all(said.text[item.start : item.end] == item.shown for item in said.numbers)


def test_a_sentence_begins_with_a_capital() -> None:
    one = phrase(
        "a/sold#x", "{{ ust2y.change_bp | basis_points }} was all. {{ gold.return_1d | percent }} went."
    )
    assert [item.text for item in say(plan(section(choice("a/sold"))), voice(one))] == [
        "One basis point was all.", "1.3 percent went.",
    ]  # fmt: skip


def test_names_are_full_at_first_and_again_in_the_next_section() -> None:
    phrases = [phrase(f"{at}#x", "{{ gold.name }} fell.") for at in ("a/one", "b/one")]
    phrases.append(phrase("a/two#x", "Later {{ gold.name }} fell."))
    spoken = say(plan(section(choice("a/one"), choice("a/two")), section(choice("b/one"))), voice(*phrases))
    assert [item.text for item in spoken] == [
        "The gold fund fell.",
        "Later gold fell.",
        "The gold fund fell.",
    ]


def test_contrast_follows_from_stance() -> None:
    phrases = [made(ident) for ident in ("for", "against")]
    found = (choice("a/for", stance="supports"), choice("a/against", stance="opposes", salience=0.4))
    spoken = say(plan(section(*found)), voice(*phrases))
    assert [item.text for item in spoken] == ["The for is said.", "Yet the against is said."]


def test_taking_one_reading_away_leaves_the_other_sentences() -> None:
    texts = [f"The market {word}." for word in ("sighed", "turned", "waited", "paused")]
    phrases = [
        phrase(f"a/{name}#{place}", text)
        for name in ("one", "two", "three")
        for place, text in enumerate(texts)
    ]
    phrases.append(phrase("a/gold#x", "Gold lost {{ gold.return_1d | percent }}."))
    whole = section(choice("a/one"), choice("a/gold"), choice("a/two"), choice("a/three"))
    thin = {name: value for name, value in SCENE.items() if name != "gold.return_1d"}
    with_gold = [item.text for item in say(plan(whole), voice(*phrases))]
    without = [item.text for item in say(plan(whole, scene=thin), voice(*phrases))]
    assert without == [text for text in with_gold if "Gold" not in text]


def test_a_topic_is_said_once_in_a_note() -> None:
    found = [
        choice("a/gold", topic="gold sold"),
        choice("b/gold", topic="gold"),
        choice("b/copper", topic="copper"),
    ]
    phrases = [phrase(f"{item.message}#x", f"Said by {item.message.replace('/', ' ')}.") for item in found]
    spoken = say(plan(section(found[0]), section(found[1], found[2])), voice(*phrases))
    assert [item.message for item in spoken] == ["a/gold", "b/copper"]


def test_a_topic_that_found_no_words_is_still_to_be_said() -> None:
    found = [choice("a/mute", topic="gold"), choice("b/gold", topic="gold")]
    spoken = say(plan(section(found[0]), section(found[1])), voice(phrase("b/gold#x", "Gold is said.")))
    assert [item.message for item in spoken] == ["b/gold"]


def test_another_subject_stands_in_for_one_whose_topic_is_taken() -> None:
    spoken = say(
        plan(
            section(choice("a/gold", topic="gold")),
            section(
                choice("b/sold", names={"it": "gold"}, topic="gold", salience=0.9),
                choice("b/sold", names={"it": "silver"}, topic="silver", salience=0.8),
            ),
        ),
        voice(phrase("a/gold#x", "Gold is said."), phrase("b/sold#y", "{{ it.name }} was sold.")),
    )
    assert [item.text for item in spoken] == ["Gold is said.", "The silver fund was sold."]


@pytest.mark.parametrize(
    ("objections", "wanted"),
    [
        ([], ["doubts/rival"]),
        ([choice("doubts/credit")], ["doubts/rival", "doubts/credit", "doubts/weighed"]),
    ],
)
def test_objections_are_weighed_where_there_are_some(objections: list[Choice], wanted: list[str]) -> None:
    found = [choice("doubts/rival", place="lead"), *objections, choice("doubts/weighed", place="close")]
    said = say(
        plan(section(*found)),
        voice(
            phrase("doubts/rival#one", "It might be called a flight."),
            phrase("doubts/credit#one", "Credit was left alone."),
            phrase("doubts/weighed#one", "That carries little weight."),
        ),
    )
    assert [item.message for item in said] == wanted
