"""Losses and the one fitted number, worked out by hand.

Days lean 0.5 to one class and 0.1 to each of the others. Multiplying log shares by t gives the leaning class
5^t / (5^t + 5). Where it is right on a share q of the days, the log loss is least at that share, so that
5^t = 5 q / (1 − q).
"""

from __future__ import annotations

import math
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentary.evaluation.calls import Call, Pair
from commentary.evaluation.probabilities import (
    fitted,
    folds_sheet,
    frequencies,
    frequencies_left_out,
    left_out,
    loss,
    losses_sheet,
    sharpened,
    whole,
)
from commentary.model import VERDICTS
from tests.evaluation.made import leaning


def days(year: int, right: int, of: int) -> list[Pair]:
    """Days that lean to quiet and are so labelled, the rest labelled rotation."""
    return [
        Pair(
            "quiet" if day < right else "rotation",
            Call(date(year, 1, day + 1), "quiet", "quiet", scores=leaning("quiet"), shares=leaning("quiet")),
        )
        for day in range(of)
    ]


def test_the_factor_makes_the_share_what_was_right() -> None:
    assert fitted(days(2020, 3, 4)) == pytest.approx(math.log(15) / math.log(5))
    assert fitted(days(2020, 2, 4)) == pytest.approx(1.0)


def test_a_forecast_that_is_always_right_is_sharpened_to_the_bound() -> None:
    assert fitted(days(2020, 4, 4)) == pytest.approx(10.0)


def test_days_of_other_labels_and_no_days_fit_nothing() -> None:
    assert fitted([]) == 1.0
    other = Pair("mixed", days(2020, 1, 1)[0].call)
    assert fitted([other]) == 1.0


def test_log_loss_and_brier_score_by_hand() -> None:
    found = loss(days(2020, 3, 4), lambda pair: pair.call.scores)
    assert found.days == 4
    assert found.log == pytest.approx(-(3 * math.log(0.5) + math.log(0.1)) / 4)
    # right: 0.5² + 5 × 0.1²; wrong: 0.5² + 0.9² + 4 × 0.1²
    assert found.brier == pytest.approx((3 * 0.30 + 1.10) / 4)


def test_each_year_is_judged_by_the_factor_of_the_others() -> None:
    found = left_out(days(2020, 3, 4) + days(2021, 2, 4))
    # 2020 by 2021's factor of 1: 0.5 and 0.1; 2021 by 2020's: 0.75 and 0.05
    first = 3 * math.log(0.5) + math.log(0.1)
    second = 2 * math.log(0.75) + 2 * math.log(0.05)
    assert found.log == pytest.approx(-(first + second) / 8)


def test_label_frequencies_of_the_same_days_and_of_other_years() -> None:
    both = days(2020, 3, 4) + days(2021, 2, 4)
    usual = frequencies(both)
    assert (usual["quiet"], usual["rotation"], usual["melt_up"]) == (0.625, 0.375, 0.0)
    found = frequencies_left_out(both)
    # 2020 by 2021's halves; 2021 by 2020's three quarters
    expected = 4 * math.log(0.5) + 2 * math.log(0.75) + 2 * math.log(0.25)
    assert found.log == pytest.approx(-expected / 8)


def test_what_is_left_where_no_gate_passes_says_nothing() -> None:
    assert whole(dict.fromkeys(VERDICTS, 0.0)) == dict.fromkeys(VERDICTS, 1 / 6)
    assert whole(dict.fromkeys(VERDICTS, 0.02)) == pytest.approx(dict.fromkeys(VERDICTS, 1 / 6))


SHARES = st.lists(st.floats(0.001, 1), min_size=6, max_size=6).map(
    lambda each: dict(zip(VERDICTS, [value / sum(each) for value in each], strict=True))
)


@given(SHARES, st.floats(0.05, 10))
def test_sharpened_shares_sum_to_one_in_the_same_order(shares: dict[str, float], factor: float) -> None:
    found = sharpened(shares, factor)
    assert sum(found.values()) == pytest.approx(1)
    order = sorted(VERDICTS, key=lambda name: shares[name])
    assert all(found[low] <= found[high] + 1e-12 for low, high in pairwise(order))


@given(st.lists(st.tuples(SHARES, st.sampled_from(VERDICTS)), min_size=1, max_size=8))
def test_the_fitted_factor_is_never_worse_than_none(made: list[tuple[dict[str, float], str]]) -> None:
    found = [Pair(wanted, Call(date(2020, 1, 1), "quiet", "quiet", scores=shares)) for shares, wanted in made]
    factor = fitted(found)
    plain = loss(found, lambda pair: pair.call.scores).log
    best = loss(found, lambda pair: sharpened(pair.call.scores, factor)).log
    assert plain is not None
    assert best is not None
    assert best <= plain + 1e-9


def test_sheets_of_losses_and_folds() -> None:
    both = days(2020, 3, 4) + days(2021, 2, 4)
    assert [row["days"] for row in losses_sheet(both).rows] == [8] * 5
    first, second = folds_sheet(both).rows
    assert (first["year"], first["days"], first["top class right"]) == (2020, 4, 3)
    assert first["factor"] == pytest.approx(1.0)
    assert second["log loss, sharpened"] == pytest.approx(-(math.log(0.75) + math.log(0.05)) / 2)


def test_of_no_days_no_loss() -> None:
    assert [row["log loss"] for row in losses_sheet([]).rows] == [None] * 5
    assert folds_sheet([]).rows == []
