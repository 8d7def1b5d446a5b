"""What a model says is told as a model's: it was reckoned from prices, and nobody's holding was measured."""

from __future__ import annotations

import re
from collections.abc import Iterator

from commentary.auditing.numbers import tape_value
from commentary.auditing.proof import Finding
from commentary.auditing.statement import Statement

SUBJECTS = frozenset({"voltarget", "trend", "leveraged"})
MEASURES = "trend_"
"""Readings that no market quotes and nobody counts: by subject, or by how the measure begins."""

_SAID = re.compile(r"\b(?:models?|rules?|formulas?)\b", re.IGNORECASE)
_SIGNED = re.compile(
    r"^(?:voltarget\.change_|leveraged\.|\w+\.trend_(?:signal|position|change)|\w+\.fund_flow_)"
)
_LESS = frozenset({
    "cut", "cuts", "cutting", "shed", "sheds", "sell", "sells", "sold", "less", "fewer", "smaller", "shrink", "shrinks",
    "shrunk", "handed", "gone", "leaving", "down", "short",
})  # fmt: skip
_MORE = frozenset({
    "add", "adds", "added", "adding", "buy", "buys", "bought", "more", "larger", "grew", "grow", "grows", "long",
})  # fmt: skip


def is_modelled(reading: str) -> bool:
    """Whether a reading is what a model would do, and not what anybody did."""
    subject, _, measure = reading.partition(".")
    return subject in SUBJECTS or measure.startswith(MEASURES)


def labelled(statement: Statement) -> Iterator[Finding]:
    """A sentence that rests on a model says so."""
    read = sorted(name for name in statement.read if is_modelled(name))
    if read and not _SAID.search(statement.text):
        yield statement.finding("models", f"{read[0]} as if it were measured", "a model, a rule or a formula")


def sided(statement: Statement) -> Iterator[Finding]:
    """A figure of what would be added or cut, or was handed back, stands beside words of its own side."""
    for index, token in enumerate(statement.tokens):
        reading = token.number.reading if token.number else ""
        value = tape_value(statement.proof, reading) if _SIGNED.match(reading) else None
        if not value:
            continue
        words = {item.text for item in statement.clause(index) if item.kind == "word"}
        own, other = (_MORE, _LESS) if value > 0 else (_LESS, _MORE)
        if not words.isdisjoint(other) and words.isdisjoint(own):
            wrong = sorted(words & other)[0]
            yield statement.finding("models", f"{wrong!r} at {token.text!r}", f"{reading} {value:+g}")
