"""Labels given by the desk after the fact, and the record of what was published against them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime

from commentary import calendar
from commentary.archive import Archive, Label, PublishedVerdict
from commentary.authored import meant
from commentary.errors import UsageError
from commentary.evaluation.labels import LABELS
from commentary.evaluation.record import LEAST, LabelledDay, record
from commentary.evaluation.sheets import Sheet
from commentary.sheet_text import sheet_fields, sheets_text

WORDS = 3
"""Least words of a reason: a label without one cannot be argued with."""

DECIMALS = 2
"""More than so few days bear."""


@dataclass(frozen=True, slots=True)
class Span:
    """Sessions from ``first`` to ``last``, both included; None is open on that side."""

    first: date | None = None
    last: date | None = None

    def holds(self, session: date) -> bool:
        """Whether a session lies in it."""
        return (self.first is None or self.first <= session) and (self.last is None or session <= self.last)


@dataclass(frozen=True, slots=True)
class Record:
    """What the archive says of a span. ``published`` counts the sessions with a published verdict, ``labelled``
    those of them with a label, ``unpublished`` labelled sessions of which nothing went out; ``sheets`` are
    empty below ``LEAST`` labelled days."""

    published: int
    labelled: int
    unpublished: int
    sheets: tuple[Sheet, ...]


def put_label(archive: Archive, label: Label) -> list[str]:
    """Keep a label, and say what was kept; a second line warns where nothing was published for the session.

    Raises UsageError for an unknown label, a reason of less than ``WORDS`` words and a day that is no session
    or not settled yet, CalendarError for one outside the calendar's table.
    """
    _refuse(label)
    earlier = [each for each in archive.labels() if each.session == label.session]
    archive.label(label)
    said = f"{label.session} labelled {label.label}"
    if earlier:
        said += f" (until now {earlier[-1].label}, since {earlier[-1].at:%Y-%m-%d}; both are kept, the newest counts)"
    if any(each.session == label.session for each in archive.published()):
        return [said]
    return [said, f"nothing was published for {label.session}: the record cannot count it"]


def record_of(archive: Archive, span: Span, whole: bool = False) -> Record:
    """The record of a span's sessions. ``whole`` lists every labelled day, not only the misses."""
    labels = {label.session: label for label in archive.labels() if span.holds(label.session)}
    published = [verdict for verdict in archive.published() if span.holds(verdict.session)]
    days = [_day(verdict, labels[verdict.session]) for verdict in published if verdict.session in labels]
    threads = [thread for thread in archive.threads() if span.holds(thread.born)]
    sheets = record(days, threads, whole) if len(days) >= LEAST else ()
    return Record(len(published), len(days), len(labels) - len(days), sheets)


def told(found: Record, form: str) -> str:
    """The record as a table, Markdown or JSON; below ``LEAST`` labelled days how many there are."""
    if form == "json":
        content = {
            "published": found.published, "labelled": found.labelled, "shown_from": LEAST,
            "sheets": [sheet_fields(sheet) for sheet in found.sheets],
        }  # fmt: skip
        return json.dumps(content, indent=1, ensure_ascii=False) + "\n"
    parts = [_heading(found), *([sheets_text(found.sheets, form, DECIMALS)] if found.sheets else [])]
    return "\n".join(parts)


def _refuse(label: Label) -> None:
    if label.label not in LABELS:
        wanted = f"wanted one of {', '.join(LABELS)}"
        raise UsageError(f"label: got {label.label!r}; {wanted}{meant(label.label, LABELS)}")
    if len(label.why.split()) < WORDS:
        raise UsageError(f"--why: got {label.why!r}; wanted a reason of {WORDS} words or more")
    if not calendar.is_session(label.session):
        raise UsageError(f"{label.session} is no session: {calendar.describe(label.session)}")
    if not calendar.is_settled(label.session, label.at):
        raise UsageError(f"{label.session} is not settled; wanted a session that is over")


def _day(verdict: PublishedVerdict, label: Label) -> LabelledDay:
    deadline: datetime = calendar.close_at(calendar.next_session(verdict.session))
    return LabelledDay(
        session=verdict.session,
        published=verdict.label,
        confidence=verdict.confidence,
        shares=verdict.shares,
        in_time=verdict.at < deadline,
        label=label.label,
        why=label.why,
    )


def _heading(found: Record) -> str:
    if found.labelled < LEAST:
        said = f"{found.labelled} of {LEAST} labelled days; the record is shown from {LEAST} on"
    else:
        said = f"{found.labelled} labelled days of {found.published} sessions published"
    if found.unpublished:
        said += f" ({found.unpublished} more labelled, with nothing published)"
    return said + "\n"
