"""Hourly bars made by hand: a price that steps at given New York times, on the hours that a market trades."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from commentary.sources.store_shapes import Hour

NEW_YORK = ZoneInfo("America/New_York")
HOUR = 3600

Step = tuple[str, float]
"""New York time, such as ``2026-03-09 09:30``, and the price from it on."""


def second(text: str) -> int:
    """Seconds since 1970 of a New York time."""
    return int(datetime.fromisoformat(text).replace(tzinfo=NEW_YORK).timestamp())


def globex(moment: datetime) -> bool:
    """Whether CME's metals and indices trade in the hour that begins: from Sunday 18:00, with a pause at 17:00."""
    day, hour = moment.weekday(), moment.hour
    if day == 5 or (day == 6 and hour < 18) or (day == 4 and hour >= 17):
        return False
    return hour != 17


def always(moment: datetime) -> bool:
    """What never closes."""
    return True


def hours(
    span: tuple[str, str],
    steps: Sequence[Step],
    start: float = 100.0,
    trades: Callable[[datetime], bool] = globex,
) -> list[Hour]:
    """Bars from one New York time to another; a step on the hour is a gap between two bars."""
    found = []
    marks = [(second(text), price) for text, price in steps]

    def price(stamp: float) -> float:
        return next((value for at, value in reversed(marks) if at <= stamp), start)

    for stamp in range(second(span[0]), second(span[1]), HOUR):
        if trades(datetime.fromtimestamp(stamp, NEW_YORK)):
            opened, close = price(stamp), price(stamp + HOUR - 1)
            found.append(Hour(stamp, opened, max(opened, close), min(opened, close), close, 10.0))
    return found


def without(bars: Sequence[Hour], *texts: str) -> list[Hour]:
    """The bars less those that begin at New York times."""
    gone = {second(text) for text in texts}
    return [bar for bar in bars if bar.stamp not in gone]


def shut(bars: Sequence[Hour], day: date, begins: time, ends: time) -> list[Hour]:
    """The bars less those of a day in New York from a time to another, as on a holiday."""
    low = datetime.combine(day, begins, NEW_YORK).timestamp()
    high = datetime.combine(day, ends, NEW_YORK).timestamp()
    return [bar for bar in bars if not low <= bar.stamp < high]
