"""The real bars: facts to check against, how often each check fires, how long loading takes."""

from __future__ import annotations

import math
import os
import time
from collections import Counter
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from commentary.market import Market
from commentary.sources import folder, gate, holds, load_market
from commentary.sources.bars import wanted
from tests.sources.made import NOW, scale, universe

WHERE = os.environ.get("COMMENTARY_MARKET_DATA", "")

pytestmark = [
    pytest.mark.market,
    pytest.mark.skipif(not WHERE, reason="COMMENTARY_MARKET_DATA is not set"),
]

UNIVERSE = universe()

ABSENT = {"^FVX", "^TYX", "2YY=F", "VIXCLS", "SP500", "NASDAQCOM", "DJIA"}
"""Symbols that the folder of real bars does not have: Yahoo's yields, before which FRED's stand, and series of
FRED's that are read as second opinions alone."""


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def market(kept: Path) -> Market:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COMMENTARY_CACHE", str(kept))
        start = time.process_time()
        found = load_market(WHERE, UNIVERSE, scale(), NOW)
        assert time.process_time() - start < 4
        return found


def at(frame: pd.DataFrame, day: str, name: str) -> float:
    return float(frame.loc[pd.Timestamp(day), name])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("day", "name", "level"),
    [
        ("2020-03-16", "vix", 82.69),
        ("2018-02-05", "vix", 37.32),
        ("2024-08-05", "vix", 38.57),
        ("2023-03-13", "ust2y", 4.03),
        ("2020-04-20", "crude_future", -37.63),
    ],
)
def test_levels(market: Market, day: str, name: str, level: float) -> None:
    assert at(market.close, day, name) == level


@pytest.mark.parametrize(
    ("day", "name", "move", "places"),
    [
        ("2020-03-16", "sp500", -0.1198, 4),
        ("2025-04-09", "sp500", 0.0952, 4),
        ("2025-01-27", "nvidia", -0.1697, 4),
        ("2020-03-12", "bitcoin", -0.372, 3),
        ("2023-03-13", "ust2y", -57, 1),
    ],
)
def test_moves(market: Market, day: str, name: str, move: float, places: int) -> None:
    assert round(at(market.returns, day, name), places) == move


def test_every_symbol_of_the_universe_is_there() -> None:
    assert set(wanted(UNIVERSE, "folder")) - set(folder.load(WHERE, UNIVERSE, NOW).symbols) == ABSENT


def test_sessions_are_the_calendars(market: Market) -> None:
    # 5407 sessions since 2004-01-02, 103 of them before June: 20, 19, 23, 21, 20
    assert market.sessions[0].date() == date(2004, 6, 1)
    assert len(market.sessions) == 5407 - 103
    assert market.close["sp500"].notna().all()


def test_needless_holds(market: Market) -> None:
    """Only the day on which gold's fund begins."""
    found = holds(market, UNIVERSE)
    assert list(found) == [date(2004, 11, 18)]
    assert len(found) / len(market.sessions) < 0.002


def test_checks_fire_on_what_is_wrong_and_little_else(market: Market) -> None:
    traded = Counter(flag.kind for flag in market.flags if "future" not in flag.instrument)
    assert traded["unit_jump"] == 0
    assert traded["repeated"] <= 2
    assert traded["reversal"] <= 5
    early = Counter(flag.session.year < 2012 for flag in market.flags if flag.kind == "impossible")
    assert early[False] <= 5  # futures settle outside the range of the floor until then


def test_bond_holidays_are_carried(market: Market) -> None:
    carried = market.age["ust10y"] > 0
    assert carried.sum() == 39
    assert market.returns.loc[carried, "ust10y"].isna().all()
    assert (market.age.max() <= 3).all()


def test_no_return_of_gold_across_its_change_of_symbol(market: Market) -> None:
    assert market.changes["gold"] == ((date(2004, 1, 5), "GC=F"), (date(2004, 11, 18), "GLD"))
    assert math.isnan(at(market.returns, "2004-11-18", "gold"))
    ratio = market.linked["gold"] / market.linked["gold"].shift(1) - 1
    assert ratio.abs().max() < 0.12


def test_a_kept_market_loads_at_once(market: Market, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMENTARY_CACHE", str(kept))
    start = time.process_time()
    again = load_market(WHERE, UNIVERSE, scale(), NOW)
    assert time.process_time() - start < 0.5
    pd.testing.assert_frame_equal(again.returns, market.returns, check_freq=False)


@pytest.mark.parametrize("day", [date(2024, 8, 5), date(2023, 10, 9), date(2008, 10, 10)])
def test_known_days_pass_the_gate(market: Market, day: date) -> None:
    states = {status.instrument: status.status for status in gate(market, UNIVERSE, day, NOW)}
    assert states["sp500"] == states["gold"] == states["vix"] == "fresh"
    assert states["ust10y"] == ("carried" if day == date(2023, 10, 9) else "fresh")
