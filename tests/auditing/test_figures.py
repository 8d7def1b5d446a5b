"""Figures in digits and words, and which values they may stand for. Expected values by hand."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentary.auditing.figures import Figure, agrees, figures, half_up, hedge_before


@pytest.mark.parametrize(
    ("text", "quantity", "kind"),
    [
        ("4.3 percent", 4.3, "digits"),
        ("5,012", 5012.0, "digits"),
        ("25th", 25.0, "ordinal"),
        ("twenty-one", 21.0, "count"),
        ("two hundred", 200.0, "count"),
        ("a dozen", 12.0, "count"),
        ("third", 3.0, "ordinal"),
        ("a third", 1 / 3, "part"),
        ("two-thirds", 2 / 3, "part"),
        ("four stocks in five", 0.8, "part"),
        ("half", 0.5, "part"),
        ("twice", 2.0, "multiple"),
        ("three times", 3.0, "multiple"),
        ("three and a half", 3.5, "count"),
    ],
)
def test_one_figure(text: str, quantity: float, kind: str) -> None:
    (found,) = figures(text)
    assert (found.quantity, found.kind) == (pytest.approx(quantity), kind)


@pytest.mark.parametrize(
    "text", ["ten-year yields", "the nine-day VIX", "VIX9D", "somebody", "tens", "a seconding"]
)
def test_no_figure(text: str) -> None:
    assert figures(text) == []


def test_signs() -> None:
    assert [(item.quantity, item.sign) for item in figures("−3.2, +0.4 and 7-8")] == [
        (3.2, -1), (0.4, 1), (7.0, 0), (8.0, 0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "value", "hedge", "answer"),
    [
        ("4.3", 4.25, "", True),  # half up, away from zero
        ("4.2", 4.25, "", False),
        ("4.3", -4.32, "", True),  # words carry the sign
        ("−4.3", 4.32, "", False),
        ("65", 65.73, "above", True),
        ("65", 65.73, "", False),
        ("66", 64.2, "above", False),
        ("3", 2.96, "more", False),  # "more than 3" of 2.96 is false
        ("a third", 0.345, "", True),
        ("a quarter", 0.345, "", False),
        ("a tenth", 0.118, "", False),  # an eighth is nearer
        ("half", 0.46, "less", True),
        ("half", 0.46, "more", False),
        ("half", 0.38, "less", False),
        ("twice", 2.1, "", True),
        ("twice", 2.4, "", False),
        ("twice", 2.4, "more", True),
        ("three times", 2.6, "less", True),
    ],
)
def test_what_a_figure_may_say(text: str, value: float, hedge: str, answer: bool) -> None:
    assert agrees(figures(text)[0], value, hedge) is answer


def test_hedges() -> None:
    assert hedge_before("it lost more than 3", len("it lost more than ")) == "more"
    assert hedge_before("nearly a third", len("nearly ")) == "less"
    assert hedge_before("a close below 3", len("a close below ")) == "below"
    assert hedge_before("it lost 3", len("it lost ")) == ""


@given(st.floats(-1e5, 1e5, allow_nan=False), st.integers(0, 3))
def test_a_rounded_value_is_always_admitted_and_its_neighbour_never(value: float, decimals: int) -> None:
    shown = Decimal(f"{value:.10g}").quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    assert half_up(value, decimals) == shown
    figure = Figure(0, 1, float(abs(shown)), "digits", decimals)
    beside = Figure(0, 1, float(abs(shown) + Decimal(1).scaleb(-decimals)), "digits", decimals)
    assert agrees(figure, value, "")
    assert not agrees(beside, value, "")
