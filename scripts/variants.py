"""Judges real bars from other inputs: of the evening, and without each group of rules/variants.toml.

    python scripts/variants.py [BARS]

BARS is a folder of bars, ``COMMENTARY_MARKET_DATA`` by default. Prints how many sessions keep their label, which
labels move, and how well each late input's stand-in follows it, year by year. Exits 1 where a target is missed.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import date

import numpy as np

from commentary.bank import Bank
from commentary.library import Library
from commentary.model import Verdict
from commentary.tapes import Tapes
from commentary.variants import Likeness, Variant, load_groups, open_variant, unchanged

FIRST, LAST = date(2005, 1, 3), date(2200, 1, 1)
WITHOUT_TARGET, EVENING_TARGET, FORCED_TARGET = 0.95, 0.93, 0.85
LEAN_BELOW = 0.75
BLIND = ("forced_exit", "flight_to_safety")

FOLLOWED = {
    "ust2y": ("change_bp", "change_z"),
    "ust5y": ("change_bp", "change_z"),
    "ust10y": ("change_bp", "change_z"),
    "ust30y": ("change_bp", "change_z"),
    "bonds": ("move_z", "move_z"),
    "bitcoin": ("return_1d", "move_z"),
}
"""Inputs that come late and what reads them: the measure that is correlated, and the one in σ."""


def main(arguments: list[str]) -> int:
    """Run the comparisons; the answer is the exit status."""
    given = arguments[0] if arguments else os.environ.get("COMMENTARY_MARKET_DATA", "")
    if not given:
        print("no folder of bars: give one, or set COMMENTARY_MARKET_DATA", file=sys.stderr)
        return 2
    bank = Bank(Library())
    archive, evening = (open_variant(given, bank, Variant(evening=each)) for each in (False, True))
    base = archive.judged(FIRST, LAST)
    stand_ins(archive, evening)
    met = [evening_figures(unchanged(base, evening.judged(FIRST, LAST)))]
    for name, group in load_groups(bank.library).items():
        found = open_variant(given, bank, Variant(without=(name,))).judged(FIRST, LAST)
        likeness = unchanged(base, found)
        told(f"without {name}", likeness)
        if group.must:
            met.append(blind(name, found))
        else:
            met.append(figure(f"without {name}: labels unchanged", WITHOUT_TARGET, likeness.all_days))
    return 0 if all(met) else 1


def evening_figures(likeness: Likeness) -> bool:
    """The evening's labels beside the archive's."""
    told("evening", likeness)
    every = figure("evening set: labels unchanged", EVENING_TARGET, likeness.all_days)
    forced = figure("evening set: forced days unchanged", FORCED_TARGET, likeness.forced_days)
    return every and forced


def told(name: str, likeness: Likeness) -> None:
    """How many labels moved, and which moves are the most frequent."""
    counts = Counter(f"{before} → {after}" for before, after in likeness.moved.values())
    forced = [str(day) for day, (before, _) in likeness.moved.items() if before == "forced_exit"]
    print(f"\n{name}: {len(likeness.moved)} of {likeness.sessions} labels move", end="; ")
    print(f"of {likeness.forced} forced days {likeness.forced_days:.3f} stay")
    print("  " + ", ".join(f"{move} {count}" for move, count in counts.most_common(8)))
    print("  forced no more: " + (" ".join(forced) or "none"))


def blind(name: str, found: Sequence[Verdict]) -> bool:
    """Without a must-have, forced exits and flights are leans."""
    shown = [verdict.confidence for verdict in found if verdict.label in BLIND]
    highest = max(shown, default=0.0)
    print(f"  {len(shown)} forced exits and flights, shown at most as {highest:.2f}")
    met = highest < LEAN_BELOW
    print(
        f"FIGURE without {name}: forced and flight at most | < 0.75 | {highest:.4f} | {'yes' if met else 'no'}"
    )
    return met


def stand_ins(archive: Tapes, evening: Tapes) -> None:
    """Correlation of each stand-in with what it stands for, and how far apart they are in σ."""
    years = np.array([day.year for day in archive.sessions])
    heads = f"{'input':8} {'year':>5} {'sessions':>9} {'correlation':>12} {'rms of z':>9} {'beyond 0.5σ':>12}"
    print("Stand-ins of the evening beside what the archive has later:\n" + heads)
    for name, (moved, scaled) in FOLLOWED.items():
        moves, sigmas = (_both(archive, evening, f"{name}.{measure}") for measure in (moved, scaled))
        for year in (0, *range(FIRST.year, int(years.max()) + 1)):
            kept = (years == year) if year else years >= FIRST.year
            _line(name, str(year or "all"), moves[kept], sigmas[kept])


def _both(archive: Tapes, evening: Tapes, name: str) -> np.ndarray:
    """A reading of both (sessions × 2), nan where either lacks it."""
    columns = [_column(tapes, name) for tapes in (archive, evening)]
    return np.column_stack(columns)


def _column(tapes: Tapes, name: str) -> np.ndarray:
    place = tapes.frame.columns.get(name)
    return np.full(len(tapes.sessions), np.nan) if place is None else np.array(tapes.frame.figures[:, place])


def _line(name: str, year: str, moves: np.ndarray, sigmas: np.ndarray) -> None:
    moves, sigmas = (pair[np.isfinite(pair).all(axis=1)] for pair in (moves, sigmas))
    if len(moves) < 2 or not len(sigmas):
        return
    apart = np.abs(sigmas[:, 0] - sigmas[:, 1])
    correlation, rms = np.corrcoef(moves.T)[0, 1], np.sqrt((apart**2).mean())
    print(
        f"{name:8} {year:>5} {len(sigmas):>9} {correlation:>12.3f} {rms:>9.3f} {(apart > 0.5).mean():>12.3f}"
    )


def figure(name: str, target: float, measured: float) -> bool:
    """One line for ``figures.py``; whether the target is met."""
    met = measured >= target
    print(f"FIGURE {name} | ≥ {target} | {measured:.4f} | {'yes' if met else 'no'}", flush=True)
    return met


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
