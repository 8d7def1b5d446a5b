"""Calls, events and panel days written by hand."""

from __future__ import annotations

from datetime import date, timedelta

from commentary.evaluation.calls import Call, Pair
from commentary.evaluation.labels import Event, PanelDay
from commentary.model import VERDICTS

START = date(2020, 1, 1)


def call(label: str, top: str = "", day: int = 0, **more: object) -> Call:
    """A call ``day`` days after START; the top class is the label unless given."""
    return Call(START + timedelta(days=day), label, top or label, **more)  # type: ignore[arg-type]


def pairs(*days: str, sure: bool = True) -> list[Pair]:
    """One pair a text ``wanted label`` or ``wanted label top``, a day apart."""
    found = []
    for day, text in enumerate(days):
        wanted, label, *top = text.split()
        found.append(Pair(wanted, call(label, *top, day=day), sure))
    return found


def event(session: date, label: str, confidence: str = "high") -> Event:
    """An event without reason or source."""
    return Event(session, label, confidence, "", "")


def panel_day(session: date, a: str, b: str, c: str) -> PanelDay:
    """A panel day; the majority is the second reading's."""
    return PanelDay(session, (a, b, c), b, sum(each == b for each in (a, b, c)), "")


def leaning(label: str, share: float = 0.5) -> dict[str, float]:
    """Shares of the six: this much for one label, the rest in equal parts."""
    return {name: share if name == label else (1 - share) / 5 for name in VERDICTS}
