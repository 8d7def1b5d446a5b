"""Second opinions that disagree: two series that should tell the same of a session, and do not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from commentary.shapes import dataclass
from commentary.units import half_up

OWN = "own"
"""Source of a bar that a user's folder put in the place of the store's."""

FEEDS = {"yahoo": "Yahoo ", "fred": "FRED ", OWN: "own "}
"""What stands before a symbol, by source; nothing where the data come from one place."""

CALLED = {"level": "", "change": ", change", "return": ", return"}

UNITS = {"bp": "bp", "points": "points", "percent": "%"}


@dataclass(frozen=True)
class Side:
    """One of the two: its symbol, where it came from, what it says."""

    symbol: str
    source: str
    value: float


@dataclass(frozen=True)
class Dispute:
    """One disagreement, of ``day``. A side's ``value`` is a level, its change or a return (a fraction), by ``on``.

    ``tolerance`` is in ``unit``: bp, points or percent. ``lag``: sessions that the slower side comes later.
    """

    name: str
    day: date
    on: str
    unit: str
    left: Side
    right: Side
    tolerance: float
    lag: int = 0

    @property
    def sides(self) -> dict[str, Side]:
        """Both by name."""
        return {"left": self.left, "right": self.right}


def of_session(
    disputes: Iterable[Dispute], session: date, earlier: Iterable[date] = ()
) -> tuple[Dispute, ...]:
    """What a note of a session says: disputes of it, and of those sessions before it (nearest first) to which a
    check looks back for the sake of its slower side."""
    back = {day: steps for steps, day in enumerate((session, *earlier))}
    return tuple(item for item in disputes if back.get(item.day, item.lag + 1) <= item.lag)


def dumped(dispute: Dispute) -> dict[str, Any]:
    """A dispute as JSON has it."""
    plain: dict[str, Any] = {each.name: getattr(dispute, each.name) for each in fields(dispute)}
    sides = {name: [side.symbol, side.source, side.value] for name, side in dispute.sides.items()}
    return {**plain, "day": dispute.day.isoformat(), **sides}


def read(content: Mapping[str, Any]) -> Dispute:
    """A dispute from JSON. Raises KeyError, TypeError or ValueError where it is none."""
    if content["on"] not in CALLED or content["unit"] not in UNITS:
        raise ValueError(f"on {content['on']!r} in {content['unit']!r}")
    sides = {name: Side(*content[name]) for name in ("left", "right")}
    return Dispute(**{**content, "day": date.fromisoformat(content["day"]), **sides})


def told(dispute: Dispute, session: date) -> str:
    """``VIX: 20.37 (Yahoo ^VIX) against 17.76 (FRED VIXCLS), tolerance 0.05 points``; the day where it is not
    the session's."""
    when = "" if dispute.day == session else f" on {dispute.day.isoformat()}"
    sides = " against ".join(_side(dispute, side) for side in dispute.sides.values())
    return f"{dispute.name}{CALLED[dispute.on]}{when}: {sides}, tolerance {dispute.tolerance:g} {UNITS[dispute.unit]}"


def _side(dispute: Dispute, side: Side) -> str:
    return f"{_value(dispute, side.value)} ({FEEDS.get(side.source, '')}{side.symbol})"


def _value(dispute: Dispute, value: float) -> str:
    if dispute.on == "return":
        return f"{_signed(value * 100, 2)} %"
    if dispute.on == "change":
        return f"{_signed(value * 100, 1)} bp" if dispute.unit == "bp" else _signed(value, 2)
    return f"{half_up(value, 2):,.2f}".replace("-", "−") + (" %" if dispute.unit == "bp" else "")


def _signed(value: float, decimals: int) -> str:
    shown = half_up(value, decimals)
    return f"{shown:+,.{decimals}f}".replace("-", "−")
