"""Published series as observations: each figure on the session on which it was out, never before."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from commentary.macro import Macro, MacroSeries
from commentary.releases import period_end, release_day
from commentary.sources.bars import Bars
from commentary.sources.observed import Observation

Figures = Sequence[tuple[date, float]]
"""A series as its source has it: period, figure."""


def figures_of(bars: Bars, symbol: str) -> Figures:
    """Closes of a symbol by day; none where the bars do not have it."""
    if symbol not in bars.symbols:
        return ()
    rows = bars.codes == bars.symbols.index(symbol)
    days: list[date] = bars.days[rows].tolist()
    return list(zip(days, bars.columns["close"][rows].tolist(), strict=True))


def released(
    found: Mapping[str, Figures], macro: Macro, printed: Mapping[str, Sequence[date]]
) -> Iterator[Observation]:
    """Level, last day of the period, and whether the day of publication is exact, of every figure.

    ``found``: series → figures in the order of their periods. ``printed``: series → the sessions on which an
    event of its name brought a figure; the nearest one gives a period's day. A figure that no calendar covers,
    and one that is no finite number, is left out.
    """
    for ident, figures in found.items():
        series = macro.series[ident]
        for period, figure in figures:
            day, exact = _published(series, period, printed.get(ident, ()))
            if day is None or not math.isfinite(figure):
                continue
            source = next(iter(series.symbols.values()))
            yield Observation(f"{ident}.level", day, figure * series.times, source)
            yield Observation(f"{ident}.period", day, float(period_end(series, period).toordinal()), source)
            yield Observation(f"{ident}.dated", day, float(exact), source)


def _published(series: MacroSeries, period: date, printed: Sequence[date]) -> tuple[date | None, bool]:
    by_rule = release_day(series, period)
    if by_rule is None:
        return None, False
    end, reach = period_end(series, period), timedelta(series.within)
    near = [day for day in printed if day > end and abs(day - by_rule) <= reach]
    if near:
        return min(near, key=lambda day: abs(day - by_rule)), True
    return by_rule, series.exact or period in series.moved
