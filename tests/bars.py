"""A folder of made-up bars that a note can be written from: only what a note cannot be without."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np

from commentary import calendar
from tests.sources.made import HEADER, MUSTS

LAST = date(2024, 8, 9)
COUNT = 330
LEVELS = {"DGS10": 4.0, "^VIX": 16.0}
SCALES = {"DGS10": 0.015, "^VIX": 0.05}


def sessions(count: int = COUNT, last: date = LAST) -> list[date]:
    """The sessions of the folder, oldest first."""
    table = calendar.sessions()
    return list(table[table.index(last) + 1 - count : table.index(last) + 1])


def write_bars(folder: Path, last: date = LAST) -> Path:
    """Random walks that share a market, the same on every machine."""
    random = np.random.default_rng(20240805)
    days = sessions(last=last)
    market = random.standard_normal(len(days)) * 0.007
    folder.mkdir(parents=True, exist_ok=True)
    for symbol in MUSTS:
        scale = SCALES.get(symbol, 0.006)
        sign = -5 if symbol == "^VIX" else 0.6
        steps = sign * market + random.standard_normal(len(days)) * scale
        closes = LEVELS.get(symbol, 100.0) * np.exp(np.cumsum(steps))
        _write(folder / f"{symbol}.csv", days, closes, random)
    return folder


def _write(path: Path, days: list[date], closes: np.ndarray, random: np.random.Generator) -> None:
    lines = [HEADER]
    before = closes[0]
    for day, close in zip(days, closes, strict=True):
        opened = before * (1 + random.standard_normal() * 0.001)
        high, low = max(opened, close) * 1.002, min(opened, close) * 0.998
        volume = 1e6 * (1 + random.random())
        lines.append(f"{day},{opened:.4f},{high:.4f},{low:.4f},{close:.4f},{close:.4f},{volume:.0f}")
        before = close
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
