"""Verdicts, tapes and sessions before, written by hand, for tests of what follows judging."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from commentary import calendar
from commentary.episode import STRESS
from commentary.model import (
    VERDICTS,
    Card,
    EvidenceLine,
    InputStatus,
    Memory,
    PastSession,
    ReadingSpec,
    Scalar,
    Tape,
    Verdict,
)
from commentary.units import Unit

SESSION = date(2024, 8, 5)


def verdict(label: str = "forced_exit", **changes: Any) -> Verdict:
    """A verdict that was won at 95 %, with some of its fields changed."""
    whole: dict[str, Any] = {
        "session": SESSION,
        "label": label,
        "kind": "won",
        "leader": "",
        "confidence": 0.95,
        "confidence_word": "high",
        "runner_up": "flight_to_safety",
        "margin": 0.9,
        "scores": dict.fromkeys(VERDICTS, 1 / 6),
        "shares": {label: 0.95, "flight_to_safety": 0.044},
        "evidence": (),
        "gates": (),
        "strengths": {},
        "derived": {},
        "severity": 4,
        "worst_sleeve": "metals",
        "sleeves": {"metals": 4},
        "phase": "onset",
        "tags": (),
        "coverage": 1.0,
        "pressure": 2.0,
        "violence": 3,
        "supporting": 8.0,
        "opposing": 2.0,
        "missing": (),
    }
    return Verdict(**{**whole, **changes})


def line(item: str, **points: float) -> EvidenceLine:
    """A line of the ledger at full strength."""
    return EvidenceLine(item, "havens", item.replace("_", " ").capitalize(), 1.0, points)


def spec(name: str, unit: Unit) -> ReadingSpec:
    """A declaration with nothing of interest but its name and unit."""
    return ReadingSpec(name, unit, "1 session", (name.split(".")[0],), 1, -1e9, 1e9, "by hand")


def tape(values: Mapping[str, Scalar], session: date = SESSION) -> Tape:
    """A tape of a few readings, from one source that is fresh."""
    fresh = InputStatus("sp500", "^GSPC", "folder", session, "fresh")
    return Tape(session, values, {}, (fresh,))


def before(*labels: str, session: date = SESSION) -> tuple[PastSession, ...]:
    """The sessions before one under these labels, oldest first; days of stress have severity 3."""
    days: list[date] = []
    for _ in labels:
        session = calendar.previous_session(session)
        days.insert(0, session)
    return tuple(
        PastSession(day, label, "won", 0.9, "quiet", 3 if label in STRESS else 0, "", "")
        for day, label in zip(days, labels, strict=True)
    )


def card(values: Mapping[str, Scalar], **changes: Any) -> Card:
    """A card of a few readings."""
    whole: dict[str, Any] = {
        "format": 1,
        "edition": "daily",
        "tape": tape(values),
        "before": (),
        "memory": Memory(),
        "desk": {},
        "settings": {},
        "charts": {},
        "versions": {"program": "0.1.0", "rules": "r", "templates": "t"},
    }
    return Card(**{**whole, **changes})
