"""Runs the reading modules in the order of their needs and gathers what they make."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from graphlib import CycleError, TopologicalSorter
from typing import cast

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from commentary import registry
from commentary.errors import CommentaryError
from commentary.market import Market, Readings
from commentary.model import ReadingSpec
from commentary.readings._context import Context
from commentary.readings._protocol import ReadingModule, Setting
from commentary.readings._references import check_references
from commentary.readings._scaled import rounded_array
from commentary.units import Unit

_WHOLE = (Unit.COUNT, Unit.SESSIONS, Unit.DATE, Unit.FLAG)
"""Units of whole numbers, which need no rounding."""

_NONE = ReadingSpec("", Unit.RATIO, "", (), 0, 0, 0, "")


def ordered() -> tuple[ReadingModule, ...]:
    """The reading modules, each after those that it needs. Raises CommentaryError for a need that is none."""
    found = {
        module.__name__.rpartition(".")[2]: cast(ReadingModule, module)
        for module in registry.modules("commentary.readings")
    }
    graph = {name: module.NEEDS for name, module in found.items()}
    unknown = sorted({need for needs in graph.values() for need in needs} - found.keys())
    if unknown:
        raise CommentaryError(f"reading modules need {', '.join(unknown)}; there are {', '.join(found)}")
    try:
        return tuple(found[name] for name in TopologicalSorter(graph).static_order())
    except CycleError as error:
        raise CommentaryError(f"reading modules need each other: {' → '.join(error.args[1])}") from None


def declared(setting: Setting) -> Mapping[str, ReadingSpec]:
    """Every reading by name, its inputs resolved to instruments."""
    raw: dict[str, ReadingSpec] = {}
    for module in ordered():
        for spec in module.declare(setting):
            if spec.name in raw:
                raise CommentaryError(f"{module.__name__} declares {spec.name}, which is declared already")
            raw[spec.name] = spec
    check_references(setting, raw)
    return {name: replace(spec, inputs=tuple(_resolved(spec, raw))) for name, spec in raw.items()}


def _resolved(spec: ReadingSpec, raw: Mapping[str, ReadingSpec]) -> Iterator[str]:
    seen: dict[str, None] = {}
    for name in spec.inputs:
        seen |= dict.fromkeys(_resolved(raw[name], raw) if name in raw else (name,))
    return iter(seen)


def assembled(market: Market, setting: Setting) -> Readings:
    """All readings of a market. Raises CommentaryError for a module that makes what it did not declare."""
    specs = declared(setting)
    exact = {name: spec.unit in _WHOLE for name, spec in specs.items() if spec.unit is not Unit.NAME}
    numbers = _Numbers(len(market.sessions), exact)
    names: dict[str, pd.Series] = {}
    context = Context(market, setting, numbers.made)
    for module in ordered():
        for key, block in module.compute(context).items():
            if isinstance(block, pd.Series) and specs.get(key, _NONE).unit is Unit.NAME:
                names[key] = block
            elif unknown := numbers.take(key, block):
                raise CommentaryError(f"{module.__name__} makes {unknown}, which it does not declare")
    frame = numbers.frame(context.sessions)
    named = pd.DataFrame({name: names[name] for name in specs if name in names and names[name].notna().any()})
    if len(named.columns):
        frame = pd.concat([frame, named.astype(object)], axis=1)
    kept = {name: specs[name] for name in frame.columns}
    return Readings(frame, kept, _as_of(context, kept))


class _Numbers:
    """One array for all numbers, a column a reading, each rounded as it is made.

    What is made from a reading is made from its rounded value: where the data start moves the last bits of a
    running sum, and a difference of two readings would bring them to light.
    """

    def __init__(self, sessions: int, exact: Mapping[str, bool]) -> None:
        self._values = np.full((sessions, len(exact)), np.nan, order="F")
        self._columns = {name: self._values[:, place] for place, name in enumerate(exact)}
        self._exact = exact
        self.made: dict[str, NDArray[np.float64]] = {}

    def take(self, key: str, block: pd.DataFrame | pd.Series) -> str:
        """Keep a block; the answer is the first name that nobody declared, or nothing."""
        values = block.to_numpy(dtype=float)
        if isinstance(block, pd.Series):
            named = {key: values}
        else:
            named = {f"{subject}.{key}": values[:, place] for place, subject in enumerate(block.columns)}
        for name, column in named.items():
            if name not in self._columns:
                return name
            self._columns[name][:] = column if self._exact[name] else rounded_array(column)
            self.made[name] = self._columns[name]
        return ""

    def frame(self, sessions: pd.DatetimeIndex) -> pd.DataFrame:
        """Readings with a value. Uses up the array."""
        kept = [name for name, column in self._columns.items() if not np.isnan(column).all()]
        for place, name in enumerate(kept):
            self._values[:, place] = self._columns[name]
        return pd.DataFrame(self._values[:, : len(kept)], index=sessions, columns=kept, copy=False)


def _as_of(context: Context, specs: Mapping[str, ReadingSpec]) -> dict[str, pd.Series]:
    """For readings of one instrument, the day of the carried bar on the sessions that have one."""
    carried: dict[str, pd.Series] = {}
    for instrument in context.market.age.columns:
        age = context.market.age[instrument]
        rows = np.flatnonzero((age > 0).to_numpy())
        if len(rows):
            days = context.sessions[rows - age.to_numpy()[rows].astype(int)]
            carried[instrument] = pd.Series(days, index=context.sessions[rows])
    return {
        name: carried[spec.inputs[0]]
        for name, spec in specs.items()
        if len(spec.inputs) == 1 and spec.inputs[0] in carried
    }
