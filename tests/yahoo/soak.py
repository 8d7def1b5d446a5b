"""Simulated evenings, one after another with one store carried along, each with a few random faults."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from time import perf_counter

import numpy as np

from commentary import calendar, fetching
from commentary.errors import HeldError
from commentary.market import Market
from commentary.scale import load_scale
from commentary.sources import load_market
from commentary.sources.quality import SECTORS_NEEDED, USABLE, gate, statuses
from commentary.sources.yahoo import FEED, listings
from commentary.universe import Universe, implied_by, in_the_evening, marked_by
from tests.yahoo import truth
from tests.yahoo.faults import EVERY, Fault, made
from tests.yahoo.listings import NEW_YORK, listed
from tests.yahoo.runner import Bench, collecting, fetched, first_day
from tests.yahoo.server import serving
from tests.yahoo.using import environ, forget

LOSING = (
    "404", "500", "html", "truncated", "no_result", "null_result", "all_null", "null_last", "null_close", "stale",
    "no_last", "repeated", "stale_quote", "stale_price", "negative", "zero", "hundredfold", "all_hundredfold",
    "far_close", "other_symbol", "no_meta",
)  # fmt: skip
"""Faults after which a symbol has no bar of the session that can be taken at its word."""

NO_PRICES = (
    "negative",
    "zero",
    "far_close",
    "hundredfold",
    "all_hundredfold",
    "other_symbol",
    "stale_quote",
    "stale_price",
)
"""Of those, the ones that only what trades New York's hours can be told to have: put onto nothing else."""

QUOTED = ("XNYS", "CBOE")

PASSING: tuple[tuple[str, Mapping[str, object]], ...] = (
    ("502", {"times": 2}), ("429", {"times": 12, "together": True}), ("cut", {"times": 1}), ("empty", {"times": 1}),
    ("html", {"times": 1}), ("truncated", {"times": 1}), ("live_row", {}), ("doubled", {}), ("future_row", {}),
    ("hour_off", {}), ("wild_period", {}), ("bare_meta", {}), ("short_history", {}), ("no_yesterday", {}),
    ("null_yesterday", {}), ("text_prices", {}), ("infinite", {}), ("consent", {}),
)  # fmt: skip
"""Faults of which a note shows nothing: name, and how they are put."""

NO_YESTERDAY = ("no_yesterday", "null_yesterday")
ADDING = ("live_row", "doubled", "future_row")
EVENING = time(17, 30)
UNLIKE = {"bare_meta": ("stale_quote", "stale_price"), "doubled": ("live_row",)}
"""Faults that do not come with these: without a quote nothing tells a stale one, and rows are doubled once."""

MOST_FAULTS = 3
MUST_SHARE, PASSING_SHARE = 0.2, 0.3
LOOKED_AT = 70
"""Sessions of a market that are held against the truth."""

FRAMES = ("open", "high", "low", "close", "volume", "returns", "linked", "stock_close", "stock_volume")


@dataclass(frozen=True)
class Morning:
    """One evening and the morning after: its faults, what the table wants of it, what came of it."""

    session: date
    faults: tuple[str, ...]
    wanted: str
    got: str
    wrong: tuple[str, ...]
    seconds: float

    @property
    def right(self) -> bool:
        """Whether it came out as the table says."""
        return self.got == self.wanted and not self.wrong


def sessions(count: int, last: date) -> list[date]:
    """That many successive sessions up to a day."""
    return list(calendar.sessions_between(date(2004, 1, 2), last)[-count:])


def soak(bench: Bench, days: Sequence[date], seed: int) -> Iterator[Morning]:
    """Evening after evening over one store, which starts as a clean feed leaves it the session before."""
    chance = random.Random(seed)
    place = bench.folder / f"soak-{seed}-{days[0]}"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    path = place / fetching.FILE
    before = calendar.previous_session(days[0])
    bench.world.now = _evening(before)
    truth.write(path, bench.world, listings(bench.universe), first_day(bench.world.now))
    owed: set[str] = set()
    for day in days:
        bench.world.now = _evening(day)
        faults = _chosen(bench, chance)
        lost = _lost(faults)
        gap = owed | _new(bench, before) if any(fault.name in NO_YESTERDAY for fault in faults) else set()
        yield _morning(bench, path, (day, faults), expected(bench, day, lost, gap))
        owed, before = lost, day


def _new(bench: Bench, before: date) -> set[str]:
    """Symbols whose last bar but one was not finished on an evening: it has not been kept yet."""
    found = set()
    for symbol in bench.world.series:
        series, now = bench.world[symbol], bench.world.now
        last = series.begun(now) - 1
        if last > 0 and series.listing.final(series.days[last - 1]) > _evening(before):
            found.add(symbol)
    return found


def _evening(day: date) -> datetime:
    return datetime.combine(day, EVENING, NEW_YORK).astimezone(UTC)


def _chosen(bench: Bench, chance: random.Random) -> list[Fault]:
    """An evening's faults, each of another symbol; those that add rows come last, for others count from the end."""
    musts = [item.symbols[FEED][0] for item in bench.universe.instruments.values() if item.must]
    symbols = sorted(one.symbol for one in listings(bench.universe))
    found: dict[str, Fault] = {}
    for _ in range(chance.randint(0, MOST_FAULTS)):
        drawn = chance.random()
        if drawn < PASSING_SHARE:
            name, how = chance.choice(PASSING)
            found[name] = made(name, [EVERY], **how)
            continue
        symbol = chance.choice(musts if drawn < PASSING_SHARE + MUST_SHARE else symbols)
        names = [name for name in LOSING if listed(symbol).hours in QUOTED or name not in NO_PRICES]
        found.setdefault(symbol, made(chance.choice(names), [symbol]))
    return sorted(
        (
            fault
            for name, fault in found.items()
            if not any(other in UNLIKE.get(name, ()) for other in _names(found))
        ),
        key=lambda fault: (EVERY in fault.symbols, fault.name in ADDING),
    )


