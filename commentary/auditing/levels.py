"""Sides of levels: above an average, above another level, a close that would cross one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from commentary.auditing.numbers import tape_value
from commentary.auditing.proof import Finding
from commentary.auditing.statement import Statement, Token
from commentary.auditing.words import BESIDES, BETWEEN, DIRECTIONS, NEGATIONS, STANDING

_AVERAGE = re.compile(
    r"\b(?P<side>above|over|below|beneath|under|lost|broke|surrendered|gained|regained|reclaimed|recovered)"
    r"\s+(?:its|their|the)?\s*(?P<days>\d+|twenty|fifty|hundred|two-hundred)-day\b"
)
_SIDES = {
    "lost": -1,
    "broke": -1,
    "surrendered": -1,
    "gained": 1,
    "regained": 1,
    "reclaimed": 1,
    "recovered": 1,
    **BESIDES,
}
_DAYS = {"twenty": "20", "fifty": "50", "hundred": "100", "two-hundred": "200"}
_LEADING_UP = BETWEEN | {",", "stays", "stay", "sits", "lies", "remains", "percent"}
_CLOSE = frozenset({"close", "closes", "closed", "back"})
NEAR = 4
"""Words in which "back" still belongs to a close: "closed at 2,160, back above"."""

_THRESHOLD = re.compile(r"\.(?:level|open|average_\d+d|low_20d|high_20d)(?:_prev)?$")


def beside_average(statement: Statement) -> Iterator[Finding]:
    """ "Above its 200-day": the subject's close is."""
    crossed = re.search(r"\.(?:broke|regained)_", statement.sentence.when)
    supposed = statement.hypothetical and not crossed
    if supposed or len({token.ids for token in statement.subjects}) != 1:
        return
    if not statement.words.isdisjoint(NEGATIONS | {"from", "had", "back"}):
        return
    ids = statement.subjects[0].ids
    for match in _AVERAGE.finditer(statement.text):
        days = _DAYS.get(match["days"], match["days"])
        known = (tape_value(statement.proof, f"{key}.vs_average_{days}d") for key in sorted(ids))
        found = [value for value in known if value is not None]
        if found and all(value * _SIDES[match["side"]] < 0 for value in found):
            yield statement.finding("directions", match[0], f"{found[0]:g} from the {days}-day average")


def beside_habit(statement: Statement) -> Iterator[Finding]:
    """ "Beneath the average of its recent closes": the close is, of the average that is read."""
    match = re.search(r"\b(above|over|below|beneath|under) the average of (?:its|their)\b", statement.text)
    if statement.hypothetical or not match or len({token.ids for token in statement.subjects}) != 1:
        return
    ids = statement.subjects[0].ids
    places = (re.fullmatch(r"(\w+)\.\w*_(\d+d)", name) for name in sorted(statement.read))
    for place in places:
        gap = (
            tape_value(statement.proof, f"{place[1]}.vs_average_{place[2]}")
            if place and place[1] in ids
            else None
        )
        if gap is not None and gap * BESIDES[match[1]] < 0:
            yield statement.finding("directions", match[0], f"{gap:g} from it")


def beside_level(statement: Statement) -> Iterator[Finding]:
    """ "Nine-day VIX above three-month VIX": the levels stand so."""
    if statement.hypothetical or not statement.words.isdisjoint(NEGATIONS | {"from", "had"}):
        return
    tokens = statement.tokens
    for index, token in enumerate(tokens):
        if token.text in BESIDES and 0 < index < len(tokens) - 1:
            first, second = (
                _subject_before(tokens, index),
                tokens[index + 1 + (tokens[index + 1].text == "the")],
            )
            if first is not None and second.kind == "subject" and not second.possessive:
                yield from _ordered(statement, first, second, BESIDES[token.text])


def _subject_before(tokens: tuple[Token, ...], index: int) -> Token | None:
    for token in reversed(tokens[max(index - 6, 0) : index]):
        if token.kind == "subject":
            return None if token.possessive else token
        if token.kind != "number" and token.text not in _LEADING_UP:
            return None
    return None


def _ordered(statement: Statement, first: Token, second: Token, side: int) -> Iterator[Finding]:
    left, right = (_level(statement, token) for token in (first, second))
    if left is None or right is None or first.ids & second.ids:
        return
    (upper, one), (lower, two) = left, right
    if upper == lower and (one - two) * side < 0:
        yield statement.finding(
            "directions", f"{first.text} on that side of {second.text}", f"{one:g} and {two:g}"
        )


def _level(statement: Statement, token: Token) -> tuple[str, float] | None:
    """Unit and level of an instrument whose levels can be compared: yields, volatility indices."""
    for key in sorted(token.ids):
        spec = statement.proof.specs.get(f"{key}.level")
        value = tape_value(statement.proof, f"{key}.level")
        if spec is not None and value is not None and spec.unit in ("percent", "points"):
            return str(spec.unit), value
    return None


def thresholds(statement: Statement) -> Iterator[Finding]:
    """A close below a level is news where the level lies below, a close above it where it lies above.

    In the past ("closed below 5,012") the close is on the side that is said.
    """
    tokens = statement.tokens
    for index, token in enumerate(tokens[:-1]):
        side = BESIDES.get(tokens[index + 1].text, 0)
        if token.text not in _CLOSE or not side:
            continue
        before = tokens[index - 1].text if index else ""
        past = tokens[max(index - NEAR, 0) : index + 1] if token.text == "back" else (token,)
        closed = "closed" in {item.text for item in past} or before in STANDING or before in DIRECTIONS
        found = _level_after(statement, index + 2) if closed or statement.hypothetical else None
        if found and (found[0] - found[1]) * (side if closed else -side) < 0:
            got = f"{token.text} {tokens[index + 1].text} {found[1]:g}"
            yield statement.finding("directions", got, f"a level of {found[0]:g} now")


def _level_after(statement: Statement, place: int) -> tuple[float, float] | None:
    """Where the subject stands and the level that is named next, in figures or as its average."""
    for index, token in enumerate(statement.tokens[place : place + 8], start=place):
        if token.number is not None and _THRESHOLD.search(token.number.reading):
            return _against(statement, token.number.reading)
        days = _DAYS.get(token.text.removesuffix("-day"), token.text.removesuffix("-day"))
        following = statement.tokens[index + 1 : index + 3]
        if any("day" in item.text for item in (token, *following)) and days.isdigit():
            return _against_average(statement, days)
    return None


def _against_average(statement: Statement, days: str) -> tuple[float, float] | None:
    ids = {key for token in statement.subjects for key in token.ids}
    names = [
        name
        for name in statement.read
        if name.endswith(f".average_{days}d") and name.partition(".")[0] in ids
    ]
    return _against(statement, names[0]) if len(names) == 1 else None


def _against(statement: Statement, reading: str) -> tuple[float, float] | None:
    now = tape_value(statement.proof, f"{reading.partition('.')[0]}.level")
    level = tape_value(statement.proof, reading)
    return None if now is None or level is None else (now, level)
