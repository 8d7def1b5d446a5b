"""Prints every figure of the program beside its target. Some need the real bars of COMMENTARY_MARKET_DATA.

python scripts/figures.py [NAME …]
"""

from __future__ import annotations

import csv
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from commentary.model import VERDICTS

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Figure:
    """One measured number beside its target."""

    name: str
    target: str
    measured: str
    met: bool


@dataclass(frozen=True)
class Run:
    """A finished child process: its output and what it cost."""

    out: str
    cpu: float  # seconds, user and system
    peak: float  # GB


def run(arguments: list[str], statuses: tuple[int, ...] = (0,), **environment: str) -> Run:
    """Run a child to its end. Raises CalledProcessError where it ends with another status."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        arguments, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True
    )
    if done.returncode not in statuses:
        raise subprocess.CalledProcessError(done.returncode, arguments, done.stdout, done.stderr)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return Run(done.stdout, cpu, after.ru_maxrss / 1e6)


def program(*arguments: str, **environment: str) -> Run:
    """Run the program itself."""
    return run([sys.executable, "-m", "commentary", *arguments], **environment)


def best(times: int, measure: Callable[[], Run]) -> Run:
    """The cheapest of several runs: machines are noisy, and only ever slow a run down."""
    return min((measure() for _ in range(times)), key=lambda found: found.cpu)


def market() -> str:
    """Folder of the real bars. Raises SystemExit where there is none."""
    if "COMMENTARY_MARKET_DATA" not in os.environ:
        raise SystemExit("set COMMENTARY_MARKET_DATA to the folder of real bars")
    return os.environ["COMMENTARY_MARKET_DATA"]


def help_cost() -> Iterator[Figure]:
    """``--help`` beside an import of click, in one run."""
    shown = best(7, lambda: program("--help"))
    click = best(7, lambda: run([sys.executable, "-c", "import click"]))
    ratio = shown.cpu / click.cpu
    yield Figure("--help ÷ import click, CPU", "≤ 1.6", f"{ratio:.2f}", ratio <= 1.6)


def card_cost() -> Iterator[Figure]:
    """A note from a card, and again byte for byte."""
    with tempfile.TemporaryDirectory() as folder:
        program("note", "--source", "episodes", "--date", "2024-08-05", "--output", folder, "--quiet")
        first = Path(folder, "2024-08-05", "daily")
        before = {path.name: path.read_bytes() for path in first.iterdir()}
        card = Path(folder, "card.json")
        card.write_bytes(before["card.json"])
        found = best(5, lambda: program("note", "--card", str(card), "--output", folder, "--quiet"))
        same = all(Path(first, name).read_bytes() == data for name, data in before.items())
    yield Figure("note --card, CPU", "≤ 0.5 s", f"{found.cpu:.2f} s", found.cpu <= 0.5)
    yield Figure("note --card, the same bytes", "yes", "yes" if same else "no", same)


def source_cost() -> Iterator[Figure]:
    """A note from a folder of bars, with a cold and a warm cache."""
    with tempfile.TemporaryDirectory() as cache, tempfile.TemporaryDirectory() as out:
        own = {"COMMENTARY_CACHE": cache}
        words = ("note", "--source", market(), "--date", "2024-08-05", "--output", out, "--quiet")
        program("check", **own)
        program("note", "--source", "episodes", "--output", out, "--quiet", **own)
        cold = program(*words, **own)
        warm = best(3, lambda: program(*words, **own))
    yield Figure("note --source, cold, CPU", "≤ 8 s", f"{cold.cpu:.1f} s", cold.cpu <= 8)
    yield Figure("note --source, warm, CPU", "≤ 3 s", f"{warm.cpu:.1f} s", warm.cpu <= 3)


def verdict_figures() -> Iterator[Figure]:
    """Twenty years of verdicts: their cost, and the labelled days."""
    words = (
        "verdicts",
        "--from",
        "2005-01-03",
        "--to",
        "2025-12-31",
        "--source",
        market(),
        "--format",
        "csv",
    )
    program(*words)
    found = program(*words)
    yield Figure("verdicts 2005–2025, CPU", "≤ 20 s", f"{found.cpu:.1f} s", found.cpu <= 20)
    yield Figure("verdicts 2005–2025, memory", "≤ 1.5 GB", f"{found.peak:.2f} GB", found.peak <= 1.5)
    rows = {row["session"]: row for row in csv.DictReader(found.out.splitlines())}
    events = Path(market()).parent / "events.csv"
    labelled = list(csv.DictReader(events.read_text(encoding="utf-8").splitlines()))
    scored = [row for row in labelled if row["label"] != "mixed" and row["date"] in rows]
    right = sum(_top(rows[row["date"]]) == row["label"] for row in scored)
    share = right / len(scored)
    yield Figure(
        f"top class right on {len(scored)} non-mixed events", "≥ 0.86", f"{share:.3f}", share >= 0.86
    )


def _top(row: dict[str, str]) -> str:
    return max(VERDICTS, key=lambda label: float(row[f"p_{label}"]))


def parity() -> Iterator[Figure]:
    """A build with the prototype's own choices against its readings and probabilities, day by day."""
    yield from _printed("parity.py", [market()])


