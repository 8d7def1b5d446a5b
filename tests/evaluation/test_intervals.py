"""Wilson's interval against published values, and what it must be for any count."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentary.evaluation.intervals import wilson

counts = st.integers(1, 2000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))
levels = st.floats(0.5, 0.999)


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_newcombe_1998(hits: int, of: int, low: float, high: float) -> None:
    """Statistics in Medicine 17, 857–872, table I, method 3."""
    assert wilson(hits, of) == pytest.approx((low, high), abs=5e-5)


def test_of_nothing_nothing_is_known() -> None:
    assert wilson(0, 0) == (0.0, 1.0)


@pytest.mark.parametrize(("hits", "of", "level"), [(3, 2, 0.95), (-1, 2, 0.95), (1, 2, 0.0), (1, 2, 1.0)])
def test_what_is_no_share_is_refused(hits: int, of: int, level: float) -> None:
    with pytest.raises(ValueError, match="wanted"):
        wilson(hits, of, level)


@given(counts, levels)
def test_it_holds_the_share_and_stays_a_share(count: tuple[int, int], level: float) -> None:
    low, high = wilson(*count, level)
    assert 0 <= low <= count[0] / count[1] <= high <= 1


@given(counts, levels)
def test_hits_and_misses_mirror_each_other(count: tuple[int, int], level: float) -> None:
    hits, of = count
    low, high = wilson(hits, of, level)
    assert wilson(of - hits, of, level) == pytest.approx((1 - high, 1 - low), abs=1e-12)


@given(counts, levels)
def test_its_ends_are_where_the_score_test_turns(count: tuple[int, int], level: float) -> None:
    """Wilson's own definition: (share − p)² · n = z² · p (1 − p); erf gives the level back."""
    hits, of = count
    for end in wilson(hits, of, level):
        if 1e-9 < end < 1 - 1e-9:
            z = abs(hits / of - end) / math.sqrt(end * (1 - end) / of)
            assert math.erf(z / math.sqrt(2)) == pytest.approx(level, abs=1e-6)


@given(counts, st.integers(2, 50))
def test_more_days_say_more(count: tuple[int, int], times: int) -> None:
    hits, of = count
    low, high = wilson(hits, of)
    narrow = wilson(hits * times, of * times)
    assert narrow[1] - narrow[0] < high - low
