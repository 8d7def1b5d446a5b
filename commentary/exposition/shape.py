"""What every part of a written argument is made with: sections, bars, figures."""

from __future__ import annotations

from dataclasses import dataclass

from commentary.shown import Showing, signed
from commentary.units import half_up

FULL, EMPTY, MIDDLE = "█", "░", "│"
CELLS = 10
"""Cells of a strength bar."""


@dataclass(frozen=True, slots=True)
class Section:
    """A part under its heading: a table, ``numeric`` columns to the right, and lines below it.

    The last ``under`` columns are too long to stand beside the others in a terminal: there they stand below.
    """

    heading: str
    header: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    notes: tuple[str, ...] = ()
    numeric: frozenset[int] = frozenset()
    under: int = 0


def bar(strength: float, *, two_sided: bool = False) -> str:
    """A strength as ten cells of blocks; a signed one fills from the middle to its side, five cells either way."""
    half = CELLS // 2
    if not two_sided:
        filled = int(half_up(abs(strength) * CELLS, 0))
        return FULL * filled + EMPTY * (CELLS - filled)
    filled = int(half_up(abs(strength) * half, 0))
    there = FULL * filled
    left, right = (there, "") if strength < 0 else ("", there)
    return left.rjust(half, EMPTY) + MIDDLE + right.ljust(half, EMPTY)


def named(label: str, showing: Showing) -> str:
    """Label of a verdict at the head of a line."""
    text = showing.label(label)
    return text[0].upper() + text[1:]


def points(given: float) -> str:
    """Points as every table prints them: ``+1.50``, ``0.00``."""
    return signed(given, 2)


def percent(share: float) -> str:
    """A share as ``99.7 %``."""
    return f"{half_up(share * 100, 1):.1f} %"
