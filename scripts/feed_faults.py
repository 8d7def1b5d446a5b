"""What a faulty feed makes of a note: the table of scenarios, and a soak over many evenings.

    python scripts/feed_faults.py [--only NAME] [--workers N]
    python scripts/feed_faults.py --mornings 500 --seed 1 [--workers N]

The feed is the loopback of tests/yahoo over a simulated market; nothing is asked of anybody.
"""

from __future__ import annotations

import argparse
import logging
import sys
import tempfile
import warnings
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from itertools import chain
from pathlib import Path
from time import perf_counter
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.yahoo.runner import SPAN, Bench, Got, run
from tests.yahoo.scenarios import Scenario, scenarios
from tests.yahoo.soak import Morning, sessions, soak

WIDTH = 48

S = TypeVar("S")
T = TypeVar("T")


def main() -> int:
    """Print the table or the soak; the answer is 1 where anything came out otherwise than wanted."""
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    asked = _arguments()
    return _soaked(asked) if asked.mornings else _tabled(asked)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", default="", help="scenarios whose name has this in it")
    parser.add_argument("--mornings", type=int, default=0, help="evenings of the soak; without it, the table")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=1)
    return parser.parse_args()


def _spread(work: Callable[[S], list[T]], shares: list[S]) -> list[T]:
    if len(shares) == 1:
        return work(shares[0])
    with ProcessPoolExecutor(len(shares)) as pool:
        return list(chain.from_iterable(pool.map(work, shares)))


def _tabled(asked: argparse.Namespace) -> int:
    with tempfile.TemporaryDirectory() as folder:
        names = [one.name for one in scenarios(Bench.built(Path(folder)).universe) if asked.only in one.name]
    shares = [names[start :: asked.workers] for start in range(asked.workers)]
    started = perf_counter()
    found = {scenario.name: (scenario, got) for scenario, got in _spread(_scenarios, shares)}
    bad = 0
    for name in names:
        scenario, got = found[name]
        ok = got.outcome == scenario.wanted
        bad += not ok
        print(
            f"{'' if ok else '!':1} {name:28} {_short(scenario.wanted):{WIDTH}} {_short(got.outcome):{WIDTH}}"
        )
        if not ok:
            print(f"  {got.said[:400]}")
    wrong = sum(bool(got.wrong) for _, got in found.values())
    needless = sum(_held(got.outcome) and not _held(scenario.wanted) for scenario, got in found.values())
    print(
        f"{len(names)} scenarios, {len(names) - bad} as wanted, {wrong} with wrong numbers, {needless} held needlessly"
    )
    print(f"{perf_counter() - started:.0f} s in {asked.workers} processes")
    return int(bad > 0)


def _short(outcome: str) -> str:
    return outcome if len(outcome) <= WIDTH else outcome[: WIDTH - 1] + "…"


def _held(outcome: str) -> bool:
    return outcome.startswith(("held", "refused", "old"))


def _scenarios(names: Sequence[str]) -> list[tuple[Scenario, Got]]:
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench.built(Path(folder))
        chosen = [one for one in scenarios(bench.universe) if one.name in names]
        return [(one, _tried(bench, one)) for one in chosen]


def _tried(bench: Bench, scenario: Scenario) -> Got:
    try:
        return run(bench, scenario)
    except Exception as error:  # noqa: BLE001 - a crash is an outcome too
        return Got(f"crash: {type(error).__name__}", said=str(error))


def _soaked(asked: argparse.Namespace) -> int:
    days = sessions(asked.mornings, SPAN.last)
    size = -(-len(days) // asked.workers)
    shares = [(asked.seed + place, days[place * size :][:size]) for place in range(asked.workers)]
    started = perf_counter()
    found = _spread(_mornings, shares)
    for one in found:
        if not one.right:
            print(f"! {one.session} {', '.join(one.faults)}: wanted {one.wanted}, got {one.got}")
            print("".join(f"    {line}\n" for line in one.wrong[:4]), end="")
    held = [one for one in found if _held(one.got)]
    count, needless = sum(len(one.faults) for one in found), sum(not _held(one.wanted) for one in held)
    print(
        f"{len(found)} mornings, {count} faults: {sum(one.right for one in found)} as wanted, "
        f"{sum(bool(one.wrong) for one in found)} with wrong numbers, {len(held)} held, {needless} of them needlessly"
    )
    each = sum(one.seconds for one in found) / len(found)
    print(f"{perf_counter() - started:.0f} s in {asked.workers} processes, {each:.1f} s a morning")
    return int(not all(one.right for one in found))


def _mornings(share: tuple[int, Sequence[date]]) -> list[Morning]:
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    with tempfile.TemporaryDirectory() as folder:
        return list(soak(Bench.built(Path(folder)), share[1], share[0]))


if __name__ == "__main__":
    sys.exit(main())
