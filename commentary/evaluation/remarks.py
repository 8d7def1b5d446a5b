"""One sentence a figure: what there is to see in it, from the figures themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from commentary.evaluation.forced_days import FORCED, ForcedDay
from commentary.evaluation.leading import ORDINARY, Leading
from commentary.evaluation.rates import YEAR
from commentary.evaluation.sheets import Value
from commentary.evaluation.year_rows import Run, YearRow
from commentary.units import half_up

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip

MAJORITY, RIGHT, HOW_OFTEN = "verdict is the majority's", "verdict right, all", "sessions called forced"
"""Rows of the sheets of the panel and of plain rules; the last says how often, which is neither good nor bad."""

Row = Mapping[str, Value]
Name = Callable[[str], str]
"""A label's or sleeve's id → how it is written in a line."""


def percent(share: float) -> str:
    """A share as a whole number of per cent, which no line end parts from its sign."""
    return f"{half_up(share * 100, 0):.0f}\u00a0%"


def day_in_full(day: date) -> str:
    """A date as prose has it."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def listed(words: Iterable[object]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    *most, last = map(str, words)
    return f"{', '.join(most)} and {last}" if most else last


def on_calendar(rows: Sequence[YearRow]) -> str:
    """How much of the calendar is calm, and how forced exits lie in it."""
    sessions = sum(len(row.verdicts) for row in rows)
    calm = sum(row.counts["quiet"] + row.counts[ORDINARY] for row in rows)
    opening = f"{percent(calm / sessions)} of {_number(sessions)} sessions are quiet or ordinary"
    forced = sum(row.counts[FORCED] for row in rows)
    if len(rows) < 2 or not forced:
        return f"{opening}; {_count(forced, 'forced exit')} among the rest."
    first, second = sorted(rows, key=lambda row: -row.counts[FORCED])[:2]
    together = first.counts[FORCED] + second.counts[FORCED]
    years = listed(sorted((first.year, second.year)))
    return f"{opening}. Of {_count(forced, 'forced exit')}, {together} fall in {years}."


def on_forced_years(rows: Sequence[YearRow]) -> str:
    """How many, how many a year (of a year or more), where most, where none; a part of a year is said to be
    one."""
    sessions = sum(len(row.verdicts) for row in rows)
    forced = sum(row.counts[FORCED] for row in rows)
    rate = f", {half_up(forced * YEAR / sessions, 1):.1f} in {YEAR} sessions" if sessions >= YEAR else ""
    most = max(row.counts[FORCED] for row in rows)
    parts = [f"{_count(forced, 'forced exit')}{rate}"]
    if most and len(rows) > 1:
        busiest = listed(row.year for row in rows if row.counts[FORCED] == most)
        parts.append(f"most in {busiest} ({most})")
    if calm := [row.year for row in rows if row.whole and not row.counts[FORCED]]:
        parts.append(f"none in {listed(calm)}")
    halves = [
        f" {row.year} is counted from {day_in_full(row.verdicts[0].session)} "
        f"to {day_in_full(row.verdicts[-1].session)}."
        for row in rows
        if not row.whole
    ]
    return "; ".join(parts) + "." + "".join(halves)


def on_forced_days(days: Sequence[ForcedDay]) -> str:
    """How many of the days were called forced exits, and what the others are."""
    if not days:
        return "No day was called a forced exit, and none was near."
    called = sum(not day.missed for day in days)
    opening = f"{called} of these {len(days)} days were called forced exits"
    if near := len(days) - called:
        are, them = ("is a near miss", "it") if near == 1 else ("are near misses", "them")
        return f"{opening}; {near} {are}, marked as such, with what kept the verdict from {them}."
    return f"{opening}; no near miss is as large."


def on_leading(led: Sequence[Leading], name: Name) -> str:
    """Which sleeve led most often, and how far the lead is shared."""
    if not led:
        return "No session was called ordinary."
    days, first = sum(each.days for each in led), led[0]
    ahead = [each for each in led if each.days == first.days]
    names = listed(name(each.sleeve) for each in ahead)
    on = f"{'each ' if len(ahead) > 1 else ''}on {percent(first.share)} of {_count(days, 'ordinary day')}"
    opening = f"{names[:1].upper()}{names[1:]} led most often, {on}"
    following = led[len(ahead)] if len(led) > len(ahead) else None
    after = f", {name(following.sleeve)} next with {percent(following.share)}" if following else ""
    return opening + after + ("; no sleeve led half of them." if first.share < 0.5 else ".")


