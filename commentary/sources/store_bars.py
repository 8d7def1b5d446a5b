"""Daily bars in the store: kept with their revisions, read back as the newest ones."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from commentary.sources.bars import FIELDS, Bars, Days, Floats
from commentary.sources.store_file import StoreFile, Writing, day_of, known, number_of
from commentary.sources.store_shapes import Reply

KEPT = ("open", "high", "low", "close", "volume")

_COLUMNS = "symbol, day, revision, fetch, open, high, low, close, volume"
_SUPERSEDE = f"INSERT INTO superseded_bars SELECT {_COLUMNS} FROM bars WHERE symbol = ? AND day = ?"
_PUT = f"INSERT OR REPLACE INTO bars ({_COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?)"
_NEWEST_DIVIDENDS = "SELECT day, value, max(fetch) FROM dividends WHERE symbol = ? GROUP BY day"

Row = tuple[float | None, ...]


@dataclass(frozen=True)
class Daily:
    """What a feed answered to one symbol: rows of day and KEPT, and what was paid, by the day it trades without."""

    symbol: str
    source: str
    rows: Sequence[tuple[date, Sequence[float]]]
    dividends: Mapping[date, float]
    reply: Reply


class BarStore(StoreFile):
    """The part of the store that holds daily bars."""

    def keep_daily(self, daily: Daily) -> int:
        """Keep an answer in one transaction; bars that differ from those kept supersede them.

        The answer is how many bars were new or changed.
        """
        with self.writing(daily.source, daily.reply.at) as writing:
            symbol = self.symbol_id(daily.symbol)
            self._keep_bars(symbol, writing, daily.rows)
            had = {day: value for day, value, _ in self._db.execute(_NEWEST_DIVIDENDS, (symbol,))}
            paid = [(number_of(day), value) for day, value in daily.dividends.items()]
            new = [(symbol, day, writing.fetch, value) for day, value in paid if had.get(day) != value]
            self._db.executemany("INSERT INTO dividends VALUES (?,?,?,?)", new)
            self._put_reply(symbol, daily.reply)
            kept = writing.kept
            writing.kept += len(new)
        return kept

    def _keep_bars(self, symbol: int, writing: Writing, rows: Sequence[tuple[date, Sequence[float]]]) -> None:
        if not rows:
            return
        wanted = (
            "SELECT day, revision, open, high, low, close, volume FROM bars WHERE symbol = ? AND day >= ?"
        )
        had = {row[0]: row[1:] for row in self._db.execute(wanted, (symbol, number_of(rows[0][0])))}
        fresh = [(number_of(day), tuple(known(value) for value in values)) for day, values in rows]
        changed = [(day, values) for day, values in fresh if day not in had or had[day][1:] != values]
        self._db.executemany(_SUPERSEDE, [(symbol, day) for day, _ in changed if day in had])
        self._db.executemany(
            _PUT,
            [
                (symbol, day, had[day][0] + 1 if day in had else 0, writing.fetch, *values)
                for day, values in changed
            ],
        )
        writing.kept += len(changed)

    def answered(self, name: str, reply: Reply) -> None:
        """Remember the last answer under a name that has no bars."""
        with self.writing("answer", reply.at):
            self._put_reply(self.symbol_id(name), reply)

    def _put_reply(self, symbol: int, reply: Reply) -> None:
        asked = (symbol, reply.at.isoformat(), number_of(reply.first), reply.outcome, reply.detail)
        self._db.execute("INSERT OR REPLACE INTO answers VALUES (?,?,?,?,?)", asked)

    def replies(self) -> dict[str, Reply]:
        """The last answer to each symbol."""
        rows = self._db.execute(
            "SELECT name, at, first, outcome, detail FROM answers JOIN symbols ON symbols.id = answers.symbol"
        )
        return {
            name: Reply(datetime.fromisoformat(at), day_of(first), outcome, detail)
            for name, at, first, outcome, detail in rows
        }

    def last_days(self) -> dict[str, date]:
        """The newest bar's day of each symbol."""
        rows = self._db.execute(
            "SELECT name, (SELECT max(day) FROM bars WHERE symbol = symbols.id) FROM symbols"
        )
        return {name: day_of(last) for name, last in rows if last is not None}

    def first_days(self) -> dict[str, date]:
        """The oldest bar's day of each symbol."""
        rows = self._db.execute(
            "SELECT name, (SELECT min(day) FROM bars WHERE symbol = symbols.id) FROM symbols"
        )
        return {name: day_of(first) for name, first in rows if first is not None}

    def closes(self, name: str, first: date) -> dict[date, float]:
        """Closes of a symbol from a day on."""
        rows = self._db.execute(
            "SELECT day, close FROM bars JOIN symbols ON symbols.id = symbol WHERE name = ? AND day >= ?",
            (name, number_of(first)),
        )
        return {day_of(day): close for day, close in rows}

    def bars(self, names: Collection[str]) -> Bars:
        """The newest bars of the symbols that there are, with total-return closes made from dividends."""
        wanted = sorted(names)
        ids = {name: number for number, name in self._db.execute("SELECT id, name FROM symbols")}
        parts = [(name, self._arrays(ids[name])) for name in wanted if name in ids]
        parts = [(name, arrays) for name, arrays in parts if len(arrays[0])]
        days = np.concatenate([np.empty(0, "datetime64[D]"), *(arrays[0] for _, arrays in parts)])
        codes = np.repeat(np.arange(len(parts), dtype=np.intp), [len(arrays[0]) for _, arrays in parts])
        columns = {
            name: np.concatenate([np.empty(0), *(arrays[1][name] for _, arrays in parts)]) for name in FIELDS
        }
        return Bars(days, codes, tuple(name for name, _ in parts), columns, "store")

    def _arrays(self, symbol: int) -> tuple[Days, dict[str, Floats]]:
        query = "SELECT day, open, high, low, close, volume FROM bars WHERE symbol = ? ORDER BY day"
        rows = self._db.execute(query, (symbol,)).fetchall()
        values = np.array(rows, np.float64).reshape(len(rows), 6)
        days = values[:, 0].astype(np.int64).astype("datetime64[D]")
        columns = {name: values[:, place].copy() for place, name in enumerate(KEPT, start=1)}
        paid = {day: value for day, value, _ in self._db.execute(_NEWEST_DIVIDENDS, (symbol,))}
        columns["adj_close"] = columns["close"] * factors(days, columns["close"], paid)
        return days, columns


def factors(days: Days, close: Floats, dividends: Mapping[int, float]) -> Floats:
    """What each close is multiplied by for its total return: the product of 1 − dividend / close before, over
    the dividends that it has yet to pay (CRSP). ``dividends`` by days since 1970; (n,)."""
    steps = np.ones(len(days) + 1)
    for day, value in dividends.items():
        place = int(np.searchsorted(days.astype(np.int64), day))
        if 0 < place < len(days) and close[place - 1] > value > 0:
            steps[place] *= 1 - value / close[place - 1]
    return np.asarray(np.cumprod(steps[::-1])[::-1][1:])
