"""Superlatives, records and streaks rest on a reading that says so, and on its right side."""

from __future__ import annotations

import re
from collections.abc import Iterator

from commentary.auditing.proof import Finding
from commentary.auditing.statement import Statement, Token
from commentary.auditing.words import AGAINST_SIDE, DATA_WORDS, RUNNING, SINCE_SIDE, SUPERLATIVES
from commentary.model import ShownNumber

_SINCE = re.compile(
    r"^(?P<side>worst|best|high|low|rise|fall|gap|spread|widest|oas_widest)_since(?:_date|_days|_sessions)?(?:_prev\d?)?$"
)
_MARKET = (
    r"(?:day|session|week|month|year|quarter|loss|gain|fall|rise|drop|decline|advance|jump|move|close|finish|level"
    r"|rally|gap|margin|reading|high|low|spread|performance|sector|return|climb|slide|widening)s?"
)
_BEST = "|".join(sorted(SUPERLATIVES))
_TIMED = re.compile(
    rf"\b(?:{_BEST})(?:\s+[\w’'-]+){{0,2}}?\s+(?:since|in|of|for|on record|on file|ever)\b"
    rf"|\b(?:{_BEST})\s+(?:[\w’'-]+\s+)?{_MARKET}\b",
    re.IGNORECASE,
)
_RECORDS = re.compile(
    r"\b(?:a|the|its|their|new|another|at)\s+records?\b|\brecord-\w+|\ball-time\b|\b52-week\b"
    r"|\brecord\s+(?:high|low|close|loss|gain|level|day|run|fall|rise|decline|drop|advance)\b|\bunprecedented\b"
    r"|\b(?:one|two|three|five|ten)-year (?:high|low)s?\b|\b(?:high|low)s? of the year\b|\bon (?:record|file)\b"
    r"|\bin history\b|\bever\b(?! since)",
    re.IGNORECASE,
)
_TIME_BACKING = re.compile(
    r"since|record|at_high|at_low|low_252d|high_252d|new_highs|new_lows|high_20d|low_20d|_10d|pct_"
)
_RANK_BACKING = re.compile(
    r"best|worst|rank|hardest|widest|largest|leader|wide_count|max_5d|pressure|move_z|^verdict"
)
_STREAKS = re.compile(r"streak|episode\.|sessions_since|_prev|yesterday\.|first_")
_PERIODS = {"week": "5d", "weeks": "5d", "month": "21d", "months": "21d", "year": "ytd"}


def sides(statement: Statement) -> Iterator[Finding]:
    """The superlative before a "since" is of the side that its reading measures."""
    for index, token in enumerate(statement.tokens):
        match = _SINCE.match(token.number.reading.partition(".")[2]) if token.number else None
        if match and token.number:
            yield from _side(statement, index, SINCE_SIDE[match["side"]])
            yield from _bounded(statement, token.number)


def backed(statement: Statement) -> Iterator[Finding]:
    """A superlative in time rests on a since or record reading; any other on a rank or a comparison."""
    names = statement.read
    in_time = any(_TIME_BACKING.search(name) for name in names)
    for match in _RECORDS.finditer(statement.text):
        if not in_time:
            yield statement.finding("superlatives", f"{match[0]!r}", "a since, record or high reading")
    compared = in_time or any(_RANK_BACKING.search(name) for name in names) or _compares(statement)
    for match in _TIMED.finditer(statement.text):
        since = match[0].lower().endswith(" since")
        if not (in_time if since else compared):
            yield statement.finding("superlatives", f"{match[0]!r}", "a since or rank reading")


def streaks(statement: Statement) -> Iterator[Finding]:
    """ "Third day running" rests on a streak."""
    said = next((word for word in RUNNING if re.search(rf"\b{word}\b", statement.text.lower())), "")
    counting = any(
        token.number and token.text.endswith(("th", "st", "nd", "rd")) for token in statement.tokens
    )
    if said and (said != "running" or counting) and not any(_STREAKS.search(name) for name in statement.read):
        yield statement.finding("streaks", f"{said!r}", "a streak reading")


def _side(statement: Statement, index: int, side: str) -> Iterator[Finding]:
    phrase = _phrase_before(statement, index)
    against = [token.text for token in phrase if token.text in AGAINST_SIDE[side]]
    period = next((_PERIODS[token.text] for token in phrase if token.text in _PERIODS), "")
    number = statement.tokens[index].number
    if against:
        yield statement.finding(
            "superlatives", f"{against[0]!r} at {statement.tokens[index].text!r}", f"a {side}"
        )
    elif period and number and period not in number.reading:
        yield statement.finding("windows", f"a period beside {number.shown!r}", number.reading)


def _phrase_before(statement: Statement, index: int) -> list[Token]:
    """Words from the nearest superlative before a date up to it; the last eight where there is none."""
    before = list(statement.tokens[max(index - 9, 0) : index])
    for place in range(len(before) - 1, -1, -1):
        if before[place].text in SUPERLATIVES:
            return before[place:]
        if before[place].kind == "number" or before[place].text in {";", ":"}:
            return before[place + 1 :]
    return before


def _bounded(statement: Statement, number: ShownNumber) -> Iterator[Finding]:
    """A "since" that reaches the data's first day says so."""
    flag = re.sub(r"_since(?:_date|_days|_sessions)?", "_since_bounded", number.reading)
    if statement.proof.scene.get(flag) == 1.0 and statement.words.isdisjoint(DATA_WORDS):
        yield statement.finding("superlatives", f"{number.shown!r}", "words that say the data begin there")


def _compares(statement: Statement) -> bool:
    """True where a condition sets one reading against another."""
    when = statement.sentence.when
    return bool(
        re.search(r"\b(?:max|min)\(", when) or re.search(r"[a-z]\w*\.\w+\s*[<>]=?\s*-?[a-z]\w*[.(]", when)
    )
