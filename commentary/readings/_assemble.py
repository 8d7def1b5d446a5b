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

_CHUNK = 256
"""Columns rounded at once, so that rounding needs little memory."""


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
    made: dict[str, NDArray[np.float64]] = {}
    names: dict[str, pd.Series] = {}
    context = Context(market, setting, made)
    for module in ordered():
        for name, values in _columns(module, context):
            if name not in specs:
                raise CommentaryError(f"{module.__name__} makes {name}, which it does not declare")
            if specs[name].unit is Unit.NAME:
                names[name] = values
            else:
                made[name] = values.to_numpy(dtype=float)
    frame = _frame(context, specs, made, names)
    kept = {name: specs[name] for name in frame.columns}
    return Readings(frame, kept, _as_of(context, kept))


def _columns(module: ReadingModule, context: Context) -> Iterator[tuple[str, pd.Series]]:
    for key, block in module.compute(context).items():
        if isinstance(block, pd.Series):
            yield key, block
        else:
            yield from ((f"{subject}.{key}", block[subject]) for subject in block.columns)


def _frame(
    context: Context,
    specs: Mapping[str, ReadingSpec],
    made: Mapping[str, NDArray[np.float64]],
    names: Mapping[str, pd.Series],
) -> pd.DataFrame:
    kept = [name for name in specs if name in made and not np.isnan(made[name]).all()]
    values = np.empty((len(context.sessions), len(kept)), order="F")
    for start in range(0, len(kept), _CHUNK):
        block = np.column_stack([made[name] for name in kept[start : start + _CHUNK]])
        values[:, start : start + _CHUNK] = rounded_array(block)
    numbers = pd.DataFrame(values, index=context.sessions, columns=kept, copy=False)
    named = pd.DataFrame({name: names[name] for name in specs if name in names and names[name].notna().any()})
    return pd.concat([numbers, named.astype(object)], axis=1) if len(named.columns) else numbers


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
