"""The days on which the ledger leaned farthest and hardest to a forced exit, called one or not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from commentary.model import GateLine, Verdict

FORCED = "forced_exit"
LEANING = 0.5
"""Score from which a day that was called otherwise is a near miss: more than all other stories together."""


@dataclass(frozen=True, slots=True)
class ForcedDay:
    """A day that was called a forced exit, or nearly.

    ``score`` is the forced exit's share of the ledger before the gates, ``raw`` the severity before it is
    cut into degrees (None where it cannot be known). ``missed`` says why the label is another: "" (it is
    not), gate, unknown (a reading that the gate asks for is missing), closed (by a verdict reached by rule),
    undecided, outscored. ``short`` is what the gate wants, in the unit of the reading that decides.
    """

    verdict: Verdict
    score: float
    raw: float | None
    missed: str
    short: float | None

    @property
    def weight(self) -> float | None:
        """Score times raw severity: how far the ledger leaned, times how hard the day was."""
        return None if self.raw is None else self.score * self.raw


def most_forced(verdicts: Iterable[Verdict], most: int) -> tuple[ForcedDay, ...]:
    """The ``most`` days of the largest weight, the largest first; equal ones by date.

    Taken from days called a forced exit and from near misses (``LEANING``). Scores alone would not order
    them: on hard days they crowd at one. Days whose severity is not known stand last, by score.
    """
    found = [_day(verdict) for verdict in verdicts if _leans(verdict)]
    return tuple(sorted(found, key=_order)[:most])


def _leans(verdict: Verdict) -> bool:
    return verdict.label == FORCED or verdict.scores[FORCED] >= LEANING


def _order(day: ForcedDay) -> tuple[bool, float, int]:
    weight = day.weight
    size = day.score if weight is None else weight
    return weight is None, -size, day.verdict.session.toordinal()


def _day(verdict: Verdict) -> ForcedDay:
    missed, short = _missed(verdict)
    return ForcedDay(verdict, verdict.scores[FORCED], verdict.derived.get("severity.raw"), missed, short)


def _missed(verdict: Verdict) -> tuple[str, float | None]:
    if verdict.label == FORCED:
        return "", None
    lines = [line for line in verdict.gates if line.verdict == FORCED]
    own, closing = [line for line in lines if not _closes(line)], [line for line in lines if _closes(line)]
    for line in own:
        if line.passed is False:
            return "gate", line.distance
    if any(line.passed is None for line in own):
        return "unknown", None
    if closing:
        return "closed", None
    return ("undecided" if verdict.kind.startswith("undecided:") else "outscored"), None


def _closes(line: GateLine) -> bool:
    """Whether the line tells of a gate that a verdict reached by rule shut."""
    return line.expression.startswith("not (")
