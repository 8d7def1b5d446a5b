"""What is next: days that calendars name, releases whose rule gives the day, events and reports that are due."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

import numpy as np
import pandas as pd

from commentary import calendar
from commentary.macro import MacroSeries
from commentary.model import ReadingSpec
from commentary.readings._context import Context
from commentary.readings._protocol import FIRST_DAY, LAST_DAY, Blocks, Setting
from commentary.readings._targets import Closure, Floats, closures, flagged, following, sessions_to
from commentary.releases import next_release
from commentary.units import Unit

NEEDS: tuple[str, ...] = ()

AHEAD = 10
"""Sessions that are looked ahead."""

DAYS: Mapping[str, tuple[str, Callable[[date], bool]]] = {
    "expiry": ("the last day of monthly stock options", calendar.is_monthly_expiry),
    "witching": ("the quarter's expiry of options and futures", calendar.is_triple_witching),
    "vix_expiry": ("the settlement of the month's VIX contracts", calendar.is_vix_expiry),
    "russell_day": ("the day on which the Russell indices are made anew", calendar.is_russell_reconstitution),
    "msci_review": ("the day on which a review of MSCI's indices takes effect", calendar.is_msci_review),
    "half_day": ("the session that closes early", calendar.is_half_day),
    "month_end": ("the last session of the month", calendar.is_month_end),
    "quarter_end": ("the last session of the quarter", calendar.is_quarter_end),
}
"""Sessions that the calendar alone names."""

SHUT: Mapping[str, str] = {"holiday": "XNYS", "shanghai": "XSHG", "tokyo": "XTKS", "london": "XLON"}
"""Closures by whose they are; New York's own are the ``holiday``."""

CLOSED = "shanghai"
"""The one whose closures last: it is told while it is shut, too."""


def declare(setting: Setting) -> Iterable[ReadingSpec]:
    """``due_in`` and ``due_date`` of each; of closures the weekdays shut and the day after them too."""
    macro = setting.scale.macro
    for name, (meaning, _) in DAYS.items():
        yield from _due(name, f"sessions to {meaning}, by the exchanges' calendars")
    for name, exchange in SHUT.items():
        yield from _due(name, f"sessions to the first weekday on which {exchange} is shut, by its calendar")
        yield ReadingSpec(
            f"{name}.due_days", Unit.COUNT, "1 session", (), 0, 1, 15, "weekdays of that closure"
        )
    yield from _abroad()
    for name, event in macro.events.items():
        yield from _due(
            name, f"sessions to the next print of {event.full}, by a calendar or its rule of release"
        )
        low, high, unit = _bounds(event.unit)
        expected = "what the calendar expects of that print"
        yield ReadingSpec(f"{name}.due_consensus", unit, "1 session", (), 0, low, high, expected)
    for name in (name for name in macro.series if name not in macro.events):
        yield from _due(name, "sessions to the next release, by its rule")
    for name, company in macro.companies.items():
        yield from _due(name, f"sessions to the next report of {company.full}, by a calendar")


def _abroad() -> Iterator[ReadingSpec]:
    name, exchange, day = CLOSED, SHUT[CLOSED], "1 session"
    shut = f"a New York session on which {exchange} is shut, by its calendar"
    yield ReadingSpec(f"{name}.shut", Unit.FLAG, day, (), 0, 0, 1, shut)
    days = "weekdays of the closure under way"
    yield ReadingSpec(f"{name}.shut_days", Unit.COUNT, day, (), 0, 1, 15, days)
    back = f"sessions to the one on which {exchange} trades again, while it is shut"
    yield ReadingSpec(f"{name}.back_in", Unit.SESSIONS, day, (), 0, 1, AHEAD, back)
    first = "the first session after the closure under way"
    yield ReadingSpec(f"{name}.back_date", Unit.DATE, day, (), 0, FIRST_DAY, LAST_DAY, first)


