"""What was said of a session, whoever said it: the ledger, a plain rule, an earlier program."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from commentary.evaluation.labels import Event, PanelDay
from commentary.model import VERDICTS, Verdict

UNDECIDED = ("ordinary", "mixed", "")
"""Labels that name none of the stories; the empty one is of a rule that lacked a reading."""


@dataclass(frozen=True, slots=True)
class Call:
    """A label and what stands behind it.

    ``top`` is the strongest of the six scored verdicts, ``scores`` are their shares before gates and
    ``shares`` after (they sum to one; empty where there are none), ``confidence`` 0–1 is what was shown.
    """

    session: date
    label: str
    top: str
    runner_up: str = ""
    confidence: float | None = None
    scores: Mapping[str, float] = field(default_factory=dict)
    shares: Mapping[str, float] = field(default_factory=dict)


Calls = Mapping[date, Call]
"""Calls by session."""


def calls_of(verdicts: Iterable[Verdict]) -> dict[date, Call]:
    """Calls of the ledger. Of equal scores the first of ``VERDICTS`` is on top."""
    return {
        each.session: Call(
            each.session, each.label, max(VERDICTS, key=lambda name: each.scores[name]), each.runner_up,
            each.confidence, each.scores, each.shares,
        )
        for each in verdicts
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pair:
    """A labelled day and what was said of it. ``sure``: the label is of high confidence."""

    wanted: str
    call: Call
    sure: bool = True


def event_pairs(events: Iterable[Event], calls: Calls) -> list[Pair]:
    """The events that were judged, by date."""
    return [
        Pair(event.label, calls[event.session], event.confidence == "high")
        for event in events
        if event.session in calls
    ]


def panel_pairs(panel: Iterable[PanelDay], calls: Calls) -> list[Pair]:
    """The panel's days that were judged, under their majority's label, by date."""
    return [Pair(day.majority, calls[day.session]) for day in panel if day.session in calls]
