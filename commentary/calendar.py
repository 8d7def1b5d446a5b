"""Sessions, half days and holidays of six exchanges, and the days that rules make special.

A day outside the shipped table is an error, never a guess. CME counts the days on which COMEX metals settle;
SIFMA is the US bond market; XSHG stands in for the Shanghai Futures Exchange; XTKS is JPX. A ``datetime``
given as a day counts by its own date. Every function raises CalendarError outside the table.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import UTC, date, datetime, timedelta

from commentary.calendar_table import EXCHANGES as EXCHANGES
from commentary.calendar_table import CalendarError as CalendarError
from commentary.calendar_table import exchange as _exchange

NEW_YORK = "America/New_York"
SETTLES_AFTER = timedelta(minutes=15)
"""From the close to prices that stay: closing auctions and late prints."""

_MSCI_MOVED = {(2019, 5): 28, (2019, 8): 27, (2021, 5): 27, (2025, 8): 26}
"""Reviews that MSCI announced for another day of the month."""

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_FRIDAY = 4


def sessions(exchange: str = "XNYS") -> tuple[date, ...]:
    """Every session of the table, in order."""
    return _exchange(exchange).sessions


def table_start(exchange: str = "XNYS") -> date:
    """First day that the table knows, session or not."""
    return _exchange(exchange).first


def table_end(exchange: str = "XNYS") -> date:
    """Last day that the table knows, session or not."""
    return _exchange(exchange).last


def provisional(day: date, exchange: str = "XNYS") -> str:
    """Why the day's entry is not official yet, or nothing."""
    found = _exchange(exchange)
    plain = found.covered(day)
    return found.provisional[1] if found.provisional and plain >= found.provisional[0] else ""


def is_session(day: date, exchange: str = "XNYS") -> bool:
    """Whether the exchange trades (CME: settles) on that day."""
    return _exchange(exchange).is_session(day)


def is_half_day(day: date, exchange: str = "XNYS") -> bool:
    """Whether the day is a session that ends early."""
    found = _exchange(exchange)
    return found.covered(day) in found.early


def previous_session(day: date, exchange: str = "XNYS") -> date:
    """The last session before the day, which may be none itself."""
    return _exchange(exchange).before(day)


def next_session(day: date, exchange: str = "XNYS") -> date:
    """The first session after the day, which may be none itself."""
    return _exchange(exchange).after(day)


def session_number(day: date) -> int:
    """Running number of a New York session, 0 on 2004-01-02: what refits every few sessions counts by it.

    Raises CalendarError for a day that is no session.
    """
    return bisect_left(sessions(), _session(day, "XNYS"))


def sessions_between(first: date, last: date, exchange: str = "XNYS") -> tuple[date, ...]:
    """Sessions from ``first`` to ``last``, both included where they are sessions."""
    found = _exchange(exchange)
    start, stop = found.covered(first), found.covered(last)
    return found.sessions[bisect_left(found.sessions, start) : bisect_right(found.sessions, stop)]


def close_at(day: date, exchange: str = "XNYS") -> datetime:
    """The moment of a session's close, in New York time; Tokyo's half days close on the evening before.

    Raises CalendarError for a day that is no session.
    """
    from zoneinfo import ZoneInfo

    found = _exchange(exchange)
    plain = _session(day, exchange)
    local = datetime.combine(plain, found.closes(plain), ZoneInfo(found.zone))
    return local.astimezone(ZoneInfo(NEW_YORK))


def is_settled(day: date, now: datetime, exchange: str = "XNYS") -> bool:
    """Whether the session's close is ``SETTLES_AFTER`` behind ``now``.

    Raises CalendarError for a day that is no session, ValueError for a ``now`` without a time zone.
    """
    return _aware(now) >= close_at(day, exchange) + SETTLES_AFTER


def latest_settled(now: datetime, exchange: str = "XNYS") -> date:
    """The last session that is settled at ``now``. Raises ValueError for a ``now`` without a time zone."""
    found = _exchange(exchange)
    tomorrow = found.covered(_aware(now)) + timedelta(1)  # in Asia it may be
    candidate = found.sessions[bisect_right(found.sessions, tomorrow) - 1]
    while not is_settled(candidate, now, exchange):
        candidate = found.before(candidate)
    return candidate


def trading_holidays(exchange: str, start: date, end: date) -> list[tuple[date, str]]:
    """Weekdays without a session from ``start`` to ``end``, both included, with their names."""
    found = _exchange(exchange)
    low, high = found.covered(start), found.covered(end)
    return sorted((day, name) for day, name in found.closed.items() if low <= day <= high)


def describe(day: date, exchange: str = "XNYS") -> str:
    """What the day is: "Saturday", "holiday: Good Friday", "half day, closes 13:00" or "session".

    Half days of London and Tokyo are told in their own time.
    """
    found = _exchange(exchange)
    plain = found.covered(day)
    if plain.weekday() > _FRIDAY:
        return _WEEKDAYS[plain.weekday()]
    if plain in found.closed:
        return f"holiday: {found.closed[plain]}"
    if plain not in found.early:
        return "session"
    place = "" if found.zone == NEW_YORK else f" {found.zone.split('/')[1]} time"
    return f"half day, closes {found.early[plain][0]:%H:%M}{place}"


