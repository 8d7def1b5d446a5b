"""The scene: every name that a condition or a slot may read on one session."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from commentary import calendar
from commentary.desk import names as desk_names
from commentary.episode import NAMES, episode_names, remembered
from commentary.model import PastSession, Scalar, Tape, Verdict
from commentary.mornings import NAMES as MORNING
from commentary.mornings import morning_names
from commentary.weeks import NAMES as WEEK
from commentary.weeks import week_names

SCOPE = (
    "verdict", "kind", "confidence", "confidence_word", "runner_up", "severity", "phase", "leader",
    "opposing_share", "coverage", "gate_margin", "worst_sleeve", "yesterday.verdict", "yesterday.verdict_2",
    "yesterday.leader", "yesterday.confidence", "yesterday.streak",
    "episode.sessions_since_forced", "streak.verdict", "settled.met", "settled.failed", "settled.lapsed",
    "settled.thread", "settled.subject", "settled.status", "settled.born_date", "settled.age", "thesis", "theme",
    "calendar.date", "calendar.date_prev", "calendar.date_next", *NAMES, *WEEK, *MORNING,
)  # fmt: skip
"""Names added to the readings once the verdict is known, besides ``evidence.*``, ``tape.*`` and ``tag_*``."""


def build_scene(tape: Tape, verdict: Verdict, before: Sequence[PastSession]) -> dict[str, Scalar]:
    """Readings, verdict, yesterday and episode under the names of the vocabulary."""
    scene: dict[str, Scalar] = dict(tape.values)
    scene.update({f"evidence.{item}": value for item, value in verdict.strengths.items()})
    scene.update(verdict.derived)
    scene.update(_verdict(verdict))
    scene.update(_yesterday(before))
    scene.update(_episode(verdict, before))
    scene.update(_dates(tape))
    scene.update(week_names(before, remembered(verdict)))
    scene.update(morning_names(tape.session))
    return scene


def _dates(tape: Tape) -> dict[str, Scalar]:
    days = {
        "calendar.date": tape.session,
        "calendar.date_prev": calendar.previous_session(tape.session),
        "calendar.date_next": calendar.next_session(tape.session),
    }
    return {name: float(day.toordinal()) for name, day in days.items()}


def _verdict(verdict: Verdict) -> dict[str, Scalar]:
    weight = verdict.supporting + verdict.opposing
    scene: dict[str, Scalar] = {
        "verdict": verdict.label,
        "kind": verdict.kind.split(":")[0],
        "confidence": verdict.confidence,
        "confidence_word": verdict.confidence_word,
        "runner_up": verdict.runner_up,
        "severity": float(verdict.severity),
        "coverage": verdict.coverage,
    }
    named = {"phase": verdict.phase, "leader": verdict.leader, "worst_sleeve": verdict.worst_sleeve}
    scene.update({key: value for key, value in named.items() if value})
    if weight > 0:
        scene["opposing_share"] = verdict.opposing / weight
    scene.update({f"tag_{tag}": 1.0 for tag in verdict.tags})
    own = [line.distance for line in verdict.gates if line.verdict == verdict.label and line.passed]
    if known := [abs(distance) for distance in own if distance is not None]:
        scene["gate_margin"] = min(known)
    return scene


def _yesterday(before: Sequence[PastSession]) -> dict[str, Scalar]:
    scene: dict[str, Scalar] = {}
    if before:
        last = before[-1]
        scene["yesterday.verdict"] = last.label
        scene["yesterday.confidence"] = last.confidence
        scene["yesterday.streak"] = float(_run(last.label, before))
        if last.leader:
            scene["yesterday.leader"] = last.leader
    if len(before) > 1:
        scene["yesterday.verdict_2"] = before[-2].label
    return scene


def _episode(verdict: Verdict, before: Sequence[PastSession]) -> dict[str, Scalar]:
    forced = (back for back, past in enumerate(reversed(before), start=1) if past.label == "forced_exit")
    scene = episode_names(before, remembered(verdict))
    scene["streak.verdict"] = float(_run(verdict.label, before) + 1)
    if since := next(forced, 0):
        scene["episode.sessions_since_forced"] = float(since)
    return scene


def _run(label: str, before: Sequence[PastSession]) -> int:
    count = 0
    for past in reversed(before):
        if past.label != label:
            break
        count += 1
    return count


def vocabulary(
    readings: Collection[str], judged: Collection[str], instruments: Collection[str] = ()
) -> set[str]:
    """Every name that a condition may use: readings, what judging adds, the scope of the verdict, and what the
    desk may say of ``instruments``."""
    return {*readings, *judged, *SCOPE, *desk_names(instruments)}
