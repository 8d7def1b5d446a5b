"""What a store must hold after a clean feed, written from the simulated market itself and not from any answer."""

from __future__ import annotations

import sqlite3
from bisect import bisect_left
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from commentary.sources.filling import FRESH
from commentary.sources.store import Store
from commentary.sources.store_bars import KEPT, Daily
from commentary.sources.store_shapes import Reply
from commentary.sources.yahoo import Listing
from commentary.universe import marked_by
from tests.yahoo.series import Floats
from tests.yahoo.world import World

EPOCH = date(1970, 1, 1)

LATELY = 12
"""Calendar days."""

HISTORY = "history"

Cells = dict[tuple[str, int], tuple[float | None, ...]]
"""Symbol and day since 1970 → the values of KEPT."""


def write(path: Path, world: World, listings: tuple[Listing, ...], first: date) -> None:
    """A store with every bar from a day on that is finished by the world's clock."""
    with Store(path) as store:
        for one in listings:
            if one.symbol in world:
                store.keep_daily(daily(world, one.symbol, first))


def daily(world: World, symbol: str, first: date) -> Daily:
    """What a clean feed has of a symbol from a day on."""
    series, now = world[symbol], world.now
    found = series.daily(now)
    start, stop = bisect_left(series.days, first), series.begun(now)
    while stop > start and series.listing.final(series.days[stop - 1]) > now:
        stop -= 1
    prices = [_shortest(found[name][start:stop]) for name in KEPT[:4]]
    rows = list(
        zip(
            series.days[start:stop],
            zip(*prices, found["volume"][start:stop].tolist(), strict=True),
            strict=True,
        )
    )
    today = series.listing.local_day(now)
    factor = series.unsplit(now)
    paid = {day: round(value * factor, 6) for day, value in series.dividends.items() if first <= day <= today}
    return Daily(symbol, "yahoo", rows, paid, Reply(now, first, FRESH, ""))


def _shortest(values: Floats) -> list[float]:
    """The shortest decimals that single precision stands for."""
    return [float(text) for text in values.astype(np.float32).astype("U")]


def cells(path: Path, since: date) -> Cells:
    """The newest values of every bar from a day on."""
    number = (since - EPOCH) // timedelta(1)
    with sqlite3.connect(path) as base:
        rows = base.execute(
            "SELECT name, day, open, high, low, close, volume FROM bars JOIN symbols ON symbols.id = symbol "
            "WHERE day >= ?",
            (number,),
        ).fetchall()
    return {(name, day): tuple(values) for name, day, *values in rows}


def dividends(path: Path) -> set[tuple[str, int, float]]:
    """What was paid, by symbol and day."""
    with sqlite3.connect(path) as base:
        rows = base.execute(
            "SELECT name, day, value FROM dividends JOIN symbols ON symbols.id = symbol"
        ).fetchall()
    return set(rows)


def banked(path: Path) -> dict[tuple[str, int, str], float]:
    """Newest observations, by series, day and what collected them; and events, by name, day and kind."""
    with sqlite3.connect(path) as base:
        rows = base.execute(
            "SELECT series, day, fetches.source, value, max(revision) FROM observations "
            "JOIN fetches ON fetches.id = fetch GROUP BY series, day"
        ).fetchall()
        rows += base.execute(
            "SELECT name, day, 'events', coalesce(actual, -1e9), max(revision) FROM events GROUP BY name, day, kind"
        ).fetchall()
    return {(name, day, source): value for name, day, source, value, _ in rows}


def unbank(path: Path, gone: Iterable[tuple[str, int, str]]) -> None:
    """Take observations and events from a store."""
    with sqlite3.connect(path) as base:
        for name, day, _ in gone:
            base.execute("DELETE FROM observations WHERE series = ? AND day = ?", (name, day))
            base.execute("DELETE FROM events WHERE name = ? AND day = ?", (name, day))
        base.commit()


def lacking(path: Path, held: Cells, true: Cells) -> dict[str, set[str]]:
    """Take from a true store what another does not hold, or holds otherwise; the answer is what that was.

    Symbol → "" where a whole bar is gone, else the fields. What is older than LATELY stays there and is told as
    HISTORY: nobody may be without it and go on as though nothing had been before.
    """
    gone: dict[str, set[str]] = {}
    lately = max(day for _, day in true) - LATELY
    with sqlite3.connect(path) as base:
        ids = dict(base.execute("SELECT name, id FROM symbols"))
        for (name, day), values in true.items():
            mine = held.get((name, day))
            if mine == values:
                continue
            if day < lately and not marked_by(name):
                gone.setdefault(name, set()).add(HISTORY)
                continue
            if mine is None or mine[3] != values[3]:
                base.execute("DELETE FROM bars WHERE symbol = ? AND day = ?", (ids[name], day))
                gone.setdefault(name, set()).add("")
                continue
            for place, field in enumerate(KEPT):
                if mine[place] != values[place]:
                    base.execute(
                        f"UPDATE bars SET {field} = NULL WHERE symbol = ? AND day = ?", (ids[name], day)
                    )
                    gone.setdefault(name, set()).add(field)
        base.commit()
    return gone
