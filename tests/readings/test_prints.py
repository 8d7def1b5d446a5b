"""Surprises of the day and their tally, by hand."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pandas as pd
import pytest

from commentary import calendar
from commentary.readings import prints
from commentary.readings._context import Context
from tests.readings.synthetic import setting

SESSIONS = pd.DatetimeIndex(calendar.sessions()[1000:1030])


def readings(**columns: dict[int, tuple[float, float]]) -> pd.DataFrame:
    """Readings of thirty sessions on which events printed: row → (actual, consensus)."""
    observed = pd.DataFrame(index=SESSIONS)
    for name, printed in columns.items():
        for place, measure in enumerate(("actual", "consensus")):
            values = [printed.get(row, (np.nan, np.nan))[place] for row in range(len(SESSIONS))]
            observed[f"{name}.{measure}"] = values
    market = SimpleNamespace(sessions=SESSIONS, observed=observed)
    return pd.DataFrame(prints.compute(Context(cast(Any, market), setting(), {})))


def test_a_surprise_is_counted_in_usual_ones() -> None:
    found = readings(payrolls={3: (250e3, 185e3)}, cpi={3: (0.0, 0.2)})
    assert found["payrolls.surprise"].iloc[3] == 1.0  # 65,000 is usual
    assert found["cpi.surprise"].iloc[3] == pytest.approx(-2.0)  # a true nought
    assert found["cpi.actual"].iloc[3] == 0.0
    assert found["payrolls.surprise"].notna().sum() == 1


@pytest.mark.parametrize("name", ["unemployment", "claims"])
def test_where_less_is_stronger_more_is_weaker(name: str) -> None:
    assert readings(**{name: {3: (430e3, 410e3)}})[f"{name}.surprise"].iloc[3] < 0


def test_a_surprise_beyond_measure_is_clipped() -> None:
    assert readings(payrolls={3: (-20_500e3, -21_500e3)})["payrolls.surprise"].iloc[3] == prints.CLIP


def test_without_an_expectation_there_is_no_surprise() -> None:
    found = readings(retail={3: (0.4, np.nan)})
    assert found["retail.surprise"].isna().all()
    assert found["surprises.printed_today"].iloc[3] == 1
    assert np.isnan(found["surprises.printed_today"].iloc[4])


def test_the_tally_counts_ten_sessions_by_the_side_of_each_event() -> None:
    """Growth: one up (payrolls), two down (unemployment higher, retail lower); prices: two hot, one cool."""
    found = readings(
        payrolls={3: (250e3, 185e3)},
        unemployment={3: (4.3, 4.1)},
        retail={5: (0.1, 0.3)},
        cpi={4: (0.3, 0.2)},
        ppi={5: (0.1, 0.2)},
        core_cpi={4: (0.4, 0.3)},
    )
    row = found.iloc[5]
    assert (row["surprises.count_up"], row["surprises.count_down"]) == (1, 2)
    assert (row["surprises.count_hot"], row["surprises.count_cool"]) == (2, 1)
    assert row["surprises.mean_10d"] == pytest.approx((1.0 - 2.0 - 0.5) / 3)


def test_the_tally_needs_three_prints_and_forgets_after_ten_sessions() -> None:
    found = readings(payrolls={3: (250e3, 185e3)}, unemployment={3: (4.3, 4.1)}, retail={5: (0.1, 0.3)})
    up = found["surprises.count_up"]
    assert np.isnan(up.iloc[4]) and up.iloc[5] == 1 and up.iloc[12] == 1
    assert np.isnan(up.iloc[13])  # two of the three have left
    assert found["surprises.count_hot"].isna().all()


def test_what_came_out_as_expected_is_neither() -> None:
    row = readings(retail={3: (0.3, 0.3), 4: (0.4, 0.3), 5: (0.2, 0.3)}).iloc[5]
    assert (row["surprises.count_up"], row["surprises.count_down"]) == (1, 1)
    assert row["surprises.mean_10d"] == pytest.approx(0)


def test_prints_to_come_change_nothing_before() -> None:
    first = readings(payrolls={3: (250e3, 185e3)}, retail={4: (0.1, 0.3), 5: (0.2, 0.3)})
    more = readings(
        payrolls={3: (250e3, 185e3), 20: (1, 2)}, retail={4: (0.1, 0.3), 5: (0.2, 0.3), 25: (9, 1)}
    )
    pd.testing.assert_frame_equal(first.iloc[:20], more.iloc[:20])
