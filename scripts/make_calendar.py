"""Writes ``commentary/data/calendar.json``, the table of sessions that the program ships.

    python scripts/make_calendar.py           write the table
    python scripts/make_calendar.py --check   exit 1 where the shipped table differs

Needs ``pandas-market-calendars`` (extra ``dev``). The same library versions give the same bytes. Run it
each December, when SIFMA and the Shanghai exchange have published the year to come, and read the difference.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any

import exchange_calendars
import pandas as pd
import pandas_market_calendars as market_calendars
from calendar_days import (
    COMEX_CLOSED,
    ONE_OFF,
    PROVISIONAL_SHANGHAI,
    RENAMED,
    SIFMA_FULL,
    SIFMA_NOON,
    SOURCES,
    Source,
)
from pandas_market_calendars.holidays import cn

TABLE = Path(__file__).parent.parent / "commentary" / "data" / "calendar.json"
FIRST, LAST = date(2004, 1, 1), date(2028, 12, 31)


@dataclass
class Days:
    """Exceptions of one exchange: closed weekdays by name, early closes as (time, name)."""

    closed: dict[date, str] = field(default_factory=dict)
    early: dict[date, tuple[str, str]] = field(default_factory=dict)


def from_library(code: str, source: Source) -> Days:
    """Closed weekdays and early closes as the library has them, times in the source's zone."""
    schedule = market_calendars.get_calendar(source.library).schedule(FIRST, LAST)
    closes = schedule["market_close"].dt.tz_convert(source.timezone).dt.strftime("%H:%M")
    at = {stamp.date(): close for stamp, close in closes.items()}
    weekend = [day for day in at if day.weekday() >= 5]
    if weekend:
        raise SystemExit(f"{code}: the table knows no sessions at weekends; got {weekend}")
    name = namer(code, source)
    days = Days({day: name(day) for day in weekdays() if day not in at})
    for day, close in at.items():
        if close != regular_close(source, day):
            days.early[day] = (close, early_name(day))
    return days


def weekdays() -> Iterator[date]:
    """Every Monday to Friday of the table."""
    for count in range((LAST - FIRST).days + 1):
        day = FIRST + timedelta(count)
        if day.weekday() < 5:
            yield day


def regular_close(source: Source, day: date) -> str:
    """The close of a full session on that day."""
    return next(close for start, close in reversed(list(source.close.items())) if day.isoformat() >= start)


def namer(code: str, source: Source) -> Callable[[date], str]:
    """A function from a closed day to its name; raises SystemExit for a day that nothing names."""
    if source.named_by:
        rules: Any = exchange_calendars.get_calendar(source.named_by).regular_holidays
    else:
        rules = market_calendars.get_calendar(source.library).regular_holidays
    listed: Any = (
        rules.holidays(pd.Timestamp(FIRST), pd.Timestamp(LAST), return_name=True) if rules else pd.Series()
    )
    names = {stamp.date(): RENAMED.get(name, str(name).split(" (")[0]) for stamp, name in listed.items()}

    def name(day: date) -> str:
        found = ONE_OFF.get(code, {}).get(day.isoformat()) or names.get(day) or by_season(code, day)
        if not found:
            raise SystemExit(f"{code} is closed on {day} and no rule names the day: add it to ONE_OFF")
        return found

    return name


def by_season(code: str, day: date) -> str:
    """Names of the days that the libraries list without one."""
    if code == "XTKS":
        return {3: "Vernal Equinox Day", 9: "Autumnal Equinox Day"}.get(day.month, "")
    if code == "XSHG":
        return shanghai_name(day)
    return "Good Friday" if code == "SIFMA" and day.month in (3, 4) else ""


def shanghai_name(day: date) -> str:
    """The festival nearest to a closed day: the notices close days around it."""
    year = day.year
    if day == cn.maf_mapping[year].date():
        return "Mid-Autumn Festival"
    if (day.month, day.day) <= (1, 4) or (day.month, day.day) >= (12, 29):
        return "New Year's Day"
    near = [
        (cn.sf_mapping[year].date(), 12, "Lunar New Year"),
        (cn.tsd_mapping[year].date(), 3, "Tomb-Sweeping Day"),
        (date(year, 5, 3), 6, "Labour Day"),
        (cn.dbf_mapping[year].date(), 4, "Dragon Boat Festival"),
        (date(year, 10, 4), 6, "National Day"),
        (cn.maf_mapping[year].date(), 4, "Mid-Autumn Festival"),
    ]
    return next((name for middle, reach, name in near if abs((day - middle).days) <= reach), "")


def early_name(day: date) -> str:
    """What a shortened session precedes or follows."""
    if day.month == 12:
        exact = {24: "Christmas Eve", 31: "New Year's Eve"}.get(day.day)
        return exact or ("last session before Christmas" if day.day < 24 else "last session of the year")
    names = {
        11: "day after Thanksgiving",
        5: "Friday before Memorial Day",
        7: "session before Independence Day",
    }
    if day.month in (3, 4):
        return "Good Friday" if day.weekday() == 4 else "Thursday before Good Friday"
    return names.get(day.month, "")


