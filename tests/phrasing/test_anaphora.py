"""Pronouns: for the subject that both sentences open with, and never on a pronoun."""

from __future__ import annotations

import pytest

from commentary.phrasing.anaphora import opener, openers, referred
from commentary.phrasing.joins import Clause
from commentary.phrasing.references import Naming
from tests.phrasing.test_joins import clause

NAMES = {
    "gold": Naming("gold", "gold"),
    "sp500": Naming("the S&P 500", "the S&P"),
    "miners": Naming("gold miners", "miners", "plural"),
}


def opening(text: str) -> Clause:
    return clause(text, opener(text.replace("[", ""), openers(NAMES), ""))


def texts(*clauses: Clause) -> list[str]:
    return [found.sentences[0].text for found in referred(clauses, NAMES)]


@pytest.mark.parametrize(
    ("before", "text", "after"),
    [
        ("Gold fell hard.", "Gold broke its average.", "It broke its average."),
        ("The S&P 500 fell.", "The S&P broke its average.", "It broke its average."),
        ("Gold miners fell.", "Miners broke the range.", "They broke the range."),
        ("Gold fell hard.", "Yet gold kept its average.", "Yet it kept its average."),
        ("Gold, which fell hard, was sold.", "Gold broke its average.", "It broke its average."),
        ("Gold, silver and copper fell.", "Gold broke its average.", "Gold broke its average."),
        ("Gold fell hard.", "Gold’s average broke.", "Gold’s average broke."),
        ("Gold fell hard.", "Gold and silver fell.", "Gold and silver fell."),
        ("Gold fell hard.", "Gold miners fell too.", "Gold miners fell too."),
        ("Gold fell hard.", "Gold miners, gold and silver fell.", "Gold miners, gold and silver fell."),
        ("Nobody wanted gold.", "Gold broke its average.", "Gold broke its average."),
        ("Gold’s loss was large.", "Gold broke its average.", "Gold broke its average."),
    ],
)  # fmt: skip
def test_pronouns(before: str, text: str, after: str) -> None:
    assert texts(opening(before), opening(text))[1] == after


def test_a_chain_names_its_subject_again() -> None:
    found = texts(*map(opening, ("Gold fell.", "Gold broke.", "Gold closed low.", "Gold was sold.")))
    assert found == ["Gold fell.", "It broke.", "Gold closed low.", "It was sold."]


def test_figures_stand_where_they_then_are() -> None:
    found = referred([opening("Gold fell."), opening("Gold lost [1.3 percent].")], NAMES)[1].sentences[0]
    assert found.text == "It lost 1.3 percent."
    assert found.text[found.numbers[0].start : found.numbers[0].end] == "1.3 percent"


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Gold fell.", "gold"),
        ("Yet gold fell.", "gold"),
        ("Gold miners fell.", "miners"),
        ("Goldilocks fell.", ""),
        ("Nobody sold gold.", ""),
        ("Gold or silver fell.", ""),
    ],
)
def test_opener(text: str, subject: str) -> None:
    assert opener(text, openers(NAMES), "") == subject


def test_of_two_by_one_name_the_likely_one() -> None:
    names = {**NAMES, "bullion": Naming("gold", "gold"), "zinc": Naming("gold", "gold")}
    assert opener("Gold fell.", openers(names), "gold") == "gold"
    assert opener("Gold fell.", openers(names), "bullion") == "bullion"
