"""Pronouns: for the subject that both sentences open with, and never on a pronoun."""

from __future__ import annotations

import pytest

from commentary.phrasing.anaphora import referred
from commentary.phrasing.joins import Clause
from commentary.phrasing.references import Naming
from tests.phrasing.test_joins import clause

NAMES = {
    "gold": Naming("gold", "gold"),
    "sp500": Naming("the S&P 500", "the S&P"),
    "miners": Naming("gold miners", "miners", "plural"),
}


def texts(*clauses: Clause) -> list[str]:
    return [found.sentences[0].text for found in referred(clauses, NAMES)]


@pytest.mark.parametrize(
    ("subject", "before", "text", "after"),
    [
        ("gold", "Gold fell hard.", "Gold broke its average.", "It broke its average."),
        ("sp500", "The S&P 500 fell.", "The S&P broke its average.", "It broke its average."),
        ("miners", "Gold miners fell.", "Miners broke the range.", "They broke the range."),
        ("gold", "Gold fell hard.", "Yet gold kept its average.", "Yet it kept its average."),
        ("gold", "Gold, which fell hard, was sold.", "Gold broke its average.", "It broke its average."),
        ("gold", "Gold, silver and copper fell.", "Gold broke its average.", "Gold broke its average."),
        ("gold", "Gold fell hard.", "Gold’s average broke.", "Gold’s average broke."),
        ("gold", "Gold fell hard.", "Gold and silver fell.", "Gold and silver fell."),
        ("gold", "Gold fell hard.", "Gold miners fell too.", "Gold miners fell too."),
        ("gold", "Gold fell hard.", "Gold miners, gold and silver fell.", "Gold miners, gold and silver fell."),
        ("gold", "Nobody wanted gold.", "Gold broke its average.", "Gold broke its average."),
        ("gold", "Gold’s loss was large.", "Gold broke its average.", "Gold broke its average."),
    ],
)  # fmt: skip
def test_pronouns(subject: str, before: str, text: str, after: str) -> None:
    assert texts(clause(before, subject), clause(text, subject))[1] == after


def test_a_chain_names_its_subject_again() -> None:
    found = texts(
        clause("Gold fell."), clause("Gold broke."), clause("Gold closed low."), clause("Gold was sold.")
    )
    assert found == ["Gold fell.", "It broke.", "Gold closed low.", "It was sold."]


def test_figures_stand_where_they_then_are() -> None:
    found = referred([clause("Gold fell."), clause("Gold lost [1.3 percent].")], NAMES)[1].sentences[0]
    assert found.text == "It lost 1.3 percent."
    assert found.text[found.numbers[0].start : found.numbers[0].end] == "1.3 percent"
