"""The grammar of direction words: what governs a figure, which words are verbs, whose verb one is."""

from __future__ import annotations

from collections.abc import Sequence

from commentary.auditing.statement import Token
from commentary.auditing.words import (
    AFTER_OWNED,
    BESIDE_FIGURES,
    BESIDES,
    BETWEEN,
    DEGREES,
    DIRECTIONS,
    GIVING,
    IDLE_AFTER,
    LEFT_FILL,
    NEGATIONS,
    NOUNS,
    OWNED,
    RIGHT_FILL,
    STANDING,
    TRADES,
)

Tokens = Sequence[Token]

REACH = 9
"""Tokens between a subject and its verb, at most."""
_PASSIVE = frozenset({"was", "were", "been"})
_IDLE_UP = frozenset({"to", "on", "for", "with", "the", "and", "or"})
_DENYING = frozenset({"not", "never", "failed", "refused", "cannot", "unable"})
_PARTS = frozenset({":", ";", "—"})
_EARLIER = (["the", "day"], ["the", "session"], ["yesterday"], ["the", "previous"])
_LOOSE = frozenset({",", ";", ":", "and", ""}) | STANDING | DIRECTIONS.keys()


def before_figure(tokens: Tokens, index: int) -> int:
    """Direction of the word that governs a figure from before: "lost about 4.3 percent"; 0 for none."""
    place = index - 1
    while place >= max(index - 6, 0) and tokens[place].kind == "word" and tokens[place].text in LEFT_FILL:
        if tokens[place].text in NEGATIONS:
            return 0
        place -= 1
    if place < 0 or tokens[place].kind != "word" or denied(tokens, place):
        return 0
    word, before = tokens[place].text, _text(tokens, place - 1)
    if before in GIVING and word == "up":
        return -1
    if word in {"up", "down"}:
        subject = place > 0 and tokens[place - 1].kind == "subject"
        return DEGREES[word] if subject or before in _LOOSE else 0
    return DIRECTIONS.get(word) or BESIDE_FIGURES.get(word) or 0


def after_figure(tokens: Tokens, index: int) -> int:
    """Direction of the word that governs a figure from behind: "17 basis points higher"; 0 for none."""
    place = index + 1
    while place < min(index + 6, len(tokens)) and tokens[place].text in RIGHT_FILL:
        place += 1
    word, after = _text(tokens, place), _text(tokens, place + 1)
    if word in BESIDES:
        beside = _stands_beside(tokens, index) or _set_against_before(tokens, place)
        return BESIDES[word] if beside else 0
    if word in {"up", "down"} and after in {"to", "the", "in"}:
        return 0
    return DEGREES.get(word) or (DIRECTIONS.get(word, 0) if word in NOUNS else 0)


def passed_on(tokens: Tokens, index: int, inherited: int) -> int:
    """In "chips lost 4 percent, software 2" the second figure takes the first one's verb."""
    place, subjects = index - 1, 0
    while inherited and place >= 0 and tokens[place].kind != "number":
        if tokens[place].kind == "subject":
            subjects += 1
        elif tokens[place].text not in RIGHT_FILL | {",", "and", "lower", "higher", "by"}:
            return 0
        place -= 1
    return inherited if subjects == 1 and place >= 0 else 0


def verb(tokens: Tokens, index: int) -> int:
    """Direction of a verb, or of a degree after a verb of standing; 0 for nouns, objects and idioms."""
    token = tokens[index]
    if token.kind != "word":
        return 0
    before, after = _text(tokens, index - 1), _text(tokens, index + 1)
    if token.text in DEGREES:
        idle = after == "than" or (token.text in {"up", "down"} and after in _IDLE_UP)
        return DEGREES[token.text] if before in STANDING and not idle else 0
    if token.text in TRADES:
        return TRADES[token.text] if before in _PASSIVE and after != "back" else 0
    reached = after == "to" and index + 2 < len(tokens) and tokens[index + 2].kind == "number"
    idle = after in IDLE_AFTER and not reached
    if token.text not in DIRECTIONS or idle or _owns(tokens, index):
        return 0
    return 0 if token.text in NOUNS and not _finite(tokens, index) else DIRECTIONS[token.text]


def subject_of(tokens: Tokens, index: int) -> tuple[int | None, bool]:
    """Place of the subject right before a verb, and whether the verb is denied."""
    negated = False
    for place in range(index - 1, max(index - REACH, -1), -1):
        token = tokens[place]
        if token.kind == "subject":
            return place, negated
        dated = token.number is not None and token.number.reading.startswith("calendar.")
        between = token.text in BETWEEN or token.text.endswith("ly")
        if token.text in DIRECTIONS or not (dated or between):
            return None, False
        negated = negated or token.text in _DENYING
    return None, False


def denied(tokens: Tokens, index: int) -> bool:
    """True where a denial stands within the four words before a place."""
    for token in reversed(tokens[max(index - 4, 0) : index]):
        if token.text in _PARTS:
            return False
        if token.text in NEGATIONS or token.text.endswith(("n't", "n’t")):
            return True
    return False


def _text(tokens: Tokens, index: int) -> str:
    """Word at a place; nothing for a subject, a figure or a place outside."""
    return tokens[index].text if 0 <= index < len(tokens) and tokens[index].kind == "word" else ""


def _stands_beside(tokens: Tokens, index: int) -> bool:
    number = tokens[index].number
    measure = number.reading.partition(".")[2] if number else ""
    closed = measure.startswith("return_1d") and _text(tokens, index - 1) in STANDING
    return closed or measure.startswith(("vs_average", "high_252d_gap", "gap_", "drawdown", "low_excursion"))


def _set_against_before(tokens: Tokens, place: int) -> bool:
    """True of "nine basis points above the day before"."""
    rest = [token.text for token in tokens[place + 1 : place + 3]]
    return rest in _EARLIER or rest[:1] in _EARLIER


def _owns(tokens: Tokens, index: int) -> bool:
    """True of "lost its nerve": a thing is lost, not ground."""
    after = _text(tokens, index + 1)
    free = not after.isalpha() or after in AFTER_OWNED or after.endswith("ly")
    return tokens[index].text in OWNED and not free


def _finite(tokens: Tokens, index: int) -> bool:
    """A word such as "fall" is a verb after a subject, "to" or an auxiliary."""
    owner = index > 0 and tokens[index - 1].kind == "subject" and not tokens[index - 1].possessive
    return owner or _text(tokens, index - 1) in {"to", "not", "did", "do", "does"}
