"""What a fetch costs against a Yahoo on the loopback: seconds, requests, bytes; and a note from the store.

    python scripts/feed_times.py [SYMBOLS]

The program runs as its user runs it, in processes of its own, led to the loopback by its environment.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from commentary import calendar
from commentary.fetching import FILE
from commentary.library import Library
from commentary.sources.store import Store
from commentary.sources.store_bars import Daily
from commentary.sources.store_shapes import Reply
from commentary.sources.yahoo import listings
from commentary.universe import load_universe
from tests.yahoo.server import Yahoo, serving
from tests.yahoo.simulated import Span
from tests.yahoo.world import simulated

FIRST, LAST = date(2019, 6, 3), date(2026, 6, 10)
EVENING = datetime(2026, 6, 9, 21, 30, tzinfo=UTC)
COUNT = 160
PROGRAM = (sys.executable, "-m", "commentary")


@dataclass(frozen=True)
class Run:
    """One call of the program: exit status, seconds on the wall, seconds of CPU, and what it said."""

    status: int
    wall: float
    cpu: float
    said: str


def called(folder: Path, variables: Mapping[str, str], *arguments: str) -> Run:
    """Call the program in a folder."""
    before, start = _children(), time.monotonic()
    done = subprocess.run(
        [*PROGRAM, *arguments], cwd=folder, env={**os.environ, **variables}, capture_output=True, text=True
    )
    wall = time.monotonic() - start
    return Run(done.returncode, wall, _children() - before, done.stderr + done.stdout)


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def own(folder: Path, now: datetime) -> dict[str, str]:
    """Folders and clock of a user of its own."""
    return {
        "COMMENTARY_DATA": str(folder / "data"),
        "COMMENTARY_CACHE": str(folder / "cache"),
        "COMMENTARY_NOW": now.isoformat(),
        "PYTHONPATH": str(Path(__file__).resolve().parent.parent),
    }


def settings(folder: Path, a_second: float) -> None:
    """A ``commentary.toml`` whose pace is that many requests a second."""
    (folder / "commentary.toml").write_text(f"requests_a_second = {a_second}\n", encoding="utf-8")


def told(title: str, run: Run, yahoo: Yahoo) -> None:
    """A line of figures, and the requests by kind since the last one."""
    counts = yahoo.counts
    kinds = ", ".join(f"{kind} {count}" for kind, count in sorted(counts.items()))
    print(
        f"{title:34} {run.wall:6.1f} s wall {run.cpu:6.1f} s CPU  {sum(counts.values())} requests ({kinds})"
    )
    if run.status:
        print(run.said)
    yahoo.reset()


def fetches(folder: Path) -> None:
    """First fill, refresh, note from the store, a refresh at four requests a second, and a network cut."""
    market = simulated(load_universe(Library()), Span(FIRST, LAST))
    settings(folder, 1000)
    with serving(market, folder) as (yahoo, variables):
        market.now = EVENING
        told("first fill, 7 years", called(folder, variables | own(folder, EVENING), "fetch"), yahoo)
        tomorrow = EVENING + timedelta(1)
        market.now = tomorrow
        told("refresh of a day", called(folder, variables | own(folder, tomorrow), "fetch"), yahoo)
        told("nothing to ask", called(folder, variables | own(folder, tomorrow), "fetch"), yahoo)
        for title in ("note from the store, first", "note from the store, again"):
            told(
                title,
                called(folder, variables | own(folder, tomorrow), "note", "--source", "store", "--quiet"),
                yahoo,
            )
    cut = variables | {"HTTPS_PROXY": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9"}
    later = own(folder, EVENING + timedelta(2))
    run = called(folder, cut | later, "note")
    print(f"network cut: exit {run.status} after {run.wall:.1f} s: {run.said.strip().splitlines()[-1]}")


def of_160(folder: Path) -> None:
    """A first fill and a refresh with a shorter stock list, in which there are 160 symbols; then at four a second."""
    universe = load_universe(Library())
    own_names = {symbol for item in universe.instruments.values() for symbol in item.symbols.get("yahoo", ())}
    extra = [symbol for symbol in universe.stocks if symbol not in own_names][
        : len(listings(universe)) - COUNT
    ]
    text = (Library().path("rules/universe.toml")).read_text(encoding="utf-8")
    for symbol in extra:
        text = text.replace(f'"{symbol}", ', "", 1).replace(f' "{symbol}",\n', "\n", 1)
    (folder / "rules").mkdir()
    (folder / "rules" / "universe.toml").write_text(text, encoding="utf-8")
    market = simulated(universe, Span(FIRST, LAST))
    settings(folder, 1000)
    with serving(market, folder) as (yahoo, variables):
        for days, pace in enumerate((1000, 1000, 4)):
            now = EVENING - timedelta(1) + timedelta(days)
            settings(folder, pace)
            market.now = now
            run = called(folder, variables | own(folder, now), "fetch")
            told(f"160 symbols, evening {days + 1}, {pace} a second", run, yahoo)
            print("   ", run.said.splitlines()[-9:][0] if run.status else _line(run.said))


def _line(said: str) -> str:
    return next((line for line in said.splitlines() if "requests" in line), "")


def size(folder: Path, symbols: int, years: int = 20) -> None:
    """Bytes of a store of that many symbols and years, every bar with open, high, low, close and volume."""
    days = [day for day in calendar.sessions() if day.year >= 2026 - years and day <= LAST]
    reply = Reply(EVENING, days[0], "fresh")
    path = folder / "size" / FILE
    with Store(path) as store:
        for number in range(symbols):
            rows = [(day, _prices(number, place)) for place, day in enumerate(days)]
            store.keep_daily(Daily(f"SYM{number}", "yahoo", rows, {}, reply))
    print(f"store of {len(days)} sessions x {symbols} symbols: {path.stat().st_size / 1e6:.1f} MB")


def _prices(number: int, place: int) -> tuple[float, ...]:
    close = round(20 + number + place * 0.0137, 2)
    return (
        round(close * 0.997, 2),
        round(close * 1.006, 2),
        round(close * 0.991, 2),
        close,
        1_234_567.0 + place,
    )


def main() -> None:
    """Print every figure."""
    with tempfile.TemporaryDirectory() as folder:
        fetches(Path(folder))
        (Path(folder) / "fewer").mkdir()
        of_160(Path(folder) / "fewer")
        size(Path(folder), int(sys.argv[1]) if len(sys.argv) > 1 else 160)


if __name__ == "__main__":
    main()
