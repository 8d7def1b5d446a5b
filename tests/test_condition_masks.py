"""Masks of many sessions beside the answers session by session."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentary.condition_masks import Masks
from commentary.condition_writing import ConditionError
from commentary.conditions import parse

NAN = float("nan")
GOLD = [-0.02, 0.01, NAN, 0.0]
LEADER = ["oil", "gold", None, "oil"]
MASKS = Masks({"gold.z": np.array(GOLD), "leader": np.array(LEADER, dtype=object)}, 4)


@pytest.mark.parametrize(
    ("source", "true", "false"),
    [
        ("gold.z < 0", "1000", "0101"),
        ("gold.z >= -0.02", "1101", "0000"),
        ("leader == 'oil'", "1001", "0100"),
        ("leader != 'oil'", "0100", "1001"),
        ("not gold.z < 0", "0101", "1000"),
        ("gold.z < 0 and leader == 'oil'", "1000", "0101"),
        ("gold.z > 0 or leader == 'oil'", "1101", "0000"),
        ("known(gold.z)", "1101", "0010"),
        ("abs(gold.z) >= 0.01", "1100", "0001"),
        ("-0.01 < gold.z < 0.005", "0001", "1100"),
        ("silver.z < 0", "0000", "0000"),
        ("gold.z < 0 and silver.z < 0", "0000", "0101"),
    ],
)
def test_truth_by_hand(source: str, true: str, false: str) -> None:
    answer = MASKS.answer(source)
    assert "".join(map(str, answer.true.astype(int))) == true
    assert "".join(map(str, answer.false.astype(int))) == false


def test_further_columns_stay_apart() -> None:
    first = MASKS.beside({"list.count": np.array([0.0, 1.0, 2.0, 3.0])})
    second = MASKS.beside({"list.count": np.zeros(4)})
    assert first.holds("list.count >= 2").tolist() == [False, False, True, True]
    assert not second.holds("list.count >= 2").any()
    assert not MASKS.known("list.count").any()


def test_what_the_language_does_not_take() -> None:
    with pytest.raises(ConditionError, match="not an expression"):
        MASKS.holds("gold.z <")


VALUES = st.one_of(st.none(), st.floats(-2, 2))
WORDS = st.one_of(st.none(), st.sampled_from(["oil", "gold"]))
ATOMS = st.sampled_from(
    ["a.x < 0", "a.x >= b.x", "b.x == 1", "w == 'oil'", "known(b.x)", "abs(a.x) > 1", "a.x + b.x > 0", "b.x"]
)
CONDITIONS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]} and {pair[1]})"),
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]} or {pair[1]})"),
        inner.map(lambda one: f"(not {one})"),
    ),
    max_leaves=5,
)


@given(CONDITIONS, st.lists(st.tuples(VALUES, VALUES, WORDS), min_size=1, max_size=6))
def test_as_session_by_session(
    source: str, rows: list[tuple[float | None, float | None, str | None]]
) -> None:
    columns = {
        "a.x": np.array([NAN if row[0] is None else row[0] for row in rows]),
        "b.x": np.array([NAN if row[1] is None else row[1] for row in rows]),
        "w": np.array([row[2] for row in rows], dtype=object),
    }
    answer = Masks(columns, len(rows)).answer(source)
    for place, row in enumerate(rows):
        scope = {
            name: value for name, value in zip(("a.x", "b.x", "w"), row, strict=True) if value is not None
        }
        expected = parse(source).holds(scope)
        assert (bool(answer.true[place]), bool(answer.false[place])) == (expected is True, expected is False)
