"""Runs a scenario end to end, fetch, gate and readings, and says what came of it."""

from __future__ import annotations

import math
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter, sleep
from typing import Any
from unittest import mock

from commentary import calendar, fetching
from commentary.bank import Bank
from commentary.drawn import Drawn
from commentary.errors import HeldError, SourceError
from commentary.input_sets import decided
from commentary.library import Library
from commentary.model import Scalar, Tape
from commentary.scale import load_scale
from commentary.sources import load_market, yahoo_client
from commentary.sources.collectors.shares import LEVERAGED
from commentary.sources.pacing import Pace
from commentary.sources.quality import USABLE, gate
from commentary.sources.yahoo import listings
from commentary.universe import Universe, in_the_evening
from tests.yahoo import truth
from tests.yahoo.scenarios import Scenario
from tests.yahoo.server import Yahoo, serving
from tests.yahoo.simulated import Span
from tests.yahoo.using import environ, forget
from tests.yahoo.world import World, simulated

SPAN = Span(date(2024, 1, 2), date(2026, 11, 16))
SPLITS = {"NVDA": {date(2026, 3, 18): 10.0}}
YEARS = 3
"""More than the market has: every store begins where it begins."""
PATIENCE = 1
"""Seconds that the client waits for an answer."""

WEDNESDAY = datetime(2026, 6, 10, 21, 30, tzinfo=UTC)
"""The evening on which every reading of a feed without a fault is computed too."""

RELATIVE = 1e-9
"""Ten significant digits."""

LATER = timedelta(minutes=10)
EVENING = timedelta(hours=1, minutes=30)


@dataclass(frozen=True)
class Got:
    """What came of a note: ``outcome`` in the table's words; ``wrong`` readings; what was said; seconds."""

    outcome: str
    wrong: tuple[str, ...] = ()
    said: str = ""
    seconds: float = 0.0
    requests: int = 0


@dataclass
class Bench:
    """What scenarios share: instruments, bank, market, and the stores of clean evenings, made once."""

    folder: Path
    world: World
    bank: Bank
    universe: Universe
    stores: dict[tuple[datetime, tuple[str, ...]], Path] = field(default_factory=dict)
    tapes: dict[tuple[datetime, date | None, tuple[str, ...]], Tape] = field(default_factory=dict)

    @classmethod
    def built(cls, folder: Path) -> Bench:
        """A bench of the shipped instruments."""
        bank = Bank(Library())
        market = simulated(
            bank.universe, SPAN, [symbol for parts in LEVERAGED.values() for symbol in parts], SPLITS
        )
        return cls(folder, market, bank, bank.universe)

    def true_store(self, now: datetime, feeds: tuple[str, ...] = ()) -> Path:
        """The store of a clean feed at a moment: written from the market, and what collectors bring fetched."""
        key = (now, feeds)
        if key not in self.stores:
            path = self.folder / f"true-{now:%Y%m%d%H%M}-{'-'.join(feeds)}" / fetching.FILE
            path.parent.mkdir(parents=True, exist_ok=True)
            self.world.now = now
            if feeds:
                shutil.copy(self.true_store(now), path)
                with fed(self.world, path.parent, None), collecting(feeds):
                    fetched(self, path, now)
            else:
                truth.write(path, self.world, listings(self.universe), first_day(now))
            self.stores[key] = path
        return self.stores[key]

    def tape(self, path: Path, now: datetime, session: date | None) -> Tape:
        """The tape that the note of a store is written from. Raises HeldError, SourceError."""
        drawn = Drawn(str(path), self.bank, now)
        day = session or drawn.newest()
        return drawn.of(day).tape(day)

    def true_tape(self, note: Note) -> Tape:
        """The tape of a clean feed."""
        key = (note.now, note.session, note.feeds)
        if key not in self.tapes:
            self.tapes[key] = self.tape(self.true_store(note.now, note.feeds), note.now, note.session)
        return self.tapes[key]


@dataclass(frozen=True)
class Note:
    """A note that is asked for: the store, the clock, the session (None: the newest), why no feed was had, and
    which collectors ran; ``thorough``: every reading is computed whatever the store holds."""

    path: Path
    now: datetime
    session: date | None = None
    refusal: str = ""
    feeds: tuple[str, ...] = ()
    thorough: bool = False


def first_day(now: datetime) -> date:
    """The first day that a fetch asks for."""
    return fetching._first(fetching.Errand(None, Path(), now, YEARS))  # type: ignore[arg-type]


def evening_before(now: datetime) -> datetime:
    """17:30 of the last session that was settled the day before."""
    before = calendar.previous_session(calendar.latest_settled(now))
    return (calendar.close_at(before) + EVENING).astimezone(UTC)


