"""What no price can show: actors, motives, announcements, forecasts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from commentary.auditing.proof import Finding
from commentary.auditing.statement import Statement
from commentary.auditing.words import UNSEEN_HINTS

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
_CALENDAR = "calendar."
_DESK = "desk."


def invented(statement: Statement) -> Iterator[Finding]:
    """No actor, announcement, forecast or hour, unless the desk put it in."""
    if any(name.startswith(_DESK) for name in statement.read):
        return
    if UNSEEN_HINTS.isdisjoint(re.split(r"[^a-z]+", statement.text.lower())):
        return
    for pattern, wanted in (
        (_ACTORS, "no actor that prices cannot show"),
        (_NEWS, "no event outside the tape"),
        (_FORECASTS, "no forecast"),
        (_HOURS, "no hour of the day"),
    ):
        for match in pattern.finditer(statement.text):
            yield statement.finding("unseen", repr(match[0]), wanted)
    expiring = _EXPIRY.search(statement.text)
    if expiring and not any(name.startswith(_CALENDAR) for name in statement.condition_names):
        yield statement.finding("unseen", repr(expiring[0]), "a day of expiry, by the calendar")
