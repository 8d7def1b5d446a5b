"""What is said beside the label: sleeves hit, severity, phase, tags, and what led the day."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from commentary.model import PastSession
from commentary.rulebook.book import Leader, Rulebook
from commentary.rulebook.ledger import Scope
from commentary.shapes import dataclass


@dataclass(frozen=True)
class Grades:
    """Sleeves that were hit with the severity of each (1–5), the one hit hardest, and the day's severity."""

    sleeves: dict[str, int]
    worst: str
    severity: int


def grade(rulebook: Rulebook, scope: Scope, label: str) -> Grades:
    """Which sleeves were hit, and how hard the day was: 0 where its label is not graded.

    Adds ``tape.sleeves`` (how many), ``worst_sleeve`` ("" where none) and ``severity.raw`` to the scope.
    """
    depths: dict[str, float] = {}
    for sleeve in rulebook.severity.sleeves:
        if sleeve.hit.holds(scope) is True:
            depth = sleeve.depth.number(scope)
            depths[sleeve.name] = depth if depth == depth else 0.0
    worst = max(depths, key=lambda name: depths[name]) if depths else ""
    scope["tape.sleeves"], scope["worst_sleeve"] = float(len(depths)), worst
    cuts = rulebook.severity.depth_cuts
    hit = {name: 1 + bisect_right(cuts, depth) for name, depth in depths.items()}
    return Grades(hit, worst, _severity(rulebook, scope, label))


def _severity(rulebook: Rulebook, scope: Scope, label: str) -> int:
    raw = scope["severity.raw"] = rulebook.severity.raw.number(scope)
    if label not in rulebook.severity.graded or raw != raw:
        return 0
    return 1 + bisect_right(rulebook.severity.cuts, raw)


def remember(scope: Scope, before: Sequence[PastSession]) -> None:
    """Add what earlier sessions were to the scope: sessions since a forced exit and since a flight.

    ``before`` runs from the oldest to yesterday; the counts start at one for yesterday and are absent where
    there was none.
    """
    for distance, past in enumerate(reversed(before), start=1):
        if past.label == "forced_exit":
            scope.setdefault("episode.sessions_since_forced", float(distance))
        if past.label == "flight_to_safety":
            scope.setdefault("episode.sessions_since_flight", float(distance))


def phase(rulebook: Rulebook, scope: Scope) -> str:
    """The first phase whose condition is known to hold, "" where none does."""
    return next((each.name for each in rulebook.phases if each.when.holds(scope) is True), "")


def tags(rulebook: Rulebook, scope: Scope) -> tuple[str, ...]:
    """Every tag whose condition is known to hold, in the file's order."""
    return tuple(tag.name for tag in rulebook.tags if tag.when.holds(scope) is True)


def leader(leaders: Iterable[Leader], scope: Scope) -> tuple[str, str]:
    """Sleeve and id of what moved most; ("", "") where nothing is known to have moved."""
    largest, found = 0.0, ("", "")
    for each in leaders:
        size = each.size.number(scope)
        if size > largest:
            subject = scope.get(each.named_by, each.subject)
            largest, found = size, (each.sleeve, str(subject))
    return found
