"""Brier's and the logarithmic score: by hand, and what makes them proper."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentary.evaluation.proper import FLOOR, brier, log_loss
from commentary.model import VERDICTS

Score = Callable[[dict[str, float], str], float]


def shares(numbers: list[int]) -> dict[str, float]:
    return {name: number / sum(numbers) for name, number in zip(VERDICTS, numbers, strict=True)}


distributions = st.lists(st.integers(1, 1000), min_size=6, max_size=6).map(shares)


def test_by_hand() -> None:
    said = {"a": 0.7, "b": 0.2, "c": 0.1}
    assert brier(said, "a") == pytest.approx(0.14)  # 0.09 + 0.04 + 0.01
    assert brier(said, "c") == pytest.approx(1.34)  # 0.49 + 0.04 + 0.81
    assert log_loss(said, "b") == pytest.approx(1.6094379124341003)  # ln 5


def test_the_ends_of_the_scale() -> None:
    sure = {"a": 1.0, "b": 0.0}
    assert (brier(sure, "a"), brier(sure, "b")) == (0, 2)
    assert log_loss(sure, "a") == 0
    assert log_loss(sure, "b") == pytest.approx(13.815510557964274)  # 6 ln 10
    assert log_loss(sure, "b", floor=0.5) == pytest.approx(math.log(2))
    assert FLOOR == 1e-6


@pytest.mark.parametrize("score", [brier, log_loss])
def test_a_label_that_is_no_class_is_refused(score: Score) -> None:
    with pytest.raises(ValueError, match="got the label 'ordinary'"):
        score({"quiet": 1.0}, "ordinary")


@pytest.mark.parametrize("score", [brier, log_loss])
@given(said=distributions, thought=distributions)
def test_nobody_gains_by_saying_what_he_does_not_think(
    score: Score, said: dict[str, float], thought: dict[str, float]
) -> None:
    def expected(told: dict[str, float]) -> float:
        return math.fsum(share * score(told, label) for label, share in thought.items())

    assert expected(said) >= expected(thought) - 1e-12


@given(distributions, st.sampled_from(VERDICTS))
def test_brier_stays_on_its_scale(said: dict[str, float], label: str) -> None:
    assert 0 <= brier(said, label) <= 2
