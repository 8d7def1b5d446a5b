"""Antithesis: what counts as one, and how many a note may have."""

from __future__ import annotations

import pytest

from commentary.phrasing.say import say
from commentary.phrasing.tempers import most_turns
from commentary.phrasing.turns import turns
from tests.phrasing.made import phrase, plan, section, voice
from tests.planning.made import choice


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Not fear but need sold it.", 1),
        ("Need sold it, not fear.", 1),
        ("Need rather than fear sold it.", 1),
        ("It was less a view than a bill.", 0),
        ("It was less of a view and more of a bill.", 1),
        ("Not only gold but silver fell.", 1),
        ("It did not fall.", 0),
    ],
)
def test_turns(text: str, count: int) -> None:
    assert turns([phrase("a/b#c", text)]) == count


def test_a_declared_one_counts_whatever_its_words() -> None:
    assert turns([phrase("a/b#c", "Fear asks; need takes.", device="antithesis")]) == 1


def test_a_note_has_its_share() -> None:
    assert [most_turns(label) for label in ("quiet", "rotation", "forced_exit")] == [1, 2, 5]
    many = 7
    subjects = ("Gold", "Silver", "Copper", "Oil", "Bitcoin", "Ether", "Credit", "Cash")[:many]
    phrases = [phrase(f"s{number}/m#x", f"{each} fell, not fear.") for number, each in enumerate(subjects)]
    spoken = say(plan(*(section(choice(f"s{number}/m")) for number in range(many))), voice(*phrases))
    assert len(spoken) == 5
