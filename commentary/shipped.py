"""The shipped days: cards of well-known sessions that need no data and no network."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from commentary.cards import read_card
from commentary.errors import HeldError
from commentary.model import Card

FOLDER = Path(__file__).parent / "episodes"
ENDING = ".json.gz"

SHOWN_FIRST = date(2024, 8, 5)
"""The day that a newcomer sees: a forced exit that most readers remember."""


def shipped_days() -> dict[date, Path]:
    """Cards by session, oldest first."""
    return {date.fromisoformat(path.name[:10]): path for path in sorted(FOLDER.glob(f"*{ENDING}"))}


def shipped_card(session: date | None, edition: str) -> Card:
    """The card of a shipped session, ``SHOWN_FIRST`` where none is asked for.

    Raises HeldError, with the days that there are, for a session that is not shipped.
    """
    days = shipped_days()
    chosen = session or SHOWN_FIRST
    if chosen not in days:
        listed = ", ".join(day.isoformat() for day in days)
        raise HeldError(f"{chosen} is none of the shipped episodes; there are {listed}")
    card = read_card(days[chosen])
    return card if card.edition == edition else replace(card, edition=edition, printed={})
