"""Shares of days, each with how far it may lie from the truth."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from commentary.evaluation.intervals import wilson
from commentary.evaluation.sheets import Value

SHARE_COLUMNS = ("figure", "hits", "of", "share", "low", "high")


class Share(NamedTuple):
    """So many of so many days."""

    hits: int
    of: int

    @property
    def value(self) -> float | None:
        """0–1; None of no days."""
        return self.hits / self.of if self.of else None

    def row(self, figure: str) -> dict[str, Value]:
        """Under ``SHARE_COLUMNS``, with Wilson's interval at 95 %."""
        low, high = wilson(self.hits, self.of) if self.of else (None, None)
        return {
            "figure": figure, "hits": self.hits, "of": self.of, "share": self.value, "low": low, "high": high,
        }  # fmt: skip


def share(found: Iterable[bool]) -> Share:
    """Share of what is true."""
    every = list(found)
    return Share(sum(every), len(every))
