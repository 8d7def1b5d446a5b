"""Asia, London and New York by their hours: what is said of one is read of it, and buyers bought."""

from __future__ import annotations

import re
from collections.abc import Iterator

from commentary.auditing.numbers import tape_value
from commentary.auditing.proof import Finding
from commentary.auditing.statement import Statement

_PARTS = re.compile(
    r"\.(?:(?:closed|asia|london|newyork|before_newyork|first_hour|last_hour|largest_hour)_(?:return|share)"
    r"|asia_gap|opening_gap|led_by|half_done_hour|first_to_fall|last_to_fall|hours_apart|order_known)$"
)
"""Readings that are made of hourly bars."""

_PLACES = {"asia": "asia", "london": "london", "new york": "newyork"}
_NAMED = re.compile(r"\b(?:Asia|London)\b")
_TOLD = re.compile(
    r"\b(?:last hour|single hour|an hour|hour by hour|hours later|New York’s (?:morning|hours|own hours))\b",
    re.IGNORECASE,
)
_ACTED = re.compile(
    r"\b(Asia|London|New York)(?: and (Asia|London|New York))? (?:had |has |also |then |each )?(sold|bought)\b"
)
_SIGNS = {"sold": -1, "bought": 1}


def known(statement: Statement) -> Iterator[Finding]:
    """A session of the clock, or an hour of the day, is named where hourly bars are read."""
    if any(_PARTS.search(name) for name in statement.read):
        return
    shut = any(name.startswith(("london.", "morning.")) for name in statement.read)
    for match in () if shut else _NAMED.finditer(statement.text):
        yield statement.finding("hours", repr(match[0]), "a part of the day by hourly bars")
    if not any(_daily(name) for name in statement.read):
        for match in _TOLD.finditer(statement.text):
            yield statement.finding("hours", repr(match[0]), "a reading of hourly bars")


def acted(statement: Statement) -> Iterator[Finding]:
    """A session that sold has a part of the day that fell; one that bought, one that rose."""
    for match in _ACTED.finditer(statement.text):
        for place in filter(None, match.groups()[:2]):
            part = _PLACES[place.lower()]
            values = [*_values(statement, part)]
            if values and all(value * _SIGNS[match[3]] <= 0 for _, value in values):
                told = ", ".join(f"{name} = {value:g}" for name, value in values)
                yield statement.finding("hours", repr(match[0]), told)


def _daily(name: str) -> bool:
    """Whether a reading of daily bars tells New York's hours from the night before them."""
    return ".gap_" in name or ".intraday_" in name or ".overnight_" in name


def _values(statement: Statement, part: str) -> Iterator[tuple[str, float]]:
    """The part's returns, of the subjects whose parts the sentence reads."""
    subjects = {name.partition(".")[0] for name in statement.read if _PARTS.search(name)}
    for subject in sorted(subjects):
        name = f"{subject}.{part}_return"
        value = tape_value(statement.proof, name)
        if value is not None:
            yield name, value
