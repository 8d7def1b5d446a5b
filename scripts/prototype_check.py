"""Judges the prototype's own readings with this rulebook and holds the outcome against its verdicts.

Usage: python scripts/prototype_check.py FOLDER
FOLDER holds reference.parquet, events.csv and panel.csv. What the reference does not have is unknown.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pandas as pd
from verdict_report import judged, verdict_report

from commentary.library import Library
from commentary.model import VERDICTS, Tape, Verdict
from commentary.rulebook.load import load_rulebook

CLOSE = 0.03
PERCENT = {
    "sp500_return_pct": "sp500.return_1d",
    "nasdaq_return_pct": "nasdaq.return_1d",
    "sp500.drawdown_pct": "sp500.drawdown",
}


def main(folder: Path) -> None:
    """Print agreement with the prototype, then the figures of ``verdict_report``."""
    reference = pd.read_parquet(folder / "reference.parquet").set_index("session")
    rulebook = load_rulebook(Library())
    started = time.process_time()
    verdicts = judged(rulebook, tapes(reference))
    spent = (time.process_time() - started) / len(verdicts) * 1000
    print(f"{len(verdicts)} sessions, {spent:.2f} ms CPU each")
    against_prototype(reference, verdicts)
    verdict_report(folder, verdicts)


def tapes(reference: pd.DataFrame) -> list[Tape]:
    """One tape a session from the reference's columns, under this program's names."""
    frame = reference.drop(columns=["top", "label", "violence"]).rename(columns={"pressure": "tape.pressure"})
    for old, new in PERCENT.items():
        frame[new] = frame.pop(old) / 100
    frame["tape.pressure_max_5d"] = frame["tape.pressure"].shift(1).rolling(5, min_periods=1).max()
    return [
        Tape(day.date(), {name: value for name, value in row.items() if value == value}, {})
        for day, row in zip(frame.index, frame.astype(float).to_dict("records"), strict=True)
    ]


def against_prototype(reference: pd.DataFrame, verdicts: Mapping[date, Verdict]) -> None:
    """Shares before gates, top class and violence against the reference's columns."""
    ours = pd.DataFrame([verdict.scores for verdict in verdicts.values()], index=reference.index)
    theirs = reference[[f"p_{name}" for name in VERDICTS]].set_axis(list(VERDICTS), axis=1)
    largest = (ours[list(VERDICTS)] - theirs).abs().max(axis=1)
    violence = pd.Series([verdict.violence for verdict in verdicts.values()], index=reference.index)
    print(f"all six p within {CLOSE}: {(largest <= CLOSE).mean():.4f} of sessions (target 0.95)")
    print(f"same top class: {(ours.idxmax(axis=1) == reference['top']).mean():.4f}")
    print(f"same violence: {(violence == reference['violence']).mean():.4f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
