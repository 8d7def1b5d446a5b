"""Repetition, counted by hand over notes of a few sentences."""

from __future__ import annotations

import pytest

from commentary.evaluation.repetition import Printed, Spoken, broken_rests, masked, repeated, shared_runs

MONDAY = masked(["Gold fell 3 percent. Nobody asked.", "It rained on the two of them."])
TUESDAY = masked(["Gold fell 12.5 percent. Somebody asked.", "It rained on the one of them."])
WEDNESDAY = masked(["Nobody asked. Silver rose."])


def test_a_masked_sentence_has_words_and_no_figures() -> None:
    assert MONDAY == (
        ("gold", "fell", "#", "percent"), ("nobody", "asked"), ("it", "rained", "on", "the", "#", "of", "them"),
    )  # fmt: skip


def test_sentences_of_the_day_before() -> None:
    # Tuesday has one of Monday's (gold fell # percent) of three, Wednesday none of Tuesday's of two
    assert repeated([MONDAY, TUESDAY, WEDNESDAY], 1) == (1, 5)


def test_sentences_of_the_last_two_notes() -> None:
    # only Wednesday has two notes before it: "nobody asked" is Monday's
    assert repeated([MONDAY, TUESDAY, WEDNESDAY], 2) == (1, 2)
    assert repeated([MONDAY], 1).value is None


def test_runs_of_five_words() -> None:
    notes = [masked([text]) for text in ("a b c d e f g.", "x a b c d e f.", "b c d e f. A b c d e.")]
    # second: xabcd abcde bcdef, of which two are the first's; third: bcdef and abcde are the second's
    share, often = shared_runs(notes, 1)
    assert share == (4, 5)
    assert often == {tuple("abcde"): 2, tuple("bcdef"): 2}


def test_runs_do_not_cross_the_end_of_a_sentence() -> None:
    notes = [masked(["A b c. D e f."]), masked(["A b c. D e f."])]
    assert shared_runs(notes, 1) == ((0, 0), {})


def day(session: int, *phrases: Spoken, label: str = "quiet") -> Printed:
    return Printed(session, label, phrases)


FACT, FRAME, LINE = Spoken("a#fact", "fact"), Spoken("a#frame", "frame"), Spoken("a#line", "signature")
IMAGE = Spoken("a#image", "signature", image=True)


@pytest.mark.parametrize(
    ("spoken", "later", "broken"),
    [(FACT, 6, 1), (FACT, 7, 0), (FRAME, 10, 1), (FRAME, 11, 0), (LINE, 20, 1), (LINE, 21, 0), (IMAGE, 250, 1),
     (IMAGE, 251, 0)],
)  # fmt: skip
def test_rests_in_sessions(spoken: Spoken, later: int, broken: int) -> None:
    between = [day(100 + step) for step in range(1, min(later, 15))]  # notes enough for every rest in notes
    assert len(broken_rests([day(100, spoken), *between, day(100 + later, spoken)])) == broken


@pytest.mark.parametrize(
    ("spoken", "notes", "broken"), [(FRAME, 3, 1), (FRAME, 4, 0), (LINE, 11, 1), (LINE, 12, 0)]
)
def test_rests_in_notes_of_the_verdict(spoken: Spoken, notes: int, broken: int) -> None:
    """A year on, after so many other notes of the same verdict."""
    between = [day(100 + 30 * step, label="forced_exit") for step in range(1, notes + 1)]
    others = [day(1000 + step) for step in range(20)]
    first, again = day(100, spoken, label="forced_exit"), day(2000, spoken, label="forced_exit")
    assert broken_rests([first, *between, *others, again]) == [(2000, spoken.phrase)] * broken


def test_a_phrase_of_two_sentences_is_one_use() -> None:
    assert broken_rests([day(1, FACT, FACT)]) == []
    assert broken_rests([day(1, FACT), day(2, FACT, FACT)]) == [(2, "a#fact")]
