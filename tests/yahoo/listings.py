"""How Yahoo lists a symbol: where and when it trades, what it is called, how its bars are stamped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from commentary import calendar
from commentary.sources.bars import wanted
from commentary.universe import Universe, implied_by, marked_by

NEW_YORK = ZoneInfo("America/New_York")
DAY = timedelta(1)

ZONES = {
    "XNYS": "America/New_York",
    "CBOE": "America/Chicago",
    "SIFMA": "America/Chicago",
    "CME": "America/New_York",
    "XTKS": "Asia/Tokyo",
    "UTC": "UTC",
    "FX": "Europe/London",
}
"""Class of session → Yahoo's exchangeTimezoneName. CBOE: indices of options, SIFMA: Cboe's yields."""

OPENS = {"XNYS": time(9, 30), "CBOE": time(9, 30), "SIFMA": time(8, 20), "XTKS": time(9)}
"""In New York, Tokyo's in Tokyo."""

CBOE_AFTER = timedelta(minutes=15)
SIFMA_CLOSE = time(15)
FUTURES_OPEN, FUTURES_CLOSE = time(18), time(17)
FINAL_AFTER = {"XNYS": timedelta(minutes=10), "CME": timedelta(minutes=10), "XTKS": timedelta(minutes=10)}
"""From the close to a bar that no longer changes: what is computed from others' prices does not change any more."""

CBOE = ("^VIX", "^VIX9D", "^VIX3M", "^VVIX", "^SKEW", "^GVZ", "^OVX", "^COR1M")
RATES = ("^IRX", "^FVX", "^TNX", "^TYX", "^MOVE")


@dataclass(frozen=True)
class Listing:
    """One symbol: its class of session, what Yahoo calls its kind, and the digits of its prices."""

    symbol: str
    hours: str
    kind: str = "ETF"
    digits: int = 2

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which Yahoo dates the symbol's bars."""
        return ZoneInfo(ZONES[self.hours])

    def trades(self, day: date) -> bool:
        """Whether there is a bar of that day."""
        if self.hours == "UTC":
            return True
        if self.hours == "FX":
            return day.weekday() < 5
        if self.hours == "SIFMA":
            return calendar.is_session(day, "SIFMA") and calendar.is_session(day)
        return calendar.is_session(day, "XNYS" if self.hours == "CBOE" else self.hours)

    def opens(self, day: date) -> datetime:
        """The moment at which the bar of a day begins, UTC."""
        if self.hours in ("UTC", "FX"):
            return datetime.combine(day, time(0), self.zone).astimezone(UTC)
        if self.hours == "CME":
            return datetime.combine(day - DAY, FUTURES_OPEN, NEW_YORK).astimezone(UTC)
        where = self.zone if self.hours == "XTKS" else NEW_YORK
        return datetime.combine(day, OPENS[self.hours], where).astimezone(UTC)

    def closes(self, day: date) -> datetime:
        """The moment at which the bar of a day ends, UTC."""
        if self.hours in ("UTC", "FX"):
            return datetime.combine(day + DAY, time(0), self.zone).astimezone(UTC)
        if self.hours == "CME":
            early = time(13, 45) if calendar.is_half_day(day) else FUTURES_CLOSE
            return datetime.combine(day, early, NEW_YORK).astimezone(UTC)
        if self.hours == "XTKS":
            return calendar.close_at(day, "XTKS").astimezone(UTC)
        close = calendar.close_at(day).astimezone(UTC)
        if self.hours == "SIFMA":
            return min(close, datetime.combine(day, SIFMA_CLOSE, NEW_YORK).astimezone(UTC))
        return close + CBOE_AFTER if self.hours == "CBOE" else close

    def final(self, day: date) -> datetime:
        """The moment from which the bar of a day stays as it is."""
        return self.closes(day) + FINAL_AFTER.get(self.hours, timedelta(0))

    def stamp(self, day: date) -> int:
        """Yahoo's time stamp of a day's bar: the opening, or midnight for what trades through the night."""
        if self.hours == "CME":
            return int(datetime.combine(day, time(0), NEW_YORK).timestamp())
        return int(self.opens(day).timestamp())

    def local_day(self, moment: datetime) -> date:
        """The calendar day of a moment where the symbol is listed."""
        return moment.astimezone(self.zone).date()


@cache
def listed(symbol: str) -> Listing:
    """The listing of a symbol, told from its form."""
    if symbol.endswith("=F"):
        return Listing(symbol, "CME", "FUTURE", 3 if symbol == "2YY=F" else 2)
    if symbol.endswith("=X"):
        return Listing(symbol, "FX", "CURRENCY", 4)
    if symbol.endswith("-USD"):
        return Listing(symbol, "UTC", "CRYPTOCURRENCY", 2)
    if symbol == "^N225":
        return Listing(symbol, "XTKS", "INDEX", 2)
    if symbol in RATES:
        return Listing(symbol, "SIFMA", "INDEX", 3)
    if symbol in CBOE:
        return Listing(symbol, "CBOE", "INDEX", 2)
    return Listing(symbol, "XNYS", "INDEX" if symbol.startswith("^") else "ETF", 2)


def symbols_of(universe: Universe) -> list[str]:
    """Every symbol that the universe ever reads from Yahoo, at whatever hour."""
    found = dict.fromkeys(wanted(universe, "yahoo"))
    for item in universe.instruments.values():
        for symbol in (*item.symbols.get("yahoo", ()), *item.evening.get("yahoo", ())):
            implied, marked = implied_by(symbol), marked_by(symbol)
            found[implied[0] if implied else marked[0] if marked else symbol] = None
    return [symbol for symbol in found if not marked_by(symbol)]


def stocks_of(universe: Universe) -> set[str]:
    """Symbols that are companies."""
    single = {s for key in universe.of("stock") for s in universe[key].symbols.get("yahoo", ())}
    return {*universe.stocks, *single}
