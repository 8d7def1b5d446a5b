"""Labels, kinds, confidence and what is said beside them, on tapes made by hand."""

from __future__ import annotations

import dataclasses
import math

import pytest

from commentary.model import VERDICTS
from commentary.rulebook.judge import judge
from tests.rulebook import made


def test_yields_that_rose_hard_make_a_fall_rates_led() -> None:
    found = judge(made.rules(), made.tape(made.RATES), ())
    assert (found.label, found.kind, found.leader) == ("rates_led", "gate_failed:forced_exit", "ust10y")
    assert found.runner_up == "forced_exit"
    # 0.55 + 0.3 × (2 - 1) / 1.5, shrunk for coverage
    assert found.confidence == pytest.approx(1 / 6 + (0.75 - 1 / 6) * found.coverage)


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("liquid.unexplained_mean", -2.3),  # dumped beyond what drivers explain
        ("metals.worst_z", -3.3),  # a metal dumped, whatever explains it
        ("bitcoin.move_z", -3.1),
        ("tape.pressure_max_5d", 3.6),  # a scramble under way
        ("curve.rise_z", 0.9),  # a leg that is not hard
        ("bonds.move_z", -0.8),  # a leg without the curve behind it
        ("sp500.move_z", -4.1),  # stocks fell further than yields explain
    ],
)
def test_without_one_of_its_grounds_the_same_day_is_forced(name: str, level: float) -> None:
    found = judge(made.rules(), made.tape(made.RATES | {name: level}), ())
    assert found.label == "forced_exit"


def test_where_the_unexplained_part_is_unknown_metals_speak_for_it() -> None:
    values = {name: value for name, value in made.RATES.items() if name != "liquid.unexplained_mean"}
    assert judge(made.rules(), made.tape(values), ()).label == "rates_led"
    assert judge(made.rules(), made.tape(values | {"metals.worst_z": -2.1}), ()).label == "forced_exit"


def test_two_stories_that_cannot_be_told_apart_are_mixed() -> None:
    # sold 1, out 1, jump 1 give both 2.0 points; dumped (1.8 - 1.5) / 1.5 = 0.2 gives a forced exit 0.2 and
    # takes 0.2 from a flight, bond_bid (0.96 - 0.7) / 1.3 = 0.2 takes 0.1 and gives 0.26: 2.1 against 2.06
    found = judge(made.rules(), made.tape(made.TORN), ())
    assert (found.label, found.kind) == ("mixed", "undecided:forced_exit/flight_to_safety")
    assert found.scores["forced_exit"] / found.scores["flight_to_safety"] == pytest.approx(
        math.exp(0.04 / 1.6)
    )
    assert found.margin == pytest.approx(math.tanh(0.04 / 1.6 / 2))
    assert found.runner_up == "flight_to_safety"


def test_a_failed_gate_leaves_an_ordinary_day_with_its_leader() -> None:
    found = judge(made.rules(), made.tape(made.ROTATION | {"leadership.spread_z": 1.9}, oil__move_z=-1.8), ())
    assert (found.label, found.kind, found.leader) == ("ordinary", "gate_failed:rotation", "oil")
    assert found.runner_up == "rotation"
    # no gate passes: 0.6 shrunk for coverage
    assert found.confidence == pytest.approx(1 / 6 + (0.6 - 1 / 6) * found.coverage)


def test_a_sector_story_is_named_by_its_pair() -> None:
    values = made.ROTATION | {"leadership.spread_z": 1.9}
    tape = made.tape(values)
    tape = dataclasses.replace(tape, values={**values, "leadership.widest": "technology_vs_energy"})
    found = judge(made.rules(), tape, ())
    assert found.leader == "technology_vs_energy"


def test_where_nothing_won_the_kind_names_the_leaders_sleeve() -> None:
    # without evidence the biases alone speak: quiet e^0.75 of 5.78 in all, which is less than 0.42
    found = judge(made.rules(), made.tape({"oil.move_z": 1.1}), ())
    weights = [math.exp(bias / 1.6) for bias in (-0.6, -0.3, -0.6, -0.5, -0.5, 1.2)]
    assert found.scores["quiet"] == pytest.approx(weights[5] / sum(weights))
    assert (found.label, found.kind) == ("ordinary", "leader:oil")


def test_a_winner_whose_gate_is_unknown_has_not_passed_it() -> None:
    # vix_calm adds 0.7 to quiet; whether the day was small is not known
    found = judge(made.rules(), made.tape({"oil.move_z": 1.1, "vix.move_z": 0.1}), ())
    assert (found.label, found.kind, found.leader) == ("ordinary", "gate_failed:quiet", "oil")
    assert next(line.passed for line in found.gates if line.verdict == "quiet") is None


