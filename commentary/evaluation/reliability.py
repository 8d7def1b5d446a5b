"""Whether what is shown at so many per cent is right as often."""

from __future__ import annotations

from collections.abc import Sequence

from commentary.evaluation.calls import Pair
from commentary.evaluation.shares import Share, share
from commentary.evaluation.sheets import Sheet, Value

BANDS = ((0.0, 0.5), (0.5, 0.75), (0.75, 0.9), (0.9, 1.0))
"""Confidence from and below; the last with its end."""


def right_within(pairs: Sequence[Pair], band: tuple[float, float]) -> Share:
    """Days shown within a band whose verdict is the label. A day labelled mixed is missed by any verdict."""
    return share(_right(pair) for pair in _within(pairs, band))


def shown_within(pairs: Sequence[Pair], band: tuple[float, float]) -> float | None:
    """Mean confidence shown within a band; None where there is no day."""
    shown = [pair.call.confidence for pair in _within(pairs, band) if pair.call.confidence is not None]
    return sum(shown) / len(shown) if shown else None


def reliability_sheet(events: Sequence[Pair], panel: Sequence[Pair]) -> Sheet:
    """One row a band: events, panel, both."""
    groups = {"events": events, "panel": panel} if panel else {"events": events}
    if panel:
        groups["both"] = [*events, *panel]
    rows: list[dict[str, Value]] = [
        {
            "days": name,
            "confidence": f"{band[0]:.0%} to {band[1]:.0%}",
            "shown": shown_within(pairs, band),
            **{key: value for key, value in right_within(pairs, band).row("").items() if key != "figure"},
        }
        for name, pairs in groups.items()
        for band in BANDS
    ]
    return Sheet(
        "reliability",
        "What is shown and what is right",
        "Labelled days by the confidence shown with their verdict; days labelled mixed count as missed. "
        "Shown is the mean confidence, share what was right, low and high Wilson's interval at 95 %.",
        ("days", "confidence", "shown", "hits", "of", "share", "low", "high"),
        rows,
    )


def _within(pairs: Sequence[Pair], band: tuple[float, float]) -> list[Pair]:
    low, high = band
    closed = high == BANDS[-1][1]
    return [
        pair
        for pair in pairs
        if pair.call.confidence is not None
        and (low <= pair.call.confidence < high or (closed and pair.call.confidence == high))
    ]


def _right(pair: Pair) -> bool:
    return pair.wanted != "mixed" and pair.call.label == pair.wanted
