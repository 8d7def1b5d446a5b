"""Whether verdicts depend on where the data start and end, and what they cost.

    python scripts/identity.py [BARS]

BARS is a folder of Parquet bars, ``COMMENTARY_MARKET_DATA`` by default. Judges 2005–2020 from copies of the folder
that end or start elsewhere and compares the lines byte for byte; names the readings of verdicts that differ, and by
how much; times the verdicts of 5, 10 and 20 years with a warm store, and the judging of single days. Exits 1 where a
target is missed.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
from figures import best, program

from commentary.bank import Bank
from commentary.library import Library
from commentary.rulebook.explain import flips, nearest_flip
from commentary.rulebook.judge import judge
from commentary.tapes import Tapes

FIRST, LAST = date(2005, 1, 3), date(2020, 12, 31)
CASES = {
    "data to 2020-12-31": (None, "2020-12-31"),
    "data from 2004-02-02": ("2004-02-02", None),
    "data from 2004-03-15": ("2004-03-15", None),
    "data from 2004-05-28": ("2004-05-28", None),
}
SPANS = {5: date(2020, 7, 1), 10: date(2015, 7, 1), 20: date(2005, 7, 1)}
END = date(2025, 6, 30)
SECONDS, RATIO, DAY_MS = 10.0, 1.3, 20.0
DAYS = 200


def main(arguments: list[str]) -> int:
    """Run all; the answer is the exit status."""
    given = arguments[0] if arguments else os.environ.get("COMMENTARY_MARKET_DATA", "")
    if not given:
        print("no folder of bars: give one, or set COMMENTARY_MARKET_DATA", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        met = [*_identities(given, Path(folder)), *_costs(given), _day(given)]
    return 0 if all(met) else 1


def _identities(given: str, folder: Path) -> Iterator[bool]:
    """Verdicts of the whole folder beside those of each copy."""
    whole = _lines(given)
    bank = Bank(Library())
    tapes = Tapes.open(given, bank)
    for name, (start, end) in CASES.items():
        copy = _copied(Path(given), folder / name.replace(" ", "-"), start, end)
        lines = _lines(str(copy))
        same = sum(ours == theirs for ours, theirs in zip(whole, lines, strict=True))
        moved = sum(_label(ours) != _label(theirs) for ours, theirs in zip(whole, lines, strict=True))
        print(f"\n{name}: {len(whole) - same} lines differ, {moved} labels", end="; ")
        print(
            f"the last on {max((a[:10] for a, b in zip(whole, lines, strict=True) if a != b), default='–')}"
        )
        _readings(tapes, Tapes.open(str(copy), bank))
        met = same == len(whole)
        said = f"{same} of {len(whole)}"
        print(f"FIGURE verdicts 2005–2020, {name} | all the same | {said} | {_yes(met)}", flush=True)
        yield met


def _lines(source: str) -> list[str]:
    words = ("--from", FIRST.isoformat(), "--to", LAST.isoformat(), "--format", "csv")
    return program("verdicts", "--source", source, *words).out.splitlines()[1:]


def _label(line: str) -> str:
    return line.split(",")[1]


def _copied(bars: Path, folder: Path, start: str | None, end: str | None) -> Path:
    """The folder's tables, without the days before ``start`` and after ``end``."""
    folder.mkdir()
    for path in bars.glob("*.parquet"):
        table = pd.read_parquet(path)
        days = pd.to_datetime(table["date"])
        kept = days.between(pd.Timestamp(start or "1900-01-01"), pd.Timestamp(end or "2200-01-01"))
        table[kept].to_parquet(folder / path.name)
    return folder


def _readings(whole: Tapes, other: Tapes) -> None:
    """Each reading of the rules that is not the same in both: sessions, the last of them, the largest gap."""
    days = [day for day in other.sessions if FIRST <= day <= LAST]
    for name in sorted(whole.bank.rulebook.readings & whole.frame.columns.keys()):
        ours, theirs = (_column(tapes, name, len(days)) for tapes in (whole, other))
        differ = np.flatnonzero(~((ours == theirs) | (np.isnan(ours) & np.isnan(theirs))))
        if len(differ):
            only = int((np.isnan(ours) != np.isnan(theirs)).sum())
            gaps = np.abs(ours - theirs)[differ]
            most = f"{np.nanmax(gaps):.2g}" if len(differ) > only else "–"
            last = days[differ[-1]]
            print(
                f"  {name:32} {len(differ):5} sessions to {last}, at most {most:>8}, {only} known in one only"
            )


def _column(tapes: Tapes, name: str, count: int) -> np.ndarray:
    start = next(place for place, day in enumerate(tapes.sessions) if day >= FIRST)
    place = tapes.frame.columns.get(name)
    if place is None:
        return np.full(count, np.nan)
    return np.array(tapes.frame.figures[start : start + count, place])


def _costs(given: str) -> Iterator[bool]:
    """CPU of the command over three spans, less that of a single session for what a session costs."""

    def cost(first: date) -> float:
        words = ("--from", first.isoformat(), "--to", END.isoformat(), "--format", "csv")
        return best(3, lambda: program("verdicts", "--source", given, *words)).cpu

    opening = cost(END)
    sessions = Tapes.open(given, Bank(Library())).sessions
    each: list[float] = []
    for years, first in SPANS.items():
        count, seconds = sum(first <= day <= END for day in sessions), cost(first)
        each.append((seconds - opening) / (count - 1) * 1e6)
        print(
            f"{years} years: {count} sessions, {seconds:.2f} s CPU, {opening:.2f} s of them before the first"
        )
        print(f"  {each[-1]:.0f} µs a session")
    met = seconds <= SECONDS
    print(f"FIGURE verdicts of 20 years, warm, CPU | ≤ {SECONDS:.0f} s | {seconds:.2f} s | {_yes(met)}")
    ratio = max(each) / min(each)
    even = ratio <= RATIO
    print(
        f"FIGURE verdicts: dearest ÷ cheapest session of 5, 10, 20 years | ≤ {RATIO} | {ratio:.2f} | {_yes(even)}"
    )
    yield met
    yield even


def _day(given: str) -> bool:
    """CPU of one day's judging with the nearest flip, as a note needs it: the dearest twentieth of many days."""
    tapes = Tapes.open(given, Bank(Library()))
    rulebook = tapes.bank.rulebook
    days = [day for day in tapes.sessions if day >= FIRST]
    spent: list[tuple[float, float, float]] = []
    for day in days[:: max(1, len(days) // DAYS)][:DAYS]:
        tape, before = tapes.ungated(day), tapes.before(day)
        started = time.process_time()
        verdict = judge(rulebook, tape, before)
        judged = time.process_time()
        nearest_flip(rulebook, tape, before, verdict)
        turned = time.process_time()
        flips(rulebook, tape, before, verdict)
        spent.append((judged - started, turned - started, time.process_time() - turned))
    rows = (np.percentile(np.array(spent) * 1000, (50, 95, 100), axis=0)).T
    for name, row in zip(
        ("judged", "judged, with the nearest flip", "every flip beside it"), rows, strict=True
    ):
        print(
            f"{name}, {len(spent)} days: median {row[0]:.1f} ms, 95th percentile {row[1]:.1f}, most {row[2]:.1f}"
        )
    high = rows[1][1]
    met = bool(high <= DAY_MS)
    print(
        f"FIGURE one day with its nearest flip, 95th percentile | ≤ {DAY_MS:.0f} ms | {high:.1f} ms | {_yes(met)}"
    )
    return met


def _yes(met: bool) -> str:
    return "yes" if met else "no"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
