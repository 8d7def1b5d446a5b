"""Which wording is used: what is true, what rests, and a hash that nothing else moves."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentary import calendar
from commentary.model import Memory, PhraseUse
from commentary.phrasing.choose import FRESH, RESTED, TIRED, Rest, eligible
from commentary.phrasing.lexicon import Phrase
from tests.phrasing.made import SCENE, lexicon, phrase
from tests.planning.made import choice
from tests.verdicts import SESSION

SESSIONS = calendar.sessions("XNYS")
TODAY = SESSIONS.index(SESSION)


def ago(sessions: int) -> date:
    return SESSIONS[TODAY - sessions]


def use(name: str, sessions: int, label: str = "quiet") -> PhraseUse:
    return PhraseUse(name, ago(sessions), label, "daily")


def resting(item: Phrase, *uses: PhraseUse, label: str = "forced_exit") -> bool:
    return Rest(Memory(uses), SESSION, label, "daily").resting(item)


@pytest.mark.parametrize(
    ("tier", "family", "sessions"),
    [("signature", "none", 20), ("signature", "fire", 250), ("frame", "none", 10), ("fact", "none", 6)],
)
def test_rest_in_sessions(tier: str, family: str, sessions: int) -> None:
    item = phrase("a/b#c", "Text.", tier=tier, family=family)
    assert not resting(item)
    assert resting(item, use("a/b#c", 1))
    assert resting(item, use("a/b#c", sessions))
    assert not resting(item, use("a/b#c", sessions + 1))
    assert not resting(item, use("a/b#other", 1))


@pytest.mark.parametrize(("tier", "notes"), [("signature", 12), ("frame", 4), ("fact", 0)])
def test_rest_in_notes_of_the_same_verdict(tier: str, notes: int) -> None:
    """Forced exits come a few times a year: sessions alone would let every one sound the same."""
    item = phrase("a/b#c", "Text.", tier=tier)
    old = use("a/b#c", 300, "forced_exit")

    def later(count: int) -> list[PhraseUse]:
        return [use("a/b#x", 299 - number, "forced_exit") for number in range(count)]

    if notes:
        assert resting(item, old, *later(notes - 1))
    assert not resting(item, old, *later(notes))
    assert not resting(item, old, *later(notes - 1 if notes else 0), label="rotation")


@given(st.integers(1, 400), st.sampled_from(["signature", "frame", "fact"]))
def test_a_later_use_never_ends_a_rest(age: int, tier: str) -> None:
    item = phrase("a/b#c", "Text.", tier=tier)
    if resting(item, use("a/b#c", age)):
        assert resting(item, use("a/b#c", age), use("a/b#c", max(age // 2, 1)))


PHRASES = tuple(phrase(f"a/b#p{number}", f"Text {number}.") for number in range(12))


def order(phrases: tuple[Phrase, ...], rest: Rest) -> list[str]:
    return [item.name for item in eligible(phrases, choice("a/b"), SCENE, rest)]


@given(st.sets(st.sampled_from(PHRASES)))
def test_taking_phrases_away_leaves_the_order_of_the_others(gone: set[Phrase]) -> None:
    rest = Rest(Memory(), SESSION, "forced_exit", "daily")
    left = tuple(item for item in PHRASES if item not in gone)
    assert order(left, rest) == [
        name for name in order(PHRASES, rest) if name in {item.name for item in left}
    ]


def test_another_session_edition_or_subject_is_another_draw() -> None:
    rest = Rest(Memory(), SESSION, "forced_exit", "daily")
    same = order(PHRASES, rest)
    assert order(PHRASES, Rest(Memory(), SESSION, "rotation", "daily")) == same
    assert order(PHRASES, Rest(Memory(), ago(1), "forced_exit", "daily")) != same
    assert order(PHRASES, Rest(Memory(), SESSION, "forced_exit", "brief")) != same
    bound = eligible(PHRASES, choice("a/b", names={"it": "gold"}), SCENE, rest)
    assert [item.name for item in bound] != same


def test_what_was_used_longest_ago_comes_first() -> None:
    uses = [use(item.name, 30 + number) for number, item in enumerate(PHRASES)]
    rest = Rest(Memory(tuple(uses)), SESSION, "forced_exit", "daily")
    assert order(PHRASES, rest) == [item.name for item in reversed(PHRASES)]


def test_what_was_never_used_comes_before_all() -> None:
    uses = tuple(use(item.name, 300) for item in PHRASES[1:])
    rest = Rest(Memory(uses), SESSION, "forced_exit", "daily")
    assert order(PHRASES, rest)[0] == PHRASES[0].name


def test_only_what_is_known_to_be_true() -> None:
    rest = Rest(Memory(), SESSION, "forced_exit", "daily")
    phrases = (
        phrase("a/b#true", "x", when="gold.move_z < 0"),
        phrase("a/b#false", "x", when="gold.move_z > 0"),
        phrase("a/b#unknown", "x", when="oil.move_z < 0"),
        phrase("a/b#bound", "x", when="it.move_z < -1"),
        phrase("a/b#counted", "x", when="fell.count >= 2"),
    )
    asked = choice("a/b", names={"it": "gold"}, lists={"fell": ("gold", "silver")})
    assert {item.name for item in eligible(phrases, asked, SCENE, rest)} == {
        "a/b#true",
        "a/b#bound",
        "a/b#counted",
    }


def test_a_tired_section_may_wake_what_rests() -> None:
    rest = Rest(Memory((use("a/b#p0", 1),)), SESSION, "forced_exit", "daily")
    assert list(eligible(PHRASES[:1], choice("a/b"), SCENE, rest)) == []
    assert list(eligible(PHRASES[:1], choice("a/b"), SCENE, rest, TIRED)) == [PHRASES[0]]


def test_fresh_is_what_no_recent_note_has_said_in_these_words_or_others() -> None:
    said = phrase("a/b#said", "Gold went over the counter like a watch.")
    other = phrase("a/b#other", "Silver went over the counter like a chair.")
    new = phrase("a/b#new", "Nobody asked what silver was worth to its owner.")
    memory, bank = Memory((use("a/b#said", 15),)), lexicon(said, other, new)
    rest = Rest(memory, SESSION, "forced_exit", "daily", bank)
    found = {
        age: [item.file.id for item in eligible((said, other, new), choice("a/b"), SCENE, rest, age)]
        for age in (FRESH, RESTED)
    }
    assert found[FRESH] == ["new"]
    assert sorted(found[RESTED]) == ["new", "other", "said"], "15 sessions are rest enough for a frame line"
    late = Rest(Memory((use("a/b#said", 21),)), SESSION, "forced_exit", "daily", bank)
    assert len(list(eligible((said, other, new), choice("a/b"), SCENE, late, FRESH))) == 3


@pytest.mark.parametrize(("label", "first"), [("forced_exit", "words"), ("rotation", "figure")])
def test_where_few_figures_are_wanted_words_come_first(label: str, first: str) -> None:
    words = phrase("a/b#words", "Gold was sold.")
    figure = phrase("a/b#figure", "Gold lost {{ gold.return_1d | percent }}.")
    rest = Rest(
        Memory((use("a/b#words", 30, label),) if label == "rotation" else ()), SESSION, label, "daily"
    )
    assert next(eligible((words, figure), choice("a/b"), SCENE, rest)).file.id == first


@pytest.mark.parametrize(
    ("size", "largest", "first"),
    [
        (-3.9, "silver", "plain"),
        (-4.0, "silver", "figure"),
        (4.5, "silver", "figure"),
        (-1.9, "gold", "plain"),
        (-2.0, "gold", "figure"),
    ],
)
def test_a_very_large_move_is_told_with_its_figure(size: float, largest: str, first: str) -> None:
    """Under a forced exit wordings without one come first otherwise."""
    phrases = (
        phrase("a/b#plain", "Gold fell."),
        phrase("a/b#figure", "Gold: {{ gold.return_1d | percent }}."),
    )
    found = eligible(
        phrases,
        choice("a/b", when="(abs(gold.move_z) > 0)"),
        {**SCENE, "gold.move_z": size, "sp500.move_z": -6.0, "table.largest_3": largest},
        Rest(Memory(), SESSION, "forced_exit", "daily"),
    )
    assert next(found).name == f"a/b#{first}"
