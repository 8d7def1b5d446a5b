"""Episodes of stress, from verdicts alone: when one opens, what it is called, how long it runs, what ends it.

A forced exit, a flight to safety or any other graded day opens an episode where none is running, and every day
of stress carries it on. It ends after some sessions without stress, the more the graver its gravest day was
(``CALM``): what was graver takes longer to be over. ``scripts/flicker.py`` measures that choice beside others. A
verdict's label never depends on an episode; phases and the note's headline do.
"""

from __future__ import annotations

from collections.abc import Sequence

from commentary.model import PastSession, Scalar, Verdict
from commentary.shapes import dataclass

REMEMBERED = 120
"""Sessions before the day's that a card keeps: how far back an episode can be followed."""

CALM = (1, 2, 3, 5, 7)
"""Sessions without stress that end an episode, by the severity of its gravest day, 1 to 5.

Over 2005-2025 grave episodes reopen within ten sessions as seldom as with five sessions for all, and half as
many sessions stand in an episode; a flight of severity 1 is over on the first session without stress.
"""

FORCED = "forced_exit"
STRESS = (FORCED, "flight_to_safety")
EASING = ("relief", "exhaustion")
"""Phases that say of a session that the stress eased."""

NAMES = (
    "episode.day", "episode.quiet", "episode.label", "episode.first_label", "episode.first_date",
    "episode.gravest_label", "episode.gravest_date", "episode.severity", "episode.forced_count",
    "episode.stress_count", "episode.eased_by", "ended.label", "ended.day", "ended.first_date", "ended.last_date",
    "ended.forced_count", "ended.eased_by",
)  # fmt: skip
"""Every name that ``episode_names`` may give."""


@dataclass(frozen=True)
class Episode:
    """An episode as it stood after its latest session.

    ``day`` counts sessions from the first, which is one; ``quiet`` those since ``last``, its last day of stress.
    ``eased_by`` is the phase, relief or exhaustion, of the latest session since then that had one. ``whole`` is
    false where its first day may lie before what is remembered.
    """

    first: PastSession
    gravest: PastSession
    last: PastSession
    day: int
    quiet: int
    forced: int
    stressed: int
    eased_by: str
    whole: bool

    @property
    def label(self) -> str:
        """What it is called: a forced exit once it has had one, else its gravest day."""
        return FORCED if self.forced else self.gravest.label


def remembered(verdict: Verdict) -> PastSession:
    """What a later note needs to know of a verdict."""
    return PastSession(
        verdict.session, verdict.label, verdict.kind, verdict.confidence, verdict.runner_up, verdict.severity,
        verdict.phase, verdict.leader,
    )  # fmt: skip


def is_stress(day: PastSession) -> bool:
    """A forced exit, a flight to safety, any other graded day, or one that fell between the first two."""
    if day.label in STRESS or day.severity:
        return True
    way, _, between = day.kind.partition(":")
    return way == "undecided" and set(between.split("/")) == {*STRESS}


def running(days: Sequence[PastSession]) -> Episode | None:
    """The episode that runs on the last of ``days``, which are in order of date; None where none does."""
    start = _calm(days)
    whole = start > 0 or len(days) <= REMEMBERED
    first = gravest = last = forced = stressed = -1
    for place in range(start, len(days)):
        day = days[place]
        if first >= 0 and place - last > _needed(days[gravest]):
            first = -1
        if not is_stress(day) or (first < 0 and not _opens(day)):
            continue
        if first < 0:
            first, gravest, forced, stressed = place, place, 0, 0
        last, stressed, forced = place, stressed + 1, forced + (day.label == FORCED)
        gravest = place if day.severity > days[gravest].severity else gravest
    count, eased = len(days) - 1, _eased(days[last:])
    if first < 0 or count - last >= _needed(days[gravest]):
        return None
    return Episode(
        days[first],
        days[gravest],
        days[last],
        count - first + 1,
        count - last,
        forced,
        stressed,
        eased,
        whole,
    )


def ended(days: Sequence[PastSession]) -> Episode | None:
    """The episode that still ran on the session before the last of ``days`` and no longer does."""
    before = running(days[:-1])
    if before is None:
        return None
    now = running(days)
    return before if now is None or now.first.session != before.first.session else None


def episode_names(before: Sequence[PastSession], today: PastSession) -> dict[str, Scalar]:
    """An episode under the names that rules may read; none where none runs and none has just ended.

    ``episode.eased_by`` speaks of the sessions before today's: a phase may read it. An episode whose first day
    is out of memory has neither day nor first date.
    """
    days = (*before[-REMEMBERED:], today)
    now, past = running(days), ended(days)
    names: dict[str, Scalar] = {}
    if now is not None:
        eased = _eased(days[-1 - now.quiet : -1]) if now.quiet else ""
        names |= _told("episode", now) | ({"episode.eased_by": eased} if eased else {})
        names |= {
            "episode.quiet": float(now.quiet),
            "episode.gravest_label": now.gravest.label,
            "episode.gravest_date": float(now.gravest.session.toordinal()),
            "episode.severity": float(now.gravest.severity),
            "episode.stress_count": float(now.stressed),
        }
        if now.whole:
            names["episode.first_label"] = now.first.label
    if past is not None:
        names |= _told("ended", past) | ({"ended.eased_by": past.eased_by} if past.eased_by else {})
        names["ended.last_date"] = float(past.last.session.toordinal())
    return names


def _told(subject: str, episode: Episode) -> dict[str, Scalar]:
    names: dict[str, Scalar] = {
        f"{subject}.label": episode.label,
        f"{subject}.forced_count": float(episode.forced),
    }
    if episode.whole:
        names[f"{subject}.day"] = float(episode.day)
        names[f"{subject}.first_date"] = float(episode.first.session.toordinal())
    return names


def _calm(days: Sequence[PastSession]) -> int:
    """Where to begin to count: after more sessions without stress than any episode outlives."""
    quiet = 0
    for place in range(len(days) - 1, -1, -1):
        quiet = 0 if is_stress(days[place]) else quiet + 1
        if quiet > CALM[-1]:
            return place
    return 0


def _opens(day: PastSession) -> bool:
    """A day that nobody could tell carries an episode on and opens none."""
    return day.label in STRESS or day.severity > 0


def _needed(gravest: PastSession) -> int:
    """Sessions without stress that end an episode."""
    return CALM[max(gravest.severity, 1) - 1]


def _eased(days: Sequence[PastSession]) -> str:
    """The latest phase among days that says the stress eased."""
    return next((day.phase for day in reversed(days) if day.phase in EASING), "")
