"""What conditions leave open, by hand; and never less than what makes them true."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentary.condition_narrowing import narrowed
from commentary.conditions import parse

RANGES = {"a.x": (-8.0, 8.0), "b.x": (-8.0, 8.0), "c.flag": (0.0, 1.0)}


@pytest.mark.parametrize(
    ("source", "first", "second"),
    [
        ("a.x <= -1 and b.x > 0", (-8, -1), (0, 8)),
        ("a.x < -1 or a.x < -2", (-8, -1), (-8, 8)),
        ("a.x < 0 or b.x < 0", (-8, 8), (-8, 8)),
        ("not (a.x > 0 or b.x > 0)", (-8, 0), (-8, 0)),
        ("max(a.x, b.x) <= -1", (-8, -1), (-8, -1)),
        ("min(a.x, b.x) >= 2", (2, 8), (2, 8)),
        ("a.x - b.x <= -9", (-8, -1), (1, 8)),
        ("abs(a.x) >= 1 and a.x < 0", (-8, -1), (-8, 8)),
        ("abs(a.x) <= 1", (-1, 1), (-8, 8)),
        ("count(a.x < 0, b.x < 0) >= 2", (-8, 0), (-8, 0)),
        ("b.x < a.x and a.x < -1", (-8, -1), (-8, -1)),
        ("a.x * b.x < 0 and a.x > 1", (1, 8), (-8, 0)),
        ("-2 < a.x < -1", (-2, -1), (-8, 8)),
        ("2 * a.x < -4", (-8, -2), (-8, 8)),
        ("a.x * 2 < -4", (-8, -2), (-8, 8)),
    ],
)
def test_by_hand(source: str, first: tuple[float, float], second: tuple[float, float]) -> None:
    left = narrowed(source, RANGES)
    assert not left.empty
    assert (left.bounds.get("a.x", (-8, 8)), left.bounds.get("b.x", (-8, 8))) == (first, second)


@pytest.mark.parametrize(
    "source",
    [
        "a.x < -1 and a.x > 1",
        "a.x > 8",
        "verdict == 'quiet' and (verdict == 'mixed' or verdict == 'ordinary')",
        "a.x > 0 and not a.x > 0",
        "'gold' == 'silver'",
    ],
)
def test_what_cannot_be(source: str) -> None:
    assert narrowed(source, RANGES).empty


@pytest.mark.parametrize("source", ["a.x > b.x and b.x == 0", "a.x >= 8", "'gold' == 'gold'", "c.flag"])
def test_what_can(source: str) -> None:
    assert not narrowed(source, RANGES).empty


def test_words_and_flags() -> None:
    left = narrowed("c.flag and (verdict == 'quiet' or verdict == 'mixed')", RANGES)
    assert left.bounds["c.flag"] == (1, 1)
    assert left.words["verdict"] == {"quiet", "mixed"}


ATOMS = st.sampled_from(
    ["a.x < 0", "a.x >= b.x", "b.x == 1", "abs(a.x) > 1", "a.x + b.x > 0", "a.x * b.x < 0", "max(a.x, b.x) < 2",
     "a.x - b.x <= -1", "-a.x > b.x", "a.x / 2 > 1", "c.flag", "count(a.x > 0, b.x > 0) >= 2"]
)  # fmt: skip
CONDITIONS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]} and {pair[1]})"),
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]} or {pair[1]})"),
        inner.map(lambda one: f"(not {one})"),
    ),
    max_leaves=6,
)
VALUES = st.one_of(st.integers(-8, 8).map(float), st.floats(-8, 8))


@given(CONDITIONS, VALUES, VALUES, st.sampled_from([0.0, 1.0]))
def test_nothing_that_makes_it_true_is_left_out(
    source: str, first: float, second: float, flag: float
) -> None:
    scope = {"a.x": first, "b.x": second, "c.flag": flag}
    if parse(source).holds(scope) is True:
        left = narrowed(source, RANGES)
        assert not left.empty
        for name, (low, high) in left.bounds.items():
            assert low - 1e-9 <= scope[name] <= high + 1e-9