def monthly_expiry(year: int, month: int) -> date:
    """Last trading day of the month's standard stock and index options: the third Friday, or the session
    before where that Friday is a holiday. Until January 2015 the contracts expired on the Saturday after;
    the last day to trade was the same."""
    return _on_or_before(_third_friday(year, month))


def is_monthly_expiry(day: date) -> bool:
    """Whether standard stock options trade for the last time on that day."""
    plain = _plain(day)
    return plain == monthly_expiry(plain.year, plain.month)


def is_triple_witching(day: date) -> bool:
    """Monthly expiry in March, June, September or December, when index futures expire too."""
    return _plain(day).month % 3 == 0 and is_monthly_expiry(day)


def vix_expiry(year: int, month: int) -> date:
    """Final settlement day of the month's VIX futures and options.

    Cboe: the Wednesday thirty days before the next month's third Friday; where either is a holiday, the
    business day before that Wednesday. Weekly contracts do not count.
    """
    friday = _third_friday(year + month // 12, month % 12 + 1)
    wednesday = friday - timedelta(30)
    # A January's third Friday, which a table's last December asks for, is never a holiday.
    if friday > table_end() or is_session(friday):
        return _on_or_before(wednesday)
    return previous_session(wednesday)


def is_vix_expiry(day: date) -> bool:
    """Whether the monthly VIX contracts settle on that day, in the morning."""
    plain = _plain(day)
    return plain == vix_expiry(plain.year, plain.month)


def is_russell_reconstitution(day: date) -> bool:
    """Whether the Russell indices are made anew after that day's close.

    FTSE Russell: the last Friday of June; since 2007 the Friday before where that is the 29th or 30th, which
    makes it the fourth. The second date a year is not here: in January 2025 it was announced for the second
    Friday of November from 2026 on, in February 2026 for December; the day itself is still to be read.
    """
    plain = _plain(day)
    fourth = _third_friday(plain.year, 6) + timedelta(7)
    fifth = fourth + timedelta(7)
    return plain == (fifth if plain.year < 2007 and fifth.month == 6 else fourth)


def is_index_rebalance(day: date) -> bool:
    """Whether indices that funds follow change after that day's close.

    S&P Dow Jones and Nasdaq: each quarter after the close of the third Friday of its last month, or of the
    session before where that is a holiday, Nasdaq-100's yearly change in December among them; FTSE Russell: as
    ``is_russell_reconstitution``.
    """
    return is_triple_witching(day) or is_russell_reconstitution(day)


def is_nasdaq_reconstitution(day: date) -> bool:
    """Whether the Nasdaq-100 takes its members of the next year after that day's close: December's expiry."""
    return _plain(day).month == 12 and is_monthly_expiry(day)


def is_msci_review(day: date) -> bool:
    """Whether a quarterly review of MSCI's indices takes effect after that day's close.

    MSCI: the last session of February, May, August and November; in November, where that is the half day after
    Thanksgiving, the Tuesday of its week (2013, 2019), since 2024 the Monday; each date is announced, and those
    that were moved stand in ``_MSCI_MOVED``.
    """
    plain = _plain(day)
    if plain.month % 3 != 2:
        return False
    if moved := _MSCI_MOVED.get((plain.year, plain.month)):
        return plain.day == moved
    last = _on_or_before((plain.replace(day=28) + timedelta(4)).replace(day=1) - timedelta(1))
    if plain.month == 11 and is_half_day(last):
        last -= timedelta(4 if plain.year >= 2024 else 3)
    return plain == last


def is_month_end(day: date) -> bool:
    """Whether the day is its month's last New York session."""
    plain = _plain(day)
    following = (plain.replace(day=28) + timedelta(4)).replace(day=1)
    return plain == _on_or_before(following - timedelta(1))


def is_quarter_end(day: date) -> bool:
    """Whether the day is its quarter's last New York session."""
    return _plain(day).month % 3 == 0 and is_month_end(day)


def is_first_session_of_month(day: date) -> bool:
    """Whether the day is its month's first New York session."""
    plain = _plain(day)
    first = plain.replace(day=1)
    return plain == (first if is_session(first) else next_session(first))


def _plain(day: date) -> date:
    return _exchange("XNYS").covered(day)


def _session(day: date, exchange: str) -> date:
    plain = _exchange(exchange).covered(day)
    if not is_session(plain, exchange):
        raise CalendarError(f"{plain} is no {exchange} session: {describe(plain, exchange)}")
    return plain


def _on_or_before(day: date) -> date:
    return day if is_session(day) else previous_session(day)


def _third_friday(year: int, month: int) -> date:
    middle = date(year, month, 15)
    return middle + timedelta((_FRIDAY - middle.weekday()) % 7)


def _aware(now: datetime) -> datetime:
    if now.tzinfo is None:
        raise ValueError(f"got {now.isoformat()} without a time zone; wanted one")
    return now.astimezone(UTC)
