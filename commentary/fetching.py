"""Fetches what is new into the store: daily bars, then what the collectors bring; and tells what came of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, cast

from commentary import calendar, registry
from commentary.errors import SourceError
from commentary.universe import Universe

if TYPE_CHECKING:
    from commentary.sources.collecting import Collector
    from commentary.sources.store import Store
    from commentary.sources.store_shapes import Reply
    from commentary.sources.yahoo_client import Client

FILE = "market.db"
"""The store, in the folder of the settings."""

SHOWN = 12
"""Symbols of an outcome that the report names."""

AGAIN = timedelta(hours=1)
"""After which a collector runs again for the same session: feeds are corrected in the evening."""

COLLECTOR = "collector:"
"""Under which name the store remembers that one has run."""

LAST_COMMON_DAY = 28

OTHERS = "use what is kept (--source store), a folder of bars (--source FOLDER) or the shipped days (--source episodes)"

Tell = Callable[[str], None]
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Errand:
    """What is to be fetched, and where to. ``a_second``: requests, at most."""

    universe: Universe
    path: Path
    now: datetime
    years: int = 7
    a_second: float = 4.0


@dataclass(frozen=True)
class Fetched:
    """What came of it: of each outcome the symbols with what was said, the collectors' lines, and the cost."""

    outcomes: dict[str, list[tuple[str, str]]]
    collected: tuple[str, ...]
    kept: int
    requests: int
    seconds: float
    refused: str

    def table(self) -> str:
        """For reading: a line an outcome, then what is not fresh, then the collectors."""
        lines = [
            f"{self.kept} new or changed bars, {self.requests} requests, {self.seconds:.1f} s",
            *(f"{outcome:8} {len(rows)}" for outcome, rows in self.outcomes.items()),
        ]
        for outcome in ("stale", "missing"):
            rows = self.outcomes.get(outcome, [])
            lines += [f"  {outcome}  {symbol}: {detail}" for symbol, detail in rows[:SHOWN]]
            if len(rows) > SHOWN:
                lines.append(f"  {outcome}  and {len(rows) - SHOWN} more: commentary doctor")
        lines += [f"  {line}" for line in self.collected]
        return "\n".join([*lines, *([f"stopped early: {self.refused}"] if self.refused else [])]) + "\n"


def fetch(errand: Errand, progress: Progress, tell: Tell) -> Fetched:
    """Bring the store up to date. Where there is nothing to ask, nothing is asked.

    ``progress`` is told how many symbols are done, of how many, and which; ``tell`` of anything else. Raises
    SourceError, within seconds, where Yahoo cannot be reached, and where the store cannot be opened or written.
    """
    from commentary.sources.filling import Order, fill, questions
    from commentary.sources.store import Store
    from commentary.sources.yahoo import listings

    started = time.monotonic()
    if not errand.path.exists():
        _reach()
    order = Order(_first(errand), errand.now)
    listed = listings(errand.universe)
    with Store(errand.path) as store, ExitStack() as waits:
        asked, collectors = questions(store, listed, order), _due(store, errand.now)
        client = _client(errand, tell) if asked or collectors else None
        if client:
            waits.callback(client.stop)
        filled = fill(store, asked, order, client, _counted(progress, len(asked))) if client else None
        collected = _collected(collectors, errand, (store, client), tell) if client else ()
        outcomes = _outcomes(store.replies(), [one.symbol for one in listed])
    cost = (client.pace.count if client else 0, time.monotonic() - started)
    kept, refused = (filled.kept, filled.refused) if filled else (0, "")
    return Fetched(outcomes, collected, kept, *cost, refused)


def _first(errand: Errand) -> date:
    return date(errand.now.year - errand.years, errand.now.month, min(errand.now.day, LAST_COMMON_DAY))


def _client(errand: Errand, tell: Tell) -> Client:
    from commentary.sources.pacing import Pace
    from commentary.sources.yahoo_client import Client

    _reach()
    return Client(Pace(errand.a_second), tell=tell)


def _reach() -> None:
    from commentary.sources.reach import probe

    try:
        probe()
    except SourceError as error:
        raise SourceError(f"{error}; {OTHERS}") from None


def _counted(progress: Progress, count: int) -> Tell:
    """What is told each symbol, and passes it on with its number; symbols asked for again add to the count."""
    done: list[str] = []

    def told(symbol: str) -> None:
        done.append(symbol)
        progress(len(done), max(count, len(done)), symbol)

    return told


def _due(store: Store, now: datetime) -> list[Collector]:
    """Collectors that have not run since the newest session settled, or not for AGAIN."""
    replies = store.replies()
    settled = calendar.close_at(calendar.latest_settled(now)) + calendar.SETTLES_AFTER
    found: list[Collector] = []
    for name, module in registry.names("commentary.sources.collectors", "NAME").items():
        reply = replies.get(COLLECTOR + name)
        if reply is None or reply.at < settled or now - reply.at > AGAIN:
            found.append(cast("Collector", module))
    return found


def _collected(
    collectors: list[Collector], errand: Errand, hands: tuple[Store, Client], tell: Tell
) -> tuple[str, ...]:
    """Run the collectors; the answer is a line each."""
    from commentary.sources.collecting import Ask
    from commentary.sources.store_shapes import Reply

    store, client = hands
    ask = Ask(errand.universe, calendar.latest_settled(errand.now), errand.now, store, client)
    lines: list[str] = []
    for collector in collectors:
        tell(f"{collector.NAME} …")
        try:
            found = collector.collect(ask)
        except SourceError as error:
            lines.append(f"{collector.NAME}: {error}")
            continue
        store.answered(COLLECTOR + collector.NAME, Reply(errand.now, errand.now.date(), "fresh"))
        said = f"; {'; '.join(found.warnings)}" if found.warnings else ""
        lines.append(f"{collector.NAME}: {found.kept} new values{said}")
    return tuple(lines)


def _outcomes(replies: Mapping[str, Reply], symbols: Sequence[str]) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {name: [] for name in ("fresh", "stale", "missing")}
    for symbol in sorted(symbols):
        reply = replies.get(symbol)
        outcome, detail = (reply.outcome, reply.detail) if reply else ("missing", "not asked")
        found[outcome].append((symbol, detail))
    return found
