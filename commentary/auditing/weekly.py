"""Tables of the notes on a week, counted again: sessions and what followed, dates by calendar, threads."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta

from commentary import calendar
from commentary.auditing.proof import Finding, Proof
from commentary.auditing.words import WEEKDAYS
from commentary.model import Cell, Table
from commentary.weeks import LENGTH, standing

_RULES: Mapping[str, Callable[[date], bool]] = {
    "expiry": calendar.is_monthly_expiry,
    "witching": calendar.is_triple_witching,
    "vix_expiry": calendar.is_vix_expiry,
    "russell_day": calendar.is_russell_reconstitution,
    "msci_review": calendar.is_msci_review,
    "month_end": calendar.is_month_end,
    "quarter_end": calendar.is_quarter_end,
    "half_day": calendar.is_half_day,
    "holiday": lambda day: not calendar.is_session(day),
    "tokyo": lambda day: not calendar.is_session(day, "XTKS"),
    "shanghai": lambda day: not calendar.is_session(day, "XSHG"),
    "london": lambda day: not calendar.is_session(day, "XLON"),
}
"""Days that a calendar alone names."""

_PLACES = {"tokyo": "XTKS", "shanghai": "XSHG", "london": "XLON", "newyork": "XNYS"}
_BACK = re.compile(r"sp500\.return_1d(?:_prev(\d?))?(?![\w])")


def tabled(proof: Proof) -> Iterator[Finding]:
    """Each of the tables, where the note has it."""
    for table in proof.tables:
        if table.name == "week" and proof.before is not None and proof.verdict is not None:
            yield from _sessions(proof, table)
        elif table.name == "agenda":
            yield from _dates(proof, table)
        elif table.name == "standing" and proof.plan is not None:
            yield from _threads(proof, table)


def _sessions(proof: Proof, table: Table) -> Iterator[Finding]:
    earlier = [(day.session, day.label, day.confidence, day.severity) for day in (proof.before or ())]
    verdict = proof.verdict
    today = [(proof.session, verdict.label, verdict.confidence, verdict.severity)] if verdict else []
    days = [*earlier, *today][-LENGTH:]
    if len(table.rows) != len(days):
        yield Finding("week", table.name, f"{len(table.rows)} rows", f"{len(days)} sessions")
    for place, (row, day) in enumerate(zip(table.rows, days, strict=False)):
        back = len(days) - 1 - place
        names = proof.vocabulary.others.get(day[1], ("", day[1].replace("_", " ")))
        wanted = (_day(day[0]), names[1][:1].upper() + names[1][1:])
        if (row[0].shown, row[1].shown) != wanted:
            yield Finding("week", row[0].shown, row[1].shown, " ".join(wanted))
        for cell, value in ((row[2], day[2]), (row[3], float(day[3]))):
            if cell.reading and cell.value != value:
                yield Finding("week", row[0].shown, cell.shown, f"{value:g}")
        yield from _windows(row, back)


def _windows(row: tuple[Cell, ...], back: int) -> Iterator[Finding]:
    """The index on the session, on the next one, and on all since: by how many sessions ago each return was."""
    for cell, wanted in zip(row[4:], ({back}, {back - 1}, set(range(back))), strict=True):
        read = {_ago(match) for match in _BACK.finditer(cell.reading)}
        if cell.reading and read != wanted:
            yield Finding("week", row[0].shown, cell.reading, f"sessions ago: {sorted(wanted)}")


def _ago(match: re.Match[str]) -> int:
    return 0 if match[1] is None else int(match[1] or 1)


def _dates(proof: Proof, table: Table) -> Iterator[Finding]:
    known = {entry.what: entry for entry in proof.agenda}
    for row in table.rows:
        entry = known.get(row[1].shown)
        if entry is None or row[3].shown != entry.tests:
            yield Finding("agenda", row[1].shown, row[3].shown, "an entry of the agenda’s file")
            continue
        value = proof.scene.get(f"{entry.subject}.due_date")
        day = date.fromordinal(int(value)) if isinstance(value, float) else proof.session
        if row[0].shown != _day(day):
            yield Finding("agenda", row[1].shown, row[0].shown, _day(day))
        if not proof.session < day <= proof.session + timedelta(7):
            yield Finding("agenda", row[1].shown, row[0].shown, "a day of the week ahead")
        elif entry.subject in _RULES and not _RULES[entry.subject](day):
            yield Finding("agenda", row[1].shown, row[0].shown, "a day that the calendar names so")
        if row[2].reading not in ("", f"{entry.subject}.due_consensus"):
            yield Finding("agenda", row[1].shown, row[2].reading, "what is expected of it")


def _threads(proof: Proof, table: Table) -> Iterator[Finding]:
    plan, before = proof.plan, proof.before or ()
    first = before[-(LENGTH - 1)].session if len(before) >= LENGTH - 1 else date.min
    opened, settled = (plan.threads, plan.settled) if plan else ((), ())
    due = standing(proof.memory.threads, settled, opened, first)
    wanted = [(item.text, f"`{item.predicate}`", item.expires.isoformat(), item.status) for item in due]
    shown = [tuple(cell.shown for cell in row) for row in table.rows]
    if shown != wanted:
        yield Finding("tables", table.name, f"{len(shown)} threads", f"{len(wanted)}, as the memory has them")


def _day(day: date) -> str:
    return f"{day.isoformat()}, {WEEKDAYS[day.weekday()].title()}"


def named(proof: Proof) -> Iterator[Finding]:
    """The names that conditions read of the week and of the morning after are those counted again."""
    days = [*(proof.before or ())][-(LENGTH - 1) :]
    for back, day in enumerate(reversed(days), start=1):
        wanted = {f"week.label_{back}": day.label, f"week.date_{back}": float(day.session.toordinal())}
        yield from _unlike(proof, wanted)
    for place, exchange in _PLACES.items():
        if f"{place}.opens_date" in proof.scene:
            opens = calendar.next_session(proof.session, exchange)
            traded = float(calendar.is_session(proof.session, exchange))
            yield from _unlike(
                proof, {f"{place}.opens_date": float(opens.toordinal()), f"{place}.traded": traded}
            )


def _unlike(proof: Proof, wanted: Mapping[str, object]) -> Iterator[Finding]:
    for name, value in wanted.items():
        if name in proof.scene and proof.scene[name] != value:
            yield Finding("state", name, str(proof.scene[name]), str(value))
