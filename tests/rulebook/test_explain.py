"""Levels at which a label flips, worked out by hand from gates and ramps."""

from __future__ import annotations

import pytest

from commentary.case import Flip
from commentary.rulebook.explain import flips, nearest_flip, pair_flip
from commentary.rulebook.judge import judge
from tests.rulebook import made, small


def _flips(values: dict[str, float]) -> dict[str, Flip]:
    tape = made.tape(values)
    verdict = judge(made.rules(), tape, ())
    return {flip.reading: flip for flip in flips(made.rules(), tape, (), verdict)}


def test_quiet_ends_where_its_gate_does() -> None:
    tape = made.tape(
        small.SOLD, sp500__move_z=0.1, havens__mean_z=0.0, metals__worst_z=0.0, sectors__one_way=0.5
    )
    verdict = judge(small.rules(), tape, ())
    assert verdict.label == "quiet"
    found = {flip.reading: flip for flip in flips(small.rules(), tape, (), verdict)}
    # 1 − (|z| − 0.5) / 0.6 ≥ 0.35 up to 0.89, up being nearer than down from 0.1
    assert (found["sp500.move_z"].value, found["sp500.move_z"].label) == (0.1, "ordinary")
    assert found["sp500.move_z"].level == pytest.approx(0.89, abs=1e-3)


def test_a_forced_exit_ends_where_its_gate_does() -> None:
    tape = made.tape(small.SOLD)
    verdict = judge(small.rules(), tape, ())
    found = {flip.reading: flip for flip in flips(small.rules(), tape, (), verdict)}
    # sp500.move_z <= -0.4, and two signs of havens <= -1 and metals <= -3
    assert found["sp500.move_z"].level == pytest.approx(-0.4, abs=1e-3)
    assert found["havens.mean_z"].level == pytest.approx(-1.0, abs=1e-3)
    assert found["metals.worst_z"].level == pytest.approx(-3.0, abs=1e-3)
    assert found["havens.mean_z"].label == "ordinary"
    assert found["bonds.move_z"].level == pytest.approx(-2.5, abs=1e-3)
    assert found["bonds.move_z"].label == "rates_led"


def test_just_beyond_the_level_the_label_is_the_one_named() -> None:
    for name, flip in _flips(made.FORCED).items():
        assert judge(made.rules(), made.tape(made.FORCED | {name: flip.level}), ()).label == flip.label


def test_a_reading_without_a_declared_range_is_left_out() -> None:
    tape = made.tape(made.QUIET)
    verdict = judge(made.rules(), tape, ())
    bare = type(tape)(tape.session, tape.values, {})
    assert flips(made.rules(), bare, (), verdict) == ()


def test_the_nearest_is_the_first_of_all() -> None:
    for values in (made.QUIET, made.FORCED, made.FLIGHT, made.ROTATION, made.RELIEF, made.RATES, made.TORN):
        tape = made.tape(values)
        verdict = judge(made.rules(), tape, ())
        found = flips(made.rules(), tape, (), verdict)
        assert [abs(flip.strides) for flip in found] == sorted(abs(flip.strides) for flip in found)
        assert nearest_flip(made.rules(), tape, (), verdict) == (found[0] if found else None)


def test_what_is_asked_for_is_what_is_found() -> None:
    tape = made.tape(made.FLIGHT)
    verdict = judge(made.rules(), tape, ())
    for label in ("forced_exit", "ordinary", "mixed"):
        for flip in flips(made.rules(), tape, (), verdict, label):
            moved = made.tape(made.FLIGHT | {flip.reading: flip.level})
            assert judge(made.rules(), moved, ()).label == flip.label == label


def test_two_readings_together_give_the_label_that_they_name() -> None:
    tape = made.tape(made.FORCED)
    verdict = judge(made.rules(), tape, ())
    found = pair_flip(made.rules(), tape, (), verdict)
    moved = made.tape(made.FORCED | {flip.reading: flip.level for flip in found})
    assert len(found) == 2
    assert judge(made.rules(), moved, ()).label == found[0].label == found[1].label != verdict.label
    assert abs(found[0].strides) == pytest.approx(abs(found[1].strides))
