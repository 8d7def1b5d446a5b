"""Rhythm of a draft: counted by hand, and beside what the auditor counts in the finished text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentary.auditing.style_measures import MEASURES, measured
from commentary.auditing.style_text import prose
from commentary.auditing.style_variety import mattr
from commentary.phrasing.rhythm import Rhythm, bar, distinct, measures, outline
from tests.cli import ROOT

ONE = ("Gold fell 1.3 percent, but silver held.", "Why?")
OTHER = ("Stocks did not fall.", "The bill was paid in copper.")


def test_counts_of_two_paragraphs() -> None:
    found = measures(Rhythm({"one": bar(ONE, 1), "other": bar(OTHER)}).counts)
    assert found["words"] == 7 + 1 + 4 + 6
    assert found["sentence_length"] == 4.5
    # squares 49 + 1 + 16 + 36 = 102; variance 102/4 − 4.5² = 5.25
    assert found["spread"] == pytest.approx(5.25**0.5 / 4.5)
    assert (found["under_6"], found["up_to_10"]) == (50, 100)
    assert found["figures"] == pytest.approx(100 / 18)  # 1.3
    assert found["contrasts"] == pytest.approx(100 / 18)  # but
    assert found["antithesis"] == 25  # did not fall: the bill was paid
    assert found["figurative"] == pytest.approx(100 / 18)
    assert found["kickers"] == 100


def test_halves_that_are_joined_are_one_sentence() -> None:
    found = measures(Rhythm({"one": bar(("Gold fell,", "and silver held."))}).counts)
    assert (found["sentence_length"], found["kickers"]) == (5, 0)  # one sentence: no last word


@given(st.lists(st.sampled_from(["gold", "fell", "the", "of", "stocks", "it", "rose", "held"]), max_size=260))
def test_a_vocabulary_is_what_the_auditor_counts(found: list[str]) -> None:
    windows = max(len(found) - 99, 1)
    assert distinct(found) == pytest.approx((mattr(found) or 0.0) * windows * min(len(found), 100))


@pytest.mark.parametrize("name", ["garden", "harbour", "ledger"])
def test_a_text_counts_as_the_auditor_counts_it(name: str) -> None:
    text = prose((ROOT / "tests" / "data" / "style" / f"{name}.txt").read_text(encoding="utf-8"))
    rhythm = Rhythm({str(number): bar(each) for number, each in enumerate(text.split)})
    theirs = measured(text, None)
    ours = measures(rhythm.counts)
    held = {key: value for key, value in ours.items() if key not in ("figurative", "antithesis")}
    assert held == {key: pytest.approx(theirs[key], abs=0.5 * 10 ** -MEASURES[key].decimals) for key in held}


def test_an_outline_has_a_figure_or_a_name_for_every_reading() -> None:
    told = (
        "{{ gold.full }} fell {{ gold.return_1d | percent }}{% if it %}, and{% endif %} {{ it.name }} rose."
    )
    assert outline(told) == "The index fell 7 percent, and stocks rose."
