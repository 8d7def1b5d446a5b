"""Levels at which a label flips, worked out by hand from gates and ramps."""

from __future__ import annotations

import pytest

from commentary.model import Flip
from commentary.rulebook.explain import flips
from commentary.rulebook.judge import judge
from tests.rulebook import made


def _flips(values: dict[str, float]) -> dict[str, Flip]:
    tape = made.tape(values)
    verdict = judge(made.rules(), tape, ())
    return {flip.reading: flip for flip in flips(made.rules(), tape, (), verdict)}


def test_quiet_ends_where_its_gate_does() -> None:
    found = _flips(made.QUIET)
    # small_day = 1 - (x - 1) / 0.8 ≥ 0.35 up to x = 1.52
    assert found["leadership.spread_z"].level == pytest.approx(1.52, abs=1e-3)
    assert found["leadership.spread_z"].value == 0.8
    # 1 - (|z| - 0.5) / 0.6 ≥ 0.35 up to 0.89, up being nearer than down from 0.1
    assert found["sp500.move_z"].level == pytest.approx(0.89, abs=1e-3)
    # 1 - (|z| - 1.2) / 1 ≥ 0.35 up to 1.85, down being nearer from -0.2
    assert found["metals.worst_z"].level == pytest.approx(-1.85, abs=1e-3)
    assert {flip.label for flip in found.values()} == {"ordinary"}


def test_a_forced_exit_ends_where_pressure_does() -> None:
    found = _flips(made.FORCED)
    assert found["tape.pressure"].level == pytest.approx(1.75, abs=1e-3)
    assert found["tape.pressure"].label == "flight_to_safety"
    assert found["yen.move_z"].level == pytest.approx(-2.0, abs=1e-3)


def test_just_beyond_the_level_the_label_is_the_one_named() -> None:
    for name, flip in _flips(made.FORCED).items():
        assert judge(made.rules(), made.tape(made.FORCED | {name: flip.level}), ()).label == flip.label


def test_a_reading_without_a_declared_range_is_left_out() -> None:
    tape = made.tape(made.QUIET)
    verdict = judge(made.rules(), tape, ())
    bare = type(tape)(tape.session, tape.values, {})
    assert flips(made.rules(), bare, (), verdict) == ()
