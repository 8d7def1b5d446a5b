"""The episode as the line of state tells it, counted again from the verdicts before the day's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from commentary.auditing.proof import Finding, Proof
from commentary.auditing.words import MONTHS
from commentary.model import Verdict
from commentary.shapes import dataclass

_STRESS = {"forced_exit", "flight_to_safety"}
_KEPT = 120
"""Sessions before the day's that a note may look back at."""

_NEEDED = {0: 1, 1: 1, 2: 2, 3: 3, 4: 5, 5: 7}
"""Sessions without stress that end an episode whose gravest day had this severity."""

_LULL = 8
"""Sessions without stress that no episode outlives."""


@dataclass(frozen=True)
class Told:
    """What may be said of an episode: its first day and label, absent where that is out of memory, and the first
    day of its highest severity."""

    label: str
    day: int
    first: tuple[date, str] | None
    gravest: tuple[date, int]


@dataclass(frozen=True)
class _Day:
    session: date
    label: str
    severity: int
    stress: bool


def told(proof: Proof) -> Told | None:
    """The episode that runs on the note's session, from the labels and severities alone; None where none does."""
    days = _days(proof, proof.verdict) if proof.verdict else []
    runs: list[list[int]] = []
    for place, day in enumerate(days):
        if not day.stress:
            continue
        if runs and place - runs[-1][-1] <= _calm(days, runs[-1]):
            runs[-1].append(place)
        elif day.label in _STRESS or day.severity:
            runs.append([place])
    if not runs or len(days) - 1 - runs[-1][-1] >= _calm(days, runs[-1]):
        return None
    run = runs[-1]
    worst = min(run, key=lambda place: (-days[place].severity, place))
    forced = any(days[place].label == "forced_exit" for place in run)
    first = (days[run[0]].session, days[run[0]].label) if _remembered(days, run[-1]) else None
    label = "forced_exit" if forced else days[worst].label
    return Told(label, len(days) - run[0], first, (days[worst].session, days[worst].severity))


def head(proof: Proof, names: dict[str, str]) -> str:
    """How the line of state must begin from an episode's second day; "" on its first, or where none runs.

    ``names`` are the short names of verdicts by id.
    """
    episode = told(proof)
    if episode is None or proof.verdict is None or episode.day == 1:
        return ""
    name = names[episode.label].replace(" ", "-")
    day = f", day {episode.day}" if episode.first else ""
    phase = f": {proof.verdict.phase}" if proof.verdict.phase else ""
    aside = ", ".join(_aside(episode, proof.session, names))
    return f"{name[:1].upper()}{name[1:]} episode{day}{phase}" + (f" ({aside})" if aside else "")


def named(proof: Proof) -> Iterator[Finding]:
    """The names that conditions read of an episode are what is counted again."""
    if proof.before is None or proof.verdict is None:
        return
    episode = told(proof)
    wanted: dict[str, object] = {"episode.label": None, "episode.day": None, "episode.gravest_date": None}
    if episode is not None:
        wanted |= {
            "episode.label": episode.label,
            "episode.gravest_date": float(episode.gravest[0].toordinal()),
        }
        if episode.first:
            wanted |= {"episode.day": float(episode.day)}
    for name, value in wanted.items():
        if proof.scene.get(name) != value:
            yield Finding("state", name, str(proof.scene.get(name)), str(value))


def _aside(episode: Told, session: date, names: dict[str, str]) -> Iterator[str]:
    first, label = episode.first or (None, "")
    if first is not None and first != session:
        yield f"began {_said(first, session)}" + ("" if label == episode.label else f" as {names[label]}")
    gravest, severity = episode.gravest
    if gravest not in (first, session):
        yield f"severity {severity} on {_said(gravest, session)}"


def _said(day: date, session: date) -> str:
    month = MONTHS[day.month - 1].title()
    return f"{day.day} {month}" if day.year == session.year else f"{day.day} {month} {day.year}"


def _days(proof: Proof, verdict: Verdict) -> list[_Day]:
    earlier = (proof.before or ())[-_KEPT:]
    found = [_Day(past.session, past.label, past.severity, _stressed(past.label, past.kind, past.severity))
             for past in earlier]  # fmt: skip
    stress = _stressed(verdict.label, verdict.kind, verdict.severity)
    return [*found, _Day(verdict.session, verdict.label, verdict.severity, stress)]


def _stressed(label: str, kind: str, severity: int) -> bool:
    between = kind.removeprefix("undecided:").split("/") if kind.startswith("undecided:") else []
    return label in _STRESS or severity > 0 or sorted(between) == sorted(_STRESS)


def _calm(days: Sequence[_Day], run: Sequence[int]) -> int:
    """Sessions without stress that end a run of it."""
    return _NEEDED[max(days[place].severity for place in run)]


def _remembered(days: Sequence[_Day], last: int) -> bool:
    """Whether a lull before the run lies within what is remembered, or all there is to remember."""
    quiet = 0
    for day in reversed(days[: last + 1]):
        quiet = 0 if day.stress else quiet + 1
        if quiet >= _LULL:
            return True
    return len(days) <= _KEPT
