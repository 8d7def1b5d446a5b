"""Measures how volume and range differ on days whose flows the calendar makes, over twenty years of real bars.

    python scripts/mechanical.py [BARS]

BARS is a folder of bars, ``COMMENTARY_MARKET_DATA`` by default. For each kind of day: how many there are, and the
median of each fund's reading on them over its median on days of no kind; the 90th percentile beside it says
whether the largest of them differ too. A day of several kinds counts in each.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime

import pandas as pd

from commentary import readings, sources
from commentary.library import Library
from commentary.listing import shown
from commentary.scale import load_scale
from commentary.universe import load_universe

FIRST = "2005-01-03"
FUNDS = ("spy", "qqq", "gold", "high_yield")
MEASURES = ("volume_ratio", "range_ratio", "impact_ratio")
KINDS = (
    "half_day", "triple_witching", "expiry", "vix_expiry", "russell_day", "nasdaq_day", "msci_review", "quarter_end",
    "month_end", "first_session_of_month", "bond_holiday", "bond_half_day",
)  # fmt: skip
"""Flags of ``calendar``; ``expiry`` leaves out triple witching and ``month_end`` quarter ends, told apart."""

ALSO = {"expiry": "triple_witching", "month_end": "quarter_end"}


def flags(values: pd.DataFrame) -> dict[str, pd.Series]:
    """Which sessions are of each kind."""
    found = {kind: values[f"calendar.{kind}"] == 1 for kind in KINDS}
    return {kind: days & ~found[ALSO[kind]] if kind in ALSO else days for kind, days in found.items()}


def table(values: pd.DataFrame, measure: str) -> Iterator[dict[str, object]]:
    """One row a kind of day: medians and 90th percentiles over those of days of no kind."""
    kinds = flags(values)
    plain = ~pd.concat(kinds.values(), axis=1).any(axis=1)
    for kind, days in kinds.items():
        row: dict[str, object] = {"kind of day": kind, "days": int(days.sum())}
        for fund in FUNDS:
            name = f"{fund}.{measure}"
            if name in values:
                usual, found = values.loc[plain, name], values.loc[days, name]
                row[fund] = round(float(found.median() / usual.median()), 2)
                row[f"{fund} 90th"] = round(float(found.quantile(0.9) / usual.quantile(0.9)), 2)
        yield row


def main(arguments: list[str]) -> int:
    """Measure and print."""
    given = arguments[0] if arguments else os.environ.get("COMMENTARY_MARKET_DATA", "")
    if not given:
        print("no folder of bars: give one, or set COMMENTARY_MARKET_DATA", file=sys.stderr)
        return 2
    library = Library()
    universe, scale = load_universe(library), load_scale(library)
    market = sources.load_market(given, universe, scale, datetime.now(UTC))
    values = readings.compute(market, universe, scale).values.loc[FIRST:]
    for measure in MEASURES:
        rows = list(table(values, measure))
        print(f"{measure} over that of days of no kind\n{shown(tuple(rows[0]), rows, 'table')}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
