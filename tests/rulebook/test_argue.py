"""The argument of a verdict on a small rulebook, every sum by hand."""

from __future__ import annotations

import pytest

from commentary.argument import Channel
from commentary.model import VERDICTS
from commentary.rulebook.argue import Pleading
from commentary.rulebook.in_short import case_of
from commentary.rulebook.judge import judge
from commentary.shown import Showing
from tests.rulebook import made, small

LABELS = {"forced_exit": "forced exit"}


def pleading(**values: float) -> Pleading:
    tape = made.tape(small.SOLD, **values)
    verdict = judge(small.rules(), tape, ())
    return Pleading(small.rules(), tape, (), verdict, Showing(tape.specs, small.TITLES, LABELS))


def channel(name: str, found: Pleading) -> Channel:
    return next(each for each in found.channels() if each.name == name)


def test_items_stand_in_their_channel_with_points_for_the_label_and_the_runner_up() -> None:
    havens = channel("havens", pleading())
    assert [(piece.item, piece.strength, piece.given, piece.rival) for piece in havens.pieces] == [
        ("failed", 1.0, 4.0, -1.5), ("metal", 1.0, 2.0, -1.0),
    ]  # fmt: skip
    assert [read.shown for read in havens.pieces[0].reads] == ["−1.20σ"]
    assert havens.pieces[0].reads[0].title == "Havens"


def test_the_cap_is_shown_where_it_bites() -> None:
    havens = channel("havens", pleading())
    assert (havens.cap, havens.sums["forced_exit"], havens.counted["forced_exit"]) == (4.5, 6.0, 4.5)
    assert havens.bitten == ("forced_exit",)
    assert channel("index", pleading()).bitten == ()


def test_totals_and_shares_are_those_of_the_verdict() -> None:
    found = pleading()
    standings = {each.verdict: each for each in found.standings()}
    assert standings["forced_exit"].total == pytest.approx(5.7)
    assert standings["flight_to_safety"].total == pytest.approx(-0.5)
    assert standings["rotation"].total == pytest.approx(-1.5)
    assert standings["quiet"].total == pytest.approx(-0.8)
    for name in VERDICTS:
        summed = sum(each.counted[name] for each in found.channels()) + standings[name].bias
        assert summed == pytest.approx(standings[name].total)
        assert standings[name].before == found.verdict.scores[name]
    assert standings["forced_exit"].gate == standings["flight_to_safety"].gate == "passed"
    assert standings["rotation"].gate == "failed"


def test_a_negative_strength_of_a_signed_item_turns_its_points() -> None:
    piece = channel("breadth", pleading(sectors__one_way=0.3)).pieces[0]
    assert (piece.signed, piece.strength) == (True, pytest.approx(-0.5))
    assert piece.points["rotation"] == pytest.approx(0.75)


def test_gates_part_by_part() -> None:
    gates = {gate.verdict: gate for gate in pleading().gates()}
    index, signs = gates["forced_exit"].condition.parts
    assert (index.distance_shown, index.passed) == ("1.60σ", True)
    assert (signs.join, signs.value, signs.threshold, signs.distance) == ("count", 2.0, 2.0, 0.0)
    assert [part.passed for part in signs.parts] == [True, True, None]
    assert gates["rotation"].distance == pytest.approx(1.5)
    assert (gates["rates_led"].ruled, gates["rates_led"].passed) == (True, False)


def test_what_a_ruled_verdict_closed() -> None:
    found = pleading(bonds__move_z=-2.6)
    gate = next(each for each in found.gates() if each.ruled)
    assert [(each.verdict, each.closed) for each in gate.closes] == [("forced_exit", True)]
    standing = next(each for each in found.standings() if each.verdict == "forced_exit")
    assert standing.gate == "closed:rates_led"


