"""Which readings have a sign that words can contradict, over which window, how many sessions back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from commentary.auditing.numbers import tape_value
from commentary.auditing.proof import Proof
from commentary.shapes import dataclass

_SIGNED = re.compile(
    r"^(?:return_(?:1d|5d|21d|ytd)|return_5d_z|return_5d_prev_z|move_z|change(?:_5d|_21d|_ytd|_2s)?_bp|change_z"
    r"|change_(?:1d|5d|21d|ytd)|change_pct_1d|oas_change(?:_5d|_21d)?_(?:bp|z)|gap_1d|gap_z|intraday_1d|intraday_z"
    r"|change_1w|change_1m|change_3m|average_change"
    r"|vs_average_\d+d|high_252d_gap|drawdown|streak|unexplained_z|worst_z|mean_z|two_ten_change_bp"
    r"|low_excursion|unexplained_mean|best_return|worst_return|iv_change|put_skew_change"
    r"|(?:closed|asia|london|newyork|before_newyork|first_hour|last_hour|largest_hour)_return|asia_gap|opening_gap)"
    r"(?P<prev>_prev\d?)?$"
)
_STANDING = re.compile(r"^(?:drawdown|high_252d_gap|vs_average_\d+d)")
_PRICED = re.compile(r"^(?:iv|put_skew)_change")
"""Changes of what options on a subject price, which are no moves of its own."""
_WINDOWS = (
    ("5d", re.compile(r"_5d|^change_1w")),
    ("21d", re.compile(r"_2[01]d|^change_1m|^average_change")),
    ("ytd", re.compile(r"_ytd|_252d")),
    ("open", re.compile(r"^gap_")),
    ("session", re.compile(r"^intraday_")),
    (
        "1d",
        re.compile(
            r"^(?:return_1d|move_z|change_bp|change_z|change_1d|change_pct_1d|oas_change_(?:bp|z)|spread_1d)"
        ),
    ),
)
DAILY = ("return_1d", "change_bp", "change_1d")
FALLS = frozenset({"breadth.count_down", "breadth.down_dollar_volume", "breadth.new_lows"})
RISES = frozenset({
    "breadth.count_up", "breadth.advancing", "sectors.advancing", "breadth.new_highs", "breadth.above_50d",
    "breadth.above_200d",
})  # fmt: skip
"""Counts of what rose or fell: positive always, the word beside them says which."""


@dataclass(frozen=True)
class Sense:
    """A signed reading of one subject: window "" where it has none, sessions back, value."""

    reading: str
    window: str
    back: int
    value: float


def window_of(reading: str) -> str:
    """Window of a reading by its measure: 1d, 5d, 21d, ytd, open, session or ""."""
    measure = reading.partition(".")[2]
    return next((name for name, pattern in _WINDOWS if pattern.search(measure)), "")


def back_of(reading: str) -> int:
    """How many sessions back a reading lies."""
    match = re.search(r"_prev(\d?)(?:_z)?$", reading)
    return int(match[1] or 1) if match else 0


def sense(proof: Proof, reading: str) -> Sense | None:
    """The signed reading of that name, an instrument quoted the other way turned round; None if none."""
    subject, _, measure = reading.partition(".")
    if not _SIGNED.match(measure):
        return None
    value = tape_value(proof, reading)
    if value is None:
        return None
    inverse = subject in proof.vocabulary.inverse and measure.startswith("move_z")
    return Sense(reading, window_of(reading), back_of(reading), -value if inverse else value)


def senses(proof: Proof, names: Iterable[str], ids: frozenset[str]) -> Iterator[Sense]:
    """Signed readings among ``names`` that are moves of any of ``ids``: where it stands is no move, nor is
    what its options price."""
    for name in sorted(names):
        measure = name.partition(".")[2]
        if speaks_of(name, ids) and not _STANDING.match(measure) and not _PRICED.match(measure):
            found = sense(proof, name)
            if found is not None:
                yield found


def speaks_of(name: str, ids: frozenset[str]) -> bool:
    """Whether a reading is about one of the instruments; a fund's spread is an instrument of its own."""
    subject, _, measure = name.partition(".")
    spread = f"{subject}_spread" if measure.startswith("oas_") else ""
    return spread in ids if spread else subject in ids
