"""The language of conditions: one grammar, two evaluators that must agree, ranges that must enclose both."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentary.condition_writing import ConditionError
from commentary.conditions import check_names, parse

TAPE = {"a.x": -1.0, "b.x": -2.0, "c.x": 0.5, "word": "forced_exit"}

CASES = [
    # source, value by hand
    ("down(a.x, -0.2, -1.5)", 0.8 / 1.3),
    ("up(c.x, 0, 2)", 0.25),
    ("up(c.x, 1, 2)", 0.0),
    ("down(b.x, -0.4, -2)", 1.0),
    ("a.x * b.x - c.x", 1.5),
    ("a.x / b.x", 0.5),
    ("-a.x", 1.0),
    ("abs(b.x)", 2.0),
    ("log(c.x)", math.log(0.5)),
    ("min(a.x, b.x, c.x)", -2.0),
    ("max(a.x, b.x, c.x)", 0.5),
    ("mean(a.x, b.x, missing.x)", -1.5),
    ("clip(b.x, -1, 1)", -1.0),
    ("count(a.x < 0, b.x < -3, missing.x > 0)", 1.0),
    ("1 if a.x < 0 else 2", 1.0),
]

TRUTHS = [
    # source, truth by hand; None is unknown
    ("a.x <= -1", True),
    ("a.x < -1", False),
    ("-3 < b.x <= -2", True),
    ("word == 'forced_exit'", True),
    ("word != 'forced_exit'", False),
    ("missing.x > 0", None),
    ("not missing.x > 0", None),
    ("missing.x > 0 and a.x < 0", None),
    ("missing.x > 0 and a.x > 0", False),
    ("missing.x > 0 or a.x < 0", True),
    ("missing.x > 0 or a.x > 0", None),
    ("known(missing.x)", False),
    ("known(a.x) and not known(missing.x)", True),
    ("min(a.x, missing.x) < 0", None),
    ("max(a.x, missing.x) < 0", None),
    ("a.x / 0 > 1", None),
    ("absent == 'forced_exit'", None),
]


@pytest.mark.parametrize(("source", "wanted"), CASES)
def test_numbers(source: str, wanted: float) -> None:
    assert parse(source).number(TAPE) == pytest.approx(wanted)


@pytest.mark.parametrize(("source", "wanted"), TRUTHS)
def test_three_valued_truth(source: str, wanted: bool | None) -> None:
    assert parse(source).holds(TAPE) is wanted


@pytest.mark.parametrize(("source", "wanted"), [*CASES, *TRUTHS])
def test_columns_agree_with_single_sessions(source: str, wanted: object) -> None:
    columns = {
        "a.x": np.array([-1.0, np.nan]),
        "b.x": np.array([-2.0, -2.0]),
        "c.x": np.array([0.5, 0.5]),
        "word": np.array(["forced_exit", None], dtype=object),
    }
    first = parse(source).columns(columns, 2)[0]
    if wanted is None:
        assert math.isnan(first)
    else:
        assert first == pytest.approx(float(wanted))  # type: ignore[arg-type]


def test_a_missing_reading_gives_an_unknown_number() -> None:
    assert math.isnan(parse("up(missing.x, 0, 1)").number(TAPE))
    assert math.isnan(parse("missing.x * 0").number(TAPE))


@pytest.mark.parametrize(
    ("source", "reason", "column"),
    [
        ("a.x ** 2", "operator Pow", 1),
        ("foo(a.x)", "unknown call 'foo'", 1),
        ("a.x > 1 and upp(a.x, 0, 1)", "did you mean 'up'", 13),
        ("a.b.c > 1", "subject.measure", 1),
        ("[1, 2]", "List", 1),
        ("up(a.x, 1)", "takes 3 arguments, got 2", 1),
        ("known(a.x + 1)", "asks about one reading", 1),
        ("a.x is None", "comparison Is", 1),
        ("True", "neither a number nor a string", 1),
        ("__import__('os')", "unknown call", 1),
        ("a.x > )", "not an expression", 7),
    ],
)
def test_what_the_language_refuses(source: str, reason: str, column: int) -> None:
    with pytest.raises(ConditionError) as caught:
        parse(source)
    assert reason in str(caught.value)
    assert caught.value.column == column


def test_an_unknown_name_gets_a_suggestion() -> None:
    with pytest.raises(ConditionError, match=r"unknown reading 'gold\.mov_z'; did you mean 'gold\.move_z'\?"):
        check_names(parse("gold.mov_z > 1"), {"gold.move_z", "silver.move_z"})


@pytest.mark.parametrize(
    ("source", "low", "high"),
    [
        ("a.x <= -2", 0, 0),  # −2.0 written for −2 %: a return never gets there
        ("a.x > -1", 1, 1),
        ("a.x < 0", 0, 1),
        ("up(b.x, 1, 2)", 0, 1),
        ("up(b.x, 9, 10)", 0, 0),
        ("abs(b.x)", 0, 8),
        ("1 - up(abs(b.x), 0.3, 1.5)", 0, 1),
        ("a.x < 0 or b.x > 9", 0, 1),
        ("count(a.x < 0, b.x > 9)", 0, 1),
    ],
)
def test_ranges(source: str, low: float, high: float) -> None:
    found = parse(source).bounds({"a.x": (-0.5, 0.5), "b.x": (-8.0, 8.0)})
    assert (found.low, found.high) == (low, high)


SOURCES = [
    source for source, _ in CASES if "missing" not in source and "/" not in source and "log" not in source
]


@given(
    st.sampled_from(SOURCES),
    st.floats(-3, 3),
    st.floats(-3, 3),
    st.floats(0.1, 3),
)
def test_a_range_encloses_every_value(source: str, a: float, b: float, c: float) -> None:
    found = parse(source).bounds({"a.x": (-3, 3), "b.x": (-3, 3), "c.x": (0.1, 3)})
    value = parse(source).number({"a.x": a, "b.x": b, "c.x": c})
    assert found.low - 1e-9 <= value <= found.high + 1e-9
