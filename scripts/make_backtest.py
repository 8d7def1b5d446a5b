"""Writes docs/backtest.md anew: the backtest of the shipped rules on real bars and labelled days.

    python scripts/make_backtest.py [BARS]

BARS is a folder of real bars, ``COMMENTARY_MARKET_DATA`` by default; ``events.csv`` and ``panel.csv`` lie beside it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "backtest.md"
HEAD = "<!-- Written by scripts/make_backtest.py: change what it is made from, not this page. -->"
FOOT = (
    "Whoever wrote the rules had these days in view: of days that nobody has labelled yet, expect less.\n\n"
    "Bars and labels are not part of the project: their redistribution is not ours to grant, so the command's last "
    "tables, the labelled days under another verdict one by one, are left out here. A test marked `market` works "
    "out three of these figures anew where bars and labels are at hand."
)
LISTS = "## Labelled days under another verdict"
RANGE = ("--from", "2005-01-03", "--to", "2025-12-31")


def main(words: Sequence[str]) -> None:
    """Write the page. The program runs beside the bars, so that no path of this machine gets into it."""
    bars = Path(words[0] if words else os.environ["COMMENTARY_MARKET_DATA"]).resolve()
    files = ("--source", bars.name, "--events", "events.csv", "--panel", "panel.csv")
    done = subprocess.run(
        [sys.executable, "-m", "commentary", "backtest", *RANGE, *files, "--format", "md"],
        cwd=bars.parent,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    figures = done.stdout.partition(LISTS)[0]
    PAGE.write_text(f"{HEAD}\n{figures}{FOOT}\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
