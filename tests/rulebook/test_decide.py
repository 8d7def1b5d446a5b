"""From scores and gates to a label: who stands in for a gate that failed, and verdicts reached by rule."""

from __future__ import annotations

import dataclasses
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentary.conditions import parse
from commentary.model import VERDICTS
from commentary.rulebook.book import Rulebook
from commentary.rulebook.decide import Decision, decide
from commentary.rulebook.gates import parse_gate
from commentary.rulebook.judge import judge
from tests.rulebook import made

Values = dict[str, float]
SHELTER = 0.6
"""Bid from which somebody hid."""


def _book(**shares: float) -> Rulebook:
    """The shipped rules without evidence: biases that give these shares, gates that read ``open.<verdict>``."""
    book = made.rules()
    left = (1 - sum(shares.values())) / (len(VERDICTS) - len(shares))
    scored = tuple(
        dataclasses.replace(
            verdict,
            bias=book.settings.temperature * math.log(shares.get(verdict.name, left)),
            gate=parse_gate(f"open.{verdict.name} >= 1"),
        )
        for verdict in book.scored
    )
    return dataclasses.replace(book, items=(), trials=(), steps=(), scored=scored)


def _decided(shares: Values, *passing: str, **more: float) -> Decision:
    scope = {f"open.{name}": 1.0 if name in passing else 0.0 for name in VERDICTS}
    return decide(_book(**shares), scope | {name.replace("__", "."): value for name, value in more.items()})


@pytest.mark.parametrize(
    ("shares", "passing", "label", "kind"),
    [
        ({"rotation": 0.6, "flight_to_safety": 0.26}, ("rotation",), "rotation", "won"),
        ({"rotation": 0.6, "flight_to_safety": 0.26}, ("rotation", "flight_to_safety"), "rotation", "won"),
        # a quarter lets a story stand in for a stronger one, less does not
        ({"rotation": 0.6, "relief_rally": 0.26}, ("relief_rally",), "relief_rally", "gate_failed:rotation"),
        ({"rotation": 0.6, "relief_rally": 0.24}, ("relief_rally",), "ordinary", "gate_failed:rotation"),
        # the neighbour needs no standing of its own
        (
            {"forced_exit": 0.8, "flight_to_safety": 0.05},
            ("flight_to_safety",),
            "flight_to_safety",
            "gate_failed:forced_exit",
        ),
        ({"forced_exit": 0.8, "rotation": 0.05}, ("rotation",), "ordinary", "gate_failed:forced_exit"),
        ({"relief_rally": 0.8, "melt_up": 0.05}, ("melt_up",), "melt_up", "gate_failed:relief_rally"),
        # 0.45 and 0.40 of 0.85: 0.059 apart
        (
            {"forced_exit": 0.45, "rotation": 0.40},
            ("forced_exit", "rotation"),
            "mixed",
            "undecided:forced_exit/rotation",
        ),
        ({"quiet": 0.45, "rotation": 0.40}, ("quiet", "rotation"), "ordinary", "undecided:quiet/rotation"),
        # no gate passes: two stories within 0.15 of each other, the lesser at a quarter
        ({"forced_exit": 0.44, "rotation": 0.30}, (), "mixed", "undecided:forced_exit/rotation"),
        ({"forced_exit": 0.46, "rotation": 0.30}, (), "ordinary", "gate_failed:forced_exit"),
        ({"forced_exit": 0.38, "rotation": 0.24}, (), "ordinary", "leader"),
        ({"quiet": 0.44, "rotation": 0.30}, (), "ordinary", "gate_failed:quiet"),
    ],
)
def test_who_stands_in_for_whom(shares: Values, passing: tuple[str, ...], label: str, kind: str) -> None:
    found = _decided(shares, *passing)
    assert (found.label, found.kind) == (label, kind)


