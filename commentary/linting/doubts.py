"""What an author is asked to look at again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from commentary.errors import Problem
from commentary.shapes import dataclass

SHOWN = 3
"""Doubts of a kind that are written out where not all are asked for."""


@dataclass(frozen=True)
class Doubt:
    """Something that may be right, or a matter of taste: its kind, where it stands, what was got and wanted."""

    kind: str
    file: str
    key: str
    got: str
    wanted: str

    def __str__(self) -> str:
        return f"{self.file}: {self.key}: got {self.got}; wanted {self.wanted}"

    @property
    def problem(self) -> Problem:
        """The same as a mistake."""
        return Problem(self.file, self.key, self.got, self.wanted)


def listed(doubts: Sequence[Doubt], *, whole: bool) -> list[str]:
    """Lines: each kind with its count, and the first of each, or all."""
    kinds: dict[str, list[Doubt]] = {}
    for doubt in doubts:
        kinds.setdefault(doubt.kind, []).append(doubt)
    lines: list[str] = []
    for kind, found in sorted(kinds.items()):
        lines.append(f"{len(found)} × {kind}")
        shown = found if whole else found[:SHOWN]
        lines += [f"  {doubt}" for doubt in shown]
        if len(shown) < len(found):
            lines.append(f"  … and {len(found) - len(shown)} more")
    return lines


def unique(doubts: Iterable[Doubt]) -> list[Doubt]:
    """One of each kind at a place, in order: over another subject it is the same."""
    found: dict[tuple[str, str, str], Doubt] = {}
    for doubt in doubts:
        found.setdefault((doubt.kind, doubt.file, doubt.key), doubt)
    return list(found.values())
