"""The readings against the prototype's, on the real bars."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from commentary.library import Library
from commentary.readings import compute
from commentary.scale import load_scale
from commentary.sources import load_market
from commentary.universe import load_universe

BARS = os.environ.get("COMMENTARY_MARKET_DATA", "")
ROOT = Path(__file__).parents[2]

pytestmark = [
    pytest.mark.market,
    pytest.mark.skipif(not BARS, reason="COMMENTARY_MARKET_DATA is not set"),
]


def test_cells_agree_with_the_prototype_and_every_group_is_explained() -> None:
    if not (Path(BARS).parent / "reference.parquet").is_file():
        pytest.skip("no reference beside the bars")
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "parity.py"), BARS],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "cells: other" not in done.stdout


def test_real_readings_are_plausible() -> None:
    library = Library()
    universe, scale = load_universe(library), load_scale(library)
    found = compute(load_market(BARS, universe, scale, datetime.now(UTC)), universe, scale)
    numbers = found.values.select_dtypes("number")
    low, high = numbers.min(), numbers.max()
    beyond = [
        name for name in numbers if low[name] < found.specs[name].low or high[name] > found.specs[name].high
    ]
    assert beyond == []