def test_the_neighbour_takes_the_place_of_a_story_whose_gate_failed() -> None:
    # forced by points, but one sign of violence only: with bonds bid the fall passes the gate of a flight
    bid = {"yen.move_z": -0.8, "bonds.move_z": 0.8, "curve.fall_z": 0.8, "curve.rise_z": -0.6}
    found = judge(made.rules(), made.tape(made.FORCED | bid), ())
    assert (found.label, found.kind, found.runner_up) == (
        "flight_to_safety",
        "gate_failed:forced_exit",
        "forced_exit",
    )
    assert found.shares["flight_to_safety"] == pytest.approx(1 / 6 + 5 / 6 * found.coverage)
    assert found.confidence <= 0.74
    assert found.confidence_word == "lean"


def test_shares_are_renormalised_over_gates_that_pass_then_shrunk() -> None:
    found = judge(made.rules(), made.tape(made.MELT_UP | {"sp500.drawdown": -0.012}), ())
    # melt-up 3.14 and relief 0.1 points are the two whose gates pass a little below the high
    first = 1 / (1 + math.exp((0.1 - 3.14) / 1.6))
    shrunk = 1 / 6 + (first - 1 / 6) * found.coverage
    assert found.shares["melt_up"] == pytest.approx(shrunk)
    assert found.confidence == pytest.approx(shrunk)
    assert sum(found.shares.values()) == pytest.approx(1.0)
    assert found.margin == pytest.approx(2 * first - 1)


def test_confidence_is_shown_at_most_at_90_percent() -> None:
    book = made.rules()
    items = tuple(item for item in book.items if item.name in {"idx_flat", "small_day", "vix_calm"})
    keys = {item.key for item in items}
    steps = tuple(step for step in book.steps if step.key in keys or not step.key.startswith("evidence."))
    small = dataclasses.replace(book, items=items, steps=steps)
    found = judge(small, made.tape(made.QUIET), ())
    assert (found.coverage, found.confidence, found.confidence_word) == (1.0, 0.9, "high")


@pytest.mark.parametrize(("signs", "at_most"), [(2, 0.8), (3, 0.9)])
def test_a_forced_exit_of_two_signs_is_not_shown_as_one_of_three(signs: int, at_most: float) -> None:
    book = made.rules()
    items = tuple(item for item in book.items if item.name in {"sold_share", "haven_fail", "metals_flush"})
    keys = {item.key for item in items} | {"evidence.rates_lead", "evidence.metals_flush"}
    steps = tuple(step for step in book.steps if step.key in keys or not step.key.startswith("evidence."))
    sure = dataclasses.replace(book, items=items, steps=steps)
    values = made.FORCED | {"metals.worst_z": -6.0, "gold.move_z": -3.0}
    found = judge(sure, made.tape(values | ({} if signs == 3 else {"yen.move_z": 0.0})), ())
    assert (found.label, found.kind, found.violence) == ("forced_exit", "won", signs)
    assert found.coverage == 1.0
    assert found.confidence == at_most


def test_evidence_is_what_fired_with_its_points_strongest_for_the_label_first() -> None:
    found = judge(made.rules(), made.tape(made.FORCED), ())
    assert [line.item for line in found.evidence][:2] == ["haven_fail", "sold_share"]
    assert {line.item for line in found.evidence} == {
        "idx_sold", "breadth_out", "sold_share", "yen_up", "haven_fail", "gold_sold", "bond_sold",
        "vix_jump", "rates_lead", "dumped",
    }  # fmt: skip
    lines = {line.item: line for line in found.evidence}
    assert lines["rates_lead"].points["forced_exit"] == pytest.approx(-0.25)
    # 1 + 0.8 + 1.5 + 0.4 + 1.5 + 0.7 + 0.8 + 0.8 and dumped 8/15 for, rates_lead against
    assert (found.supporting, found.opposing) == (pytest.approx(7.5 + 8 / 15), pytest.approx(0.25))


def test_what_speaks_for_the_story_turned_down_opposes_an_ordinary_day() -> None:
    found = judge(made.rules(), made.tape(made.ROTATION | {"leadership.spread_z": 1.9}), ())
    # flat 1, one_way (-1 at full weight: 0.95 ≥ … (0.95 - 0.3) / 0.7), split 1, leaders, dispersion, calm 0.5
    one_way = 1.5 * (0.95 - 0.3) / 0.7
    leaders = 1.6 * (1.9 - 1.3) / 1.7
    assert found.opposing == pytest.approx(1 + one_way + 0.8 + leaders + 1.2 + 0.5)
    assert found.supporting == 0.0


def test_a_rates_led_day_is_weighed_by_the_items_its_file_names() -> None:
    found = judge(made.rules(), made.tape(made.RATES), ())
    # for: rates_lead 1.5/6, bond_sold 1.2, idx_sold 2, haven_fail 1.5, gold_sold 1; against: yen_up 0.5
    assert found.supporting == pytest.approx(0.25 + 1.2 + 2.0 + 1.5 + 1.0)
    assert found.opposing == pytest.approx(0.5)


