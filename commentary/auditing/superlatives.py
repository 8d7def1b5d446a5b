"""Superlatives, records and streaks rest on a reading that says so, and on its right side."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

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
_PERIOD = r"(?:years?|months?|weeks?|sessions?|quarters?|days?|sectors?|nine|data|records|file)"
_SPAN = rf"(?:in|of)\s+(?:[\w’'-]+\s+){{0,2}}?{_PERIOD}"
_TIMED = re.compile(
    rf"\b(?:{_BEST})(?:\s+[\w’'-]+){{0,2}}?\s+(?:since|on record|on file|ever|{_SPAN})\b"
    rf"|\b(?:{_BEST})\s+(?:[\w’'-]+\s+)?{_MARKET}\b",
    re.IGNORECASE,
)
_RECORDS = re.compile(
    r"\b(?:a|the|its|their|new|another|at) records?\b(?! of)|\brecord-\w+|\ball-time\b|\bunprecedented\b|\bin history\b"
    r"|\brecord (?:high|low|close|loss|gain|level|day|run|fall|rise|decline|drop|advance)\b"
    rf"|(?:{_BEST})\b[^,;:.]*? (?:on record|on file|ever)\b",
    re.IGNORECASE,
)
_RECORD_WORDS = ("record", "all-time", "unprecedented", "history", "on file", "ever", "year", "52-week")
_YEARS = re.compile(
    r"\b(?:one|two|three|five|ten)-year (?:high|low)s?\b|\b52-week\b|\b(?:high|low)s? of the year\b"
    r"|\b(?:highest|lowest)\b[^,;]* (?:in|of) (?:a|the) year\b",
    re.IGNORECASE,
)
_OF_YEAR = re.compile(
    rf"\b(?:{_BEST})\s+(?:[\w’'-]+\s+)?{_MARKET}\s+(?:of|in)\s+(?:the|a)\s+(?:year|month|quarter|decade)\b",
    re.IGNORECASE,
)
_RECORD_BACKING = re.compile(r"record|bounded")
_YEAR_BACKING = re.compile(r"high_252d|low_252d|record|high_since|low_since|new_highs|new_lows")
_SIDE_READ = (
    ("up", re.compile(r"\.best|best_since|high_since|rise_since|at_high|at_record")),
    ("down", re.compile(r"\.worst(?!_z)|worst_since|low_since|fall_since|at_low|low_252d")),
)
_TIME_BACKING = re.compile(
    r"since|record|at_high|at_low|low_252d|high_252d|new_highs|new_lows|high_20d|low_20d|_10d|pct_"
)
_RANK_BACKING = re.compile(
    r"best|worst|rank|hardest|widest|largest|leader|wide_count|max_5d|pressure|crowd|winners|losers|momentum|move_z|^verdict"
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
    compared = in_time or any(_RANK_BACKING.search(name) for name in names) or _compares(statement)
    for said in _timed(statement.text):
        since = said.lower().endswith(" since")
        if not (in_time if since else compared):
            yield statement.finding("superlatives", f"{said!r}", "a since or rank reading")


def records(statement: Statement) -> Iterator[Finding]:
    """A record rests on a reading of the whole data, a year's extreme on one of the year; each on its own."""
    if not any(word in statement.text.lower() for word in _RECORD_WORDS):
        return
    for pattern, backing in ((_RECORDS, _RECORD_BACKING), (_YEARS, _YEAR_BACKING)):
        said = [match[0] for match in pattern.finditer(statement.text)]
        read = [name for name in statement.read if backing.search(name) and not _unset(statement, name)]
        if len(said) > len(read):
            yield statement.finding("superlatives", f"{said[-1]!r}", "a reading that says so")


def foremost(statement: Statement) -> Iterator[Finding]:
    """What is the most by the condition is not said to be the least; "the best that" is of the best."""
    least = re.search(r"\b(?:weakest|smallest|narrowest|calmest|slowest)\b", statement.text)
    if least and re.search(r">= max\(", statement.sentence.when):
        yield statement.finding("superlatives", f"{least[0]!r}", "the most of those compared")
    that = re.search(r"\b(best|worst) that\b", statement.text)
    shown = [number.reading for number in statement.sentence.numbers]
    other = {"best": ".worst", "worst": ".best"}.get(that[1] if that else "", "-")
    if any(other in reading for reading in shown):
        yield statement.finding("superlatives", f"the {that[1] if that else ''}", ", ".join(shown))


def within(statement: Statement) -> Iterator[Finding]:
    """ "The largest rise of the year" rests on a reading that looks back so far, and says so."""
    match = _OF_YEAR.search(statement.text) if _timed(statement.text) else None
    names = (
        name for name in statement.read if _TIME_BACKING.search(name) or "_252d" in name or "_ytd" in name
    )
    if match and not any(not _unset(statement, name) for name in names):
        yield statement.finding("superlatives", f"{match[0]!r}", "a reading of that time")


def _unset(statement: Statement, name: str) -> bool:
    """True for a flag that is not raised."""
    return statement.proof.scene.get(name) == 0.0


def ranked(statement: Statement) -> Iterator[Finding]:
    """ "The worst sector" is not said of the best: the words are of the side that is read."""
    said = {side for text in _timed(statement.text) for side in _sides_said(text.lower())}
    read = {side for name in statement.read for side, pattern in _SIDE_READ if pattern.search(name)}
    if len(said) == 1 and len(read) == 1 and said != read and {*said, *read} <= {"up", "down"}:
        yield statement.finding(
            "superlatives", f"the {said.pop()} side", f"readings of the {read.pop()} side"
        )
    if "narrow" in said and any(re.search(r"widest|spread|gap_since", name) for name in statement.read):
        yield statement.finding("superlatives", "narrowest", "widest")
    yield from _sector(statement)


@lru_cache(maxsize=2048)
def _timed(text: str) -> tuple[str, ...]:
    """Superlatives that are set in a time or a market; most sentences have no word for one."""
    if SUPERLATIVES.isdisjoint(re.split(r"[^a-z]+", text.lower())):
        return ()
    return tuple(match[0] for match in _TIMED.finditer(text))


def _sides_said(text: str) -> set[str]:
    word = text.split()[0]
    groups = {"up": {"best", "strongest", "highest"}, "down": {"worst", "weakest", "lowest", "poorest"}}
    found = {side for side, words in groups.items() if word in words}
    return found | ({"narrow"} if word in {"narrowest", "tightest", "smallest"} else set())


def _sector(statement: Statement) -> Iterator[Finding]:
    """A sector's rank among the nine: one is the weakest."""
    match = re.search(r"\b(worst|weakest|best|strongest)\b(?: [\w-]+)? sectors?\b", statement.text)
    ranks = [
        statement.proof.scene.get(f"{key}.sector_rank") for token in statement.subjects for key in token.ids
    ]
    known = [rank for rank in ranks if isinstance(rank, float)]
    if match and len(known) == 1 and (known[0] >= 5) != (match[1] in {"best", "strongest"}):
        yield statement.finding("superlatives", match[0], f"rank {known[0]:g} of nine")


def streaks(statement: Statement) -> Iterator[Finding]:
    """ "Third day running" rests on a streak."""
    text = statement.text.lower()
    said = next((word for word in RUNNING if word in text and re.search(rf"\b{word}\b", text)), "")
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