def test_a_ruled_verdict_counts_the_items_it_names() -> None:
    found = pleading(bonds__move_z=-2.6)
    assert (found.verdict.label, found.story) == ("rates_led", "forced_exit")
    given = {piece.item: piece.given for each in found.channels() for piece in each.pieces}
    assert given == {"sold": 2.0, "failed": 0.0, "metal": -2.0, "way": 0.0}
    assert sum(points for points in given.values() if points > 0) == found.verdict.supporting


def test_what_was_missing_and_what_it_could_have_given() -> None:
    bare = {name: value for name, value in small.SOLD.items() if name != "sectors.one_way"}
    tape = made.tape(bare)
    verdict = judge(small.rules(), tape, ())
    assert verdict.runner_up == "rotation"  # without the item its total is nought
    found = Pleading(small.rules(), tape, (), verdict, Showing(tape.specs, small.TITLES, LABELS)).missing()
    assert [(each.item, each.readings, each.given, each.rival) for each in found] == [
        ("way", ("sectors.one_way",), 0.8, -1.5)
    ]


def test_items_on_trial_stand_apart() -> None:
    assert pleading().trials() == ()
    (piece,) = pleading(yen__move_z=-2.0).trials()
    assert (piece.item, piece.given) == ("yen_up", 0.4)


def test_turns_have_their_level_and_distance_in_sigma() -> None:
    turns = pleading().turns()
    assert {turn.moves[0].reading for turn in turns} == {
        "sp500.move_z", "havens.mean_z", "metals.worst_z", "bonds.move_z",
    }  # fmt: skip
    nearest = turns[0].moves[0]  # −1.2 to −1: one sign less
    assert (nearest.reading, nearest.value_shown, nearest.level_shown) == (
        "havens.mean_z",
        "−1.20σ",
        "−1.00σ",
    )
    assert nearest.sigmas == pytest.approx(0.2, abs=1e-3)
    assert nearest.away == "0.20σ"


def test_a_move_in_sigma_is_also_told_in_percent_and_basis_points() -> None:
    turns = pleading(sp500__sigma_1d=0.01, sp500__return_1d=-0.02).turns()
    move = next(turn.moves[0] for turn in turns if turn.moves[0].reading == "sp500.move_z")
    assert (move.value_as, move.level_shown, move.level_as) == ("−2.0 %", "−0.40σ", "−0.4 %")


def test_where_the_confidence_comes_from() -> None:
    rule = pleading().confidence_rule()
    # of two verdicts 6.2 points apart: 1 / (1 + exp(−6.2 / 1.6)) = 0.980
    assert rule.startswith("share after gates 98.0 %, shrunk for coverage 98.0 %, shown at most 95.0 %")
    assert "0.6" in pleading(bonds__move_z=-2.6).confidence_rule()


def test_the_case_in_short() -> None:
    tape = made.tape(small.SOLD)
    verdict = judge(small.rules(), tape, ())
    case = case_of(small.rules(), tape, (), verdict)
    assert [(item.item, item.points) for item in case.supports] == [
        ("failed", 4.0),
        ("metal", 2.0),
        ("sold", 1.0),
    ]
    assert case.opposes == ()
    assert case.gate is not None
    assert (case.gate.expression, case.gate.sign, case.gate.margin) == ("tape.signs", ">=", 0.0)
    assert (case.runner_up, case.runner_up_gate) == ("flight_to_safety", "passed")
    assert case.flip is not None
    assert case.flip.reading == "havens.mean_z"


def test_the_case_of_a_ruled_verdict_hangs_on_its_rule() -> None:
    tape = made.tape(small.SOLD, bonds__move_z=-2.6)
    verdict = judge(small.rules(), tape, ())
    case = case_of(small.rules(), tape, (), verdict)
    assert case.gate is not None
    assert (case.gate.verdict, case.gate.expression) == ("rates_led", "bonds.move_z")
    assert case.gate.margin == pytest.approx(0.6)
    assert case.runner_up_gate == "closed:rates_led"
    assert [item.item for item in case.opposes] == ["metal"]