@given(
    st.lists(st.floats(0.01, 1), min_size=6, max_size=6),
    st.sets(st.sampled_from(VERDICTS)),
)
def test_a_label_of_the_six_has_passed_its_gate(weights: list[float], passing: set[str]) -> None:
    whole = sum(weights)
    shares = {name: weight / whole for name, weight in zip(VERDICTS[:5], weights, strict=False)}
    found = _decided(shares, *passing)
    assert found.label not in VERDICTS or found.label in passing
    assert all(share == 0 or name in passing for name, share in zip(VERDICTS, found.shares, strict=True))
    assert sum(found.shares) == pytest.approx(1.0) or not any(found.shares)


NOBODY_HID = {"sp500__move_z": -1.5, "bonds__move_z": 0.0, "gold__move_z": 0.0, "tape__shelter": 0.0}
FORCED_TOP = {"forced_exit": 0.6, "rotation": 0.26}


def test_where_nobody_hid_and_nothing_was_dumped_the_day_is_mixed_by_rule() -> None:
    found = _decided(FORCED_TOP, **NOBODY_HID)
    assert (found.label, found.kind) == ("mixed", "undecided:forced_exit/rotation")
    assert not any(found.shares)
    assert found.closed == ()


def test_a_rule_of_mixed_comes_before_a_story_that_stands_in() -> None:
    assert _decided(FORCED_TOP, "rotation").label == "rotation"
    found = _decided(FORCED_TOP, "rotation", **NOBODY_HID)
    assert (found.label, found.kind) == ("mixed", "undecided:forced_exit/rotation")


def test_a_rule_of_mixed_comes_after_the_story_that_won() -> None:
    found = _decided(FORCED_TOP, "forced_exit", **NOBODY_HID)
    assert (found.label, found.kind) == ("forced_exit", "won")


def test_a_rule_of_mixed_comes_after_rates() -> None:
    led = {"curve__rise_z": 2.0, "bonds__move_z": -2.0, "metals__worst_z": 0.0, "tape__pressure_max_5d": 0.0}
    found = _decided(FORCED_TOP, **(NOBODY_HID | led))
    assert (found.label, found.kind) == ("rates_led", "gate_failed:forced_exit")


@pytest.mark.parametrize(
    ("changes", "holds"),
    [
        ({}, True),
        ({"ledger.top": "flight_to_safety"}, True),
        ({"ledger.top": "rotation"}, False),
        ({"ledger.top": "quiet"}, False),
        ({"sp500.move_z": -1.49}, False),
        ({"tape.shelter": SHELTER - 0.01}, True),
        ({"tape.shelter": SHELTER}, False),
        ({"sp500.move_z": math.nan}, None),
        ({"tape.shelter": math.nan}, None),
        ({"tape.shelter": math.nan, "sp500.move_z": -1.49}, False),
    ],
)
def test_when_a_day_is_mixed_by_rule(changes: dict[str, float | str], holds: bool | None) -> None:
    when = made.rules().ruled["mixed"].when
    scope = {"ledger.top": "forced_exit", "sp500.move_z": -1.5, "tape.shelter": 0.0}
    assert when is not None
    assert when.holds(scope | changes) is holds


# Points by hand. Forced: idx_sold 1, out 0.8, share 1.5, yen 0.4, jump 0.8, gold_sold 0.7 / 6, nothing_dumped
# -1.5 × 0.75 × 0.5, bias -0.6: 3.454; a flight: 1 + 0.8 + 0.5 + 0.4 + 0.8 - 1 / 6 + 0.375 - 0.6: 3.108.
CHOSE = made.SOLD | {
    "cross_asset.sold_share": 0.6,
    "yen.move_z": -2.0,
    "equities.worst_z": -3.0,
    "gold.move_z": -0.5,
    "bonds.move_z": 0.5,
    "curve.fall_z": 1.5,
    "metals.worst_z": -1.0,
    "tape.pressure": 2.5,
}