def mend_comex(days: Days, stocks: Days) -> None:
    """Keep the days that settle.

    On US holidays the metals trade electronically for some hours, for the next trade date: no settlement
    and no bar (NYMEX trading schedules of 2007-11-13 and 2008-01: "not a trade date").
    """
    for day in [day for day in days.early if day in stocks.closed]:
        del days.early[day]
        days.closed[day] = f"{stocks.closed[day]} (electronic trading only, no settlement)"
    for text, name in COMEX_CLOSED.items():
        days.closed[date.fromisoformat(text)] = name
        days.early.pop(date.fromisoformat(text), None)
    for year in range(2013, 2026):  # 13:45 by the schedule of 2013-12-24; 2026 as the library has it
        eve = date(year, 12, 24)
        if eve.weekday() < 5 and eve not in days.closed:
            days.early[eve] = ("13:45", "Christmas Eve")


def mend_bonds(days: Days) -> None:
    """What the library's rules do not know of SIFMA's notices."""
    for text in SIFMA_NOON:
        friday = date.fromisoformat(text)
        days.closed.pop(friday)
        days.early[friday] = ("12:00", "Good Friday")
        days.early.pop(friday - timedelta(1))
    for text in SIFMA_FULL:
        days.early.pop(date.fromisoformat(text))
    for text in ("2004-06-11", "2012-10-30"):
        days.closed[date.fromisoformat(text)] = ONE_OFF["XNYS"][text]
    for text, close in {
        "2007-01-02": "14:00",
        "2012-10-29": "12:00",
        "2018-12-05": "14:00",
        "2025-01-09": "14:00",
    }.items():
        days.early[date.fromisoformat(text)] = (close, ONE_OFF["XNYS"][text])
    mend_bond_policy(days)


def mend_bond_policy(days: Days) -> None:
    """Twelve early closes a year until SIFMA's change of policy of 2009-04-03, then five.

    The session before Independence Day is an early close again in the recommendations since 2016.
    """
    dropped = ("Martin Luther King Jr. Day", "Presidents' Day", "Labor Day", "Columbus Day", "Veterans Day")
    policy = date(2009, 4, 3)
    for day, name in days.closed.items():
        before = day - timedelta(1)
        while before.weekday() >= 5 or before in days.closed:
            before -= timedelta(1)
        if name in (*dropped, "Thanksgiving Day") and before < policy:
            days.early[before] = ("14:00", f"session before {name}")
    for day in [day for day in days.early if policy < day < date(2016, 1, 1) and day.month == 7]:
        del days.early[day]


def mend_tokyo(days: Days) -> None:
    """First and last sessions of the year ended at 11:00 until the last of 2009 (new trading system)."""
    for year in range(2004, 2010):
        sessions = [day for day in weekdays() if day.year == year and day not in days.closed]
        days.early[sessions[0]] = ("11:00", "first session of the year")
        if year < 2009:
            days.early[sessions[-1]] = ("11:00", "last session of the year")


def mend_shanghai(days: Days) -> None:
    """Fill the years that the library does not know yet (it lists the years whose notice is out)."""
    known = max(day.year for day in days.closed)
    for year, names in PROVISIONAL_SHANGHAI.items():
        if year > known:
            for name, texts in names.items():
                days.closed.update({date.fromisoformat(f"{year}-{text}"): name for text in texts.split()})


def build() -> dict[str, Any]:
    """The whole table, as it is written."""
    days = {code: from_library(code, source) for code, source in SOURCES.items()}
    mend_comex(days["CME"], days["XNYS"])
    mend_bonds(days["SIFMA"])
    mend_shanghai(days["XSHG"])
    mend_tokyo(days["XTKS"])
    return {
        "about": "Every weekday is a session but the closed ones. Made by scripts/make_calendar.py.",
        "made_with": {name: version(name) for name in ("exchange_calendars", "pandas_market_calendars")},
        "first": FIRST.isoformat(),
        "last": LAST.isoformat(),
        "exchanges": {code: entry(SOURCES[code], days[code]) for code in SOURCES},
    }


def entry(source: Source, days: Days) -> dict[str, Any]:
    """One exchange of the table."""
    unnamed = [day for day, (_, name) in days.early.items() if not name]
    if unnamed:
        raise SystemExit(f"{source.library} closes early on {unnamed} and no rule names these days")
    early: dict[str, dict[str, str]] = {}
    for close in sorted({close for close, _ in days.early.values()}):
        early[close] = grouped((day, name) for day, (at, name) in days.early.items() if at == close)
    return {
        "name": source.name,
        "timezone": source.timezone,
        "close": dict(source.close),
        "provisional": list(source.provisional or ()),
        "closed": grouped(days.closed.items()),
        "early": early,
    }


def grouped(named: Iterable[tuple[date, str]]) -> dict[str, str]:
    """Days by name, in order of a name's first day, each as one string of dates."""
    by_name: dict[str, list[str]] = {}
    for day, name in sorted(named):
        by_name.setdefault(name, []).append(day.isoformat())
    return {name: " ".join(texts) for name, texts in by_name.items()}


def text() -> str:
    """The table as JSON, one name a line."""
    return json.dumps(build(), indent=1, ensure_ascii=False) + "\n"


def main(arguments: list[str]) -> int:
    """Write the table, or compare with it."""
    made = text()
    if arguments == ["--check"]:
        same = TABLE.is_file() and TABLE.read_text(encoding="utf-8") == made
        print(f"{TABLE.name}: {'as the script makes it' if same else 'differs from what the script makes'}")
        return 0 if same else 1
    TABLE.parent.mkdir(exist_ok=True)
    TABLE.write_text(made, encoding="utf-8")
    print(f"wrote {TABLE.name}: {len(made)} characters, to {LAST}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
