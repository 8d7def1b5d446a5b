"""Points, caps, shares and coverage against ledgers added up by hand from METHOD's table."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentary.model import VERDICTS
from commentary.rulebook.book import Rulebook
from commentary.rulebook.judge import judge
from commentary.rulebook.ledger import coverage, scope_of, scores, strengths, totals
from tests.rulebook import made

# forced exit, rotation, flight to safety, relief rally, melt-up, quiet; bias included
BY_HAND = {
    # sold 1, out 1, share 1, yen 1, haven_fail 1, gold_sold 1, bond_sold 1, jump 1, rates_lead 1/6,
    # dumped (1.15 × 2 - 1.5) / 1.5 = 8/15; nothing_dumped 0
    "forced_exit": (
        made.FORCED,
        (6.65 + 8 / 15, -3.9 + 0.5 / 6, -0.8 - 1 / 6 - 8 / 15, -5.6, -6.0, -6.1 - 0.5 / 6),
    ),
    # flat 1, one_way -1, split 1, leaders 1, dispersion 1, vix_calm 1
    "rotation": (made.ROTATION, (-4.0, 6.3, -4.0, -5.3, -3.6, 1.5)),
    # sold 1, out 1, haven_bid 1, gold_bid 1, bond_bid 1/2, jump 1, nothing_dumped 1; the havens' points against
    # a forced exit, 1.8 + 1 + 0.25 + 1.5, are capped at 4.5
    "flight_to_safety": (made.FLIGHT, (-0.6 + 1 + 0.8 - 4.5 + 0.8, -3.45, 6.45, -5.05, -5.05, -3.85)),
    # bought 1, stress_up 1, bought_broad 1, split 0.2
    "relief_rally": (made.RELIEF, (-3.72, -1.34, -3.72, 3.1, 0.14, -0.72)),
    # bought 1, calm_up 1, bought_broad 1, split 0.2
    "melt_up": (made.MELT_UP, (-3.72, -1.34, -3.72, 0.1, 3.14, -0.72)),
    # flat 1, small_day 1, becalmed 1, vix_calm 1
    "quiet": (made.QUIET, (-3.6, 0.0, -3.6, -4.6, -2.3, 5.9)),
}


@pytest.mark.parametrize("verdict", VERDICTS)
def test_points_of_a_tape_are_those_added_up_by_hand(verdict: str) -> None:
    values, by_hand = BY_HAND[verdict]
    scope = scope_of(made.rules(), made.tape(values))
    assert totals(made.rules(), scope) == pytest.approx(by_hand)


@pytest.mark.parametrize("verdict", VERDICTS)
def test_verdict_of_a_tape_is_the_one_with_most_points(verdict: str) -> None:
    values, _ = BY_HAND[verdict]
    found = judge(made.rules(), made.tape(values), ())
    assert (found.label, found.kind) == (verdict, "won")


def test_a_channel_is_capped() -> None:
    # havens, forced: 1.5 + 0.7 + 1.8 + 0.8 + 0.8 + 1 = 6.6; flight: -1.5 - 1 - 1 - 0.2 - 1.2 - 1 = -5.9
    scope = scope_of(
        made.rules(),
        made.tape(
            {"sp500.move_z": -2.0, "havens.mean_z": -1.2, "gold.move_z": -1.5, "bitcoin.move_z": -3.0}
            | {"metals.worst_z": -4.0, "bonds.move_z": -1.5}
        ),
    )
    # rates_lead: (1.5 - 1.2) / 1.8 × 1 × (1 - 1) = 0; metals_flush: 0.8 / 2.3 × 0.3 / 1 strength
    flush = (4 - 3.2) / 2.3 * (1.5 - 1.2)
    found = dict(zip(VERDICTS, totals(made.rules(), scope), strict=True))
    assert found["forced_exit"] == pytest.approx(-0.6 + 1.0 + 4.5 + 3 * flush)
    assert found["flight_to_safety"] == pytest.approx(-0.6 + 1.0 - 4.5 - flush)


def test_shares_are_a_softmax_at_the_ledgers_temperature() -> None:
    # two verdicts 1.6 points apart at a temperature of 1.6: e to 1
    found = scores([1.6, 0.0], 1.6)
    assert found == pytest.approx([math.e / (1 + math.e), 1 / (1 + math.e)])


@given(st.lists(st.floats(-40, 40), min_size=6, max_size=6))
def test_shares_sum_to_one(points: list[float]) -> None:
    assert sum(scores(points, 1.6)) == pytest.approx(1.0)


def _only(*names: str) -> Rulebook:
    book = made.rules()
    items = tuple(item for item in book.items if item.name in names)
    keys = {item.key for item in items}
    steps = tuple(step for step in book.steps if step.key in keys or not step.key.startswith("evidence."))
    return dataclasses.replace(book, items=items, steps=steps)


def test_coverage_is_points_available_over_points_possible() -> None:
    # idx_sold 8.5, gold_bid 2.5, vvix_high 1.7; the last is missing
    book = _only("idx_sold", "gold_bid", "vvix_high")
    known = strengths(book, scope_of(book, made.tape({"sp500.move_z": -2.0, "gold.move_z": 0.0})))
    assert set(known) == {"idx_sold", "gold_bid"}
    assert coverage(book, known) == pytest.approx(11.0 / 12.7)


def test_a_missing_reading_is_not_a_reading_of_zero() -> None:
    without = judge(made.rules(), made.tape(made.QUIET), ())
    at_zero = judge(made.rules(), made.tape(made.QUIET, bonds__move_z=0.0, gold__move_z=0.0), ())
    assert "gold_bid" in without.missing
    assert "gold_bid" not in without.strengths
    assert at_zero.strengths["gold_bid"] == 0.0
    assert at_zero.coverage > without.coverage


def test_nan_is_missing_too() -> None:
    plain = made.QUIET | {"tape.pressure": 0.0}
    found = judge(made.rules(), made.tape(plain, gold__move_z=math.nan), ())
    assert found == judge(made.rules(), made.tape(plain), ())


@given(st.dictionaries(st.sampled_from(["cocoa.move_z", "dxy.level", "a.b"]), st.floats(-5, 5)))
def test_readings_that_no_rule_uses_change_nothing(more: Mapping[str, float]) -> None:
    plain, cluttered = made.tape(made.FORCED), made.tape(made.FORCED | dict(more))
    assert judge(made.rules(), cluttered, ()) == judge(made.rules(), plain, ())


RISING = {
    "cross_asset.sold_share": ("forced_exit", 0.0, 1.0),
    "leadership.spread_z": ("rotation", 0.0, 8.0),
    "cross_asset.crowd_reversal": ("forced_exit", -3.0, 3.0),
    "vvix.pct_252d": ("forced_exit", 0.0, 1.0),
}
FALLING = {
    "havens.mean_z": ("forced_exit", -8.0, 0.0),
    "metals.worst_z": ("forced_exit", -8.0, -4.0),
    "bitcoin.move_z": ("forced_exit", -8.0, 0.0),
    "high_yield.move_z": ("flight_to_safety", -8.0, 0.0),
}


@pytest.mark.parametrize("name", [*RISING, *FALLING])
@given(data=st.data())
def test_more_of_a_sign_never_makes_its_verdict_less_likely(name: str, data: st.DataObject) -> None:
    verdict, low, high = (RISING | FALLING)[name]
    ends = sorted((data.draw(st.floats(low, high)), data.draw(st.floats(low, high))), reverse=name in FALLING)
    base = made.FORCED | {"gold.move_z": -1.0}
    less, more = (judge(made.rules(), made.tape(base | {name: level}), ()).scores[verdict] for level in ends)
    assert more >= less - 1e-12
