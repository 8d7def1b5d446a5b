"""The ledger against an independent computation: the prototype's own readings give its own shares."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from commentary.library import Library
from commentary.model import VERDICTS, Tape
from commentary.rulebook.judge import judge
from commentary.rulebook.load import load_rulebook

OVERLAY = Path(__file__).parents[1] / "prototype"
"""Retires the items that the prototype did not have."""

FOLDER = Path(os.environ.get("COMMENTARY_MARKET_DATA", "")).parent
EVERY = 7


@pytest.mark.market
@pytest.mark.skipif("COMMENTARY_MARKET_DATA" not in os.environ, reason="COMMENTARY_MARKET_DATA is not set")
def test_shares_and_violence_are_the_prototypes() -> None:
    import pandas as pd

    book = load_rulebook(Library((OVERLAY,)))
    plain = {name: 0.0 for name in book.readings if name.startswith("calendar.")}  # it knew no calendar
    frame = pd.read_parquet(FOLDER / "reference.parquet").set_index("session")
    frame["sp500.drawdown"] = frame["sp500.drawdown_pct"] / 100
    frame["tape.pressure"] = frame["pressure"]
    frame["tape.pressure_max_5d"] = frame["pressure"].shift(1).rolling(5, min_periods=1).max()
    for day, row in frame.drop(columns=["top", "label"]).astype(float).iloc[::EVERY].iterrows():
        values = {str(name): value for name, value in row.items() if value == value}
        verdict = judge(book, Tape(day.date(), plain | values, {}), ())
        assert [verdict.scores[name] for name in VERDICTS] == pytest.approx(
            [row[f"p_{name}"] for name in VERDICTS], abs=1e-3
        )
        # a sign of our own: stocks fell two sigma and nobody hid
        unhidden = row["sp500.move_z"] <= -2 and verdict.derived.get("tape.shelter", 1.0) < 0.5
        assert verdict.violence == row["violence"] + unhidden