def _names(found: Mapping[str, Fault]) -> set[str]:
    return {fault.name for fault in found.values()}


def _lost(faults: Sequence[Fault]) -> set[str]:
    """Symbols without a bar of the session."""
    return {symbol for fault in faults if EVERY not in fault.symbols for symbol in fault.symbols}


def _morning(bench: Bench, path: Path, evening: tuple[date, Sequence[Fault]], wanted: str) -> Morning:
    started = perf_counter()
    day, faults = evening
    with serving(bench.world, path.parent, *faults) as (_, variables), collecting(()):
        cache = path.parent / "cache"
        with environ({**variables, "COMMENTARY_CACHE": str(cache)}):
            forget(cache / "yfinance")
            refusal = fetched(bench, path, bench.world.now)
    got, wrong = _outcome(bench, path, day) if not refusal else (f"refused: {refusal}", ())
    named = tuple(f"{fault.name} {'all' if EVERY in fault.symbols else fault.symbols[0]}" for fault in faults)
    return Morning(day, named, wanted, got, wrong, perf_counter() - started)


def expected(bench: Bench, day: date, lost: Set[str], gap: Set[str] = frozenset()) -> str:
    """What the table wants where these symbols have no bar of the session: held, or right without them.

    ``gap``: symbols without a bar of the session before: their moves would span two.
    """
    universe = in_the_evening(bench.universe)
    missing = [
        key
        for key, item in universe.instruments.items()
        if (due := _due(bench, item.symbols.get(FEED, ()), day))
        and (not (left := [symbol for symbol in due if symbol not in lost]) or left[0] in gap)
    ]
    held = [key for key in missing if universe[key].must]
    for members in universe.must_any.values():
        held += (
            members if all(key in missing or not _has(bench, universe, key, day) for key in members) else []
        )
    sectors = [key for key in universe.of("sector") if key in missing]
    if len(universe.of("sector")) - len(sectors) < SECTORS_NEEDED:
        held += sectors
    return "held" if held else f"without: {', '.join(sorted(missing))}" if missing else "right"


def _due(bench: Bench, symbols: Sequence[str], day: date) -> list[str]:
    """Symbols that have a finished bar of the day on its evening, in order of preference."""
    found: list[str] = []
    for symbol in symbols:
        implied = implied_by(symbol)
        name = implied[0] if implied else symbol
        if marked_by(symbol) or name not in bench.world:
            continue
        series = bench.world[name]
        if day in series.rows and series.listing.final(day) <= bench.world.now:
            found.append(name)
    return found


def _has(bench: Bench, universe: Universe, key: str, day: date) -> bool:
    return bool(_due(bench, universe[key].symbols.get(FEED, ()), day))


def _outcome(bench: Bench, path: Path, day: date) -> tuple[str, tuple[str, ...]]:
    now, since = bench.world.now, first_day(bench.world.now)
    clean = _anew(path.parent / "clean")
    truth.write(clean, bench.world, listings(bench.universe), since)
    held, true = truth.cells(path, since), truth.cells(clean, since)
    market = _market(bench, path, now)
    universe = in_the_evening(bench.universe)
    try:
        found = {status.instrument: status.status for status in gate(market, universe, day, now)}
    except HeldError:
        return "held", ()
    if held == true:
        return "right", ()
    whole = _market(bench, clean, now)
    usable = {one.instrument for one in statuses(whole, universe, day) if one.status in USABLE}
    reduced = _anew(path.parent / "reduced")
    shutil.copy(clean, reduced)
    truth.lacking(reduced, held, true)
    wrong = differing(market, (whole, _market(bench, reduced, now)))
    missing = sorted(key for key in usable if found[key] not in USABLE)
    return (f"without: {', '.join(missing)}" if missing else "right"), wrong


def _anew(folder: Path) -> Path:
    """A store's place in an empty folder, with a cache of its own."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return folder / fetching.FILE


def _market(bench: Bench, path: Path, now: datetime) -> Market:
    with environ({"COMMENTARY_CACHE": str(path.parent / "cache")}):
        return load_market(str(path), in_the_evening(bench.universe), load_scale(bench.bank.library), now)


def differing(market: Market, others: Sequence[Market]) -> tuple[str, ...]:
    """Values of the last sessions that none of the others has: a wrong number waiting to be printed."""
    found: list[str] = []
    for name in FRAMES:
        mine = getattr(market, name).iloc[-LOOKED_AT:]
        borne_out = np.array(mine.isna())
        for other in others:
            theirs = getattr(other, name).reindex(index=mine.index, columns=mine.columns).to_numpy(float)
            borne_out |= np.isclose(mine.to_numpy(float), theirs, rtol=1e-9, atol=1e-12)
        for row, column in np.argwhere(~borne_out):
            value = mine.iat[row, column]
            found.append(f"{mine.columns[column]} {name} of {mine.index[row].date()} is {value:g}")
    return tuple(found)
