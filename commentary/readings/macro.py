"""Published series: levels, changes, averages and extremes by period, and the pulse of the labor market.

A figure is known from the session on which it was published and carried to the next publication, a few sessions
longer at most. Changes are over periods, not sessions: where a period is missing they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from commentary.macro import MacroSeries
from commentary.model import ReadingSpec
from commentary.readings._context import Context
from commentary.readings._protocol import Blocks, Setting, since_measures
from commentary.readings._since import first_rows, since
from commentary.units import Unit

NEEDS: tuple[str, ...] = ()

Floats = NDArray[np.float64]

CARRIED = {"week": 8, "month": 30}
"""Sessions for which a figure stands."""

AVERAGE, YEAR, YEAR_LEAST = 4, 52, 40
"""Weeks of the average; of the rank, and those that it needs."""

PARTS = {"claims": ("average_change", -1.0, 156, 104), "openings": ("change_3m", 1.0, 60, 24)}
"""Parts of the labor pulse: the change, its sign, periods of its scale, and those that it needs."""

NORMAL = 1.4826
"""What the median of absolute changes is multiplied by to be their σ, were they normal (Hampel 1974)."""

CLIP = 3.0

EPOCH = 719_163
"""Ordinal of 1970-01-01."""

_EXTREMES = ("high_since", "low_since")


def declare(setting: Setting) -> Iterable[ReadingSpec]:
    """By series the level and what is made of it; the pulse of claims and openings."""
    for ident, series in setting.scale.macro.series.items():
        yield from _declared(ident, series)
    parts = " and ".join(f"{sign:+g} · {name}.{measure}" for name, (measure, sign, _, _) in PARTS.items())
    source = (
        f"mean of {parts}, each over {NORMAL} times the median of its absolute values over 156 weeks or 60 months "
        f"before, clipped at {CLIP:g}; + is a firmer labor market"
    )
    yield ReadingSpec("labour.pulse", Unit.SIGMA, "4 weeks, 3 months", (), 0, -CLIP, CLIP, source)
    known = "parts of the pulse that are known"
    yield ReadingSpec("labour.parts", Unit.COUNT, "1 session", (), 0, 1, len(PARTS), known)


def _declared(ident: str, series: MacroSeries) -> Iterator[ReadingSpec]:
    per, known = series.per, "of the figures as revised since"

    def spec(measure: str, unit: Unit, bounds: tuple[float, float], source: str) -> ReadingSpec:
        return ReadingSpec(f"{ident}.{measure}", unit, f"1 {per}", (), 0, *bounds, source)

    yield spec("level", Unit.COUNT, (0, 1e9), f"the last one published, {known}")
    yield spec("age", Unit.SESSIONS, (0, CARRIED[per]), "sessions since it was published")
    today = "published on the session, where the day is exactly known"
    yield spec("published_today", Unit.FLAG, (0, 1), today)
    for measure, source in _changes(per).items():
        yield spec(measure, Unit.FRACTION, (-1, 100), f"{source}, {known}")
    if per == "week":
        yield spec("average_4w", Unit.COUNT, (0, 1e9), f"mean of {AVERAGE} weeks, {known}")
        yield spec("pct_52w", Unit.SHARE, (0, 1), f"rank of the level among {YEAR} weeks, ties shared")
    for measure in _EXTREMES:
        source = f"{per}s since a figure as {measure.partition('_')[0]}, by its last day"
        for made in since_measures(measure, 0, source):
            unit = Unit.COUNT if made.unit is Unit.SESSIONS else made.unit
            name, bounds = f"{ident}.{made.name}", (made.low, made.high)
            yield ReadingSpec(name, unit, f"all {per}s before", (), 0, *bounds, made.source)


def _changes(per: str) -> dict[str, str]:
    if per == "week":
        return {
            "change_1w": "over the week before, less 1",
            "average_change": f"mean of {AVERAGE} weeks over that of the {AVERAGE} before, less 1",
        }
    return {"change_1m": "over the month before, less 1", "change_3m": "over three months before, less 1"}


@dataclass(frozen=True)
class _Published:
    """The publications of a series: their rows, figures, periods as ordinals and as running numbers; (n,)."""

    rows: NDArray[np.intp]
    level: Floats
    period: Floats
    steps: NDArray[np.int64]
    per: str

    def measures(self) -> dict[str, pd.Series]:
        """What is made of the level, on a grid of all periods."""
        grid = pd.Series(self.level, index=self.steps).round()
        if len(grid):
            grid = grid.reindex(range(self.steps[0], self.steps[-1] + 1))
        if self.per == "month":
            return {
                "level": grid,
                "change_1m": grid / grid.shift(1) - 1,
                "change_3m": grid / grid.shift(3) - 1,
            }
        average = grid.rolling(AVERAGE).mean()
        return {
            "level": grid,
            "change_1w": grid / grid.shift(1) - 1,
            "average_4w": average.round(),
            "average_change": average / average.shift(AVERAGE) - 1,
            "pct_52w": grid.rolling(YEAR, min_periods=YEAR_LEAST).rank(pct=True),
        }

    def since(self) -> dict[str, Floats]:
        """Periods since a figure as high or low, the last day of that one, and whether there was none; (n,)."""
        found: dict[str, Floats] = {}
        for name, sign in zip(_EXTREMES, (1, -1), strict=True):
            values = pd.DataFrame({"it": sign * self.level})
            answers = since(values, values.notna(), first_rows(values), self.period)
            for ending, answer in zip(("", "_date", "_bounded"), answers, strict=True):
                found[f"{name}{ending}"] = answer["it"].to_numpy(dtype=float)
        return found

    def carried(self, values: Floats, index: pd.Index) -> pd.Series:
        """Values of the publications on the sessions; a missing one is carried as missing."""
        place = np.full(len(index), np.nan)
        place[self.rows] = np.arange(len(self.rows))
        order = pd.Series(place, index=index).ffill(limit=CARRIED[self.per]).to_numpy()
        known = np.isfinite(order)
        found = np.full(len(index), np.nan)
        found[known] = values[order[known].astype(int)]
        return pd.Series(found, index=index)


def compute(context: Context) -> Blocks:
    """Missing before the first publication, and where the last one is too old."""
    made: dict[str, pd.Series] = {}
    parts = [pd.Series(np.nan, index=context.sessions)]
    for ident, series in context.setting.scale.macro.series.items():
        published = _published(context, ident, series)
        measures = published.measures()
        blocks = {name: grid.reindex(published.steps).to_numpy() for name, grid in measures.items()}
        blocks |= published.since()
        made |= {f"{ident}.{name}": published.carried(it, context.sessions) for name, it in blocks.items()}
        made |= _timed(context, ident, published)
        if ident in PARTS:
            parts.append(published.carried(_part(ident, published, measures), context.sessions))
    both = pd.concat(parts, axis=1)
    made["labour.pulse"] = both.mean(axis=1)
    made["labour.parts"] = both.notna().sum(axis=1).replace(0, np.nan).astype(float)
    return made


def _published(context: Context, ident: str, series: MacroSeries) -> _Published:
    level = context.observed(f"{ident}.level").to_numpy()
    period = context.observed(f"{ident}.period").to_numpy()
    rows = np.flatnonzero(np.isfinite(level) & np.isfinite(period))
    newest = np.maximum.accumulate(np.concatenate([[-np.inf], period[rows]]))
    rows = rows[
        period[rows] > newest[:-1]
    ]  # a figure of an earlier period is a correction, not a publication
    return _Published(rows, level[rows], period[rows], _steps(period[rows], series.per), series.per)


def _steps(period: Floats, per: str) -> NDArray[np.int64]:
    """Running numbers of periods by the ordinals of their last days."""
    if per == "week":
        return np.asarray(period // 7, np.int64)
    days = (period - EPOCH).astype(np.int64).astype("datetime64[D]")
    return np.asarray(days.astype("datetime64[M]").astype(np.int64))


def _timed(context: Context, ident: str, published: _Published) -> dict[str, pd.Series]:
    """Age of the figure; whether it was published on the session, where the day is exactly known."""
    rows = published.rows.astype(float)
    age = np.arange(len(context.sessions)) - published.carried(rows, context.sessions)
    dated = context.observed(f"{ident}.dated").to_numpy()[published.rows]
    exact = published.carried(dated, context.sessions) == 1
    today = (age == 0).astype(float).where(age.notna() & exact)
    return {f"{ident}.age": age, f"{ident}.published_today": today}


def _part(ident: str, published: _Published, measures: dict[str, pd.Series]) -> Floats:
    """A part of the pulse at each publication, (n,)."""
    measure, sign, window, least = PARTS[ident]
    change = measures[measure]
    scale = NORMAL * change.abs().rolling(window, min_periods=least).median().shift(1)
    part = (sign * change / scale.where(scale > 0)).clip(-CLIP, CLIP)
    return part.reindex(published.steps).to_numpy(dtype=float)
