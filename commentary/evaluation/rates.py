"""How often each label was given: a year, and year by year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from commentary.evaluation.calls import Call
from commentary.evaluation.labels import LABELS
from commentary.evaluation.scores import FORCED
from commentary.evaluation.sheets import Sheet, Value

YEAR = 252
"""Sessions of a year."""

WHOLE = 200
"""A year with fewer sessions judged is no year to count in for least and most."""


def by_year(calls: Sequence[Call]) -> dict[int, Counter[str]]:
    """Count of each label by calendar year, oldest first."""
    found: dict[int, Counter[str]] = {}
    for call in calls:
        found.setdefault(call.session.year, Counter())[call.label] += 1
    return dict(sorted(found.items()))


def whole_years(counts: Mapping[int, Counter[str]]) -> dict[int, Counter[str]]:
    """The years of which at least ``WHOLE`` sessions were judged."""
    return {year: labels for year, labels in counts.items() if labels.total() >= WHOLE}


def a_year(calls: Sequence[Call], label: str) -> float | None:
    """Sessions of a label in 252 sessions; None without sessions."""
    return sum(call.label == label for call in calls) / len(calls) * YEAR if calls else None


def calm_years(calls: Sequence[Call]) -> list[int]:
    """Whole years without a forced exit."""
    return [year for year, labels in whole_years(by_year(calls)).items() if not labels[FORCED]]


def hidden(calls: Sequence[Call], least: float = 0.75) -> list[Call]:
    """Sessions labelled otherwise than a verdict that passed its gate with at least this share."""
    return [
        call
        for call in calls
        if any(value >= least and name != call.label for name, value in call.shares.items())
    ]


def rates_sheet(calls: Sequence[Call]) -> Sheet:
    """One row a label: sessions, share, a year, least and most in a whole year."""
    years = whole_years(by_year(calls))
    rows: list[dict[str, Value]] = []
    for label in LABELS:
        counts = [labels[label] for labels in years.values()]
        number = sum(call.label == label for call in calls)
        rows.append(
            {
                "label": label,
                "sessions": number,
                "share": number / len(calls) if calls else None,
                "a year": a_year(calls, label),
                "least": min(counts, default=None),
                "most": max(counts, default=None),
            }
        )
    calm = ", ".join(map(str, calm_years(calls))) or "none"
    return Sheet(
        "rates",
        "How often",
        f"{len(calls)} sessions; a year is {YEAR} of them; least and most over years with {WHOLE} or more. "
        f"Years without a forced exit: {calm}.",
        ("label", "sessions", "share", "a year", "least", "most"),
        rows,
    )


def years_sheet(calls: Sequence[Call]) -> Sheet:
    """One row a year, one column a label."""
    rows: list[dict[str, Value]] = [
        {"year": year, **{label: labels[label] for label in LABELS}, "sessions": labels.total()}
        for year, labels in by_year(calls).items()
    ]
    return Sheet("years", "Year by year", "Sessions under each label.", ("year", *LABELS, "sessions"), rows)
