"""Compares the readings with the prototype's, cell by cell, and explains the groups of larger differences.

    python scripts/parity.py [BARS [REFERENCE]]

BARS is a folder of bars, ``COMMENTARY_MARKET_DATA`` by default; REFERENCE the prototype's readings,
``reference.parquet`` beside that folder by default. The readings are computed with the prototype's choices of
input and scale, which lie in ``tests/prototype``. Exits 1 where a target is missed.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
from prototype_check import CLOSE
from verdict_figures import tapes_of
from verdict_report import judged

from commentary.library import Library
from commentary.market import Market, Readings
from commentary.model import VERDICTS
from commentary.readings import compute
from commentary.rulebook.load import load_rulebook
from commentary.scale import load_scale
from commentary.sources import load_market
from commentary.universe import load_universe

OVERLAY = Path(__file__).parents[1] / "tests" / "prototype"
TARGET, REFITTED_TARGET, P_TARGET = 0.97, 0.90, 0.95
TOLERANCE, REFITTED_TOLERANCE = 0.02, 0.15
OTHERS = ("top", "label", "violence")
"""Columns of the reference that the rulebook makes, and so the p_* columns."""

NAMES = {
    "sp500_return_pct": ("sp500.return_1d", 100.0),
    "nasdaq_return_pct": ("nasdaq.return_1d", 100.0),
    "sp500.drawdown_pct": ("sp500.drawdown", 100.0),
    "pressure": ("tape.pressure", 1.0),
}
"""Columns that go by another name or unit there: our reading, and what to multiply it by."""

RESTED = "the market rested, or a bar is missing: the prototype counted no change, here the move is missing"
SCALED = "σ differs a little: the prototype's counts those rests as moves of nought"
REGRESSED = "the prototype began its regressions a year after its first session, whatever data it had"
RANKED = "the prototype ranked turbulence among 756 rows of which the first were empty, counted as lower"
JOINED = "the yen's fixings and its market quotes were joined as levels there, by returns here"
PARTS = "made of columns above that differ there"
STEPPED = "windows here step across gaps of five sessions, the prototype's across three"
RUN = "an asset without a bar on the day, or where its run starts, is left out here; there it was carried"
REST = "other"

MADE_OF: Mapping[str, tuple[str, ...]] = {
    "bonds.move_z": ("ust2y.change_z", "ust10y.change_z"),
    "havens.mean_z": ("bonds.move_z", "gold.move_z"),
    "cross_asset.sold_share": ("bonds.move_z", "copper.move_z", "oil.move_z"),
    "pressure": ("cross_asset.sold_share",),
    "liquid.unexplained_mean": ("gold.unexplained_z", "silver.unexplained_z", "bitcoin.unexplained_z"),
}
RANKED_TO = pd.Timestamp("2009-06-30")
REGRESSED_TO = pd.Timestamp("2006-01-03")


@dataclass(frozen=True)
class Cells:
    """One column in both: ours, theirs, and which sessions agree."""

    ours: pd.Series
    theirs: pd.Series
    tolerance: float

    @property
    def agree(self) -> pd.Series:
        """Both missing, or within tolerance."""
        near = (self.ours - self.theirs).abs() <= self.tolerance
        return near | (self.ours.isna() & self.theirs.isna())


def tolerance(column: str) -> float:
    """How near a cell must be: refitted readings may differ more."""
    refitted = "unexplained" in column or column == "cross_asset.turbulence_pct"
    return REFITTED_TOLERANCE if refitted else TOLERANCE


def compared(readings: pd.DataFrame, reference: pd.DataFrame) -> dict[str, Cells]:
    """Every column of the reference that is a reading."""
    wanted = [name for name in map(str, reference) if not name.startswith("p_") and name not in OTHERS]
    pairs: dict[str, Cells] = {}
    for column in wanted:
        name, factor = NAMES.get(column, (column, 1.0))
        ours = readings[name].reindex(reference.index) * factor
        pairs[column] = Cells(ours, reference[column].astype(float), tolerance(column))
    return pairs


def explained(cells: Mapping[str, Cells], market: Market) -> pd.DataFrame:
    """Every cell that differs: column, session, and the group that it belongs to."""
    rested = market.returns.reindex(next(iter(cells.values())).ours.index).isna()
    rows = [
        (column, day, _group(column, day, cells, rested))
        for column, pair in cells.items()
        for day in pair.agree.index[~pair.agree]
    ]
    return pd.DataFrame(rows, columns=["column", "session", "group"])


def _group(column: str, day: pd.Timestamp, cells: Mapping[str, Cells], rested: pd.DataFrame) -> str:
    ours, theirs = cells[column].ours, cells[column].theirs
    parts = MADE_OF.get(column, ())
    if "unexplained" in column and day <= REGRESSED_TO:
        return REGRESSED
    if any(not cells[part].agree[day] for part in parts):
        return PARTS
    if column == "cross_asset.turbulence_pct" and day <= RANKED_TO and not pd.isna(ours[day]):
        return RANKED
    if pd.isna(ours[day]) or _rests_near(column, day, rested):
        return RESTED
    if column == "yen.move_z" and abs(ours[day] - theirs[day]) > 5 * TOLERANCE:
        return JOINED
    if column == "cross_asset.crowd_reversal":
        return RUN
    if column.endswith("pct_252d"):
        return STEPPED
    return SCALED if abs(ours[day] - theirs[day]) <= 0.5 else REST


def _rests_near(column: str, day: pd.Timestamp, rested: pd.DataFrame) -> bool:
    """Whether the column's instrument has no move on the day, or had none on one of the three before."""
    subject = column.partition(".")[0]
    if subject not in rested:
        return False
    place = int(rested.index.searchsorted(day))
    return bool(rested[subject].iloc[max(0, place - 3) : place + 1].any())


