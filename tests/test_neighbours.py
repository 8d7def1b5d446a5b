"""The nearest earlier sessions, by distances worked out by hand."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from commentary.neighbours import APART, COMMON, COUNT, VECTOR, nearest

WIDTH = len(VECTOR)
NAN = math.nan


def rows(count: int, **at: float | list[float]) -> np.ndarray:
    """Sessions far from any other, but those that are given: ``s3=1.0`` is a third session of ones."""
    found = np.full((count, WIDTH), 50.0)
    for name, value in at.items():
        found[int(name[1:])] = value
    return found


def test_distance_is_the_root_mean_square_difference() -> None:
    values = [3.0, 4.0] + [0.0] * (WIDTH - 2)
    found, searched = nearest(rows(40, s5=values, s39=0.0), 39, count=1)
    assert [near.place for near in found] == [5]
    assert found[0].distance == pytest.approx(5 / math.sqrt(WIDTH))  # 3² + 4² = 25
    assert searched == 39 - APART


def test_likeness_is_the_part_of_the_squared_moves_that_was_repeated() -> None:
    today = [2.0] + [0.0] * (WIDTH - 1)
    half = [1.0] + [0.0] * (WIDTH - 1)
    opposite = [-2.0] + [0.0] * (WIDTH - 1)
    found, _ = nearest(rows(80, s5=today, s25=half, s45=opposite, s79=today), 79, count=3)
    # 1 − 0/4, 1 − 1/4, 1 − 16/4
    assert [(near.place, near.likeness) for near in found] == [(5, 1.0), (25, 0.75), (45, -3.0)]


def test_only_readings_known_on_both_count_and_most_of_the_days_must_be() -> None:
    known = [1.0] * 18 + [NAN] * (WIDTH - 18)  # 0.85 of 21 is 17.85
    too_few = [0.0] * 17 + [NAN] * (WIDTH - 17)
    found, searched = nearest(rows(60, s5=known, s25=too_few, s59=0.0), 59)
    assert (found[0].place, found[0].distance, found[0].common) == (5, 1.0, 18)
    assert 25 not in [near.place for near in found]
    assert searched == 59 - APART - 1


def test_sessions_near_the_day_are_left_out_and_clusters_give_one() -> None:
    found, _ = nearest(rows(100, s20=0.2, s25=0.1, s31=0.3, s36=0.4, s90=0.0, s89=0.0, s99=0.0), 99)
    # 90 and 89: nine and ten sessions before, 89 too near; 25 takes 20 and 31 with it; 36 is eleven from 25
    assert [near.place for near in found][:2] == [25, 36]
    assert not {89, 90} & {near.place for near in found}


def test_nothing_later_is_looked_at() -> None:
    early = rows(60, s5=0.0, s40=1.0)
    late = np.vstack([early, rows(30, s3=1.0)])
    assert nearest(early, 40) == nearest(late, 40)


def test_a_day_at_the_start_has_none() -> None:
    assert nearest(rows(30), 5) == ([], 0)


@settings(max_examples=30)
@given(arrays(float, (60, WIDTH), elements=st.one_of(st.just(NAN), st.floats(-8, 8))))
def test_neighbours_are_in_order_apart_and_no_more_than_asked(values: np.ndarray) -> None:
    found, searched = nearest(values, 59)
    assert [near.distance for near in found] == sorted(near.distance for near in found)
    assert len(found) <= min(COUNT, searched)
    places = sorted(near.place for near in found)
    assert all(later - earlier > APART for earlier, later in pairwise(places))
    assert all(near.place < 59 - APART and near.common >= COMMON and near.likeness <= 1 for near in found)