def run(bench: Bench, scenario: Scenario) -> Got:
    """One scenario, from its store to its outcome."""
    started = perf_counter()
    place = bench.folder / scenario.name
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    path = place / fetching.FILE
    if scenario.store == "yesterday":
        shutil.copy(bench.true_store(evening_before(scenario.now)), path)
    bench.world.now = scenario.now
    now = scenario.now
    with fed(bench.world, place, scenario) as yahoo, collecting(scenario.feeds):
        refusal = fetched(bench, path, now)
    requests = len(yahoo.seen)
    faulty = bool(scenario.faults) or scenario.outage is not None or scenario.now != WEDNESDAY
    if scenario.again:
        bench.world.now = now = scenario.now + LATER
        with fed(bench.world, place, None), collecting(scenario.feeds):
            refusal = fetched(bench, path, now)
    got = judged(bench, Note(path, now, scenario.session, refusal, scenario.feeds, not faulty))
    shutil.rmtree(place)
    return Got(got.outcome, got.wrong, got.said, perf_counter() - started, requests)


@contextmanager
def fed(world: World, place: Path, scenario: Scenario | None) -> Iterator[Yahoo]:
    """A server of the market with a scenario's faults, and this process led to it."""
    cache = place / "cache"
    with serving(world, place, *(scenario.faults if scenario else ())) as (yahoo, variables):
        yahoo.outage_after = scenario.outage if scenario else None
        if yahoo.outage_after == 0:
            variables = {
                **variables,
                "HTTPS_PROXY": "http://127.0.0.1:9",
                "https_proxy": "http://127.0.0.1:9",
            }
        with environ({**variables, "COMMENTARY_CACHE": str(cache)}):
            forget(cache / "yfinance")
            yield yahoo


@contextmanager
def collecting(feeds: tuple[str, ...]) -> Iterator[None]:
    """Only these collectors run."""
    due = fetching._due

    def chosen(store: Any, now: datetime) -> list[Any]:
        return [one for one in due(store, now) if one.NAME in feeds]

    with mock.patch.object(fetching, "_due", chosen):
        yield


def hurried(seconds: float) -> None:
    """Wait a hundredth of what is asked, half a second at most: threads still wait for one another."""
    sleep(min(seconds / 100, 0.5))


def fetched(bench: Bench, path: Path, now: datetime) -> str:
    """Fetch as ``commentary note`` does, in a hurry; the answer is why the source could not be had."""

    def client(errand: Any, tell: Any) -> Any:
        from commentary.sources.reach import probe

        probe()
        return yahoo_client.Client(Pace(100_000), sleep=hurried, tell=tell)

    errand = fetching.Errand(bench.universe, path, now, YEARS, 100_000)
    patience = mock.patch.object(yahoo_client, "REQUEST_SECONDS", PATIENCE)
    with mock.patch.object(fetching, "_client", client), patience:
        try:
            return fetching.fetch(errand, lambda done, count, symbol: None, lambda line: None).refused
        except SourceError as error:
            return str(error)


def judged(bench: Bench, note: Note) -> Got:
    """What comes of a note, held against the truth.

    A store that holds what the true one holds, and nothing else, has the true one's readings: they are computed
    only where it does not, and for a thorough note.
    """
    due = note.session or calendar.latest_settled(note.now)
    found = Found.of(bench, note)
    with environ({"COMMENTARY_CACHE": str(note.path.parent / "cache")}):
        try:
            _gated(bench, note, due)
            if found.same and not note.thorough:
                return Got("right")
            tape = bench.tape(note.path, note.now, note.session)
        except (HeldError, SourceError) as error:
            return _held(bench.universe, str(error), due, note.refusal)
        if tape.session != due:
            return Got(f"wrong: the note of {tape.session}, wanted {due}", (str(tape.session),))
        return _compared(bench, note, tape, found)


def _gated(bench: Bench, note: Note, session: date) -> None:
    """The gate alone, before any reading is computed. Raises HeldError, SourceError."""
    evening = decided(bench.universe, session, note.now) == "evening"
    universe = in_the_evening(bench.universe) if evening else bench.universe
    market = load_market(str(note.path), universe, load_scale(bench.bank.library), note.now)
    gate(market, universe, session, note.now)