def report(cells: Mapping[str, Cells], groups: pd.DataFrame) -> bool:
    """Print all and say whether the targets are met."""
    shares = {column: float(pair.agree.mean()) for column, pair in cells.items()}
    print(f"{'column':32} {'share':>8} {'within':>7} {'only here':>10} {'only there':>11} {'differ':>7}")
    for column, pair in cells.items():
        here, there = (
            int((~pair.ours.isna() & pair.theirs.isna()).sum()),
            pair.ours.isna() & ~pair.theirs.isna(),
        )
        differ = int((~pair.agree).sum()) - here - int(there.sum())
        within = f"{shares[column]:>8.4f} {pair.tolerance:>7}"
        print(f"{column:32} {within} {here:>10} {int(there.sum()):>11} {differ:>7}")
    overall = sum(shares.values()) / len(shares)
    refitted = min(share for column, share in shares.items() if tolerance(column) == REFITTED_TOLERANCE)
    print()
    figure(f"parity: cells of all {len(shares)} columns", TARGET, overall)
    figure("parity: least of the refitted columns", REFITTED_TARGET, refitted)
    print()
    for name, count in groups["group"].value_counts().items():
        columns = groups.loc[groups["group"] == name, "column"].value_counts()
        print(f"{count:6} cells: {name}\n{'':14} {', '.join(f'{key} {n}' for key, n in columns.items())}")
    return overall >= TARGET and refitted >= REFITTED_TARGET


def counted_still(market: Market) -> Market:
    """The market with a change of nought where a value is carried, as the prototype counted it."""
    return replace(market, returns=market.returns.mask(market.age > 0, 0.0))


def figure(name: str, target: float, measured: float) -> None:
    """One line for ``figures.py``."""
    print(f"FIGURE {name} | ≥ {target} | {measured:.4f} | {'yes' if measured >= target else 'no'}")


def probabilities(readings: Readings, library: Library, reference: pd.DataFrame) -> float:
    """Share of sessions on which all six shares before gates are within 0.03 of the prototype's."""
    rulebook = load_rulebook(library)
    verdicts = judged(rulebook, list(tapes_of(readings, rulebook.readings)))
    ours = pd.DataFrame(
        [verdict.scores for verdict in verdicts.values()], index=pd.DatetimeIndex(list(verdicts))
    )
    theirs = reference[[f"p_{name}" for name in VERDICTS]].set_axis(list(VERDICTS), axis=1)
    largest = (ours[list(VERDICTS)].reindex(theirs.index) - theirs).abs().max(axis=1)
    return float((largest <= CLOSE).mean())


def main(arguments: list[str]) -> int:
    """Run the comparison; the answer is the exit status."""
    given = arguments[0] if arguments else os.environ.get("COMMENTARY_MARKET_DATA", "")
    if not given:
        print("no folder of bars: give one, or set COMMENTARY_MARKET_DATA", file=sys.stderr)
        return 2
    bars = Path(given)
    place = Path(arguments[1]) if len(arguments) > 1 else bars.parent / "reference.parquet"
    library = Library((OVERLAY,))
    universe, scale = load_universe(library), load_scale(library)
    market = counted_still(load_market(str(bars), universe, scale, datetime.now(UTC)))
    readings = compute(market, universe, scale)
    reference = pd.read_parquet(place).set_index("session")
    cells = compared(readings.values, reference)
    met = report(cells, explained(cells, market))
    close = probabilities(readings, library, reference)
    figure("parity: sessions with all p within 0.03", P_TARGET, close)
    return 0 if met and close >= P_TARGET else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
