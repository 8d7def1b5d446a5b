"""The window said beside a figure is the window of its reading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from commentary.auditing.proof import Finding
from commentary.auditing.senses import back_of, window_of
from commentary.auditing.statement import Statement, Token
from commentary.auditing.words import FORMER_WORDS, PAST_WORDS

_OVER = r"(?:on|over|in|for|this|past|last) (?:the |a |past |last |single )*"
_WORDS = {
    "ytd": r"year to date|so far this year|(?:this|for the|on the|over the) year\b(?!['’])|since the year began",
    "21d": rf"{_OVER}month\b(?!['’])",
    "5d": rf"{_OVER}(?:week|five (?:trading )?(?:sessions|days))\b(?!['’])|\bfive-(?:session|day)\b",
    "1d": r"\b(?:on the|in (?:a|one)(?: single)?) (?:day|session)\b|\btoday\b(?!['’])|\b(?:one|single)-day\b",
}
_SAID = tuple((window, re.compile(pattern, re.IGNORECASE)) for window, pattern in _WORDS.items())
"""Window → words that say it, longest window first."""
_SPANS = {
    "5d": re.compile(
        r"\b(?:weeks?|five[- ](?:trading[- ])?(?:sessions?|days?)|few sessions)\b", re.IGNORECASE
    ),
    "21d": re.compile(r"\b(?:months?|21 sessions)\b", re.IGNORECASE),
    "ytd": re.compile(r"\byears?\b", re.IGNORECASE),
}
_CHANGES = re.compile(r"(?:return|change|spread|oas_change)_")
_ABOUT_TODAY = frozenset({"1d", "open", "session", ""})
_SKIPPED = re.compile(r"\b(?:than|from|since|as|unlike)\s+(?:on\s+)?$", re.IGNORECASE)


def beside_figures(statement: Statement) -> Iterator[Finding]:
    """The nearest windowed figure of the clause has the window that is named."""
    for said, start, end in _named(statement.text):
        number = _nearest(statement, start, end)
        if number is None or number.number is None:
            continue
        window = window_of(number.number.reading)
        agrees = window in _ABOUT_TODAY if said == "1d" else window == said
        if not agrees:
            yield statement.finding("windows", f"{statement.text[start:end]!r} at {number.text!r}", window)


def read(statement: Statement) -> Iterator[Finding]:
    """A window named without a figure is one that the sentence reads."""
    windows = {window_of(name) for name in statement.read} - {""}
    if not windows or statement.hypothetical:
        return
    for said, start, end in _named(statement.text):
        known = bool(windows & {"1d", "open", "session"}) if said == "1d" else said in windows
        known = known or any("_since" in name for name in statement.read)
        if not known and said != "1d" and _nearest(statement, start, end) is None:
            yield statement.finding("windows", f"{statement.text[start:end]!r}", ", ".join(sorted(windows)))


def earlier(statement: Statement) -> Iterator[Finding]:
    """A figure of an earlier session is told as one, a figure of today not as yesterday's."""
    for index, token in enumerate(statement.tokens):
        if token.number is None or token.number.reading.startswith("calendar."):
            continue
        back = back_of(token.number.reading)
        days = {item for item in map(_day_back, statement.clause(index)) if item is not None}
        past = not statement.words.isdisjoint(_past_words(token.number.reading))
        if back and not past and not any(_day_back(item) for item in statement.tokens):
            yield statement.finding("windows", f"{token.text!r} as today’s", token.number.reading)
        if (
            window_of(token.number.reading)
            and not back
            and _on_earlier_day(statement, index)
            and 0 not in days
        ):
            yield statement.finding("windows", f"{token.text!r} as an earlier day’s", token.number.reading)


def said(statement: Statement) -> Iterator[Finding]:
    """A figure of a week, a month or the year so far is told as one."""
    for number in statement.sentence.numbers:
        window, measure = window_of(number.reading), number.reading.partition(".")[2]
        pattern = _SPANS.get(window)
        if pattern is not None and _CHANGES.match(measure) and not pattern.search(statement.text):
            yield statement.finding("windows", f"{number.shown!r} without its window", number.reading)


def groups(statement: Statement) -> Iterator[Finding]:
    """The quarter's winners and losers are not the year's."""
    text = statement.text.lower()
    for number in statement.sentence.numbers:
        subject = number.reading.partition(".")[0]
        for suffix, own, other in (("_3m", "quarter", "year"), ("_ytd", "year", "quarter")):
            if subject.endswith(suffix) and f"{other}’s" in text and f"{own}’s" not in text:
                yield statement.finding("windows", f"the {other}’s at {number.shown!r}", number.reading)


def _past_words(reading: str) -> frozenset[str]:
    """Words that make a figure an earlier day's; a run or a level of yesterday may be left in other ways."""
    measure = reading.partition(".")[2]
    return PAST_WORDS if measure.startswith(("streak", "at_")) else FORMER_WORDS


@lru_cache(maxsize=2048)
def _named(text: str) -> tuple[tuple[str, int, int], ...]:
    """Windows that a text names, and where."""
    taken: list[tuple[str, int, int]] = []
    for window, pattern in _SAID:
        for match in pattern.finditer(text):
            free = not any(match.start() < end and match.end() > start for _, start, end in taken)
            if free and not _SKIPPED.search(text[: match.start()]):
                taken.append((window, match.start(), match.end()))
    return tuple(taken)


def _nearest(statement: Statement, start: int, end: int) -> Token | None:
    """The windowed figure nearest to a place, in its clause."""
    clause = next((number for token, number in _placed(statement) if token.start <= start < token.end), None)
    found = [
        token
        for token, number in _placed(statement)
        if number == clause and token.number is not None and window_of(token.number.reading)
    ]
    return min(found, key=lambda token: min(abs(token.start - end), abs(start - token.end)), default=None)


def _placed(statement: Statement) -> Iterator[tuple[Token, int]]:
    return zip(statement.tokens, statement.segments, strict=True)


def _day_back(token: Token) -> int | None:
    """Sessions back of a day that a token names; None for any other token."""
    reading = token.number.reading if token.number else ""
    if reading in ("calendar.date", "calendar.weekday") or token.text == "today":
        return 0
    if reading.startswith(("calendar.date_prev", "calendar.weekday_prev")):
        return int(reading.rpartition("prev")[2] or 1)
    return 1 if token.text == "yesterday" and token.kind == "word" else None


def _on_earlier_day(statement: Statement, index: int) -> bool:
    """True where the clause says "yesterday" or "on Friday" of its figure, not as a yardstick."""
    clause = statement.clause(index)
    for place, token in enumerate(clause):
        before = clause[place - 1].text if place else ""
        earlier_day = bool(_day_back(token))
        told = token.text == "yesterday" or before == "on"
        yard = clause[place - 2].text if place > 1 and before == "on" else before
        if earlier_day and told and yard not in {"than", "from", "since", "as", "unlike", "of"}:
            return True
    return False