def _due(name: str, source: str) -> Iterator[ReadingSpec]:
    yield ReadingSpec(f"{name}.due_in", Unit.SESSIONS, "1 session", (), 0, 1, AHEAD, source)
    day = "the day of that"
    yield ReadingSpec(f"{name}.due_date", Unit.DATE, "1 session", (), 0, FIRST_DAY, LAST_DAY, day)


def _bounds(unit: str) -> tuple[float, float, Unit]:
    if unit == "count":
        return -1e8, 1e8, Unit.COUNT
    return -100, 200, Unit.PERCENT if unit == "percent" else Unit.POINTS


def compute(context: Context) -> Blocks:
    """Missing where nothing is due within AHEAD sessions, and where a table ends."""
    macro = context.setting.scale.macro
    made: dict[str, Floats] = {}
    days = context.ordinals
    first, last = context.days[0], context.days[-1]
    for name, (_, answer) in DAYS.items():
        made |= _coming(name, days, following(days, flagged(first, last, answer)))
    for name, exchange in SHUT.items():
        made |= _closures(name, exchange, context)
    for name in (*macro.events, *macro.companies):
        made |= _coming(name, days, context.observed(f"{name}.next_date").to_numpy())
    for name, event in macro.events.items():
        expected = context.observed(f"{name}.next_consensus").to_numpy()
        made[f"{name}.due_consensus"] = np.round(expected) if event.unit == "count" else expected
    for name, series in macro.series.items():
        made |= _by_rule(name, series, context, made)
    return {name: pd.Series(values, index=context.sessions) for name, values in made.items()}


def _coming(name: str, days: Floats, targets: Floats) -> dict[str, Floats]:
    away = sessions_to(days, targets)
    near = (away >= 1) & (away <= AHEAD)
    return {
        f"{name}.due_in": np.where(near, away, np.nan),
        f"{name}.due_date": np.where(near, targets, np.nan),
    }


def _closures(name: str, exchange: str, context: Context) -> dict[str, Floats]:
    found = closures(exchange, context.days[0], context.days[-1])
    by_first = {float(one.first.toordinal()): one for one in found}
    made = _coming(name, context.ordinals, following(context.ordinals, list(by_first)))
    due = [by_first.get(day) for day in made[f"{name}.due_date"]]
    made[f"{name}.due_days"] = np.array([np.nan if one is None else one.days for one in due], float)
    return made | (_under_way(name, exchange, found, context) if name == CLOSED else {})


def _under_way(name: str, exchange: str, found: Sequence[Closure], context: Context) -> dict[str, Floats]:
    """Of a closure that has begun: when it ends, and how long it is."""
    shut = np.array([_shut(exchange, day) for day in context.days])
    by_back = {float(one.back.toordinal()): one for one in found}
    back = np.where(shut == 1, following(context.ordinals, list(by_back)), np.nan)
    away = sessions_to(context.ordinals, back)
    days = [by_back[day].days if day in by_back else np.nan for day in back]
    return {
        f"{name}.shut": shut,
        f"{name}.back_in": np.where(away <= AHEAD, away, np.nan),
        f"{name}.back_date": back,
        f"{name}.shut_days": np.array(days, float),
    }


def _shut(exchange: str, day: date) -> float:
    if not calendar.table_start(exchange) <= day <= calendar.table_end(exchange):
        return np.nan
    return float(not calendar.is_session(day, exchange))


def _by_rule(
    name: str, series: MacroSeries, context: Context, made: Mapping[str, Floats]
) -> dict[str, Floats]:
    """A calendar's word goes over the rule's."""
    if not series.exact:
        return {}
    found = (next_release(series, day) for day in context.days)
    targets = np.array([np.nan if day is None else day.toordinal() for day in found], float)
    ruled = _coming(name, context.ordinals, targets)
    said = {key: made.get(key, np.full(len(targets), np.nan)) for key in ruled}
    return {key: np.where(np.isnan(said[key]), ruled[key], said[key]) for key in ruled}
