"""Shares of a day's sessions and the order of a fall, by hand."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from commentary.readings import day_sessions
from commentary.readings._context import Context
from commentary.readings._protocol import Blocks
from commentary.readings.day_sessions import SUBJECTS, order
from tests.readings.synthetic import context, setting

NAN = math.nan
Made = Mapping[str, Sequence[float]]


def computed(observed: Made, made: Made | None = None, close: Made | None = None) -> Blocks:
    """Blocks of markets that moved every day but the first, unless ``close`` says otherwise."""
    count = len(next(iter(observed.values())))
    closes = {name: [100.0 + row for row in range(count)] for name in SUBJECTS} | dict(close or {})
    plain = context({}, **{name: {"close": values} for name, values in closes.items()})
    market = replace(plain.market, observed=pd.DataFrame({**observed}, index=plain.sessions, dtype=float))
    arrays = {name: np.asarray(values, dtype=float) for name, values in (made or {}).items()}
    return day_sessions.compute(Context(market, setting(), arrays))


def parts(subject: str, rows: Sequence[tuple[float, float, float, float]]) -> dict[str, list[float]]:
    """Observed parts of a subject: closed, asia, london, newyork, a row a session."""
    names = ("closed", "asia", "london", "newyork")
    return {f"{subject}.{name}_return": [row[place] for row in rows] for place, name in enumerate(names)}


def test_shares_are_of_logs_and_the_largest_led() -> None:
    rows = [(NAN,) * 4, (0.0, math.expm1(-0.012), math.expm1(-0.006), math.expm1(-0.002))]
    found = computed(parts("gold", rows) | {"gold.last_hour_return": [NAN, math.expm1(0.005)]})
    shares = {
        name: float(found[f"{name}_share"]["gold"].iloc[1])
        for name in ("closed", "asia", "london", "newyork")
    }
    assert shares == pytest.approx({"closed": 0, "asia": 0.6, "london": 0.3, "newyork": 0.1})
    assert float(found["last_hour_share"]["gold"].iloc[1]) == pytest.approx(-0.25)
    assert float(found["before_newyork_return"]["gold"].iloc[1]) == pytest.approx(math.expm1(-0.018))
    assert list(found["gold.led_by"].dropna()) == ["asia"]


def test_who_went_the_other_way_did_not_lead() -> None:
    rows = [(NAN,) * 4, (0.0, math.expm1(0.03), math.expm1(-0.01), math.expm1(-0.05))]
    found = computed(parts("silver", rows))
    assert float(found["asia_share"]["silver"].iloc[1]) == pytest.approx(-1.0)
    assert found["silver.led_by"].iloc[1] == "newyork"


def test_a_small_move_has_no_shares() -> None:
    rows = [(NAN,) * 4, (0.0, 0.004, -0.004, 0.004), (0.0, 0.002, 0.002, 0.002)]
    found = computed(parts("sp500", rows))
    assert found["asia_share"]["sp500"].notna().tolist() == [False, False, True]
    assert list(found["sp500.led_by"].dropna()) == ["asia"]


def test_a_part_that_is_missing_leaves_no_share() -> None:
    rows = [(NAN,) * 4, (0.0, 0.01, NAN, 0.01)]
    found = computed(parts("gold", rows))
    assert found["asia_return"]["gold"].iloc[1] == 0.01
    assert found["newyork_share"]["gold"].isna().all()
    assert found["before_newyork_return"]["gold"].isna().all()
    assert found["gold.led_by"].isna().all()


def test_nothing_is_told_of_a_market_without_a_move_of_its_own() -> None:
    rows = [(0.0, 0.01, 0.0, 0.01)] * 3
    found = computed(parts("gold", rows), close={"gold": [100.0, NAN, 100.0]})
    assert found["asia_return"]["gold"].isna().all()


def test_a_gap_counts_after_a_weekend_or_a_holiday() -> None:
    made = {"calendar.days_spanned": [1.0, 1.0, 3.0]}
    found = computed({"gold.asia_gap": [NAN, -0.01, -0.02]}, made)
    assert found["opening_gap"]["gold"].tolist() == pytest.approx([NAN, NAN, -0.02], nan_ok=True)


def test_without_hours_nothing_is_made() -> None:
    found = computed({"other.series": [1.0, 2.0]})
    frames = [block for block in found.values() if isinstance(block, pd.DataFrame)]
    assert all(frame.isna().all().all() for frame in frames)
    assert all(block.isna().all() for block in found.values() if isinstance(block, pd.Series))


def told(rows: Sequence[Mapping[str, float]]) -> dict[str, list[object]]:
    done = pd.DataFrame([{name: row.get(name, NAN) for name in ("gold", "silver", "sp500")} for row in rows])
    return {
        name: [None if pd.isna(value) else value for value in series] for name, series in order(done).items()
    }


def test_the_order_of_a_fall() -> None:
    found = told([
        {"gold": 8.0, "silver": 10.0, "sp500": 19.0},
        {"gold": 8.0, "silver": 8.0, "sp500": 19.0},  # two together, then one
        {"gold": 8.0, "silver": 8.0},
        {"gold": 8.0},
        {},
    ])  # fmt: skip
    assert found["day.first_to_fall"] == ["gold", None, None, None, None]
    assert found["day.last_to_fall"] == ["sp500", "sp500", None, None, None]
    assert found["day.hours_apart"] == [11.0, 11.0, 0.0, None, None]
    assert found["day.order_known"] == [1.0, 0.0, 0.0, None, None]


def test_only_what_was_hit_has_a_place_in_the_order() -> None:
    observed = {
        f"{name}.half_done_hour": [NAN, hour] for name, hour in zip(SUBJECTS, (5, 9, 2, 20), strict=True)
    }
    made = {f"{name}.move_z": [NAN, z] for name, z in zip(SUBJECTS, (-1.5, -2.0, -1.4, -3.0), strict=True)}
    found = computed(observed, made)
    assert found["day.first_to_fall"].iloc[1] == "gold"  # bitcoin was earlier, and not hit
    assert found["day.last_to_fall"].iloc[1] == "sp500"
    assert found["day.hours_apart"].iloc[1] == 15