def on_runs(runs: Sequence[Run], name: Name) -> str:
    """The longest run of all, and that of forced exits."""
    longest = max(runs, key=lambda run: run.sessions)
    opening = f"The longest run under one label is {longest.sessions} sessions of {name(longest.label)}"
    forced = next((run for run in runs if run.label == FORCED), None)
    if forced is None or longest is forced:
        return f"{opening}."
    never = "no forced exit was followed by another" if forced.sessions == 1 else ""
    return f"{opening}; {never or f'forced exits came at most {forced.sessions} sessions in a row'}."


def on_reliability(rows: Sequence[Row]) -> str:
    """Whether the days shown with most confidence were right as often. ``rows`` of one group, bands rising."""
    known = [row for row in rows if _figure(row, "of") and row.get("shown") is not None]
    if not known:
        return "No labelled day was judged."
    row = known[-1]
    shown, low, high = (_figure(row, key) for key in ("shown", "low", "high"))
    opening = (
        f"Of {_count(int(_figure(row, 'of')), 'labelled day')} in the highest band, shown at {percent(shown)} "
        f"on average, {percent(_figure(row, 'share'))} were right (interval {percent(low)} to {percent(high)})"
    )
    if low <= shown <= high:
        return f"{opening}: what was shown lies within the interval."
    return f"{opening}: {'less' if high < shown else 'more'} often than was shown."


def on_panel(rows: Sequence[Row]) -> str:
    """How far the verdicts agree with the majority, beside how far the readings agree with each other."""
    own = next(row for row in rows if row.get("figure") == MAJORITY)
    if own.get("share") is None:
        return "No day of the panel was judged."
    others = [_figure(row, "share") for row in rows if str(row.get("figure")).startswith("readings ")]
    opening = f"The verdict is the majority’s on {percent(_figure(own, 'share'))} of days"
    if not others:
        return f"{opening}."
    return (
        f"{opening}; the readings agree with each other on {percent(min(others))} to {percent(max(others))}."
    )


def on_plain_rules(rows: Sequence[Row]) -> str:
    """The ledger beside the best plain rule, and every figure on which a plain rule is ahead of it."""
    figures: dict[str, list[Row]] = {}
    for row in rows:
        if row.get("share") is not None and row.get("figure") != HOW_OFTEN:
            figures.setdefault(str(row["figure"]), []).append(row)
    if RIGHT not in figures:
        return "No labelled day was judged."
    ahead = []
    for figure, (ledger, *rules) in figures.items():
        best = max(rules, key=lambda row: _figure(row, "share"), default=ledger)
        if _figure(best, "share") > _figure(ledger, "share"):
            ahead.append(f"{figure} ({best['forecaster']}, {_against(best, ledger)})")
    ledger, *rules = figures[RIGHT]
    best = max(rules, key=lambda row: _figure(row, "share"))
    apart = _figure(ledger, "low") > _figure(best, "high") or _figure(best, "low") > _figure(ledger, "high")
    closing = (
        f" A plain rule is ahead on {listed(ahead)}." if ahead else " None is ahead on any figure below."
    )
    return (
        f"Right on labelled days, the ledger and the best plain rule, {best['forecaster']}: "
        f"{_against(ledger, best)}; the intervals {'do not overlap' if apart else 'overlap'}.{closing}"
    )


def _against(one: Row, other: Row) -> str:
    return f"{percent(_figure(one, 'share'))} against {percent(_figure(other, 'share'))}"


def on_confusion(rows: Sequence[Row], labels: Sequence[str], name: Name) -> str:
    """How many days were called otherwise and how, most often; days labelled mixed are left aside, since any
    verdict but one misses them."""
    kept = [row for row in rows if row["labelled"] != "mixed"]
    every = sum(int(_figure(row, called)) for row in kept for called in labels)
    off = sorted(
        (-int(_figure(row, called)), name(str(row["labelled"])), name(called))
        for row in kept
        for called in labels
        if called != row["labelled"] and _figure(row, called)
    )
    otherwise = -sum(each[0] for each in off) or "none"
    opening = f"Of {_count(every, 'day')} not labelled mixed, {otherwise} were called otherwise"
    if not off or off[0][0] == -1:
        return f"{opening}{', no two of them alike' if len(off) > 1 else ''}."
    often = [each for each in off if each[0] == off[0][0]]
    most = listed(f"{wanted} called {called}" for _, wanted, called in often)
    return f"{opening}, most often {most} ({_count(-off[0][0], 'day')}{' each' if len(often) > 1 else ''})."


def _figure(row: Row, column: str) -> float:
    value = row.get(column)
    return float(value) if isinstance(value, (int, float)) else 0.0


def _count(number: int, noun: str) -> str:
    return f"{_number(number)} {noun}" if number == 1 else f"{_number(number)} {noun}s"


def _number(number: int) -> str:
    return f"{number:,}"
