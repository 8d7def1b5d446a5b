"""What is printed is the phrase that the trace cites, its slots bound anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from commentary.auditing import PhraseText, audit
from commentary.auditing.wording import unchanged
from commentary.model import Sentence
from tests.auditing.notes import Day, day, proof, sentence


def findings(phrase: PhraseText, sentences: Sequence[Sentence], note: Day) -> list[str]:
    """Findings of sentences that cite one phrase."""
    cited = [replace(item, phrase="p") for item in sentences]
    return [finding.got for finding in unchanged(replace(proof(note, cited, []), phrases={"p": phrase}))]


FELL = PhraseText(
    "{{ it.name }} fell {{ it.return_1d | percent }} and stayed there. Nobody asked.", "it.return_1d < 0"
)


@pytest.mark.parametrize(
    ("texts", "right"),
    [
        (("Gold fell [1.3 percent|gold.return_1d] and stayed there.", "Nobody asked."), True),
        (("Yet gold fell [1.3 percent|gold.return_1d] and stayed there.", "Nobody asked."), True),
        (("Gold rose [1.3 percent|gold.return_1d] and stayed there.", "Nobody asked."), False),
        (("Gold fell 1.3 percent and stayed there.", "Nobody asked."), False),
        (("Gold fell [4.5 percent|silver.return_1d] and stayed there.", "Nobody asked."), False),
        (("Silver fell [1.3 percent|gold.return_1d] and stayed there.", "Nobody asked."), False),
        (("Gold fell [1.3 percent|gold.return_1d] and stayed there.", "Everybody asked."), False),
    ],
)
def test_words_and_slots(texts: tuple[str, ...], right: bool) -> None:
    note = day("forced_exit")
    made = [sentence(text, "gold.return_1d < 0 and silver.return_1d < 0", note.scene) for text in texts]
    assert (findings(FELL, made, note) == []) is right


PAIR = PhraseText("{{ it.name }} was kept and {{ other.name }} was not.", "it.return_1d > other.return_1d")


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("The dollar was kept and gold was not.", True),
        ("The dollar was kept and the dollar was not.", False),
        ("Copper was kept and gold was not.", False),
        ("The metal was kept and gold was not.", False),
    ],
)
def test_two_subjects(text: str, right: bool) -> None:
    note = day("forced_exit")
    made = [sentence(text, "dollar.return_1d > gold.return_1d", note.scene)]
    assert (findings(PAIR, made, note) == []) is right


LIST = PhraseText("{{ sold | names }} {{ sold | verb('was', 'were') }} sold alike.")


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Gold, silver and bitcoin were sold alike.", True),
        ("Gold, gold and bitcoin were sold alike.", False),
        ("Gold, copper and bitcoin were sold alike.", False),
        ("Gold, nothing and bitcoin were sold alike.", False),
        ("Gold, silver and bitcoin are sold alike.", False),
    ],
)
def test_lists(text: str, right: bool) -> None:
    note = day("forced_exit")
    when = "(gold.move_z < 0) and (silver.move_z < 0) and (bitcoin.move_z < 0)"
    assert (findings(LIST, [sentence(text, when, note.scene)], note) == []) is right


def test_a_reading_that_names_something_is_said_as_it() -> None:
    note = day("rates_led")
    phrase = PhraseText("{{ sectors.worst.name }} closed the list.")
    for text, right in (("Technology closed the list.", True), ("Energy closed the list.", False)):
        made = [sentence(text, "sectors.worst == 'technology'", note.scene)]
        assert (findings(phrase, made, note) == []) is right


def test_articles_bend_before_a_figure() -> None:
    note = day("forced_exit")
    phrase = PhraseText("A {{ breadth.count_up | count }} in all.")
    made = [
        sentence(
            "An [eleven|breadth.count_up] in all.",
            "breadth.count_up > 0",
            {**note.scene, "breadth.count_up": 11.0},
        )
    ]
    assert findings(phrase, made, note) == []


def test_a_phrase_that_is_not_at_hand_is_not_held_against_anything() -> None:
    assert audit(replace(day("ordinary").proof(), phrases={"another": PhraseText("Something else.")})) == ()
