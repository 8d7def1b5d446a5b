"""The record: verdicts as they were published, against what the desk said of their sessions afterwards."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from commentary.evaluation.proper import brier
from commentary.evaluation.shares import SHARE_COLUMNS, share
from commentary.evaluation.sheets import Sheet, Value
from commentary.model import VERDICTS, Thread

LEAST = 30
"""Labelled days before a record is shown: at half right the interval of thirty is still 0.35 wide."""

BANDS = (("below 0.75", -math.inf, 0.75), ("0.75 to 0.9", 0.75, 0.9), ("0.9 and more", 0.9, math.inf))
"""Confidence as notes word it (METHOD §5): a lean, moderate, high; a band holds its lower end."""

EVEN = 1 - 1 / len(VERDICTS)
"""Brier score of somebody who gives all six the same share, every day."""

SETTLED = ("met", "failed", "lapsed")

Rows = list[Mapping[str, Value]]


@dataclass(frozen=True, slots=True)
class LabelledDay:
    """A session's verdict as first published, and the newest label that the desk has given the session.

    ``shares`` are the published probabilities of the six, None where the archive has none; ``in_time`` says
    that the note went out before the next session had closed.
    """

    session: date
    published: str
    confidence: float | None
    shares: Mapping[str, float] | None
    in_time: bool
    label: str
    why: str

    @property
    def hit(self) -> bool:
        """Whether the label is the verdict published."""
        return self.published == self.label


def record(days: Sequence[LabelledDay], threads: Sequence[Thread], whole: bool = False) -> tuple[Sheet, ...]:
    """The record's tables, in the order in which they are read. ``whole`` lists the hits beside the misses.

    Shown from ``LEAST`` labelled days on; whoever prints it asks first.
    """
    return (_hits(days), _bands(days), _forced(days), _scores(days), _listed(days, whole), _threads(threads))


def _hits(days: Sequence[LabelledDay]) -> Sheet:
    groups: Mapping[str, Callable[[LabelledDay], bool]] = {
        "all labelled days": lambda _: True,
        "published before the next session closed": lambda day: day.in_time,
        "published later": lambda day: not day.in_time,
        "labelled with a verdict that is scored": lambda day: day.label in VERDICTS,
        "labelled with one that is reached by rule": lambda day: day.label not in VERDICTS,
    }
    rows: Rows = [_right(name, filter(kept, days)) for name, kept in groups.items()]
    note = (
        "Right: the verdict that a session's first note published is the newest label of the session. "
        "Low, high: Wilson's interval at 95 %. What was published later could have been known."
    )
    return Sheet("hits", "Hits and misses", note, SHARE_COLUMNS, rows)


def _bands(days: Sequence[LabelledDay]) -> Sheet:
    rows: Rows = []
    for name, low, high in BANDS:
        inside = [(day, sure) for day in days if (sure := day.confidence) is not None and low <= sure < high]
        said = math.fsum(sure for _, sure in inside) / len(inside) if inside else None
        rows.append({**_right(name, (day for day, _ in inside)), "shown": said})
    note = "Shown: the mean confidence published in the band; share: how often it was right."
    return Sheet("reliability", "Reliability by confidence", note, (*SHARE_COLUMNS, "shown"), rows)


def _forced(days: Sequence[LabelledDay]) -> Sheet:
    was = [day for day in days if day.label == "forced_exit"]
    told = [day for day in days if day.published == "forced_exit"]
    rows: Rows = [
        _right("recall: of those labelled, published as such", was),
        _right("precision: of those published, labelled as such", told),
    ]
    note = "A forced exit missed costs recall; one called where there was none costs precision."
    return Sheet("forced", "Forced exits", note, SHARE_COLUMNS, rows)


def _scores(days: Sequence[LabelledDay]) -> Sheet:
    found = [
        brier(day.shares, day.label) for day in days if day.shares is not None and day.label in day.shares
    ]
    mean = math.fsum(found) / len(found) if found else None
    rows: Rows = [
        {"figure": "as published", "of": len(found), "Brier score": mean},
        {"figure": "the same share for each of the six", "of": len(found), "Brier score": EVEN},
    ]
    note = (
        "Over the six published probabilities, 0 to 2, lower is better; only for days labelled with one of "
        "the six. Days labelled with a verdict that is reached by rule count as right or wrong and have no score."
    )
    return Sheet("scores", "Probabilities", note, ("figure", "of", "Brier score"), rows)


def _listed(days: Sequence[LabelledDay], whole: bool) -> Sheet:
    rows: Rows = [
        {
            "session": day.session.isoformat(),
            "published": day.published,
            "confidence": day.confidence,
            "label": day.label,
            "why": day.why,
        }
        for day in days
        if whole or not day.hit
    ]
    columns = ("session", "published", "confidence", "label", "why")
    if whole:
        return Sheet("days", "Every labelled day", "Oldest first.", columns, rows)
    return Sheet("misses", "Misses", "Oldest first.", columns, rows)


def _threads(threads: Sequence[Thread]) -> Sheet:
    names = sorted({thread.name for thread in threads})
    groups = [(name, [thread for thread in threads if thread.name == name]) for name in names]
    rows: Rows = [_settled(name, group) for name, group in (*groups, ("all threads", threads))]
    note = (
        "What notes said would change their reading, counted by the session that opened it. "
        "Share met: of those settled, whether met, failed or lapsed."
    )
    columns = ("thread", "opened", *SETTLED, "open", "share met")
    return Sheet("threads", "Threads", note, columns, rows)


def _settled(name: str, threads: Sequence[Thread]) -> Mapping[str, Value]:
    count = Counter(thread.status for thread in threads)
    closed = sum(count[status] for status in SETTLED)
    share = count["met"] / closed if closed else None
    counts = {status: count[status] for status in (*SETTLED, "open")}
    return {"thread": name, "opened": len(threads), **counts, "share met": share}


def _right(figure: str, days: Iterable[LabelledDay]) -> dict[str, Value]:
    return share(day.hit for day in days).row(figure)
