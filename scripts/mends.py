"""What each of this program's own choices changes against a build with the prototype's.

    python scripts/mends.py [BARS [LABELS]]

Starting from the prototype's inputs and phases (``tests/prototype``), each choice is made alone, then all
together. Printed: sessions whose label changes, top class right on the labelled non-mixed days, agreement with
the panel. BARS is ``COMMENTARY_MARKET_DATA`` by default, LABELS the folder above it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd
from parity import OVERLAY, counted_still
from verdict_figures import tapes_of
from verdict_report import judged

from commentary.library import Library
from commentary.market import Market
from commentary.model import VERDICTS, Verdict
from commentary.readings import compute
from commentary.rulebook.load import load_rulebook
from commentary.scale import Scale, load_scale
from commentary.sources import load_market
from commentary.universe import Universe, load_universe


@dataclass(frozen=True)
class Build:
    """Inputs, scales, and what a carried value counts as."""

    universe: Universe
    scale: Scale
    carried: Callable[[Market], Market]


def verdicts(build: Build, bars: str) -> dict[date, Verdict]:
    """Verdicts of every session under a build."""
    market = build.carried(load_market(bars, build.universe, build.scale, datetime.now(UTC)))
    rulebook = load_rulebook(Library())
    found: dict[date, Verdict] = judged(
        rulebook, list(tapes_of(compute(market, build.universe, build.scale), rulebook.readings))
    )
    return found


def builds() -> dict[str, Build]:
    """The prototype's build, each choice alone, and all of them."""
    theirs, ours = Library((OVERLAY,)), Library()
    universe, shipped = load_universe(theirs), load_universe(ours)
    scale, own_scale = load_scale(theirs), load_scale(ours)
    base = Build(universe, scale, counted_still)
    return {
        "the prototype's choices": base,
        "currencies by FXY and UUP alone (mend 1)": replace(
            base, universe=_with(universe, shipped, "yen", "dollar")
        ),
        "the Russell index for the Russell": replace(base, universe=_with(universe, shipped, "russell")),
        "stand-ins for silver and copper": replace(
            base, universe=_with(universe, shipped, "silver", "copper")
        ),
        "refits anchored to the session number": replace(base, scale=own_scale),
        "a carried value has no change": replace(base, carried=lambda market: market),
        "all: the shipped build": Build(shipped, own_scale, lambda market: market),
    }


def _with(universe: Universe, shipped: Universe, *names: str) -> Universe:
    instruments = {**universe.instruments, **{name: shipped[name] for name in names}}
    return replace(universe, instruments=instruments)


def row(found: Mapping[date, Verdict], base: Mapping[date, Verdict], labels: Path) -> str:
    """Figures of one build as a line of a Markdown table."""
    changed = sum(found[day].label != base[day].label for day in base)
    events = pd.read_csv(labels / "events.csv", parse_dates=["date"])
    plain = [
        (day.date(), label)
        for day, label in zip(events["date"], events["label"], strict=True)
        if label != "mixed"
    ]
    top = [max(VERDICTS, key=lambda name: found[day].scores[name]) == label for day, label in plain]
    panel = pd.read_csv(labels / "panel.csv", parse_dates=["date"])
    agree = [
        found[day.date()].label == label for day, label in zip(panel["date"], panel["majority"], strict=True)
    ]
    return f"{changed} of {len(base)} | {sum(top) / len(top):.3f} | {sum(agree) / len(agree):.3f} |"


def main(arguments: list[str]) -> None:
    """Print the table."""
    bars = arguments[0] if arguments else os.environ["COMMENTARY_MARKET_DATA"]
    labels = Path(arguments[1]) if len(arguments) > 1 else Path(bars).parent
    print("| choice | labels that change | top class right | panel agrees |\n|---|---|---|---|")
    base: dict[date, Verdict] = {}
    for name, build in builds().items():
        found = verdicts(build, bars)
        base = base or found
        print(f"| {name} | {row(found, base, labels)}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