def _printed(script: str, arguments: list[str]) -> Iterator[Figure]:
    """Figures that a script prints as ``FIGURE name | target | measured | met``; it may end with 1 for a miss."""
    found = run([sys.executable, f"scripts/{script}", *arguments], (0, 1))
    lines = [line for line in found.out.splitlines() if line.startswith("FIGURE ")]
    if not lines:
        raise SystemExit(f"scripts/{script} printed no figure")
    for line in lines:
        name, target, measured, met = [part.strip() for part in line.removeprefix("FIGURE ").split("|")]
        yield Figure(name, target, measured, met == "yes")


def bank() -> Iterator[Figure]:
    """How much there is to say, and the days that come with the program."""
    from commentary.bank import Bank
    from commentary.library import Library
    from commentary.shipped import shipped_days

    lexicon = Bank(Library()).lexicon
    phrases = sum(len(group) for group in lexicon.phrases.values())
    yield Figure("original phrases", "≥ 300", f"{phrases}", phrases >= 300)
    days = len(shipped_days())
    yield Figure("shipped days", "≥ 24", f"{days}", days >= 24)


def audit() -> Iterator[Figure]:
    """Planted errors that the auditor finds, and clean notes that it leaves alone."""
    yield from _printed("plant_errors.py", [market()])


def targets() -> Iterator[Figure]:
    """The method's six targets, the prototype's figures beside them."""
    yield from _printed("targets.py", [market(), "all"])


def episodes() -> Iterator[Figure]:
    """How long labels last, and what the episode makes of them."""
    yield from _printed("flicker.py", [market()])


def variants() -> Iterator[Figure]:
    """Verdicts from the evening's inputs and without each group, beside the archive's."""
    yield from _printed("variants.py", [market()])


def identity() -> Iterator[Figure]:
    """Verdicts of data that start or end elsewhere, the cost of 5, 10 and 20 years and of one day."""
    yield from _printed("identity.py", [market()])


GROUPS: dict[str, Callable[[], Iterator[Figure]]] = {
    "help": help_cost,
    "card": card_cost,
    "bank": bank,
    "source": source_cost,
    "verdicts": verdict_figures,
    "parity": parity,
    "episodes": episodes,
    "audit": audit,
    "targets": targets,
    "variants": variants,
    "identity": identity,
}


def main(names: list[str]) -> int:
    """Print the figures of the groups named, or of all; return 1 where a target is missed."""
    missed = 0
    for name in names or GROUPS:
        for figure in GROUPS[name]():
            missed += not figure.met
            mark = "met   " if figure.met else "MISSED"
            print(
                f"{mark}  {figure.name:60} target {figure.target:12} measured {figure.measured}", flush=True
            )
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
