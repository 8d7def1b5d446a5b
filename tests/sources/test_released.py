"""Figures are known on the session of their publication, and not a session before."""

from __future__ import annotations

import math
import os
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from commentary.library import Library
from commentary.macro import load_macro
from commentary.sources import folder, store
from commentary.sources.observed import Observation
from commentary.sources.released import figures_of, released
from commentary.sources.store import Store
from commentary.sources.store_bars import Daily
from commentary.sources.store_shapes import Event, Reply
from tests.sources.made import NOW, row, write_csv

MACRO = load_macro(Library())
WHERE = os.environ.get("COMMENTARY_MARKET_DATA", "")


def known(found: list[Observation], series: str) -> dict[date, float]:
    return {item.day: item.value for item in found if item.series == series}


def test_a_week_is_known_from_its_thursday() -> None:
    made = list(released({"claims": [(date(2024, 7, 27), 249_000.0)]}, MACRO, {}))
    assert known(made, "claims.level") == {date(2024, 8, 1): 249_000.0}
    assert known(made, "claims.period") == {date(2024, 8, 1): date(2024, 7, 27).toordinal()}
    assert known(made, "claims.dated") == {date(2024, 8, 1): 1.0}


def test_a_month_is_counted_in_people_and_its_day_is_not_exact() -> None:
    made = list(released({"openings": [(date(2024, 6, 1), 7910.0)]}, MACRO, {}))
    [(day, value)] = known(made, "openings.level").items()
    assert value == 7_910_000
    assert day > date(2024, 7, 30)  # the day on which it was out
    assert known(made, "openings.dated") == {day: 0.0}


def test_an_event_gives_the_exact_day() -> None:
    printed = {"openings": [date(2024, 7, 2), date(2024, 7, 30), date(2024, 9, 4)]}
    made = list(released({"openings": [(date(2024, 6, 1), 7910.0)]}, MACRO, printed))
    assert known(made, "openings.level") == {date(2024, 7, 30): 7_910_000}
    assert known(made, "openings.dated") == {date(2024, 7, 30): 1.0}


def test_an_event_far_off_is_another_period_s() -> None:
    printed = {"claims": [date(2024, 8, 8)]}
    made = list(released({"claims": [(date(2024, 7, 27), 249_000.0)]}, MACRO, printed))
    assert known(made, "claims.level") == {date(2024, 8, 1): 249_000.0}


def test_weeks_that_came_together_leave_the_last_one() -> None:
    from commentary.sources.observed import laid_out

    weeks = [(date(2025, 10, 25), 230_000.0), (date(2025, 11, 1), 229_000.0), (date(2025, 11, 8), 228_000.0)]
    made = released({"claims": weeks}, MACRO, {})
    frame = laid_out(made, pd.DatetimeIndex(["2025-11-19", "2025-11-20"]))
    assert np.isnan(frame["claims.level"].iloc[0])
    assert frame["claims.level"].iloc[1] == 228_000
    assert frame["claims.period"].iloc[1] == date(2025, 11, 8).toordinal()


def test_no_figure_is_no_observation() -> None:
    assert list(released({"claims": [(date(2024, 7, 27), math.nan)]}, MACRO, {})) == []


@pytest.mark.parametrize("later", [[], [(date(2024, 8, 3), 1.0), (date(2024, 8, 10), 2.0)]])
def test_later_figures_change_nothing_before(later: list[tuple[date, float]]) -> None:
    weeks = [(date(2024, 7, 20), 235_000.0), (date(2024, 7, 27), 249_000.0)]
    made = [
        item for item in released({"claims": [*weeks, *later]}, MACRO, {}) if item.day <= date(2024, 8, 1)
    ]
    assert made == list(released({"claims": weeks}, MACRO, {}))


def bar(day: str, value: float) -> str:
    return f"{day},{value},{value},{value},{value},{value},0"


def test_a_folder_s_bars_of_a_series_are_read(tmp_path: Path) -> None:
    write_csv(tmp_path, "^GSPC", [row("2024-08-01", 5000)])
    write_csv(tmp_path, "ICSA", [bar("2024-07-20", 235_000), bar("2024-07-27", 249_000)])
    found = folder.observations(str(tmp_path), MACRO)
    assert known(found, "claims.level") == {date(2024, 7, 25): 235_000, date(2024, 8, 1): 249_000}


def test_a_folder_without_the_series_has_none(tmp_path: Path) -> None:
    write_csv(tmp_path, "^GSPC", [row("2024-08-01", 5000)])
    assert folder.observations(str(tmp_path), MACRO) == []


def test_the_store_s_series_and_events_are_read(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    reply = Reply(NOW, date(2024, 7, 1), "fresh")
    rows = [(date(2024, 7, 27), (math.nan, math.nan, math.nan, 249_000.0, math.nan))]
    with Store(path) as kept:
        kept.keep_daily(Daily("ICSA", "fred", rows, {}, reply))
        event = Event(date(2024, 8, 2), "economic", "Unemployment Rate", "2024-08-02", 4.3, 4.1, 4.1)
        kept.keep_events([event], NOW, "events")
    found = store.observations(str(path), MACRO)
    assert known(found, "claims.level") == {date(2024, 8, 1): 249_000}
    assert known(found, "unemployment.actual") == {date(2024, 8, 2): 4.3}


@pytest.mark.market
@pytest.mark.skipif(not WHERE, reason="COMMENTARY_MARKET_DATA is not set")
def test_real_claims_by_hand() -> None:
    """The week to 21 March 2020, 2.9 million as revised, was published on the 26th."""
    found = folder.observations(WHERE, MACRO)
    level = known(found, "claims.level")
    assert 2.5e6 < level[date(2020, 3, 26)] < 3.5e6
    assert level[date(2020, 3, 19)] < 4e5


def test_figures_of_a_symbol_that_is_not_there_are_none() -> None:
    from commentary.sources.bars import FIELDS, Bars

    empty = Bars(
        np.empty(0, "datetime64[D]"), np.empty(0, np.intp), (), dict.fromkeys(FIELDS, np.empty(0)), "x"
    )
    assert figures_of(empty, "ICSA") == ()
