"""Antithesis: what counts as one, and how many a note may have."""

from __future__ import annotations

import pytest

from commentary.phrasing.say import say
from commentary.phrasing.turns import FEW, MOST, room, turns
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
    assert [room("quiet", said) for said in range(3)] == [True, False, False]
    assert room("rotation", FEW - 1) and not room("rotation", FEW)
    many = MOST["forced_exit"] + 2
    subjects = ("Gold", "Silver", "Copper", "Oil", "Bitcoin", "Ether", "Credit", "Cash")[:many]
    phrases = [phrase(f"s{number}/m#x", f"{each} fell, not fear.") for number, each in enumerate(subjects)]
    spoken = say(plan(*(section(choice(f"s{number}/m")) for number in range(many))), voice(*phrases))
    assert len(spoken) == MOST["forced_exit"]
