"""Measures of style: counted by hand, and beside what the reference, style_metrics.py, says of three texts."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentary.antithesis import across, within
from commentary.auditing.reader import read
from commentary.auditing.style_measures import Declared, declared, measured
from commentary.auditing.style_text import Text, prose, said_confidence
from commentary.auditing.style_variety import flesch, mattr, mtld, repeated
from commentary.auditing.style_words import images, modals
from commentary.prose import contrasts, syllables

FOLDER = Path(__file__).parents[1] / "data" / "style"

NOTE = """---
title: "Not counted"
verdict: forced_exit
---

# A title of five words

*Gold fell. Silver fell.*

**Forced exit** · confidence **lean**, 61 % (share of past labelled days, not the odds of a market move)

Stocks fell too.

### A heading

- One point.
- Another point.

![A caption](chart.png)

## Moves

| a | b |
|---|---|
| 1 | 2 |

The line under a table.

What follows it.

> **Data.** A block quote.
"""


def antitheses(said: Text) -> int:
    return within("\n\n".join(said.paragraphs)) + across(said.sentences)


def text(*paragraphs: str) -> Text:
    return Text(paragraphs)


# ---- What is prose


def test_prose_is_standfirst_and_paragraphs() -> None:
    assert prose(NOTE).paragraphs == (
        "Gold fell. Silver fell.", "Stocks fell too.", "One point.", "Another point.", "What follows it.",
    )  # fmt: skip


def test_the_line_of_state_says_the_confidence() -> None:
    assert said_confidence(read(NOTE)) == "lean"
    assert said_confidence(read("Nothing of the kind.")) == ""


def test_emphasis_entities_and_breaks_are_no_words() -> None:
    assert prose("It *fell*\nby 3 &amp; **rose**.").paragraphs == ("It fell by 3 & rose.",)


# ---- Counted by hand

FIVE = text(
    "Gold fell. Silver, which had risen for two weeks, fell as well.",  # 2 + 10 words
    "It may rain. Nobody minds. Stocks rose 3 percent but bonds did not move.",  # 3 + 2 + 9 words
)


def test_lengths_of_sentences() -> None:
    found = measured(FIVE, None)
    assert FIVE.lengths == (2, 10, 3, 2, 9)
    assert found["words"] == 26
    assert found["sentence_length"] == 5.2  # 26 / 5
    # squares of distances from 5.2: 10.24 + 23.04 + 4.84 + 10.24 + 14.44 = 62.8; √(62.8 / 5) = 3.544; ÷ 5.2
    assert found["spread"] == 0.68
    assert (found["under_6"], found["up_to_10"], found["over_30"]) == (60, 100, 0)


def test_counted_words() -> None:
    found = measured(FIVE, None)
    assert found["figures"] == round(100 * 2 / 26, 2)  # two, 3
    assert found["hedges"] == round(100 * 1 / 26, 2)  # may
    assert found["contrasts"] == round(100 * 1 / 26, 2)  # but


def test_a_kicker_ends_a_paragraph_of_two_sentences_in_twelve_words() -> None:
    twelve = "One two three four five six seven eight nine ten eleven twelve."
    assert (
        measured(text(f"Gold fell. {twelve}", f"Gold fell. Now {twelve}", "Gold fell."), None)["kickers"]
        == 50
    )
    assert measured(text("Gold fell."), None)["kickers"] is None


def test_sentences_of_six_ten_eleven_thirty_and_thirty_one_words() -> None:
    sentence = {n: "A" + " b" * (n - 1) + "." for n in (5, 6, 10, 11, 30, 31)}
    found = measured(text(*sentence.values()), None)
    assert (found["under_6"], found["up_to_10"], found["over_30"]) == (17, 50, 17)  # 1, 3 and 1 of 6


def test_words_of_a_list_are_whole_words() -> None:
    assert modals("it may, in mayfair, seem likely") == 3
    assert contrasts("rather than wait, even so, but butter") == 3
    assert images("the exit, an exited act; fact, clever levers, a lever") == {
        "building": 1,
        "theatre": 1,
        "machine": 1,
    }


def test_images_come_in_families() -> None:
    found = measured(text("The engine burned. The tide and the flood came.", "A roof."), None)
    assert found["figurative"] == found["figurative_lexicon"] == round(100 * 5 / 11, 2)
    assert (found["families_in_sentence"], found["families_in_paragraph"]) == (2, 3)


def test_declared_images_count_once_a_sentence_and_never_in_a_title() -> None:
    trace = [("title", "fire"), ("a", "water"), ("a", "none"), ("a", "house"), ("a", "water"), ("b", "none")]
    assert declared(trace) == Declared(sentences=3, in_sentence=1, in_paragraph=2)
    found = measured(text("The engine burned and burned in it again, ten words."), declared(trace))
    assert found["figurative"] == 30.0
    assert found["figurative_lexicon"] == 30.0  # engine, burned, burned
    assert declared([("a", "none")]) == Declared(0, 0, 0)


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("It was not a storm but a tide.", 1),
        ("It was not only late but lost.", 1),  # of "not only … but" alone
        ("It was a tide, not a storm.", 1),
        ("It was not a storm; it was a tide.", 1),
        ("It wasn't a storm — it was a tide.", 1),
        ("It was less a storm than a habit, more a tide.", 1),
        ("They sold rather than waited.", 1),
        ("This is not fear. It is arithmetic.", 1),
        ("It isn't fear. The books were full.", 1),
        ("This is not fear. Nobody ran.", 0),  # no answer
        ("This is not fear. It is not haste.", 0),  # denied again
        ("Gold fell. It rose.", 0),
    ],
)
def test_antithesis(said: str, count: int) -> None:
    assert antitheses(text(said)) == count


def test_an_answer_has_fourteen_words_at_most() -> None:
    answer = "It is a b c d e f g h i j k l"
    assert antitheses(text(f"This is not so. {answer}.")) == 1
    assert antitheses(text(f"This is not so. {answer} m.")) == 0


def test_a_denial_is_answered_across_paragraphs() -> None:
    assert antitheses(text("It did not rain.", "It snowed.")) == 1


def test_share_of_distinct_words_over_windows() -> None:
    assert mattr(["a", "b", "a", "c"]) == 3 / 4
    # 101 words: the first hundred are one word, the second window ends in another
    assert mattr(["a"] * 100 + ["b"]) == pytest.approx((0.01 + 0.02) / 2)
    assert mattr([]) is None


@given(st.lists(st.sampled_from("abcdefgh"), min_size=100, max_size=140))
def test_the_moving_window_is_every_window(words: list[str]) -> None:
    windows = [words[start : start + 100] for start in range(len(words) - 99)]
    assert mattr(words) == pytest.approx(sum(len(set(each)) / 100 for each in windows) / len(windows))


def test_lexical_diversity() -> None:
    # Forwards: a b a → 2/3 ≤ 0.72 ends a factor; b c d keep 1: one factor. Backwards: d c b a b → 4/5, a → 4/6
    # ends one with the last word. Six words a factor either way.
    assert mtld(["a", "b", "a", "b", "c", "d"]) == 6
    # Forwards: a b c, then a → 3/4: (1 − 0.75) / 0.28 of a factor; backwards a c b a the same
    assert mtld(["a", "b", "c", "a"]) == pytest.approx(4 / (0.25 / 0.28))
    assert mtld(["a", "b", "c"]) is None


def test_runs_of_four_words_within_a_sentence() -> None:
    # runs: abcd bcde | abcd: two of three occur more than once
    assert repeated([tuple("abcde"), tuple("ABCD"), tuple("xyz")]) == pytest.approx(2 / 3)
    assert repeated([tuple("abc")]) == 0


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("gold", 1), ("silver", 2), ("yielded", 2), ("yields", 1), ("priced", 1), ("table", 2), ("made", 1),
        ("volatility", 5), ("the", 1), ("era", 1), ("500", 1), ("copper's", 2),
    ],
)  # fmt: skip
def test_syllables(word: str, count: int) -> None:
    assert syllables(word) == count


def test_reading_ease() -> None:
    # 4 words, 2 sentences, 5 syllables (silver has two)
    assert flesch(text("Gold fell. Silver rose.")) == pytest.approx(206.835 - 1.015 * 2 - 84.6 * 5 / 4)
    assert flesch(text()) is None


# ---- Beside the reference

REFERENCE = {
    "harbour": (214, 18, 11.9, 0.7, 33, 56, 6, 3.74, 1.4, 3.27, 33.3, 0.759, 115, 0.0, 88.8),
    "ledger": (197, 17, 11.6, 0.52, 18, 47, 0, 6.09, 1.02, 3.05, 11.8, 0.79, 165, 4.08, 87.7),
    "garden": (218, 17, 12.8, 0.72, 29, 53, 6, 0.92, 0.46, 1.38, 17.6, 0.711, 75, 0.0, 89.0),
}
"""What ``style_metrics.py`` prints of the texts: words, sents, sl_mean, sl_cv, lt6, le10, gt30, num100, modal100,
contrast100, antith100s, mattr100, mtld, rep4, flesch."""

ROWS = (
    "words", "", "sentence_length", "spread", "under_6", "up_to_10", "over_30", "figures", "hedges", "contrasts",
    "antithesis", "mattr", "mtld", "repeated", "flesch",
)  # fmt: skip


@pytest.mark.parametrize("name", REFERENCE)
def test_as_the_reference_says(name: str) -> None:
    own = prose((FOLDER / f"{name}.txt").read_text(encoding="utf-8"))
    found = {**measured(own, None), "": len(own.sentences)}
    assert tuple(found[row] for row in ROWS) == REFERENCE[name]