def test_a_forced_day_on_which_shelter_was_bought_and_nothing_dumped_is_a_flight() -> None:
    found = judge(made.rules(), made.tape(CHOSE), ())
    assert found.derived["tape.shelter"] == 1.0
    assert found.derived["tape.dumped"] == 1.0
    assert math.log(found.scores["forced_exit"] / found.scores["flight_to_safety"]) == pytest.approx(
        (3.454167 - 3.108333) / 1.6, abs=1e-5
    )
    assert (found.label, found.kind) == ("flight_to_safety", "gate_failed:forced_exit")
    assert found.runner_up == "forced_exit"
    assert found.confidence <= 0.74
    assert found.confidence_word == "lean"


def test_the_same_day_with_a_metal_dumped_is_forced() -> None:
    found = judge(made.rules(), made.tape(CHOSE | {"metals.worst_z": -2.5}), ())
    assert (found.label, found.kind) == ("forced_exit", "won")


def test_the_same_day_without_shelter_is_forced() -> None:
    found = judge(made.rules(), made.tape(CHOSE | {"bonds.move_z": -0.5, "curve.fall_z": 0.5}), ())
    assert (found.label, found.kind) == ("forced_exit", "won")


# A flight by points (haven_bid 0.5 gives it 0.9 and takes 0.9 from a forced exit) with too little violence for
# a forced exit, and bonds and gold bid by less than a shelter.
UNHIDDEN = {
    "sp500.move_z": -1.5,
    "breadth.advancing": 0.08,
    "vix.move_z": 2.5,
    "havens.mean_z": 0.8,
    "gold.move_z": SHELTER - 0.01,
    "bonds.move_z": 0.5,
    "curve.fall_z": 0.5,
    "metals.worst_z": 0.0,
    "tape.pressure": 1.5,
}


def test_a_hard_fall_without_shelter_is_mixed() -> None:
    found = judge(made.rules(), made.tape(UNHIDDEN), ())
    assert (found.label, found.kind) == ("mixed", "undecided:flight_to_safety/forced_exit")
    assert found.runner_up == "forced_exit"
    assert found.confidence == pytest.approx(1 / 6 + (0.5 - 1 / 6) * found.coverage)


def test_a_lesser_fall_without_shelter_is_ordinary() -> None:
    found = judge(made.rules(), made.tape(UNHIDDEN | {"sp500.move_z": -1.49}), ())
    assert (found.label, found.kind) == ("ordinary", "gate_failed:flight_to_safety")
    assert found.runner_up == "flight_to_safety"


def test_the_same_fall_with_shelter_is_a_flight() -> None:
    for level in (-1.5, -1.49):
        values = UNHIDDEN | {"sp500.move_z": level, "gold.move_z": SHELTER}
        found = judge(made.rules(), made.tape(values), ())
        assert (found.label, found.kind) == ("flight_to_safety", "won")


LED: dict[str, float | str] = {
    "curve.rise_z": 0.95,
    "bonds.move_z": -0.5,
    "sp500.move_z": -0.3,
    "metals.worst_z": 0.0,
    "liquid.unexplained_mean": 0.0,
    "bitcoin.move_z": 0.0,
    "tape.pressure_max_5d": 0.0,
    "ledger.top": "forced_exit",
}


