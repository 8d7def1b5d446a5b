"""The five sessions that end with the day's, from verdicts and threads alone: what a note on the week reads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise

from commentary import calendar
from commentary.model import RULED, VERDICTS, PastSession, Scalar, Thread

LENGTH = 5
"""Sessions of a week. After a holiday they reach into the week before, as every change over five sessions does."""

LABELS = (*VERDICTS, *RULED)
NAMES = (
    "week.sessions", "week.whole", "week.first_label", "week.first_date", "week.common_label", "week.common_count",
    "week.turns", "week.gravest_label", "week.gravest_date", "week.gravest_severity", "week.gravest_back",
    "week.after_label", "week.met", "week.failed", "week.lapsed", "week.opened", "week.open",
    *(f"week.{label}" for label in LABELS),
    *(f"week.{what}_{back}" for what in ("label", "date", "confidence", "severity") for back in range(LENGTH)),
)  # fmt: skip
"""Every name that ``week_names`` and ``thread_names`` may give."""


def last_week(before: Sequence[PastSession], today: PastSession) -> tuple[PastSession, ...]:
    """The sessions that a week looks at, oldest first."""
    return (*before[-(LENGTH - 1) :], today)


def ends_week(session: date) -> bool:
    """Whether the next session lies in another calendar week."""
    return _monday(calendar.next_session(session)) != _monday(session)


def week_names(before: Sequence[PastSession], today: PastSession) -> dict[str, Scalar]:
    """Verdicts of the week: each by how many sessions ago it was, the first, the commonest and the gravest."""
    days = last_week(before, today)
    counts = Counter(day.label for day in days)
    common, most = max(counts.items(), key=lambda pair: (pair[1], pair[0] == today.label, pair[0]))
    whole = len(days) == LENGTH and _monday(days[0].session) == _monday(today.session)
    names: dict[str, Scalar] = {
        "week.sessions": float(len(days)),
        "week.whole": float(whole),
        "week.first_label": days[0].label,
        "week.first_date": float(days[0].session.toordinal()),
        "week.common_label": common,
        "week.common_count": float(most),
        "week.turns": float(sum(a.label != b.label for a, b in pairwise(days))),
        **{f"week.{label}": float(counts[label]) for label in LABELS},
    }
    for back, day in enumerate(reversed(days)):
        names |= {
            f"week.label_{back}": day.label,
            f"week.date_{back}": float(day.session.toordinal()),
            f"week.confidence_{back}": day.confidence,
            f"week.severity_{back}": float(day.severity),
        }
    return names | _gravest(days)


def thread_names(known: Iterable[Thread], settled: Iterable[Thread], first: PastSession) -> dict[str, Scalar]:
    """What became of the notes' threads from ``first`` on, how many were opened, and how many are open still."""
    closed = {(item.name, item.born): item for item in settled}
    threads = [closed.get((item.name, item.born), item) for item in known]
    ended = [item for item in threads if item.settled and item.settled >= first.session]
    return {
        **{
            f"week.{status}": float(sum(item.status == status for item in ended))
            for status in ("met", "failed", "lapsed")
        },
        "week.opened": float(sum(item.born >= first.session for item in threads)),
        "week.open": float(sum(item.status == "open" for item in threads)),
    }


def _gravest(days: Sequence[PastSession]) -> dict[str, Scalar]:
    """The earliest of the gravest sessions and what came the day after; nothing where none was graded."""
    place = max(range(len(days)), key=lambda place: (days[place].severity, -place))
    gravest = days[place]
    if not gravest.severity:
        return {}
    after = {"week.after_label": days[place + 1].label} if place + 1 < len(days) else {}
    return {
        "week.gravest_label": gravest.label,
        "week.gravest_date": float(gravest.session.toordinal()),
        "week.gravest_severity": float(gravest.severity),
        "week.gravest_back": float(len(days) - 1 - place),
        **after,
    }


def _monday(day: date) -> date:
    return day - timedelta(day.weekday())


RETURNS = (
    "sp500.return_1d", "sp500.return_1d_prev", "sp500.return_1d_prev2", "sp500.return_1d_prev3",
    "sp500.return_1d_prev4",
)  # fmt: skip
"""The index's return by how many sessions ago."""


def since(back: int) -> str:
    """The index from the close of so many sessions ago to the day's, as an expression over readings."""
    return " * ".join(f"(1 + {name})" for name in reversed(RETURNS[:back])) + " - 1"


def standing(
    known: Iterable[Thread], settled: Iterable[Thread], opened: Iterable[Thread], first: date
) -> tuple[Thread, ...]:
    """Threads as they stand after the day: those settled from ``first`` on, those still open, those opened today."""
    closed = {(item.name, item.born): item for item in settled}
    threads = [closed.get((item.name, item.born), item) for item in known]
    ended = [item for item in threads if item.settled is not None and item.settled >= first]
    return (*ended, *(item for item in threads if item.status == "open"), *opened)
