"""A table of figures with its heading: what evaluation hands to whoever prints it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Value = str | float | int | None
"""A cell; None is a figure that cannot be had, printed as a dash."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: a title, a sentence on how it was made, the columns and the rows by column."""

    name: str
    title: str
    note: str
    columns: tuple[str, ...]
    rows: Sequence[Mapping[str, Value]]