@pytest.mark.parametrize(
    ("changes", "holds"),
    [
        ({}, True),
        ({"curve.rise_z": 0.94}, False),
        ({"bonds.move_z": -0.49}, False),
        ({"sp500.move_z": -0.29}, False),
        ({"sp500.move_z": -0.29, "metals.worst_z": -1.0}, True),
        ({"sp500.move_z": -0.29, "metals.worst_z": -0.99}, False),
        ({"sp500.move_z": 0.99, "metals.worst_z": -1.0}, True),
        ({"sp500.move_z": 1.0, "metals.worst_z": -1.0}, False),
        ({"metals.worst_z": -3.19}, True),
        ({"metals.worst_z": -3.2}, False),
        ({"liquid.unexplained_mean": -2.19}, True),
        ({"liquid.unexplained_mean": -2.2}, False),
        # nothing is known of the unexplained part: metals speak for it
        ({"liquid.unexplained_mean": math.nan}, True),
        ({"liquid.unexplained_mean": math.nan, "metals.worst_z": -1.99}, True),
        ({"liquid.unexplained_mean": math.nan, "metals.worst_z": -2.0}, False),
        ({"bitcoin.move_z": -2.99}, True),
        ({"bitcoin.move_z": -3.0}, False),
        ({"bitcoin.move_z": math.nan}, True),
        ({"tape.pressure_max_5d": 3.49}, True),
        ({"tape.pressure_max_5d": 3.5}, False),
        ({"ledger.top": "flight_to_safety"}, True),
        # a story that is no fall asks for a harder leg
        ({"ledger.top": "rotation", "curve.rise_z": 1.49}, False),
        ({"ledger.top": "rotation", "curve.rise_z": 1.5}, True),
        *(
            ({name: math.nan}, None)
            for name in ("curve.rise_z", "bonds.move_z", "sp500.move_z", "metals.worst_z")
        ),
        ({"tape.pressure_max_5d": math.nan}, None),
        ({"tape.pressure_max_5d": math.nan, "curve.rise_z": 0.94}, False),
    ],
)
def test_when_a_day_is_led_by_rates(changes: dict[str, float | str], holds: bool | None) -> None:
    when = made.rules().ruled["rates_led"].when
    assert when is not None
    assert when.holds(LED | changes) is holds


@pytest.mark.parametrize(
    ("verdict", "values", "shut"),
    [
        ("forced_exit", {"bonds.move_z": -0.85, "sp500.move_z": -2.0, "curve.rise_z": 1.0}, True),
        ("forced_exit", {"bonds.move_z": -0.84, "sp500.move_z": -2.0, "curve.rise_z": 1.0}, False),
        ("forced_exit", {"bonds.move_z": -0.85, "sp500.move_z": -2.01, "curve.rise_z": 1.0}, False),
        ("forced_exit", {"bonds.move_z": -0.85, "sp500.move_z": -2.0}, None),
        ("flight_to_safety", {"bonds.move_z": -0.5}, True),
        ("flight_to_safety", {"bonds.move_z": -0.49}, False),
        *((name, {"ledger.top": "forced_exit"}, True) for name in VERDICTS[1:] if name != "flight_to_safety"),
        *((name, {"ledger.top": name}, False) for name in VERDICTS[1:] if name != "flight_to_safety"),
    ],
)
def test_which_gates_rates_close(verdict: str, values: dict[str, float | str], shut: bool | None) -> None:
    assert made.rules().ruled["rates_led"].closes[verdict].holds(values) is shut


def test_confidence_of_a_rates_led_day_grows_with_the_leg() -> None:
    confidence = made.rules().ruled["rates_led"].confidence
    # 0.55 + 0.3 × (x - 1) / 1.5
    for rise, sure in ((0.95, 0.55), (1.0, 0.55), (1.75, 0.7), (2.5, 0.85), (6.0, 0.85)):
        assert confidence.number({"curve.rise_z": rise}) == pytest.approx(sure)


def test_without_a_rule_of_its_own_mixed_holds_on_no_day_by_rule() -> None:
    book = made.rules()
    mixed = dataclasses.replace(book.ruled["mixed"], when=None)
    bare = dataclasses.replace(book, ruled={**book.ruled, "mixed": mixed})
    assert judge(bare, made.tape(UNHIDDEN), ()).label == "ordinary"
    never = dataclasses.replace(mixed, when=parse("sp500.move_z < -8"))
    same = dataclasses.replace(book, ruled={**book.ruled, "mixed": never})
    assert judge(same, made.tape(UNHIDDEN), ()).label == "ordinary"
