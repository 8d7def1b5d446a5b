"""Whether the newest rows of an answer are finished bars: a session in progress, or a stale print, looks like
a close."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from commentary import calendar

SUNDAY = 6

CME_CLOSE = time(17, 15)
"""New York: the electronic day of CME ends at 17:00, and so does that of currencies."""

ROUND_THE_CLOCK = ("UTC", "CME", "FX")

LATEST_PRINT = timedelta(minutes=20)
"""A fund that trades thinly may print last this long before the close; a feed that stands still, earlier."""

LATEST_IN_FUTURES = timedelta(minutes=90)
"""The same for a future or a currency, which hardly trades in the hour before its day ends."""

SAME_SESSION = timedelta(hours=12)
"""After a close: a quote that is later may be of the next session, which in Tokyo begins on New York's same day."""

EVENING_OPEN = time(18)
"""New York: from this hour on a future's row under today's date is that of the next session."""

RATES_FIX = time(15)
"""New York: Yahoo's yields are indices of the fix at this hour."""

QUOTE_TOLERANCE = 0.005
"""Between a session's close and the quote after it: a closing auction printed late moves less."""


@dataclass(frozen=True)
class Quote:
    """Yahoo's quote beside a history: price, its time, and the end of the regular session that it is in or had
    last; each None where the answer has none."""

    price: float | None = None
    at: datetime | None = None
    ends: datetime | None = None


def settled(day: date, session: str, now: datetime) -> bool:
    """Whether a class of instruments has finished a day's bar at ``now``.

    Coins end with the day in Greenwich, futures and currencies at 17:00 in New York, the others with their
    exchange's session. A day that is no session of the exchange counts as finished when it is over.
    """
    if session == "UTC":
        return now >= datetime.combine(day + timedelta(1), time(0), UTC)
    new_york = ZoneInfo(calendar.NEW_YORK)
    if session in ("CME", "FX"):
        begun = timedelta(day.weekday() == SUNDAY)  # its evening belongs to Monday's trading
        return now >= datetime.combine(day + begun, CME_CLOSE, new_york)
    exchange = _exchange(session)
    if calendar.is_session(day, exchange):
        return calendar.is_settled(day, now, exchange)
    return now >= datetime.combine(day + timedelta(1), time(0), new_york)


def newest(session: str, now: datetime) -> date:
    """The last day whose bar a class of instruments has finished at ``now``."""
    day = now.astimezone(UTC).date() + timedelta(1)
    while not (_opens(day, session) and settled(day, session, now)):
        day -= timedelta(1)
    return day


def unfinished(day: date, session: str, quote: Quote, now: datetime) -> bool:
    """Whether a day's row is that of a session in progress, by the clock or by what Yahoo says itself.

    Of what trades around the clock Yahoo says that the session ends at midnight: there the clock decides alone.
    """
    if session not in ROUND_THE_CLOCK and quote.ends is not None and now < quote.ends:
        ends = quote.ends.astimezone(ZoneInfo(calendar.NEW_YORK))
        return day >= ends.date() or not settled(day, session, now)
    return not settled(day, session, now) or (session == "CME" and _of_the_evening(day, quote))


def _of_the_evening(day: date, quote: Quote) -> bool:
    """Whether a future's quote is of the session that began on the evening of a day: yfinance gives that one's
    row under the day, and drops the day's own."""
    if quote.at is None:
        return False
    printed = quote.at.astimezone(ZoneInfo(calendar.NEW_YORK))
    return printed.date() == day and printed.time() >= EVENING_OPEN


def contradicted(day: date, close: float, session: str, quote: Quote) -> str:
    """Why the row of a finished day is no close after all, or nothing: held against the quote of that day.

    What trades on after New York's close has a later quote, whose price says nothing of the close.
    """
    if quote.at is None or (ends := _ends(day, session)) is None:
        return ""
    printed = quote.at.astimezone(ends.tzinfo)
    if printed < ends - (LATEST_IN_FUTURES if session in ("CME", "FX") else LATEST_PRINT):
        return f"the feed's last print is of {printed:%Y-%m-%d %H:%M} New York, before the close"
    if session in ROUND_THE_CLOCK or quote.price is None or printed - ends > SAME_SESSION:
        return ""
    if abs(close - quote.price) > QUOTE_TOLERANCE * abs(quote.price):
        return f"the bar closes at {close:g}, the quote after it is {quote.price:g}"
    return ""


def _ends(day: date, session: str) -> datetime | None:
    """When a class of instruments prints last on a day, in New York time; None on a day without a session."""
    new_york = ZoneInfo(calendar.NEW_YORK)
    if session == "UTC":
        return datetime.combine(day + timedelta(1), time(0), UTC).astimezone(new_york)
    exchange = "XNYS" if session in ("CME", "FX") else _exchange(session)
    if not calendar.is_session(day, exchange):
        return None
    close = calendar.close_at(day, exchange)
    if session in ("CME", "FX"):
        return close if calendar.is_half_day(day) else datetime.combine(day, time(17), new_york)
    return min(close, datetime.combine(day, RATES_FIX, new_york)) if session == "SIFMA" else close


def _exchange(session: str) -> str:
    return "XNYS" if session == "SIFMA" else session  # Yahoo's yields are indices of the exchange, to 15:00


def _opens(day: date, session: str) -> bool:
    if session == "UTC":
        return True
    return calendar.is_session(day, "CME" if session == "FX" else _exchange(session))
