"""Conditions taken apart: values, thresholds and distances worked out by hand."""

from __future__ import annotations

import pytest

from commentary.argument import Part
from commentary.rulebook.in_short import deciding
from commentary.rulebook.ledger import scope_of
from commentary.rulebook.parts import Reader
from commentary.shown import Showing
from commentary.units import Unit
from tests.rulebook import made

TITLES = {"sp500.move_z": "S&P 500", "tape.pressure": "Pressure"}


def part(source: str, **values: float) -> Part:
    tape = made.tape({}, **values)
    units = {**tape.specs, "sp500.drawdown": made.spec("sp500.drawdown", -1, 0, Unit.FRACTION)}
    scope = scope_of(made.rules(), tape) | dict(tape.values)
    return Reader(made.rules(), scope, Showing(units, TITLES, {})).part(source)


def test_a_comparison_says_what_it_reads_asks_and_wants() -> None:
    found = part("sp500.move_z <= -0.9", sp500__move_z=-0.5)
    assert (found.title, found.value_shown, found.sign, found.threshold_shown) == (
        "S&P 500", "−0.50σ", "<=", "−0.90σ",
    )  # fmt: skip
    assert (found.passed, found.distance_shown) == (False, "0.40σ")
    assert found.distance is not None
    assert round(found.distance, 9) == 0.4


def test_a_bound_on_the_left_is_turned() -> None:
    found = part("1.75 <= tape.pressure", tape__pressure=2.0)
    assert (found.compared, found.sign, found.distance) == ("tape.pressure", ">=", -0.25)


def test_the_unit_is_that_of_what_is_compared() -> None:
    found = part("sp500.move_z >= 1 and sp500.drawdown >= -0.06", sp500__move_z=2.0, sp500__drawdown=-0.1)
    assert found.join == "and"
    assert [each.distance_shown for each in found.parts] == ["1.00σ", "4.0 pt"]
    assert [each.passed for each in found.parts] == [True, False]


def test_a_missing_reading_is_unknown_and_not_failed() -> None:
    found = part("sp500.move_z >= 1")
    assert (found.value, found.value_shown, found.passed, found.distance) == (None, "–", None, None)


def test_a_choice_is_shown_as_the_branch_in_force() -> None:
    source = "sp500.move_z > 1 if known(sp500.move_z) else tape.pressure > 2"
    assert part(source, sp500__move_z=0.5).compared == "sp500.move_z"
    assert part(source, tape__pressure=3.0).compared == "tape.pressure"
    inside = part("abs((sp500.move_z if known(sp500.move_z) else 0) - 1) < 2", sp500__move_z=0.5)
    assert (inside.compared, inside.title) == ("abs(sp500.move_z - 1)", "Gap between S&P 500 and 1")


def test_what_is_counted_is_told_one_by_one() -> None:
    found = part("count(sp500.move_z <= -1, tape.pressure >= 2) >= 2", sp500__move_z=-3.0, tape__pressure=1.0)
    assert (found.join, found.title, found.value, found.distance) == ("count", "how many of", 1.0, 1.0)
    assert [each.passed for each in found.parts] == [True, False]


def test_names_are_compared_without_a_distance() -> None:
    tape = made.tape({})
    reader = Reader(
        made.rules(), {"ledger.top": "quiet", **tape.values}, Showing({}, {}, {"quiet": "a calm"})
    )
    found = reader.part("ledger.top == 'quiet'")
    assert (found.value_shown, found.sign, found.threshold_shown, found.passed) == (
        "a calm", "=", "a calm", True,
    )  # fmt: skip
    assert found.distance is None


def test_of_and_the_farthest_decides_of_or_the_nearest() -> None:
    both = "sp500.move_z <= -1 and tape.pressure >= 1"
    either = "sp500.move_z <= -1 or tape.pressure >= 1"
    values = {"sp500__move_z": -3.0, "tape__pressure": 1.5}
    assert _decides(both, **values) == "tape.pressure"  # 0.5 to spare against 2
    assert _decides(either, **values) == "sp500.move_z"
    failed = {"sp500__move_z": -3.0, "tape__pressure": 0.5}
    assert _decides(both, **failed) == "tape.pressure"


@pytest.mark.parametrize(("top", "decides"), [("quiet", "sp500.move_z"), ("rotation", "tape.pressure")])
def test_a_number_beside_a_word_that_passed_decides_nothing(top: str, decides: str) -> None:
    tape = made.tape({"sp500.move_z": -3.0, "tape.pressure": 1.5})
    reader = Reader(made.rules(), {"ledger.top": top, **tape.values}, Showing({}, {}, {}))
    leaf = deciding(reader.part("sp500.move_z <= -1 and (ledger.top == 'quiet' or tape.pressure >= 1)"))
    assert leaf is not None
    assert leaf.compared == decides


def _decides(source: str, **values: float) -> str:
    leaf = deciding(part(source, **values))
    assert leaf is not None
    return leaf.compared
