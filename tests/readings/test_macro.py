"""Claims, openings and the pulse of both, by hand."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pandas as pd
import pytest

from commentary import calendar
from commentary.readings import macro
from commentary.readings._context import Context
from commentary.sources.observed import laid_out
from commentary.sources.released import Figures, released
from tests.readings.synthetic import setting

MACRO = setting().scale.macro
SATURDAY = date(2015, 1, 3)


def readings(last: str = "", **figures: Figures) -> pd.DataFrame:
    """Readings of the sessions from 2015 to a day, or to the last publication and two weeks on."""
    made = list(released(figures, MACRO, {}))
    end = date.fromisoformat(last) if last else max(item.day for item in made) + timedelta(14)
    sessions = pd.DatetimeIndex(calendar.sessions_between(date(2015, 1, 2), end))
    market = SimpleNamespace(sessions=sessions, observed=laid_out(made, sessions))
    return pd.DataFrame(macro.compute(Context(cast(Any, market), setting(), {})))


def weekly(values: Sequence[float]) -> Figures:
    return [(SATURDAY + timedelta(7 * place), value) for place, value in enumerate(values)]


def test_a_figure_stands_from_its_day_until_the_next() -> None:
    found = readings(claims=weekly([300e3, 310e3]))["claims.level"]
    assert math.isnan(found["2015-01-07"])
    assert list(found["2015-01-08":"2015-01-14"]) == [300e3] * 5
    assert found["2015-01-15"] == 310e3


def test_a_figure_that_is_not_renewed_is_given_up() -> None:
    found = readings("2015-03-31", claims=weekly([300e3]))
    assert found["claims.level"].last_valid_index() == pd.Timestamp(
        "2015-01-21"
    )  # eight sessions, a holiday between
    assert found["claims.age"].max() == 8


def test_the_day_of_publication_is_told_where_it_is_known() -> None:
    found = readings(claims=weekly([300e3, 310e3]), openings=[(date(2015, 1, 1), 5000.0)])
    assert list(found["claims.published_today"]["2015-01-07":"2015-01-09"].fillna(-1)) == [-1, 1, 0]
    assert found["openings.published_today"].isna().all()
    assert found["openings.level"].max() == 5_000_000


def test_changes_and_averages_are_over_weeks() -> None:
    values = [300e3, 300e3, 320e3, 320e3, 330e3, 330e3, 340e3, 340e3]
    last = readings(claims=weekly(values)).loc[pd.Timestamp("2015-02-26")]
    assert last["claims.change_1w"] == 0.0
    assert last["claims.average_4w"] == 335e3
    assert last["claims.average_change"] == pytest.approx(335 / 310 - 1)


def test_a_missing_week_leaves_what_needs_it_missing() -> None:
    weeks = [week for place, week in enumerate(weekly([300e3] * 10)) if place != 5]
    found = readings(claims=weeks)
    assert math.isnan(found["claims.change_1w"]["2015-02-19"])  # the week after the missing one
    assert math.isnan(found["claims.average_4w"]["2015-02-19"])
    assert found["claims.change_1w"]["2015-02-26"] == 0.0


def test_highs_count_weeks_and_name_the_earlier_week() -> None:
    found = readings(claims=weekly([310e3, 300e3, 290e3, 305e3])).loc[pd.Timestamp("2015-01-29")]
    assert found["claims.high_since"] == 3
    assert found["claims.high_since_date"] == SATURDAY.toordinal()
    assert found["claims.high_since_bounded"] == 0
    assert found["claims.low_since"] == 1


def test_the_rank_is_among_a_year_of_weeks() -> None:
    rising = readings(claims=weekly([200e3 + 1000 * place for place in range(60)]))["claims.pct_52w"]
    assert rising.first_valid_index() == pd.Timestamp(calendar.next_session(SATURDAY + timedelta(39 * 7 + 4)))
    assert rising.iloc[-5] == 1.0
    falling = readings(claims=weekly([300e3 - 1000 * place for place in range(60)]))["claims.pct_52w"]
    assert falling.iloc[-5] == pytest.approx(1 / 52)


def test_openings_change_over_months() -> None:
    months = [(date(2015, month, 1), value) for month, value in enumerate([5000, 5100, 5200, 5500], start=1)]
    last = readings(openings=months).iloc[-1]
    assert last["openings.change_1m"] == pytest.approx(5500 / 5200 - 1)
    assert last["openings.change_3m"] == pytest.approx(0.1)
    assert last["openings.high_since_bounded"] == 1


def alternating(weeks: int) -> list[float]:
    """Four weeks of 300,000, four of 303,000: every change of the average is up to one percent."""
    return [300e3 + 3000.0 * (place // 4 % 2) for place in range(weeks)]


def test_the_pulse_is_the_change_over_its_usual_size() -> None:
    """Averages change by 0, ¼, ½, ¾ and 1 percent; the median of their sizes is about a half."""
    values = [*alternating(160), *[345e3] * 4]
    found = readings(claims=weekly(values))
    change = found["claims.average_change"].iloc[-12]
    assert change > 0.1
    assert found["labour.pulse"].iloc[-12] == -macro.CLIP
    assert found["labour.parts"].iloc[-12] == 1


def test_the_pulse_by_hand() -> None:
    values = alternating(130)
    made = readings(claims=weekly(values))
    average = pd.Series(values).rolling(4).mean()
    change = average / average.shift(4) - 1
    usual = 1.4826 * np.median(np.abs(change.iloc[7:128]))  # before the week of row 128
    day = pd.Timestamp(SATURDAY + timedelta(7 * 128 + 5))
    assert made["labour.pulse"][day] == pytest.approx(-change.iloc[128] / usual)


def test_the_pulse_is_the_mean_of_the_parts_that_are_known() -> None:
    months = [date(2015 + place // 12, place % 12 + 1, 1) for place in range(34)]
    openings = [
        (month, 5000.0 + 50 * (place % 4) + (600 if place == 33 else 0)) for place, month in enumerate(months)
    ]
    alone = readings("2018-01-10", claims=weekly(alternating(156)))["labour.pulse"]
    both = readings("2018-01-10", claims=weekly(alternating(156)), openings=openings)
    last = both["openings.level"].last_valid_index()
    assert both["labour.parts"][last] == 2
    assert both["labour.pulse"][last] == pytest.approx((alone[last] + macro.CLIP) / 2)


def test_figures_to_come_change_no_session_before_them() -> None:
    random = np.random.default_rng(3)
    values = list(random.uniform(200e3, 300e3, 180))
    whole = readings(claims=weekly(values))
    for cut in (60, 130, 170):
        part = readings(claims=weekly(values[:cut]))
        until = pd.Timestamp(SATURDAY + timedelta(7 * (cut - 1) + 5))
        pd.testing.assert_frame_equal(part.loc[:until], whole.loc[:until], check_freq=False)


def test_a_correction_of_an_earlier_period_is_no_publication() -> None:
    sessions = pd.DatetimeIndex(["2015-01-08", "2015-01-15", "2015-01-16"])
    observed = pd.DataFrame(
        {
            "claims.level": [300e3, 310e3, 299e3],
            "claims.period": [SATURDAY.toordinal(), SATURDAY.toordinal() + 7, SATURDAY.toordinal()],
            "claims.dated": 1.0,
        },
        index=sessions,
    )
    context = Context(cast(Any, SimpleNamespace(sessions=sessions, observed=observed)), setting(), {})
    assert list(macro.compute(context)["claims.level"]) == [300e3, 310e3, 310e3]


def test_without_the_series_every_reading_is_missing() -> None:
    sessions = pd.DatetimeIndex(["2015-01-08", "2015-01-09"])
    market = SimpleNamespace(sessions=sessions, observed=pd.DataFrame(index=sessions))
    made = pd.DataFrame(macro.compute(Context(cast(Any, market), setting(), {})))
    assert made.isna().all(axis=None)
    assert set(made) == {spec.name for spec in macro.declare(setting())}
