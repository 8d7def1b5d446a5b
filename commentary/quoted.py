"""What an argument is made of: readings as they are quoted, and conditions taken apart."""

from __future__ import annotations

from commentary.model import Scalar
from commentary.shapes import dataclass


@dataclass(frozen=True)
class Read:
    """A reading or derived number as an argument quotes it; ``value`` is None where it is missing."""

    name: str
    title: str
    value: Scalar | None
    unit: str
    shown: str


@dataclass(frozen=True)
class Part:
    """A condition or a part of one.

    ``join`` is "and" or "or" over ``parts``, "count" where what is compared counts which of them hold, "" for a
    single comparison or truth. A comparison of numbers has ``compared`` (the expression), ``value``, ``sign``,
    ``threshold`` and ``distance``: how much is wanting in the unit compared, zero or less where it passes; of
    names it has no distance.
    """

    text: str
    join: str
    passed: bool | None
    compared: str = ""
    title: str = ""
    value: Scalar | None = None
    value_shown: str = ""
    sign: str = ""
    threshold: Scalar | None = None
    threshold_shown: str = ""
    distance: float | None = None
    distance_shown: str = ""
    unit: str = ""
    reads: tuple[Read, ...] = ()
    parts: tuple[Part, ...] = ()