@dataclass(frozen=True)
class Found:
    """What a store holds beside what the true one holds."""

    held: truth.Cells
    true: truth.Cells
    banked: Mapping[tuple[str, int, str], float]
    truly: Mapping[tuple[str, int, str], float]
    paid: bool

    @classmethod
    def of(cls, bench: Bench, note: Note) -> Found:
        """What the store of a note holds."""
        clean, since = bench.true_store(note.now, note.feeds), first_day(note.now)
        held, true = (truth.cells(path, since) for path in (note.path, clean))
        paid = truth.dividends(note.path) >= truth.dividends(clean)
        return cls(held, true, truth.banked(note.path), truth.banked(clean), paid)

    @property
    def same(self) -> bool:
        """Whether it is the same."""
        return self.held == self.true and self.banked == self.truly and self.paid

    @property
    def unbanked(self) -> set[tuple[str, int, str]]:
        """What was not banked, or otherwise."""
        return {key for key, value in self.truly.items() if self.banked.get(key) != value}


def _held(universe: Universe, said: str, due: date, refusal: str) -> Got:
    if refusal:
        return Got("refused", said=refusal)
    return Got(f"held: {', '.join(_named(universe, said, due))}", said=said)


def _compared(bench: Bench, note: Note, tape: Tape, found: Found) -> Got:
    try:
        true = bench.true_tape(note)
    except HeldError as error:
        return Got("wrong: written, where a clean feed holds", said=str(error))
    reference = note.path.parent / "reference" / fetching.FILE
    reference.parent.mkdir(exist_ok=True)
    shutil.copy(bench.true_store(note.now, note.feeds), reference)
    gone = truth.lacking(reference, found.held, found.true)
    truth.unbank(reference, found.unbanked)
    values: list[Mapping[str, Scalar]] = [true.values]
    if gone or found.unbanked:
        with suppress(HeldError):
            values.append(bench.tape(reference, note.now, note.session).values)
    wrong = [
        name
        for name, value in tape.values.items()
        if not any(_same(value, one.get(name)) for one in values) and not _bounded(name, tape.values)
    ]
    lost = sorted({*_lost(bench.universe, (tape, true), gone), *_unfed(gone, found, tape.session)})
    more = [name for name in true.values if name not in tape.values] if not lost else []
    outcome = f"without: {', '.join(lost)}" if lost else "right"
    said = "; ".join(f"{name} is {tape.values[name]}, truly {true.values.get(name)}" for name in wrong[:4])
    if more:
        said += f" absent: {', '.join(more[:6])}"
    if wrong or more:
        outcome = f"wrong: {len(wrong)} readings, {len(more)} absent; {outcome}"
    return Got(outcome, tuple(wrong), said)


def _bounded(name: str, values: Mapping[str, Scalar]) -> bool:
    """Whether a reading says of itself that the data go back no further: it is told as "at least"."""
    base = name.removesuffix("_date").removesuffix("_bounded")
    return values.get(f"{base}_bounded") == 1


def _same(one: Scalar, other: Scalar | None) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=RELATIVE, abs_tol=1e-12)
    return one == other


def _lost(universe: Universe, tapes: tuple[Tape, Tape], gone: Mapping[str, set[str]]) -> Iterator[str]:
    """What the note is without, in the table's words."""
    mine, true = ({status.instrument: status for status in tape.inputs} for tape in tapes)
    for ident, status in true.items():
        if status.status in USABLE and mine[ident].status not in USABLE:
            yield ident
        elif status.status in USABLE and mine[ident].symbol != status.symbol:
            yield status.symbol.partition("/")[0]
    for symbol, fields in gone.items():
        users = [ident for ident, status in true.items() if status.symbol == symbol]
        if not users and symbol in universe.stocks and "" in fields:
            yield symbol
        usable = [ident for ident in users if mine[ident].status in USABLE and mine[ident].symbol == symbol]
        if usable:
            yield from (f"{symbol}.{field}" for field in fields if field)


def _unfed(gone: Mapping[str, set[str]], found: Found, session: date) -> Iterator[str]:
    """Subjects that a collector has nothing of for the session, and FRED where none of it is there."""
    day = (session - truth.EPOCH).days
    for name, when, source in found.unbanked:
        if source == "events" or when == day:
            subject = "" if source == "events" else name.partition(".")[0]
            yield f"{subject}@{source.rpartition(' ')[2]}"
    if any(symbol.isalnum() and symbol.startswith("DGS") for symbol in gone):
        yield "@fred"


def _named(universe: Universe, said: str, session: date) -> list[str]:
    """Must-have instruments that the reasons of a held note name; "session" where the day itself is the reason."""
    found = [ident for ident, item in universe.instruments.items() if f"{item.label} " in said]
    by_day = any(
        part in said
        for part in ("not settled", "no New York session", "is not in the data", "is not covered")
    )
    return sorted(found) or (["session"] if by_day and str(session) in said else [said.splitlines()[0][:80]])
