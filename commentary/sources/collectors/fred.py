"""FRED's series: yields and spreads of the universe, second opinions, and what is published of the labour market.

They are kept as daily bars of closes. FRED serves some for a few years only; what the store has of them stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from commentary import calendar
from commentary.cross_checks import symbols
from commentary.sources import fred
from commentary.sources.collecting import Ask, Collected
from commentary.sources.store_bars import Daily
from commentary.sources.store_shapes import Reply
from commentary.sources.yahoo import NoBars
from commentary.universe import Universe

NAME = "fred"

MACRO: Mapping[str, int] = {"ICSA": 14, "JTSJOL": 105}
"""Series of rules/macro.toml → days from the period that a figure is dated by to when it is overdue."""

TOGETHER = 8
"""Series of one request; one that is not served takes the others with it."""

OVERLAP = (timedelta(60), timedelta(5 * 366))
"""Before the newest value, asked for again: yields are corrected within weeks, MACRO's seasons for five years."""

YEARS = timedelta(7 * 365)
"""Asked for at first where no bars say how far back the store goes."""

NAN = float("nan")


def collect(ask: Ask) -> Collected:
    """Bring the store's series up to date; one that is not served is a warning.

    Raises SourceError where FRED cannot be reached.
    """
    fred.reachable()
    ids = series(ask.universe)
    plan = _Plan.of(ask, ids)
    warnings: list[str] = []
    kept = 0
    for together in _groups(ids):
        for name, found in _asked(ask, together, plan):
            if isinstance(found, str):
                warnings.append(f"{name}: {found}")
            kept += ask.store.keep_daily(_daily(ask, name, found, plan))
    return Collected(kept, tuple(warnings))


def series(universe: Universe) -> tuple[str, ...]:
    """Every series of FRED's that is read: instruments', second opinions', the labour market's; each once."""
    named = [symbol for item in universe.instruments.values() for symbol in item.symbols.get(NAME, ())]
    return tuple(dict.fromkeys([*named, *symbols(universe.checks, NAME), *MACRO]))


@dataclass(frozen=True)
class _Plan:
    """How far back the store goes, each series' first day to ask for, and from which day on it has been had."""

    start: date
    firsts: Mapping[str, date]
    had: Mapping[str, date]

    @classmethod
    def of(cls, ask: Ask, ids: Sequence[str]) -> _Plan:
        replies, last = ask.store.replies(), ask.store.last_days()
        bars = [reply.first for name, reply in replies.items() if name not in ids and ":" not in name]
        start = min(bars, default=ask.session - YEARS)
        had = {name: replies[name].first for name in ids if name in replies and name in last}
        firsts = {
            name: max(start, last[name] - OVERLAP[name in MACRO])
            if had.get(name, date.max) <= start
            else start
            for name in ids
        }
        return cls(start, firsts, had)


def _groups(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    """Those of a day together, the others each by itself: they have other days."""
    daily = [name for name in ids if name not in MACRO]
    yield from (daily[start : start + TOGETHER] for start in range(0, len(daily), TOGETHER))
    yield from ([name] for name in ids if name in MACRO)


def _asked(ask: Ask, ids: Sequence[str], plan: _Plan) -> Iterator[tuple[str, fred.Values | str]]:
    """Values of each series, or why there are none."""
    first = min(plan.firsts[name] for name in ids)
    try:
        status, body = ask.client.ask("FRED", lambda: fred.answer(ask.client.session, ids, first))
        found = fred.parsed(status, body, ids)
    except fred.Unserved as error:
        if len(ids) == 1:
            yield ids[0], str(error)
        else:
            for name in ids:
                yield from _asked(ask, [name], plan)
        return
    except NoBars as error:
        yield from ((name, str(error)) for name in ids)
        return
    yield from ((name, [(day, value) for day, value in found[name] if first <= day]) for name in ids)


def _daily(ask: Ask, name: str, found: fred.Values | str, plan: _Plan) -> Daily:
    """What is kept of an answer. Where there was none, the store goes back no further than it did."""
    if isinstance(found, str):
        return Daily(name, NAME, (), {}, Reply(ask.now, plan.had.get(name, plan.start), "missing", found))
    last, due = max((day for day, _ in found), default=None), _due(name, ask.session)
    said = "" if last and last >= due else f"last value {last or 'none'}, wanted {due}"
    rows = [(day, (NAN, NAN, NAN, value, NAN)) for day, value in found]
    return Daily(name, NAME, rows, {}, Reply(ask.now, plan.start, "stale" if said else "fresh", said))


def _due(name: str, session: date) -> date:
    """The oldest newest value that is not overdue: a day's comes on the next one."""
    if name in MACRO:
        return session - timedelta(MACRO[name])
    return calendar.previous_session(session, "SIFMA")
