"""Shares outstanding: flows, their age and what they say beside the volume, by hand."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commentary.readings import fund_flows
from commentary.readings._context import Context
from tests.readings.synthetic import context, days, setting

NAN = math.nan


def made(observed: Mapping[str, Sequence[float]], volume: Sequence[float] | None = None) -> Context:
    count = len(next(iter(observed.values())))
    frame = pd.DataFrame({f"gold.{name}": values for name, values in observed.items()}, index=days(count))
    ratios = {"gold.volume_ratio": list(volume or [1.0] * count)}
    plain = context(ratios)
    arrays = {name: np.asarray(values, float) for name, values in ratios.items()}
    return Context(replace(plain.market, observed=frame), setting(), arrays)


def last(found: Context, measure: str) -> float:
    frame = fund_flows.compute(found)[measure]
    assert isinstance(frame, pd.DataFrame)
    return float(frame["gold"].iloc[-1])


def kind(counts: Sequence[float], ratio: float) -> object:
    blocks = fund_flows.compute(made({"shares_outstanding": counts}, [ratio] * len(counts)))
    return blocks["gold.flow_kind"].iloc[-1]


@pytest.mark.parametrize(
    ("final", "ratio", "wanted"),
    [
        (996, 2.0, "paper_flush"),  # −0.4 percent
        (1004, 3.0, "paper_flush"),
        (996, 1.9, "neither"),
        (995, 2.0, "neither"),  # −0.5 percent is no longer within it
        (984, 2.5, "belief_breaking"),  # −1.6 percent
        (984, 0.8, "belief_breaking"),
        (985, 0.8, "neither"),  # −1.5 percent is not below it
        (1040, 2.5, "neither"),
        (996, NAN, None),
        (984, NAN, None),
    ],
)
def test_kinds_by_flow_and_volume(final: float, ratio: float, wanted: str | None) -> None:
    assert kind([1000, 1000, 1000, 1000, 1000, final], ratio) == wanted


def test_a_flow_is_the_change_over_five_sessions() -> None:
    found = made({"shares_outstanding": [1000, 1010, 1005, 1003, 1002, 990, 985]})
    assert last(found, "fund_flow_5d") == pytest.approx(985 / 1010 - 1)


def test_a_count_that_stands_still_is_stale() -> None:
    counts = [1000.0, 990, 990, 990, 990]
    assert (last(made({"shares_outstanding": counts}), "shares_age")) == 3
    assert last(made({"shares_outstanding": counts}), "shares_stale") == 0
    counts = [1000.0, 1000, 990, 990, 990, 990, 990]
    assert last(made({"shares_outstanding": counts}), "shares_age") == 4
    assert last(made({"shares_outstanding": counts}), "shares_stale") == 1
    assert kind(counts, 3.0) is None
    assert last(made({"shares_outstanding": counts}), "fund_flow_5d") == pytest.approx(-0.01)


def test_a_count_that_was_not_seen_is_carried_and_ages() -> None:
    assert last(made({"shares_outstanding": [1000, 990, NAN, NAN]}), "shares_age") == 2
    assert math.isnan(last(made({"shares_outstanding": [1000, 990, NAN, NAN, NAN]}), "shares_age"))
    # the same count after a gap has not changed meanwhile
    assert last(made({"shares_outstanding": [1000, 990, NAN, NAN, NAN, 990]}), "shares_age") == 4


def test_without_counts_there_is_nothing() -> None:
    found = made({"other": [1.0] * 8})
    assert math.isnan(last(found, "fund_flow_5d")) and math.isnan(last(found, "shares_stale"))
    assert fund_flows.compute(found)["gold.flow_kind"].isna().all()


def test_a_split_is_no_flow() -> None:
    counts = [1000.0, 1000, 10_000, 10_000, 10_000, 10_000, 10_000]
    assert math.isnan(last(made({"shares_outstanding": counts}), "fund_flow_5d"))
    assert last(made({"shares_outstanding": [*counts, 9_900]}), "fund_flow_5d") == pytest.approx(-0.01)


def test_assets_over_value_stand_in_for_a_count() -> None:
    value = [100.0, 100, 100, 100, 100, 100, 100.2]
    shares = [1000.0, 1000, 1000, 1000, 1000, 1000, 980]
    assets = [count * price for count, price in zip(shares, value, strict=True)]
    found = made({"total_assets": assets, "net_asset_value": value})
    # had the assets been of the day before, 980 · 100.2/100 shares: the mean of the two
    assert last(found, "fund_flow_5d") == pytest.approx((0.98 + 0.98 * 1.002) / 2 - 1)
    assert last(found, "shares_age") == 0


def test_assets_that_nobody_has_updated_are_no_flow() -> None:
    value = [100.0, 101, 102, 101, 100, 99, 97]
    found = made({"total_assets": [1e6] * 7, "net_asset_value": value}, [3.0] * 7)
    # 1,000,000/97 against 1,000,000/101 would be shares created; 97 is 2 percent from 99 as well
    assert math.isnan(last(found, "fund_flow_5d"))
    assert last(found, "shares_stale") == 1


def test_where_the_day_of_the_assets_matters_nothing_is_said() -> None:
    value = [100.0, 100, 100, 100, 100, 100, 97]
    assets = [1e5] * 6 + [0.98e5]
    assert math.isnan(last(made({"total_assets": assets, "net_asset_value": value}), "fund_flow_5d"))


def test_a_published_count_is_never_held_against_one_from_assets() -> None:
    observed = {
        "shares_outstanding": [NAN] * 4 + [900.0, 900, 905],
        "total_assets": [1e5, 1e5, 1e5, 1e5, NAN, NAN, NAN],
        "net_asset_value": [100.0] * 4 + [NAN] * 3,
    }
    assert math.isnan(last(made(observed), "fund_flow_5d"))


@settings(deadline=None, max_examples=40)
@given(st.lists(st.floats(900, 1100), min_size=6, max_size=12), st.floats(0.01, 1e6))
def test_a_flow_hangs_on_no_unit_and_lies_above_minus_one(counts: list[float], unit: float) -> None:
    flow = fund_flows.change(pd.Series(counts))
    np.testing.assert_allclose(flow, fund_flows.change(pd.Series(counts) * unit), rtol=1e-9, atol=1e-12)
    assert (flow.dropna() > -1).all() and flow.notna().sum() == len(counts) - 5


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.floats(-0.1, 0.1), st.floats(0, 5)), min_size=1, max_size=8))
def test_every_flow_with_a_volume_has_one_kind(found: list[tuple[float, float]]) -> None:
    flow, volume = (pd.DataFrame({"gold": column}) for column in zip(*found, strict=True))
    names = list(fund_flows.kind(flow, volume)["gold"])
    assert set(names) <= set(fund_flows.KINDS)
    assert all(
        (name == "belief_breaking") == (one[0] < -0.015) for name, one in zip(names, found, strict=True)
    )
