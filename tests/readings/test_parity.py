"""The readings against the prototype's, on the real bars."""

from __future__ import annotations

import os
import runpy
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


def test_cells_agree_with_the_prototype_and_every_group_is_explained(
    capsys: pytest.CaptureFixture[str],
) -> None:
    parity = runpy.run_path(str(ROOT / "scripts" / "parity.py"))
    if not (Path(BARS).parent / "reference.parquet").is_file():
        pytest.skip("no reference beside the bars")
    assert parity["main"]([BARS]) == 0
    assert "other" not in capsys.readouterr().out.split("target")[-1]


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
