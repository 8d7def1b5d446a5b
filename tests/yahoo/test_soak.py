"""What the soak wants of an evening follows from the must-haves of METHOD; what it calls wrong is wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from commentary.bank import Bank
from commentary.market import Market
from commentary.universe import Universe
from tests.yahoo.conftest import EVENING
from tests.yahoo.runner import Bench
from tests.yahoo.soak import differing, expected, sessions
from tests.yahoo.world import World

DAY = date(2026, 6, 10)


@pytest.mark.parametrize(
    ("lost", "wanted"),
    [
        (set(), "right"),
        ({"^GSPC"}, "held"),
        ({"MTUM"}, "without: momentum_fund"),
        ({"GLD"}, "right"),  # the future stands in
        ({"GLD", "GC=F"}, "held"),
        ({"DIA"}, "without: dow"),
        ({"DIA", "^RUT"}, "held"),
        ({"XLE", "XLU"}, "without: energy, utilities"),
        ({"XLE", "XLU", "XLB"}, "held"),
        ({"^TNX"}, "without: ust10y"),
        ({"^TNX", "2YY=F"}, "without: ust10y"),  # a fund implies the two-year yield
        ({"^TNX", "2YY=F", "SHY"}, "held"),
        ({"BTC-USD"}, "right"),  # its day has not ended
    ],
)
def test_what_is_wanted(
    market: World, universe: Universe, bank: Bank, tmp_path: Path, lost: set[str], wanted: str
) -> None:
    market.now = EVENING
    assert expected(Bench(tmp_path, market, bank, universe), DAY, lost) == wanted


def test_successive_sessions() -> None:
    assert sessions(3, date(2025, 12, 1)) == [date(2025, 11, 26), date(2025, 11, 28), date(2025, 12, 1)]


def test_a_value_that_nobody_bears_out_is_wrong() -> None:
    index = pd.DatetimeIndex(["2026-06-09", "2026-06-10"])
    frame = pd.DataFrame({"sp500": [100.0, 101.0]}, index=index)
    true = Market(index, frame, frame, frame, frame, frame, frame, frame, frame, frame, {}, "store")
    other = replace(true, close=frame + np.array([[0.0], [0.5]]))
    assert differing(true, [true]) == ()
    assert differing(other, [true]) == ("sp500 close of 2026-06-10 is 101.5",)
    assert differing(replace(true, close=frame.where(frame < 101)), [true]) == ()
