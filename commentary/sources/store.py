"""The store of fetched data: SQLite, every value with its source, its time and its revision.

Nothing is overwritten: what a later answer changes is kept beside what it said first. Every write is one
transaction, so that a run killed at any moment leaves a store that opens. As a source, a store's file is
named by its path.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

from commentary.errors import SourceError
from commentary.macro import Macro
from commentary.sources.bars import Bars, wanted
from commentary.sources.observed import Observation
from commentary.sources.released import figures_of, released
from commentary.sources.scheduled import Seen, printed_days
from commentary.sources.scheduled import observations as scheduled
from commentary.sources.store_bars import BarStore
from commentary.sources.store_file import day_of, known, number_of, or_nan
from commentary.sources.store_shapes import Event, Hour, Quote
from commentary.universe import STORE, Universe

NAME = STORE
SUFFIX = ".db"


class Store(BarStore):
    """A store file with all its tables."""

    def observe(self, found: Iterable[Observation], seen: datetime, source: str = "observed") -> int:
        """Keep observations; the answer is how many were new or changed."""
        had = {
            (series, day): (value, revision)
            for series, day, value, revision in self._db.execute(
                "SELECT series, day, value, max(revision) FROM observations GROUP BY series, day"
            )
        }
        with self.writing(source, seen) as writing:
            for item in found:
                key = (item.series, number_of(item.day))
                value, revision = had.get(key, (None, -1))
                if value != item.value:
                    row = (*key, revision + 1, writing.fetch, item.value, item.source)
                    self._db.execute("INSERT INTO observations VALUES (?,?,?,?,?,?)", row)
                    had[key] = (item.value, revision + 1)
                    writing.kept += 1
        return writing.kept

    def observations(self) -> list[Observation]:
        """The newest value of each series and day."""
        rows = self._db.execute(
            "SELECT series, day, value, source, max(revision) FROM observations GROUP BY series, day"
        )
        return [Observation(series, day_of(day), value, source) for series, day, value, source, _ in rows]

    def keep_hourly(self, name: str, hours: Iterable[Hour], seen: datetime) -> int:
        """Keep hourly bars of a symbol; the answer is how many were new or changed."""
        with self.writing("yahoo", seen) as writing:
            symbol = self.symbol_id(name)
            given = list(hours)
            since = min((hour.stamp for hour in given), default=0)
            had = {row[0]: row[1:] for row in self._db.execute(_newest_hours(), (symbol, since))}
            for hour in given:
                prices = (hour.open, hour.high, hour.low, hour.close, hour.volume)
                values = tuple(known(value) for value in prices)
                *before, revision = had.get(hour.stamp, (-1,))
                if tuple(before) != values:
                    row = (symbol, hour.stamp, revision + 1, writing.fetch, *values)
                    self._db.execute("INSERT INTO hourly VALUES (?,?,?,?,?,?,?,?,?)", row)
                    writing.kept += 1
        return writing.kept

    def hourly(self, name: str, since: int = 0) -> list[Hour]:
        """Hourly bars of a symbol in order of time, from those that begin at a second since 1970 on."""
        number = self._db.execute("SELECT id FROM symbols WHERE name = ?", (name,)).fetchone()
        rows = self._db.execute(_newest_hours(), (*number, since)) if number else ()
        return [Hour(row[0], *(or_nan(value) for value in row[1:6])) for row in rows]

    def keep_quotes(self, name: str, day: date, quotes: tuple[float, Iterable[Quote]], seen: datetime) -> int:
        """Keep the chain of a symbol as it stood on a session: the price of what it is on, and its quotes."""
        spot, chain = quotes
        with self.writing("yahoo", seen) as writing:
            head = (self.symbol_id(name), number_of(day), writing.fetch)
            rows = [
                (
                    *head,
                    number_of(item.expiry),
                    item.strike,
                    int(item.call),
                    known(item.bid),
                    known(item.ask),
                    known(item.open_interest),
                    spot,
                )
                for item in chain
            ]
            self._db.executemany("INSERT INTO quotes VALUES (?,?,?,?,?,?,?,?,?,?)", rows)
            writing.kept += len(rows)
        return writing.kept

    def quotes(self, name: str, day: date) -> tuple[float, list[Quote]]:
        """Spot and chain of a symbol as last seen for a session; nan and nothing where there is none."""
        rows = self._db.execute(
            """SELECT expiry, strike, call, bid, ask, open_interest, spot FROM quotes
            WHERE symbol = (SELECT id FROM symbols WHERE name = ?1) AND day = ?2 AND fetch = (
                SELECT max(fetch) FROM quotes
                WHERE symbol = (SELECT id FROM symbols WHERE name = ?1) AND day = ?2)""",
            (name, number_of(day)),
        ).fetchall()
        chain = [
            Quote(day_of(row[0]), row[1], bool(row[2]), *(or_nan(value) for value in row[3:6]))
            for row in rows
        ]
        return (rows[0][6] if rows else float("nan")), chain

    def keep_events(self, events: Iterable[Event], seen: datetime, source: str) -> int:
        """Keep calendar entries; the answer is how many were new or changed."""
        had = {(item.day, item.kind, item.name): (item, revision) for item, revision in self._events()}
        with self.writing(source, seen) as writing:
            for item in events:
                before, revision = had.get((item.day, item.kind, item.name), (None, -1))
                if before is None or repr(before) != repr(item):
                    figures = [known(value) for value in (item.actual, item.consensus, item.previous)]
                    head = (number_of(item.day), item.kind, item.name, revision + 1, writing.fetch, item.at)
                    self._db.execute("INSERT INTO events VALUES (?,?,?,?,?,?,?,?,?)", (*head, *figures))
                    had[(item.day, item.kind, item.name)] = (item, revision + 1)
                    writing.kept += 1
        return writing.kept

    def events(self) -> list[Event]:
        """The newest state of every calendar entry, in order of day."""
        return [item for item, _ in self._events()]

    def event_states(self) -> list[Seen]:
        """Every state of every calendar entry with the time at which it was first seen, in that order."""
        rows = self._db.execute(
            """SELECT day, kind, name, events.at, actual, consensus, previous, fetches.at
            FROM events JOIN fetches ON fetches.id = fetch ORDER BY day, kind, name, revision"""
        )
        return [
            Seen(
                Event(day_of(row[0]), *row[1:4], *(or_nan(value) for value in row[4:7])),
                datetime.fromisoformat(row[7]),
            )
            for row in rows
        ]

    def _events(self) -> list[tuple[Event, int]]:
        rows = self._db.execute(
            """SELECT day, kind, name, at, actual, consensus, previous, max(revision)
            FROM events GROUP BY day, kind, name ORDER BY day, kind, name"""
        )
        return [
            (Event(day_of(row[0]), *row[1:4], *(or_nan(value) for value in row[4:7])), row[7]) for row in rows
        ]


def _newest_hours() -> str:
    return """SELECT stamp, open, high, low, close, volume, max(revision)
        FROM hourly WHERE symbol = ? AND stamp >= ? GROUP BY stamp ORDER BY stamp"""


def is_mine(where: str) -> bool:
    """Whether a path is that of a store, which need not be there yet."""
    return Path(where).suffix == SUFFIX


def stamp(where: str) -> list[int | str]:
    """The bars are the same while this is. Raises SourceError where the file is no store."""
    with _opened(where) as store:
        return ["store", store.stamp()]


def load(where: str, universe: Universe, now: datetime) -> Bars:
    """Bars of the symbols that the universe names for the feeds. Raises SourceError where there are none."""
    symbols = wanted(universe, STORE)
    with _opened(where) as store:
        bars = store.bars(symbols)
    if not len(bars.days):
        raise SourceError(f"{where}: the store has none of {len(symbols)} symbols; run `commentary fetch`")
    return bars


def observations(where: str, macro: Macro) -> list[Observation]:
    """The newest value of each series and day, with what the kept series and events say."""
    with _opened(where) as store:
        states = store.event_states()
        symbols = {ident: it.symbols[STORE] for ident, it in macro.series.items() if STORE in it.symbols}
        bars = store.bars(symbols.values())
        kept = store.observations()
    figures = {ident: figures_of(bars, symbol) for ident, symbol in symbols.items()}
    made = released(figures, macro, printed_days(states, macro))
    return [*made, *scheduled(states, macro), *kept]


def _opened(where: str) -> Store:
    path = Path(where)
    if not path.is_file():
        raise SourceError(f"{where}: no store yet; run `commentary fetch` to fill it")
    return Store(path)
