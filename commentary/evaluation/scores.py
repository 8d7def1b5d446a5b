"""Calls held against labelled days: what was right, what was wrong, and what forced exits were taken for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from commentary.evaluation.calls import UNDECIDED, Pair
from commentary.evaluation.labels import LABELS
from commentary.evaluation.shares import SHARE_COLUMNS, Share, share
from commentary.evaluation.sheets import Sheet, Value
from commentary.model import VERDICTS

FORCED, ROTATION = "forced_exit", "rotation"
CHEERFUL = ("relief_rally", "melt_up", "quiet")
"""Days on which nobody can have had to sell."""


class Forced(NamedTuple):
    """How forced exits were met: found among the labelled ones, confirmed among the called ones; calls on days
    of ``CHEERFUL``; days on which forced exit and rotation took each other's place."""

    recall: Share
    precision: Share
    cheerful: Share
    swapped: Share


def scored(pairs: Sequence[Pair]) -> list[Pair]:
    """The days labelled with one of the six verdicts of the ledger."""
    return [pair for pair in pairs if pair.wanted in VERDICTS]


def sure(pairs: Sequence[Pair]) -> list[Pair]:
    """The days whose label is of high confidence."""
    return [pair for pair in pairs if pair.sure]


def decided(pairs: Sequence[Pair]) -> list[Pair]:
    """The days whose label is not ``mixed``."""
    return [pair for pair in pairs if pair.wanted != "mixed"]


def top_right(pairs: Sequence[Pair]) -> Share:
    """Days of the six whose strongest class, before gates, is the label."""
    return share(pair.call.top == pair.wanted for pair in scored(pairs))


def label_right(pairs: Sequence[Pair]) -> Share:
    """Days labelled otherwise than mixed whose verdict is the label."""
    return share(pair.call.label == pair.wanted for pair in decided(pairs))


def wrong(pairs: Sequence[Pair]) -> Share:
    """Days labelled otherwise than mixed on which another story is told: a scored verdict, or rates-led."""
    return share(pair.call.label not in (pair.wanted, *UNDECIDED) for pair in decided(pairs))


def undecided(pairs: Sequence[Pair]) -> Share:
    """Days labelled otherwise than mixed that were called ordinary or mixed and are not. With what is right and
    what is wrong this makes all of them."""
    return share(pair.call.label in UNDECIDED and pair.call.label != pair.wanted for pair in decided(pairs))


def forced(pairs: Sequence[Pair]) -> Forced:
    """Forced exits; days labelled mixed count among the calls that are not confirmed."""
    return Forced(
        share(pair.call.label == FORCED for pair in pairs if pair.wanted == FORCED),
        share(pair.wanted == FORCED for pair in pairs if pair.call.label == FORCED),
        share(pair.call.label == FORCED for pair in pairs if pair.wanted in CHEERFUL),
        share(
            {pair.wanted, pair.call.label} == {FORCED, ROTATION}
            for pair in pairs
            if pair.wanted in (FORCED, ROTATION)
        ),
    )


def confusion(pairs: Sequence[Pair]) -> Mapping[tuple[str, str], int]:
    """Count of days by (label wanted, label called)."""
    return Counter((pair.wanted, pair.call.label) for pair in pairs)


def confusion_sheet(pairs: Sequence[Pair]) -> Sheet:
    """One row a label, one column a verdict."""
    counts = confusion(pairs)
    rows: list[dict[str, Value]] = [
        {"labelled": wanted, **{got: counts.get((wanted, got), 0) for got in LABELS}} for wanted in LABELS
    ]
    kept = [row for row in rows if any(row[label] for label in LABELS)]
    return Sheet(
        "confusion",
        "Labelled days by verdict",
        "One row a label, one column a verdict; the diagonal is right.",
        ("labelled", *LABELS),
        kept,
    )


def events_sheet(pairs: Sequence[Pair]) -> Sheet:
    """The figures of labelled days, of all and of those labelled with high confidence."""
    rows = [*_figures(pairs, "all"), *_figures(sure(pairs), "high confidence")]
    return Sheet(
        "events",
        "Labelled days",
        f"{len(pairs)} labelled days, {len(decided(pairs))} of them not mixed. The top class is the strongest "
        "of the six before gates; a verdict is wrong where it tells another story, undecided where it is "
        "ordinary or mixed. A forced call on a day labelled mixed is not confirmed, unless such days are left out. "
        "Low and high are Wilson's interval at 95 %.",
        SHARE_COLUMNS,
        rows,
    )


def _figures(pairs: Sequence[Pair], which: str) -> list[dict[str, Value]]:
    found = forced(pairs)
    figures = {
        "top class right": top_right(pairs),
        "verdict right": label_right(pairs),
        "verdict wrong": wrong(pairs),
        "undecided": undecided(pairs),
        "forced recall": found.recall,
        "forced precision": found.precision,
        "forced precision, days not mixed": forced(decided(pairs)).precision,
        "forced on relief, melt-up, quiet": found.cheerful,
        "forced and rotation swapped": found.swapped,
    }
    return [figure.row(f"{name}, {which}") for name, figure in figures.items()]


def differing_sheet(name: str, title: str, pairs: Sequence[Pair]) -> Sheet:
    """The labelled days under another verdict, one by one."""
    rows: list[dict[str, Value]] = [
        {
            "session": pair.call.session.isoformat(),
            "labelled": pair.wanted,
            "verdict": pair.call.label,
            "confidence": pair.call.confidence,
            "runner-up": pair.call.runner_up,
            "top class": pair.call.top,
        }
        for pair in pairs
        if pair.call.label != pair.wanted
    ]
    columns = ("session", "labelled", "verdict", "confidence", "runner-up", "top class")
    return Sheet(name, title, "Confidence is what was shown; the top class is before gates.", columns, rows)
