"""The shipped tolerances on the real bars: each is rarely exceeded where nothing is wrong."""

from __future__ import annotations

import os
from datetime import date

import numpy as np
import pytest

from commentary.sources import folder
from commentary.sources.align import on_sessions
from commentary.sources.faults import cleaned
from commentary.sources.seconds import believed, compared
from tests.sources.made import NOW, sessions, universe

WHERE = os.environ.get("COMMENTARY_MARKET_DATA", "")

pytestmark = [
    pytest.mark.market,
    pytest.mark.skipif(not WHERE, reason="COMMENTARY_MARKET_DATA is not set"),
]

MOST = 0.005
MEASURED = {
    "ten_year", "sp500_fund", "nasdaq100_fund", "nasdaq_by_fund", "russell_fund", "gold", "silver", "bitcoin",
}  # fmt: skip
"""Checks both of whose series the real bars have."""


def test_tolerances_are_rarely_exceeded() -> None:
    found = universe()
    read = folder.load(WHERE, found, NOW)
    days = np.array(
        [day for day in sessions("2005-01-03", 5200) if day <= date(2025, 6, 30)], "datetime64[D]"
    )
    grid, _ = cleaned(on_sessions(read, days), dict.fromkeys(read.symbols, "stock"))
    opinions = compared(grid, found.checks)
    assert {one.check.id for one in opinions} == MEASURED
    for one in opinions:
        count, beyond = int(one.known.sum()), int(one.apart.sum())
        late = one.known & (days >= np.datetime64("2010-01-01"))
        since = one.apart[late].mean()
        print(f"{one.check.id:16} {count:5} sessions, {beyond / count:.2%} beyond, {since:.2%} since 2010")
        assert beyond / count <= MOST, one.check.id
        figures = f"{count}, {beyond / count * 100:.2f} %, {since * 100:.2f} %"
        assert figures in one.check.why, f"{one.check.id}: {figures}"
    assert believed(grid, opinions)[1] == (), "nothing in clean data is dropped"