def test_severity_and_sleeves_of_a_forced_exit() -> None:
    values = made.FORCED | {"sp500.return_1d": -0.03, "vix.level": 30.0, "equities.worst_z": -3.6}
    found = judge(made.rules(), made.tape(values), ())
    # 0.7 × 2 + 0.22 × 3 + 0.025 × 10, two sleeves: 2.31, between 1.9 and 2.6
    assert found.derived["severity.raw"] == pytest.approx(2.31)
    assert found.severity == 2
    assert found.sleeves == {"equities": 3, "carry": 1}
    assert found.worst_sleeve == "equities"


def test_each_further_sleeve_beyond_two_adds_a_quarter() -> None:
    values = made.FORCED | {"sp500.return_1d": -0.03, "vix.level": 30.0, "equities.worst_z": -3.6}
    values |= {"oil.move_z": -2.5, "emerging.move_z": -2.0}
    found = judge(made.rules(), made.tape(values), ())
    assert found.derived["severity.raw"] == pytest.approx(2.81)
    assert found.severity == 3


def test_days_that_are_not_graded_have_no_severity() -> None:
    assert judge(made.rules(), made.tape(made.QUIET, sp500__return_1d=0.0, vix__level=15.0), ()).severity == 0


HIGH = {"spy.close_location": 0.31, "spy.range_ratio": 1.81}


@pytest.mark.parametrize(
    ("values", "before", "phase"),
    [
        (made.FORCED, (), "onset"),
        (made.FORCED, ("forced_exit 4", *["quiet"] * 5), "onset"),
        (made.FORCED, ("forced_exit 4", *["quiet"] * 4), "cascade"),
        (made.FORCED, ("forced_exit 3", *["quiet"] * 3), "onset"),
        (made.FLIGHT, (), "onset"),
        (made.FORCED, ("flight_to_safety 2",), "cascade"),
        (made.FORCED | HIGH, (), "onset"),
        (made.FORCED | HIGH, ("forced_exit 3",), "exhaustion"),
        (made.FORCED | HIGH | {"spy.close_location": 0.3}, ("forced_exit 3",), "cascade"),
        (made.RELIEF, ("flight_to_safety 2", *["quiet"] * 9), "relief"),
        (made.RELIEF, ("flight_to_safety 2", *["quiet"] * 10), ""),
        (made.QUIET, ("forced_exit 2",), "unresolved"),
        (made.QUIET, ("forced_exit 3", "relief_rally 0 relief"), "aftermath"),
        (made.QUIET, ("forced_exit 3", "relief_rally 0 relief", "quiet"), ""),
        (made.QUIET | {"spy.close_location": 0.4, "vix.pct_252d": 0.95}, ("forced_exit 2",), "exhaustion"),
        (made.QUIET | {"spy.close_location": 0.4, "vix.pct_252d": 0.95}, ("forced_exit 1",), ""),
        (made.FLIGHT, ("forced_exit 2",), "strain"),
    ],
)
def test_phase(values: dict[str, float], before: tuple[str, ...], phase: str) -> None:
    assert judge(made.rules(), made.tape(values), made.past(*before)).phase == phase


@pytest.mark.parametrize(
    ("values", "tag"),
    [
        ({"sp500.move_z": 0.2, "metals.worst_z": -2.5}, "contained"),
        ({"metals.worst_z": -2.5}, "led_by_metals"),
        ({"bitcoin.move_z": -2.5, "metals.worst_z": -2.1}, "led_by_crypto"),
        ({"bonds.move_z": -2.0}, "led_by_rates"),
        ({"yen.move_z": -2.0}, "led_by_carry"),
        ({"oil.move_z": -3.0}, "led_by_energy"),
        ({"high_yield.oas_change_z": 2.0}, "led_by_credit"),
        (
            {"sp500.move_z": -1.5, "dollar.move_z": -1.7, "gold.move_z": 2.9, "long_bonds.move_z": -0.6},
            "capital_flight",
        ),
        ({"calendar.half_day": 1.0}, "mechanical"),
    ],
)
def test_tags(values: dict[str, float], tag: str) -> None:
    assert tag in judge(made.rules(), made.tape(values), ()).tags


def test_copper_alone_is_not_energy_and_a_large_index_move_not_contained() -> None:
    found = judge(made.rules(), made.tape({"copper.move_z": -3.0, "sp500.move_z": -1.0}), ())
    assert found.tags == ()


def test_nothing_at_all_is_still_a_verdict() -> None:
    found = judge(made.rules(), made.tape({}), ())
    assert (found.label, found.leader, found.coverage, found.violence) == ("ordinary", "", 0.0, 0)
    assert found.confidence == pytest.approx(1 / 6)
    assert set(found.scores) == set(VERDICTS)
    assert len(found.missing) == len(made.rules().items)
