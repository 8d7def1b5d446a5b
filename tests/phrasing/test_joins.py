"""Aggregation: what may be one sentence, and by which conjunction."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from commentary.model import Sentence, ShownNumber
from commentary.phrasing.joins import FEW, MOST, Clause, Joiner, direction


def clause(
    text: str, subject: str = "gold", way: int = -1, tier: str = "frame", device: str = "plain"
) -> Clause:
    """A message of one sentence; a figure between brackets is traced."""
    start, end = text.find("["), text.find("]") - 1
    plain = text.replace("[", "").replace("]", "")
    numbers = (ShownNumber(plain[start:end], 0.01, "fraction", f"{subject}.return_1d", start, end),)
    found = Sentence(plain, "metals", "m", f"p#{text}", "neutral", "body", "none", tier, "")
    if start >= 0:
        found = Sentence(plain, "metals", "m", f"p#{text}", "neutral", "body", "none", tier, "", numbers)
    return Clause((replace(found, subjects=(subject, "metals")),), device, subject, way)


def printed(*clauses: Clause) -> str:
    return " ".join(item.text for item in Joiner().paragraph(clauses))


FELL, SILVER = (
    clause("Gold fell hard in New York today."),
    clause("Silver fell with it once again.", "silver"),
)
COPPER = clause("Copper rose all day long again.", "copper", 1)


def test_the_same_way_takes_and_another_way_a_contrast() -> None:
    assert printed(FELL, SILVER) == "Gold fell hard in New York today, and silver fell with it once again."
    assert printed(FELL, COPPER) == "Gold fell hard in New York today, while copper rose all day long again."


def test_a_connective_becomes_the_conjunction() -> None:
    assert (
        printed(FELL, clause("Yet copper held up all day long.", "copper", 0))
        == "Gold fell hard in New York today, yet copper held up all day long."
    )


def test_a_half_with_a_turn_of_its_own_takes_a_semicolon() -> None:
    turned = clause("Copper rose again, but not far.", "copper", 1, device="contrast")
    assert printed(FELL, turned) == "Gold fell hard in New York today; copper rose again, but not far."


def test_no_concession_beside_another() -> None:
    turned = clause("Copper rose again while oil slept.", "copper", 1)
    assert printed(FELL, turned) == "Gold fell hard in New York today; copper rose again while oil slept."


def test_where_nothing_says_how_two_belong_together_a_semicolon_does() -> None:
    assert (
        printed(FELL, clause("The list of them was long.", "list", 0))
        == "Gold fell hard in New York today; the list of them was long."
    )


@pytest.mark.parametrize("shared", [(), ("sp500", "calendar"), ("leader", "table", "episode")])
def test_two_of_nothing_in_common_stay_two(shared: tuple[str, ...]) -> None:
    lists = clause("The list of them was long.", "list", 0)
    apart = replace(lists, sentences=(replace(lists.sentences[0], subjects=("list", *shared)),))
    first = replace(FELL, sentences=(replace(FELL.sentences[0], subjects=("gold", *shared)),))
    text = " ".join(item.text for item in Joiner().paragraph((first, apart)))
    assert text == "Gold fell hard in New York today. The list of them was long."


@pytest.mark.parametrize(
    "other",
    [
        clause("Need sold it, in very plain words.", "copper", tier="signature"),
        clause("Who would sell that again today?", "copper"),
        clause("It was the worst day yet.", "copper"),
        clause("That was a very long day.", "copper"),
        clause("Even so, copper rose all day long.", "copper", 1),
        clause("Against that, copper rose all day long.", "copper", 1),
        clause("Copper rose again: a growth bid.", "copper", 1),
        clause("Copper is a metal for growth.", "copper", 1, device="aphorism"),
        clause("Copper rose.", "copper", 1),
        clause(f"Copper {'really ' * 25}rose.", "copper", 1),
    ],
)
def test_what_stands_alone(other: Clause) -> None:
    assert printed(FELL, other) == f"Gold fell hard in New York today. {other.sentences[0].text}"


def test_two_halves_that_are_too_long_together_stand_apart() -> None:
    long = [clause(f"{name} {'very ' * 18}long.", name.lower()) for name in ("Gold", "Copper")]
    assert "; " not in printed(*long), "38 words are one breath"


def test_figures_stand_where_they_then_are() -> None:
    first, second = Joiner().paragraph(
        [
            clause("Gold lost [1.3 percent] in London today."),
            clause("Copper lost [2 percent] in London today.", "copper"),
        ]
    )
    assert (first.text, second.text) == (
        "Gold lost 1.3 percent in London today,",
        "and copper lost 2 percent in London today.",
    )
    for half, shown in ((first, "1.3 percent"), (second, "2 percent")):
        number = half.numbers[0]
        assert half.text[number.start : number.end] == shown == number.shown


def test_a_paragraph_has_few_joins_and_no_chain() -> None:
    names = ["gold", "silver", "copper", "oil", "bitcoin", "ether"]
    found = printed(
        *(clause(f"{name.capitalize()} fell hard in New York today.", name) for name in names)
    ).split(".")[:-1]
    assert len(names) - 3 <= len(found) < len(names)
    assert max(len(re.findall(r", and|;", text)) for text in found) == 1, "three are never one"


def test_a_conjunction_is_used_up() -> None:
    joiner = Joiner()
    text = " ".join(item.text for _ in range(20) for item in joiner.paragraph([FELL, SILVER]))
    assert (text.count(", and"), text.count(";")) == (FEW, MOST[";"])


def test_direction_is_the_subjects_day() -> None:
    scene = {"gold.return_1d": -0.01, "ust2y.change_bp": 4.0, "vix.change_1d": 0.0}
    assert [direction(name, scene) for name in ("gold", "ust2y", "vix", "oil")] == [-1, 1, 0, 0]
