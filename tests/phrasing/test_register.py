"""Register: an image or few words where they are looked for, long words before short, few figures first."""

from __future__ import annotations

import pytest

from commentary.phrasing.register import (
    BARE,
    BRIEF,
    BROAD,
    IMAGES,
    TURN,
    figured,
    length,
    plainness,
    preference,
)
from tests.phrasing.made import phrase

SLOTS = [f"2024-08-05|daily|a/{number}" for number in range(400)]


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Volatility indicated considerable hesitation.", 0),  # 5, 4, 4, 4 syllables
        ("The metal was sold at every price.", 1),  # 10 of 7
        ("It did not stop.", 2),
        ("{{ gold.name }} {{ gold.return_1d | percent }}", 1),
    ],
)
def test_syllables_a_word(text: str, plain: int) -> None:
    assert plainness(text) == plain


def test_figures_and_words_of_a_phrase() -> None:
    text = '{{ it.name }} {{ it | verb("was", "were") }} {{ it.return_1d | percent }} down.'
    assert (figured(text), length(text)) == (1, 4)


def share(text: str, label: str, place: int) -> float:
    """Share of slots in which a wording is put behind others."""
    item = phrase("a/one#x", text)
    return sum(preference(item, label, slot)[place] > 0 for slot in SLOTS) / len(SLOTS)


@pytest.mark.parametrize(
    ("label", "temper"), [("forced_exit", "driven"), ("quiet", "calm"), ("rotation", "other")]
)
def test_shares_of_slots(label: str, temper: str) -> None:
    bare = 1 if label == "quiet" else BARE[temper]
    assert share("{{ gold.return_1d | percent }}", label, 0) == pytest.approx(bare, abs=0.07)
    assert share("It did not stop.", label, 1) == pytest.approx(IMAGES[temper], abs=0.07)
    assert share("It did not stop.", label, 2) == pytest.approx(TURN[temper], abs=0.07)
    assert share("It paused rather than stopped.", label, 2) == 0
    assert share("It did not stop.", label, 3) == pytest.approx(BROAD[temper], abs=0.07)
    assert share("It did " + "not " * 20 + "stop.", label, 3) == pytest.approx(BRIEF[temper], abs=0.07)


def test_an_image_is_never_behind_what_is_plain() -> None:
    image = phrase("a/one#x", "Lenders declined.", family="court")
    assert {preference(image, "forced_exit", slot)[1] for slot in SLOTS} == {0}


def test_it_is_of_the_slot_alone() -> None:
    item = phrase("a/one#x", "It did not stop.")
    assert len({preference(item, "forced_exit", SLOTS[0]) for _ in range(3)}) == 1
