"""Which messages are true, with which stance, and which weigh more."""

from __future__ import annotations

import pytest

from commentary.model import Scalar
from commentary.planning.select import GAINS, GAINS_NAMING, Argued, choice_of, choices
from tests.planning.made import message
from tests.verdicts import line, verdict

SCENE: dict[str, Scalar] = {
    "gold.move_z": -1.5,
    "silver.move_z": -3.0,
    "copper.move_z": -2.0,
    "verdict": "forced_exit",
}


def test_a_message_that_is_not_true_is_not_chosen() -> None:
    assert choice_of(message("havens/sold", when="gold.move_z > 0"), SCENE, verdict()) is None


def test_a_message_that_is_not_known_to_be_true_is_not_chosen() -> None:
    """A missing reading is neither true nor false."""
    assert choice_of(message("havens/sold", when="oil.move_z < 0"), SCENE, verdict()) is None
    assert choice_of(message("havens/sold", when="not oil.move_z < 0"), SCENE, verdict()) is None


def test_a_message_whose_thread_hangs_on_a_missing_level_is_not_chosen() -> None:
    ask = {"title": "x", "predicate": "it.level > [it.level]"}
    asked = message("watch/back", {"it": "gold"}, thread=ask)
    assert choice_of(asked, SCENE, verdict()) is None
    assert choice_of(asked, {**SCENE, "gold.level": 222.0}, verdict()) is not None


def test_a_message_whose_salience_is_unknown_is_not_chosen() -> None:
    assert choice_of(message("havens/sold", salience="oil.move_z"), SCENE, verdict()) is None


def test_subjects_are_written_into_condition_and_topic() -> None:
    bound = message("havens/sold", {"it": "silver"}, when="it.move_z <= -2.5", topic="'it'", over=("silver",))
    found = choice_of(bound, SCENE, verdict())
    assert found is not None
    assert found.when == "(silver.move_z <= -2.5)"
    assert found.topic == "'silver'"


@pytest.mark.parametrize(("points", "stance"), [(1.5, "supports"), (-1.8, "opposes"), (0.0, "neutral")])
def test_the_stance_is_the_ledgers_polarity(points: float, stance: str) -> None:
    judged = verdict(evidence=(line("haven_fail", forced_exit=points),))
    found = choice_of(message("havens/sold", evidence="haven_fail", stance="supports"), SCENE, judged)
    assert found is not None
    assert found.stance == stance


def test_evidence_that_did_not_fire_is_neutral() -> None:
    found = choice_of(message("havens/sold", evidence="haven_fail", stance="supports"), SCENE, verdict())
    assert found is not None
    assert found.stance == "neutral"


def test_a_list_names_those_that_hold_largest_first_and_proves_each() -> None:
    metals = {
        "of": ("gold", "silver", "copper", "platinum"),
        "when": "each.move_z <= -1.8",
        "order": "-each.move_z",
        "most": 4,
    }
    found = choice_of(
        message("metals/fell", lists={"fell": metals}, when="fell.count >= 2"), SCENE, verdict()
    )
    assert found is not None
    assert found.lists == {"fell": ("silver", "copper")}
    assert found.when == "(2 >= 2) and (silver.move_z <= -1.8) and (copper.move_z <= -1.8)"


def test_verdicts_and_theses_narrow_a_message() -> None:
    messages = [
        message("a/one", verdicts=("quiet",)),
        message("a/two", theses=("haven_failed",), salience="0.5"),
        message("a/three", theses=("one_sector",)),
        message("a/four", salience="0.5"),
    ]
    argued = Argued("haven_failed")
    found = {item.message: item.salience for item in choices(messages, SCENE, verdict(), argued)}
    assert found == {"a/two": 0.5 + GAINS[1], "a/four": 0.5}


def test_what_speaks_of_the_pair_weighs_more_and_most_where_the_question_is_named() -> None:
    argued = Argued("haven_failed", frozenset({"gold"}), "metals_flush")
    messages = [
        message("title/theme", themes=("metals_flush",)),
        message("title/thesis", theses=("haven_failed",)),
        message("title/pair", when="gold.move_z < 0"),
        message("title/other", when="copper.move_z < 0"),
        message("metals/pair", when="gold.move_z < 0"),
        message("metals/other", when="copper.move_z < 0"),
        message("metals/elsewhere", themes=("carry_unwind",)),
    ]
    found = {item.message: item.salience - 0.5 for item in choices(messages, SCENE, verdict(), argued)}
    assert found == {
        "title/theme": GAINS_NAMING[0],
        "title/thesis": GAINS_NAMING[1],
        "title/pair": GAINS_NAMING[2],
        "title/other": 0.0,
        "metals/pair": pytest.approx(GAINS[2]),
        "metals/other": 0.0,
    }
    assert found["title/theme"] > found["title/thesis"] > found["title/pair"] > 0


def test_an_image_returns_only_where_it_may() -> None:
    messages = [message("yesterday/well", recalls="through/well")]
    assert not list(choices(messages, SCENE, verdict(), Argued("plain")))
    argued = Argued("plain", recalled=frozenset({"yesterday/well"}))
    assert [item.message for item in choices(messages, SCENE, verdict(), argued)] == ["yesterday/well"]


@pytest.mark.parametrize(
    ("paid", "move", "told"),
    [
        (0.004, -0.005, []),  # most of the fall was paid out
        (0.004, 0.005, []),  # and a rise is larger than it looks by as much
        (0.004, -0.02, ["havens/sold"]),
        (0.0009, -0.001, ["havens/sold"]),  # below a tenth of a percent
        (None, -0.005, ["havens/sold"]),
    ],
)
def test_a_move_that_a_payment_made_is_not_told(paid: float | None, move: float, told: list[str]) -> None:
    given = {} if paid is None else {"gold.paid_1d": paid}
    asked = message("havens/sold", when="gold.move_z < 9")
    scene = {**SCENE, "gold.return_1d": move, **given}
    assert [item.message for item in choices([asked], scene, verdict(), Argued(""))] == told


def test_nor_a_gap_between_two_funds_that_one_of_them_paid() -> None:
    asked = message("sectors/style", when="growth_vs_value.spread_1d > 0")
    scene = {**SCENE, "growth_vs_value.spread_1d": 0.01, "growth_vs_value.paid_1d": -0.004}
    assert not list(choices([asked], scene, verdict(), Argued("")))
    assert list(choices([asked], {**scene, "growth_vs_value.paid_1d": -0.002}, verdict(), Argued("")))
