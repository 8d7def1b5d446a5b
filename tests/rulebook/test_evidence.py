"""Every shipped item: its examples, and its points against METHOD's table."""

from __future__ import annotations

import pytest

from commentary.rulebook.book import Item
from tests.rulebook import made

# item: forced exit, rotation, flight to safety, relief rally, melt-up, quiet
METHOD = {
    "idx_sold": (1.0, -0.5, 1.0, -2.0, -2.0, -2.0),
    "idx_bought": (-3.0, 0, -3.0, 2.0, 2.0, -2.0),
    "idx_flat": (-0.5, 1.0, -0.5, -2.0, -1.5, 1.0),
    "stress_up": (0, 0, 0, 1.5, -1.5, 0),
    "calm_up": (0, 0, 0, -1.5, 1.5, 0),
    "small_day": (-1.0, -0.8, -1.0, -1.0, -0.5, 2.0),
    "bought_broad": (0, -1.2, 0, 0.3, 0.3, 0),
    "one_way": (0.8, -1.5, 0.8, 0.7, 0.3, 0),
    "breadth_out": (0.8, -1.5, 0.8, -1.0, -1.0, -1.0),
    "breadth_split": (-0.6, 0.8, -0.6, -1.0, -0.8, 0.4),
    "sold_share": (1.5, -0.8, 0.5, -0.8, -1.0, -1.5),
    "turbulent": (0.5, 0.2, 0.4, 0.4, 0, -1.5),
    "becalmed": (-0.8, -0.4, -0.8, -0.8, 0, 1.0),
    "yen_up": (0.4, -0.4, 0.4, -0.3, -0.5, -0.5),
    "credit": (0.5, -0.5, 0.6, -0.8, -0.8, -0.8),
    "haven_fail": (1.5, 0, -1.5, 0, 0, -0.5),
    "haven_bid": (-1.8, -0.3, 1.8, -0.3, -0.3, -0.5),
    "gold_bid": (-1.0, -0.2, 1.0, 0, 0, -0.3),
    "gold_sold": (0.7, 0, -1.0, 0, 0, -0.3),
    "metal_crash": (1.8, -0.3, -1.0, -0.3, -0.5, -2.0),
    "btc_crash": (0.8, -0.2, -0.2, -0.3, -0.5, -1.0),
    "bond_bid": (-0.5, -0.5, 1.3, -0.5, -0.5, -0.5),
    "bond_sold": (0.8, 0, -1.2, 0, 0, -0.5),
    "haven_shock": (-1.0, -1.5, 2.5, -1.0, -1.0, -1.0),
    "metals_flush": (3.0, -2.5, -1.0, -0.5, -1.0, -3.0),
    "rates_lead": (-1.5, 0.5, -1.0, 0, 0, -0.5),
    "vix_jump": (0.8, -0.4, 0.8, -1.0, -1.0, -1.0),
    "vix_calm": (-0.7, 0.5, -0.7, -0.3, 0.2, 0.7),
    "term_inverted": (0.7, -0.8, 0.4, 0.6, -1.0, -1.2),
    "vvix_high": (0.4, -0.3, 0.2, 0.1, -0.2, -0.5),
    "leaders": (0, 1.6, 0, 0, -0.2, -2.0),
    "dispersion_ratio": (-0.8, 1.2, -0.8, -0.8, -0.5, 0.2),
    "momentum_loss": (0, 1.0, -0.5, 0, -0.2, -0.6),
    "crowd_reversal": (0.9, 0, -0.7, 0, 0, -0.4),
    "range_wide": (0.5, -0.2, 0.3, 0.3, -0.3, -1.5),
    "impact": (0.4, -0.2, 0.2, 0.2, -0.2, -0.3),
    "cascade": (0.4, -0.3, 0, 0.3, -0.5, -0.3),
}
# items that METHOD's table does not have, in the same order
OURS = {
    "dumped": (1.0, 0, -1.0, 0, 0, 0),
    "nothing_dumped": (-1.5, 0, 1.0, 0, 0, 0),
}

ITEMS = pytest.mark.parametrize("item", made.rules().items, ids=lambda item: item.name)


def test_the_items_are_those_of_the_method_and_two_of_our_own() -> None:
    assert {item.name for item in made.rules().items} == {*METHOD, *OURS}


@ITEMS
def test_points(item: Item) -> None:
    assert item.points == (METHOD | OURS)[item.name]


@ITEMS
def test_every_example_comes_out(item: Item) -> None:
    for example in item.examples:
        assert item.strength.number(example.readings) == pytest.approx(example.strength, abs=1e-6)


@ITEMS
def test_a_missing_reading_makes_the_strength_unknown_never_zero(item: Item) -> None:
    strength = item.strength.number({})
    assert strength != strength


@pytest.mark.parametrize("item", ["range_wide", "impact"])
def test_a_half_day_has_no_range_and_no_impact_that_compares(item: str) -> None:
    strength = next(each.strength for each in made.rules().items if each.name == item)
    values = {"spy.range_ratio": 6.0, "spy.impact_ratio": 6.0}
    assert strength.number(values | {"calendar.half_day": 0.0}) == 1.0
    for unknown in (values | {"calendar.half_day": 1.0}, values):
        assert strength.number(unknown) != strength.number(unknown)


def test_strengths_are_worked_after_what_they_need() -> None:
    order = [step.key for step in made.rules().steps]
    assert order.index("evidence.stress_up") > order.index("tape.stress")
    assert order.index("evidence.stress_up") > order.index("evidence.idx_bought")
    assert order.index("tape.violence") > order.index("tape.shelter")
    assert order.index("evidence.dumped") > order.index("tape.dumped")
    assert order.index("evidence.nothing_dumped") > order.index("tape.shelter")
