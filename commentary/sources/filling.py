"""Fills the store with daily bars: what is new of each symbol, in a few threads, one transaction an answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from commentary import calendar
from commentary.errors import SourceError
from commentary.sources.last_bar import newest
from commentary.sources.rescaled import another_unit, factor
from commentary.sources.store import Store
from commentary.sources.store_bars import Daily
from commentary.sources.store_shapes import Reply
from commentary.sources.yahoo import FEED, Fetch, Listing, NoBars, Sound, sound

THREADS = 4

OVERLAP = timedelta(10)
"""Calendar days before the newest bar from which on it is asked: corrections, and splits, show in them."""

SLACK = timedelta(7)
"""A history asked from a day on begins on the next session after it."""

FRESH, STALE, MISSING = "fresh", "stale", "missing"

Tell = Callable[[str], None]
Question = tuple[Listing, date]


@dataclass(frozen=True)
class Order:
    """What is to be filled: from which day on, at which time."""

    first: date
    now: datetime


@dataclass
class Filled:
    """What became of a fill. ``replies`` has every symbol; ``refused`` says why it stopped early."""

    replies: dict[str, Reply] = field(default_factory=dict)
    asked: int = 0
    kept: int = 0
    refused: str = ""

    def of(self, outcome: str) -> list[str]:
        """Symbols with an outcome, in order of name."""
        return sorted(symbol for symbol, reply in self.replies.items() if reply.outcome == outcome)


def questions(store: Store, listings: Sequence[Listing], order: Order) -> list[Question]:
    """Which symbols are to be asked for, and from which day on; those that have all there can be are not, but for
    once on the day after."""
    replies, last = store.replies(), store.last_days()
    due = {session: newest(session, order.now) for session in {one.session for one in listings}}
    found: list[Question] = []
    for one in listings:
        reply, have = replies.get(one.symbol), last.get(one.symbol)
        if reply is None or have is None or reply.first > order.first + SLACK:
            found.append((one, order.first))
        elif have < due[one.session] or reply.outcome != FRESH or _unconfirmed(have, reply, order.now):
            found.append((one, max(order.first, have - OVERLAP)))
    return found


def _unconfirmed(have: date, reply: Reply, now: datetime) -> bool:
    """Whether the newest bar was last asked for on its own day, and that is over: closes are corrected overnight."""
    zone = ZoneInfo(calendar.NEW_YORK)
    return reply.at.astimezone(zone).date() <= have < now.astimezone(zone).date()


def fill(store: Store, asked: Sequence[Question], order: Order, fetch: Fetch, tell: Tell) -> Filled:
    """Ask, and keep what comes; what is stale or missing afterwards is asked for once more.

    ``tell`` is called with each symbol that is done. A refusal stops it: what was kept stays, and ``refused``
    says so. Raises SourceError where the store cannot be written.
    """
    filled = Filled()
    for turn in _turns(asked, filled):
        refused = _round(store, turn, order, fetch, (filled, tell))
        if refused:
            filled.refused = refused
            break
    return filled


def _turns(asked: Sequence[Question], filled: Filled) -> Iterator[Sequence[Question]]:
    yield asked
    again = [
        (one, first)
        for one, first in asked
        if one.symbol in filled.replies and filled.replies[one.symbol].outcome != FRESH
    ]
    if again:
        yield again


def _round(
    store: Store, asked: Sequence[Question], order: Order, fetch: Fetch, report: tuple[Filled, Tell]
) -> str:
    """One pass over the symbols; the answer is why it stopped, or nothing."""
    filled, tell = report
    past = {one.symbol: store.closes(one.symbol, first) for one, first in asked if first > order.first}
    start = store.first_days()
    pool = ThreadPoolExecutor(THREADS)
    try:
        futures: dict[Future[Daily], Question] = {
            pool.submit(
                _asked, (one, first), _whole(order, start.get(one.symbol)), fetch, past.get(one.symbol, {})
            ): (one, first)
            for one, first in asked
        }
        for future in as_completed(futures):
            daily = future.result()
            filled.kept += store.keep_daily(daily)
            filled.replies[daily.symbol] = daily.reply
            filled.asked += 1
            tell(daily.symbol)
        return ""
    except SourceError as error:
        pool.shutdown(wait=True, cancel_futures=True)
        return str(error)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)  # whoever interrupts waits for no thread


def _whole(order: Order, start: date | None) -> Order:
    """The order from the first bar on that the store has, where that is older: a split rescales that one too."""
    return order if start is None or start >= order.first else replace(order, first=start)


def _asked(question: Question, order: Order, fetch: Fetch, past: Mapping[date, float]) -> Daily:
    """One symbol's answer. A past on another scale is asked for as a whole. Raises SourceError."""
    one, first = question
    try:
        found = sound(fetch(one.symbol, first), one, order.now)
        by = factor(past, found.rows, order.now.date())
        if by != 1.0:
            if another_unit(by) and not found.split:
                raise NoBars(f"closes {by:g} times those kept: another unit")
            first = order.first
            found = sound(fetch(one.symbol, first), one, order.now)
    except NoBars as error:
        return Daily(one.symbol, FEED, (), {}, Reply(order.now, order.first, MISSING, str(error)))
    return Daily(one.symbol, FEED, found.rows, found.dividends, _reply(one, found, order))


def _reply(one: Listing, found: Sound, order: Order) -> Reply:
    due = newest(one.session, order.now)
    said = "; ".join(found.refused[-3:])
    last = found.rows[-1][0] if found.rows else None
    if last is not None and last >= due:
        return Reply(order.now, order.first, FRESH, said)
    held = f"last bar {last}, wanted {due}" if last else f"no finished bar, wanted {due}"
    return Reply(order.now, order.first, STALE, f"{held}; {said}" if said else held)
