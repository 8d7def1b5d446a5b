"""What no price can show: actors, motives, announcements, forecasts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from commentary.auditing.proof import Finding
from commentary.auditing.statement import Statement
from commentary.auditing.subjects import backed
from commentary.auditing.words import UNSEEN_HINTS
from commentary.desk import of_entry

_ACTORS = re.compile(
    r"\b(?:federal reserve|the fed\b(?! by)|fomc|central banks?|bank of (?:japan|england)|ecb|white house|congress"
    r"|pension funds?|hedge funds?|sovereign funds?|insurance companies|family offices?|retail investors?"
    r"|foreign(?:ers| investors)|trend followers|funds that follow|market makers?|dealers?|speculators|algorithms)\b",
    re.IGNORECASE,
)
_NEWS = re.compile(
    r"\b(?:payrolls?|rumou?rs? (?:that|had|spread)|margin calls?|margins? (?:on|was|were)[^.]*\braised|liquidated"
    r"|was liquidating|bankruptcy|merger|tariffs?|election|statement set off|speech|press conference|guidance"
    r"|beat (?:estimates|forecasts)|missed (?:estimates|forecasts)|auction|headlines? (?:that|set))\b",
    re.IGNORECASE,
)
_FORECASTS = re.compile(
    r"\b(?:will|shall|is (?:going|likely|bound|due|set) to|expect(?:s|ed)? (?:a|to)) (?:be |a )?(?:\w+ly )?(?:rise|fall"
    r"|rally|recover|rebound|drop|decline|gain|lose|climb|follow|reverse|bounce|correction|crash)\b"
    r"|\bprice target|\btarget of\b|\brebound tomorrow\b",
    re.IGNORECASE,
)
_EXPIRY = re.compile(r"\b(?:expiry|expiration|witching|options expired?)\b", re.IGNORECASE)
_HOURS = re.compile(
    r"\b(?:began|ended|started|raised|turned) (?:at|by|before|after) (?:noon|midday|two|three|ten|eleven)\b"
)
_CAUSES = re.compile(
    r"\b(?:because of(?! what\b)|owing to|thanks to|due to|on the back of|in (?:response|reaction) to|in the wake of"
    r"|(?:driven|caused|triggered|sparked|prompted) by|on (?:the )?news"
    r"|after (?:the )?(?:news|announcement|decision))\b",
    re.IGNORECASE,
)
_CALENDAR = ("calendar.", "expiry.", "witching.", "vix_expiry.")
"""Subjects of readings that know of an expiry."""

_PRINTED = ("payroll", "payrolls.")
"""A word for a release, which a calendar may know of, and how readings of it begin."""

_SAID_BEFORE = frozenset({"it", "them", "that", "this"})
NEAR = 4
"""Words within which a cause is named."""


def invented(statement: Statement) -> Iterator[Finding]:
    """No forecast; and no actor, announcement, cause or hour, unless an entry of the desk bears it."""
    if UNSEEN_HINTS.isdisjoint(re.split(r"[^a-z]+", statement.text.lower())):
        return
    for match in _FORECASTS.finditer(statement.text):
        yield statement.finding("unseen", repr(match[0]), "no forecast")
    if not of_entry(statement.read):
        yield from _unborne(statement)


def _unborne(statement: Statement) -> Iterator[Finding]:
    for pattern, wanted in (
        (_ACTORS, "no actor that prices cannot show"),
        (_NEWS, "no event outside the tape"),
        (_HOURS, "no hour of the day"),
    ):
        for match in pattern.finditer(statement.text):
            if not _scheduled(statement, match[0]):
                yield statement.finding("unseen", repr(match[0]), wanted)
    for match in _CAUSES.finditer(statement.text):
        if not _reads_next(statement, match.end()):
            yield statement.finding("unseen", repr(match[0]), "a cause that the desk or a reading bears")
    expiring = _EXPIRY.search(statement.text)
    if expiring and not any(name.startswith(_CALENDAR) for name in statement.condition_names):
        yield statement.finding("unseen", repr(expiring[0]), "a day of expiry, by the calendar")


def _scheduled(statement: Statement, words: str) -> bool:
    """True of a release that the sentence reads from a calendar."""
    return words.lower().startswith(_PRINTED[0]) and any(
        name.startswith(_PRINTED[1]) for name in statement.read
    )


def _reads_next(statement: Statement, place: int) -> bool:
    """True where a subject that the sentence reads, or one that it has named, follows a word of cause."""
    after = [token for token in statement.tokens if token.start >= place][:NEAR]
    return after[:1] != [] and (
        after[0].text in _SAID_BEFORE
        or any(token.kind == "subject" and token.ids & backed(statement) for token in after)
    )
