"""How a reading module declares what it makes.

A module of this package has ``NEEDS`` (names of the modules whose readings it reads), ``declare(setting)``
(a ``ReadingSpec`` for every reading that it makes) and ``compute(context)`` (a mapping: under a measure's
name a frame of sessions × subjects, under a full name ``subject.measure`` a series of sessions). Inputs of a
spec are instrument ids, or names of other readings, which stand for the inputs of those.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

import pandas as pd

from commentary.model import ReadingSpec
from commentary.scale import Scale
from commentary.units import Unit
from commentary.universe import Universe

Blocks = Mapping[str, "pd.DataFrame | pd.Series"]

NOT_PRICED = ("yield", "spread", "volatility", "correlation")
YIELDS = ("yield",)
SPREADS = ("spread",)
VOLATILITIES = ("volatility", "correlation")

FIRST_DAY, LAST_DAY = 657_438.0, 803_168.0
"""Ordinals of 1801-01-01 and 2199-12-31, between which a date is plausible."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known before any data: instruments, scales, pairs."""

    universe: Universe
    scale: Scale

    def of(self, *kinds: str) -> tuple[str, ...]:
        """Spoken instruments of these kinds."""
        return tuple(key for key in self.universe.spoken if self.universe[key].kind in kinds)

    @property
    def priced(self) -> tuple[str, ...]:
        """Spoken instruments with a price: neither yields nor spreads nor volatility indices."""
        return tuple(key for key in self.universe.spoken if self.universe[key].kind not in NOT_PRICED)

    @property
    def history(self) -> int:
        """Sessions before the first z: a return for each observation needed, and the day itself."""
        return min(self.scale.sigma.short_minimum, self.scale.sigma.long_minimum) + 1


@dataclass(frozen=True, slots=True)
class Measure:
    """What the readings of one measure have in common, whatever their subject."""

    name: str
    unit: Unit
    window: str
    history: int
    low: float
    high: float
    source: str

    def of(self, subject: str, *inputs: str) -> ReadingSpec:
        """The declaration for one subject; its own id is the input where none is given."""
        name = f"{subject}.{self.name}"
        bounds = (self.low, self.high, self.source)
        return ReadingSpec(name, self.unit, self.window, inputs or (subject,), self.history, *bounds)


def family(subjects: Iterable[str], measures: Iterable[Measure]) -> Iterator[ReadingSpec]:
    """Every measure of every subject."""
    known = tuple(measures)
    return (measure.of(subject) for subject in subjects for measure in known)


def shifted(measure: Measure, name: str, sessions: int = 1) -> Measure:
    """The same measure as it stood some sessions before."""
    window = f"{measure.window}, {sessions} before"
    history = measure.history + sessions
    return Measure(name, measure.unit, window, history, measure.low, measure.high, measure.source)


def since_measures(name: str, history: int, source: str) -> tuple[Measure, ...]:
    """Sessions since something as large, its date, and whether the data's first day bounds the answer."""
    window = "all sessions before"
    return (
        Measure(name, Unit.SESSIONS, window, history, 1, 30_000, source),
        Measure(f"{name}_date", Unit.DATE, window, history, FIRST_DAY, LAST_DAY, source),
        Measure(f"{name}_bounded", Unit.FLAG, window, history, 0, 1, source),
    )


class ReadingModule(Protocol):
    """What the registry finds: see the module's docstring."""

    __name__: str
    NEEDS: tuple[str, ...]
    declare: Callable[[Setting], Iterable[ReadingSpec]]
    compute: Callable[..., Blocks]
