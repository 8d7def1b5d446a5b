"""A made-up economy: what is published and printed on the sessions of a made-up market."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np
import pandas as pd

from commentary import calendar
from commentary.macro import Macro
from commentary.sources.observed import laid_out
from commentary.sources.released import released
from commentary.sources.scheduled import EARNINGS, ECONOMIC, Seen, observations, printed_days
from commentary.sources.store_shapes import Event

BEFORE = timedelta(40)
WEEK = timedelta(7)


def economy(index: pd.DatetimeIndex, macro: Macro, seed: int) -> pd.DataFrame:
    """Weekly and monthly figures, every event each eight sessions, reports each thirty, from a seed."""
    first, last = index[0].date(), index[-1].date()
    random = np.random.default_rng(seed + 2000)
    states = [Seen(event) for event in _events(macro, first, last, random)]
    figures = {
        ident: [(period, float(random.uniform(2e5, 4e5))) for period in _periods(series.per, first, last)]
        for ident, series in macro.series.items()
    }
    made = [*released(figures, macro, printed_days(states, macro)), *observations(states, macro)]
    return laid_out([item for item in made if item.day >= first], index)


def _periods(per: str, first: date, last: date) -> Iterator[date]:
    day = first - BEFORE
    day += timedelta((5 - day.weekday()) % 7) if per == "week" else timedelta(1 - day.day)
    while day <= last:
        yield day
        day = day + WEEK if per == "week" else (day + timedelta(31)).replace(day=1)


def _events(macro: Macro, first: date, last: date, random: np.random.Generator) -> Iterator[Event]:
    table = calendar.sessions_between(first, last)
    for offset, event in enumerate(macro.events.values()):
        for session in table[offset % 8 :: 8]:
            figures = [round(float(random.normal(0, 2 * event.usual / event.times)), 6) for _ in range(3)]
            yield Event(session, ECONOMIC, event.words[0], session.isoformat(), *figures)
    for offset, company in enumerate(macro.companies.values()):
        for session in table[offset::30]:
            yield Event(session, EARNINGS, company.symbol, session.isoformat(), math.nan, 1.0, math.nan)
