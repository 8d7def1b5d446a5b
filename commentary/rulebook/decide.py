"""From scores and gates to a label: who won, whose gate failed, who could not be told apart."""

from __future__ import annotations

from collections.abc import Sequence

from commentary.model import VERDICTS
from commentary.rulebook.book import Rulebook, Ruled, Settings
from commentary.rulebook.ledger import Scope, scores, totals
from commentary.shapes import dataclass

QUIET = VERDICTS.index("quiet")


@dataclass(frozen=True)
class Decision:
    """The label and how it came about.

    ``scores`` are shares of the six before gates, ``shares`` after: over verdicts whose gates pass, zero
    elsewhere, all zero where none passes. Once the verdict with the highest score has failed its gate, only
    its neighbour and verdicts with a score of ``standing`` or more can take its place. ``closed`` names the
    gates that a ruled verdict shut, and which.
    """

    label: str
    kind: str
    scores: tuple[float, ...]
    shares: tuple[float, ...]
    passed: tuple[bool | None, ...]
    closed: tuple[tuple[str, str], ...]


def decide(rulebook: Rulebook, scope: Scope) -> Decision:
    """Conclude from a scope whose steps have been worked; adds the ``ledger`` names to it.

    ``ledger.top`` is the verdict with the highest score, ``ledger.open`` the highest score among those
    whose gates pass, zero where none does.
    """
    found = scores(totals(rulebook, scope), rulebook.settings.temperature)
    top = ranked(found)[0]
    scope["ledger.top"] = VERDICTS[top]
    holding = [ruled for ruled in rulebook.ruled.values() if ruled.when and ruled.when.holds(scope) is True]
    closed = _closed(holding, scope)
    shut = {verdict for verdict, _ in closed}
    passed = [False if verdict.name in shut else verdict.gate.passed(scope) for verdict in rulebook.scored]
    kept = _standing(rulebook, found, passed, top)
    scope["ledger.open"] = max(kept)
    whole = sum(kept)
    shares = [share / whole for share in kept] if whole else kept
    label, kind = _label(rulebook.settings, holding, found, shares)
    return Decision(label, kind, tuple(found), tuple(shares), tuple(passed), closed)


def ranked(shares: Sequence[float]) -> list[int]:
    """Places in VERDICTS from the largest share to the smallest, ties in the table's order."""
    return sorted(range(len(shares)), key=lambda place: -shares[place])


def _standing(rulebook: Rulebook, found: list[float], passed: list[bool | None], top: int) -> list[float]:
    """Scores of verdicts that may win: their gates pass, and they may stand in for one that failed its own."""
    strongest, least = rulebook.scored[top], rulebook.settings.standing
    return [
        score if ok and (passed[top] or score >= least or verdict.name == strongest.neighbour) else 0.0
        for verdict, score, ok in zip(rulebook.scored, found, passed, strict=True)
    ]


def _closed(holding: Sequence[Ruled], scope: Scope) -> tuple[tuple[str, str], ...]:
    return tuple(
        (verdict, ruled.name)
        for ruled in holding
        for verdict, closing in ruled.closes.items()
        if closing.holds(scope) is True
    )


def _label(
    settings: Settings, holding: Sequence[Ruled], found: list[float], shares: list[float]
) -> tuple[str, str]:
    top = ranked(found)[0]
    first, second = ranked(shares)[:2]
    won = _decided(settings, shares[first], shares[second])
    if won and first == top:
        return VERDICTS[first], "won"
    failed = f"gate_failed:{VERDICTS[top]}"
    if holding and holding[0].name == "mixed":
        return "mixed", _between(*ranked(found)[:2])
    if holding:
        return holding[0].name, failed
    if won:
        return VERDICTS[first], failed
    if shares[second] > 0:
        return _undecided(first, second)
    return _nothing_won(settings, found, failed)


def _decided(settings: Settings, first: float, second: float) -> bool:
    return first >= settings.least and first - second >= settings.lead


def _undecided(first: int, second: int) -> tuple[str, str]:
    return "ordinary" if QUIET in (first, second) else "mixed", _between(first, second)


def _between(first: int, second: int) -> str:
    return f"undecided:{VERDICTS[first]}/{VERDICTS[second]}"


def _nothing_won(settings: Settings, found: list[float], failed: str) -> tuple[str, str]:
    first, second = ranked(found)[:2]
    near = found[first] - found[second] < settings.conflict_gap and found[second] >= settings.conflict_least
    if near and QUIET not in (first, second):
        return "mixed", _between(first, second)
    return "ordinary", failed if _decided(settings, found[first], found[second]) else "leader"
