"""Plain rules on the same days, so that the ledger has something to beat. None has ever heard of a gate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

from commentary.evaluation.calls import Call, Calls
from commentary.evaluation.labels import Event
from commentary.model import VERDICTS

READ = (
    "sp500.return_1d", "nasdaq.return_1d", "dow.return_1d", "gold.return_1d", "sp500.move_z", "havens.mean_z",
)  # fmt: skip
"""What the rules read."""

FALL, RISE, GAP = -0.02, 0.02, 0.0125
"""Returns of the S&P 500 below and above which a day is a fall or a rise, and the gap between Nasdaq and Dow
beyond which it is a rotation (fractions), as the method gives them."""

HAVENS_WEIGHT = 1.5

Moves = Mapping[str, float]
"""Readings of one session by name, known ones only."""


@dataclass(frozen=True, slots=True)
class Cuts:
    """Where the third rule cuts, in σ: falls and rises of the S&P 500, and its score among falls."""

    fall: float
    rise: float
    score: float


GRID = tuple(
    Cuts(fall, rise, score)
    for fall, rise, score in product(
        (-1.0, -0.75, -1.25, -1.5, -1.75, -2.0),
        (2.0, 1.75, 1.5, 1.25, 1.0, 2.5),
        (-2.0, -1.5, -1.0, -0.5, 0.0, -2.5, -3.0, -3.5, -4.0, -5.0),
    )
)
"""Cuts that the third rule chooses from, those first that win where others are as good."""


def by_index(moves: Moves) -> str:
    """Rule (a): the index down by more than 2 % was forced, Nasdaq and Dow apart by more than 1.25 points is a
    rotation, the index up by more than 2 % is a relief, all else is quiet. Empty where a reading is missing."""
    sp500, nasdaq, dow = (moves.get(name) for name in READ[:3])
    if sp500 is None or nasdaq is None or dow is None:
        return ""
    if sp500 < FALL:
        return "forced_exit"
    if abs(nasdaq - dow) > GAP:
        return "rotation"
    return "relief_rally" if sp500 > RISE else "quiet"


def by_gold(moves: Moves) -> str:
    """Rule (b): as (a), but a fall on which gold did not fall is a flight to safety."""
    label = by_index(moves)
    if label != "forced_exit":
        return label
    gold = moves.get("gold.return_1d")
    if gold is None:
        return ""
    return "forced_exit" if gold < 0 else "flight_to_safety"


def by_havens(moves: Moves, cuts: Cuts) -> str:
    """Rule (c): among falls S&P z + 1.5 × the havens' mean z decides, low being forced; then a rise is a relief,
    then Nasdaq and Dow apart a rotation, all else quiet. Empty where a reading is missing."""
    sp500, havens = moves.get("sp500.move_z"), moves.get("havens.mean_z")
    nasdaq, dow = moves.get("nasdaq.return_1d"), moves.get("dow.return_1d")
    if sp500 is None or havens is None or nasdaq is None or dow is None:
        return ""
    if sp500 < cuts.fall:
        return "forced_exit" if sp500 + HAVENS_WEIGHT * havens < cuts.score else "flight_to_safety"
    if sp500 > cuts.rise:
        return "relief_rally"
    return "rotation" if abs(nasdaq - dow) > GAP else "quiet"


def cuts_by_year(events: Sequence[Event], moves: Mapping[date, Moves]) -> dict[int, Cuts]:
    """Year → the cuts that get most labelled days of all other years right, of equals the first of ``GRID``."""
    days = [
        (event.session.year, event.label, moves[event.session])
        for event in events
        if event.label in VERDICTS and event.session in moves
    ]
    hits = [Counter(year for year, label, row in days if by_havens(row, cuts) == label) for cuts in GRID]
    years = sorted({day.year for day in moves})
    return {year: GRID[_first_best([found.total() - found[year] for found in hits])] for year in years}


def _first_best(scores: Sequence[int]) -> int:
    return max(range(len(scores)), key=lambda place: scores[place])


def rule_calls(moves: Mapping[date, Moves], rule: Callable[[date, Moves], str]) -> dict[date, Call]:
    """What a rule says of every session."""
    labels = {day: rule(day, row) for day, row in moves.items()}
    return {day: Call(day, label, label) for day, label in labels.items()}


def plain_calls(events: Sequence[Event], moves: Mapping[date, Moves]) -> dict[str, Calls]:
    """Rule → its calls. The third rule's cuts are chosen with the session's own year left out."""
    cuts = cuts_by_year(events, moves)
    return {
        "(a) index": rule_calls(moves, lambda _, row: by_index(row)),
        "(b) index and gold": rule_calls(moves, lambda _, row: by_gold(row)),
        "(c) index and havens": rule_calls(moves, lambda day, row: by_havens(row, cuts[day.year])),
    }
