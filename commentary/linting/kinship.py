"""What readings have to do with each other: signs and sums that no condition has to say.

Measures of one subject over one window have one sign; an index and its fund go the same way; a pair's spread is the
difference of its two returns; a share of a move has the move's sign.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from commentary.auditing.subjects import TWINS
from commentary.condition_narrowing import Bounds, Left, narrowed

FAMILIES: tuple[tuple[str, ...], ...] = (
    ("return_1d", "move_z", "change_bp", "change_z", "change_1d", "change_pct_1d", "streak"),
    ("return_5d", "return_5d_z", "change_5d_bp", "change_5d", "change_1w"),
    ("return_21d", "change_21d_bp", "change_1m"),
    ("return_ytd", "change_ytd_bp"),
    ("return_1d_prev", "move_z_prev", "change_bp_prev", "streak_prev"),
    ("return_1d_prev2", "move_z_prev2", "change_bp_prev2"),
    ("gap_1d", "gap_z"),
    ("intraday_1d", "intraday_z"),
    ("oas_change_bp", "oas_change_z"),
    ("spread_1d", "spread_z"),
)  # fmt: skip
"""Measures of a subject that have one sign, the day's first."""

FALLS = re.compile(r"^(?!.*_prev)(?:worst_since|fall_since|broke_\d+d|at_low_\d+d|below_low_20d)")
RISES = re.compile(
    r"^(?!.*_prev)(?:best_since|rise_since|regained_\d+d|at_high_\d+d|above_high_20d|at_record)"
)
"""Measures that are known, or true, only on a day that went one way."""

PARTS = ("closed", "asia", "london", "newyork")
_ROUNDS = 3


@dataclass(frozen=True)
class Kinship:
    """``ranges`` as declared; ``legs`` of pairs with one instrument a side; ``inverse`` as quoted."""

    ranges: Mapping[str, Bounds]
    legs: Mapping[str, tuple[str, str]]
    inverse: Collection[str]

    def closed(self, source: str, around: Left) -> Left:
        """What a condition leaves once kinship is taken into account, too."""
        left = narrowed(source, self.ranges, around)
        for _ in range(_ROUNDS):
            before = left
            for told in self._told(source, left):
                left = narrowed(told, self.ranges, left)
            if left.empty or left == before:
                return left
            left = narrowed(source, self.ranges, left)
        return left

    def _told(self, source: str, left: Left) -> Iterator[str]:
        """Conditions that follow from one and from what it leaves."""
        names = set(_NAME.findall(source))
        for subject in {name.split(".")[0] for name in names | set(left.bounds)}:
            yield from self._signs(subject, left)
            if subject in self.legs:
                long, short = self.legs[subject]
                yield f"{subject}.spread_1d == {long}.return_1d - {short}.return_1d"
        for name in names:
            yield from self._known_from(name, left)

    def _signs(self, subject: str, left: Left) -> Iterator[str]:
        kin = {subject}.union(*(twins for twins in TWINS if subject in twins))
        for family in FAMILIES:
            found = {
                sign * self._turn(one, measure)
                for one in kin
                for measure in family
                if (
                    sign := sign_of(
                        left.bounds.get(f"{one}.{measure}") or self.ranges.get(f"{one}.{measure}", ANY)
                    )
                )
            }
            if len(found) == 1:
                sign = found.pop()
                for one in kin:
                    for measure in family:
                        if f"{one}.{measure}" in self.ranges:
                            side = ">=" if sign * self._turn(one, measure) > 0 else "<="
                            yield f"{one}.{measure} {side} 0"

    def _turn(self, subject: str, measure: str) -> int:
        return -1 if subject in self.inverse and measure.startswith("move_z") else 1

    def _known_from(self, name: str, left: Left) -> Iterator[str]:
        subject, _, measure = name.partition(".")
        base = next((f"{subject}.{base}" for base in FAMILIES[0] if f"{subject}.{base}" in self.ranges), "")
        if base and (FALLS.match(measure) or RISES.match(measure)):
            yield f"{base} {'<=' if FALLS.match(measure) else '>='} 0"
        if measure.endswith("_share") and measure.removesuffix("_share") in PARTS:
            part = measure.removesuffix("_share")
            yield f"{subject}.{part}_return == {name} * {subject}.return_1d"
            if part == "newyork":
                yield f"{subject}.before_newyork_return == (1 - {name}) * {subject}.return_1d"
        if measure in ("first_to_fall", "last_to_fall"):
            yield from (f"{word}.return_1d <= 0" for word in left.words.get(name, ()))


ANY: Bounds = (-math.inf, math.inf)
_NAME = re.compile(r"\b[a-z]\w*\.[a-z]\w*")


def sign_of(bounds: Bounds) -> int:
    """Sign of a range: 1 where nothing in it is negative, -1 where nothing is positive, else 0."""
    low, high = bounds
    return 1 if low >= 0 < high else -1 if high <= 0 > low else 0
