"""Weekdays, months and years: each is the day of a traced reading, and the right one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from commentary import calendar
from commentary.auditing.numbers import is_date
from commentary.auditing.proof import Finding, Proof
from commentary.auditing.statement import Statement
from commentary.auditing.words import MONTHS, WEEKDAYS
from commentary.model import ShownNumber

_NAMES = re.compile(rf"\b({'|'.join(name.title() for name in (*WEEKDAYS, *MONTHS))})s?\b")
_MODAL_MAY = re.compile(r"\b(?:in|since|of|by|late|early|last|from|until|\d)\s+$", re.IGNORECASE)
_PARTS = re.compile(
    rf"^(?:(?:(?P<weekday>{'|'.join(WEEKDAYS)}),?\s*)?(?:(?P<third>early|mid-|late)\s?)?(?:(?P<day>\d{{1,2}})\s)?"
    rf"(?P<month>{'|'.join(MONTHS)})?\s?(?P<year>\d{{4}})?)$",
    re.IGNORECASE,
)
_THIRDS = {"early": (1, 10), "mid-": (11, 20), "late": (21, 31)}


def days(statement: Statement) -> Iterator[Finding]:
    """Traced days are printed as what they are; no weekday or month stands outside the trace."""
    for number in statement.sentence.numbers:
        if is_date(number):
            yield from _day(statement, number)
    spans = [(number.start, number.end) for number in statement.sentence.numbers]
    for match in _NAMES.finditer(statement.text):
        inside = any(match.start() < end and match.end() > start for start, end in spans)
        if not inside and not _may(statement.text, match) and not _every(statement, match[0].lower()):
            yield statement.finding("dates", f"untraced {match[0]!r}", "the day of a reading")


def _every(statement: Statement, name: str) -> bool:
    """ "Mondays" on a Monday, where the condition asks for one."""
    today = WEEKDAYS[statement.proof.session.weekday()]
    return name == f"{today}s" and "calendar.weekday" in statement.read


def _may(text: str, match: re.Match[str]) -> bool:
    """The modal verb at the head of a sentence, not the month."""
    named = _MODAL_MAY.search(text[: match.start()]) or re.match(r"\s\d", text[match.end() :])
    return match[1] == "May" and not named


def _day(statement: Statement, number: ShownNumber) -> Iterator[Finding]:
    wanted = _wanted(statement.proof, number)
    if wanted is None:
        yield statement.finding("dates", f"{number.shown!r} = {number.value:g}", "the ordinal of a day")
    elif not _says(number.shown, wanted, statement.proof.session):
        yield statement.finding("dates", f"{number.shown!r}", f"{wanted:%A} {wanted.isoformat()}")


def _wanted(proof: Proof, number: ShownNumber) -> date | None:
    """The day that the reading names: the calendar's own for the session and its neighbours."""
    subject, _, measure = number.reading.partition(".")
    if subject == "calendar":
        return _neighbour(proof.session, measure.partition("_")[2])
    try:
        return date.fromordinal(int(number.value))
    except (ValueError, OverflowError):
        return None


def _neighbour(session: date, which: str) -> date | None:
    if which == "next":
        return calendar.next_session(session)
    if not which.startswith("prev"):
        return session if not which else None
    back = int(which.removeprefix("prev") or 1)
    for _ in range(back):
        session = calendar.previous_session(session)
    return session


def _says(text: str, wanted: date, session: date) -> bool:
    match = _PARTS.match(text.strip().removesuffix("s") if text.lower().endswith("days") else text.strip())
    if not match or not any(match.groupdict().values()):
        return False
    said = {key: value.lower() for key, value in match.groupdict().items() if value}
    checks = {
        "weekday": lambda value: WEEKDAYS.index(value) == wanted.weekday(),
        "third": lambda value: _THIRDS[value][0] <= wanted.day <= _THIRDS[value][1],
        "day": lambda value: int(value) == wanted.day,
        "month": lambda value: MONTHS.index(value) + 1 == wanted.month,
        "year": lambda value: int(value) == wanted.year,
    }
    within = "month" not in said or "year" in said or abs((session - wanted).days) <= 366
    return within and all(checks[key](value) for key, value in said.items())
