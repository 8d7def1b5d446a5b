"""Claims that exclude each other and were both true on some session."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import TYPE_CHECKING

from commentary.conditions import parse
from commentary.linting.doubts import Doubt
from commentary.phrasing.claims import FOLDER, ClaimFile

if TYPE_CHECKING:
    from commentary.scenes import Scenes

KIND = "opposite claims true together"


def contraries(scenes: Scenes, claims: Mapping[str, ClaimFile]) -> Iterator[Doubt]:
    """Each pair once, with the number of sessions."""
    masks = scenes.masks({name for claim in claims.values() for name in parse(claim.when).names})
    for one, other in combinations(sorted(claims), 2):
        if other in claims[one].against:
            both = int((masks.holds(claims[one].when) & masks.holds(claims[other].when)).sum())
            if both:
                got = f"{one} and {other} on {both} sessions"
                yield Doubt(KIND, f"{FOLDER}/{one}.toml", "when", got, "conditions that keep them apart")
