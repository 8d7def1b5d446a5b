"""Sentences and words, split by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentary.prose import is_figure, sentences, straight, words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Gold fell. Silver did not.", ("Gold fell.", "Silver did not.")),
        ("Was it fear? It was not!", ("Was it fear?", "It was not!")),
        (
            "The St. Lawrence froze at 7.15 a.m. and slept.",
            ("The St. Lawrence froze at 7.15 a.m. and slept.",),
        ),
        ("The U.S. Treasury sold bonds.", ("The U.S. Treasury sold bonds.",)),
        ("He has no co. Then he left.", ("He has no co.", "Then he left.")),
        ('"Stop." Then (he said) nothing.', ('"Stop."', "Then (he said) nothing.")),
        ('So it was. "Indeed." 3 came.', ("So it was.", '"Indeed."', "3 came.")),
        ("It rose 0.4 percent. then it fell.", ("It rose 0.4 percent. then it fell.",)),
        ("... Well.", ("Well.",)),
        ("", ()),
    ],
)
def test_sentences(text: str, found: tuple[str, ...]) -> None:
    assert sentences(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "The S&P 500 fell 1,204.5 points, or 3%.",
            ("The", "S&P", "500", "fell", "1,204.5", "points", "or", "3%"),
        ),
        ("Friday's two-year years' $3bn 25bps", ("Friday's", "two-year", "years'", "$3bn", "25bps")),
        ("U.S. yields — 200-day", ("U.S", "yields", "200", "day")),
        ("−3.2σ", ("3.2",)),
    ],
)
def test_words(text: str, found: tuple[str, ...]) -> None:
    assert words(text) == found


def test_figures_are_digits_and_counts_from_two_on() -> None:
    assert [word for word in ("one", "two", "Half", "3%", "two-year", "S&P") if is_figure(word)] == [
        "two", "Half", "3%",
    ]  # fmt: skip


def test_straight_text() -> None:
    assert straight(" “It’s” over—again – twice ") == '"It\'s" over — again — twice'


@given(
    st.lists(st.sampled_from(["Gold fell.", "Did it?", "No!", "A U.S. note rose 0.4 percent."]), max_size=9)
)
def test_whole_sentences_come_apart_again(parts: list[str]) -> None:
    joined = [part for part in parts if part != "No!"]
    assert list(sentences(" ".join(joined))) == joined
