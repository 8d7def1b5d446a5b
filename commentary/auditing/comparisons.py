"""One subject set against another: further than, beat, above; and a subject against its own average."""

from __future__ import annotations

import re
from collections.abc import Iterator

from commentary.auditing.numbers import tape_value
from commentary.auditing.proof import Finding
from commentary.auditing.senses import DAILY, senses
from commentary.auditing.statement import Statement, Token
from commentary.auditing.subjects import demoted
from commentary.auditing.words import BEATING, BESIDES, BETWEEN, DIRECTIONS, MORE, NEGATIONS

_AVERAGE = re.compile(
    r"\b(?P<side>above|over|below|beneath|under|lost|broke|surrendered|regained|reclaimed|recovered)"
    r"\s+(?:its|their|the)?\s*(?P<days>\d+|twenty|fifty|hundred|two-hundred)-day\b"
)
_SIDES = {
    "lost": -1,
    "broke": -1,
    "surrendered": -1,
    "regained": 1,
    "reclaimed": 1,
    "recovered": 1,
    **BESIDES,
}
_COMPARED = frozenset({"return_1d", "return_5d", "return_21d", "change_bp", "change_1d", "return_1d_prev"})
_DAYS = {"twenty": "20", "fifty": "50", "hundred": "100", "two-hundred": "200"}


def further(statement: Statement) -> Iterator[Finding]:
    """ "A fell further than B", "A beat B": the day's moves bear it out."""
    if statement.hypothetical or not statement.words.isdisjoint(NEGATIONS):
        return
    tokens = statement.tokens
    for index, token in enumerate(tokens):
        if token.kind != "word":
            continue
        if token.text in BEATING:
            yield from _beaten(statement, index)
        elif token.text in MORE and index + 1 < len(tokens) and tokens[index + 1].text == "than":
            yield from _moved_more(statement, index)


def beside_average(statement: Statement) -> Iterator[Finding]:
    """ "Above its 200-day": the subject's close is."""
    if statement.hypothetical or len({token.ids for token in statement.subjects}) != 1:
        return
    if not statement.words.isdisjoint(NEGATIONS | {"from", "had", "back"}):
        return
    ids = statement.subjects[0].ids
    for match in _AVERAGE.finditer(statement.text):
        days = _DAYS.get(match["days"], match["days"])
        found = list(senses(statement.proof, [f"{key}.vs_average_{days}d" for key in ids], ids))
        if found and all(item.value * _SIDES[match["side"]] < 0 for item in found):
            yield statement.finding("directions", match[0], f"{found[0].reading} = {found[0].value:g}")


def beside_level(statement: Statement) -> Iterator[Finding]:
    """ "Nine-day VIX above three-month VIX": the levels stand so."""
    if statement.hypothetical or not statement.words.isdisjoint(NEGATIONS | {"from", "had"}):
        return
    tokens = statement.tokens
    for index, token in enumerate(tokens):
        if token.text in BESIDES and 0 < index < len(tokens) - 1:
            first, second = _before(tokens, index), tokens[index + 1 + (tokens[index + 1].text == "the")]
            if first is not None and second.kind == "subject" and not second.possessive:
                yield from _ordered(statement, first, second, BESIDES[token.text])


def _before(tokens: tuple[Token, ...], index: int) -> Token | None:
    for token in reversed(tokens[max(index - 4, 0) : index]):
        if token.kind == "subject":
            return None if token.possessive else token
        if token.text not in BETWEEN:
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


def _beaten(statement: Statement, index: int) -> Iterator[Finding]:
    first, second = _neighbours(statement, index, index + 1)
    if first is None or second is None or first.ids & second.ids:
        return
    pair = _moves(statement, first, second)
    word = statement.tokens[index].text
    if pair and (pair[0] - pair[1]) * BEATING[word] < 0:
        yield statement.finding(
            "directions", f"{first.text} {word} {second.text}", f"{pair[0]:g} and {pair[1]:g}"
        )


def _moved_more(statement: Statement, index: int) -> Iterator[Finding]:
    tokens = statement.tokens
    verb = next(
        (at for at in range(index - 1, max(index - 3, -1), -1) if tokens[at].text in DIRECTIONS), None
    )
    if verb is None:
        return
    first, second = _neighbours(statement, verb, index + 2)
    pair = _moves(statement, first, second) if first and second else None
    sign = DIRECTIONS[tokens[verb].text]
    if pair and first and second and (pair[0] - pair[1]) * sign * MORE[tokens[index].text] < 0:
        got = f"{first.text} {tokens[verb].text} {tokens[index].text} than {second.text}"
        yield statement.finding("directions", got, f"{pair[0]:g} and {pair[1]:g}")


def _neighbours(statement: Statement, verb: int, after: int) -> tuple[Token | None, Token | None]:
    """The subject right before a verb and the one right after a place; None where something stands between."""
    tokens = statement.tokens
    first = second = None
    for place in range(verb - 1, max(verb - 5, -1), -1):
        if tokens[place].kind == "subject":
            first = None if demoted(tokens, place) or tokens[place].possessive else tokens[place]
            break
        if tokens[place].text not in BETWEEN:
            break
    for token in tokens[after : after + 2]:
        if token.kind == "subject":
            second = None if token.possessive else token
            break
        if token.text != "the":
            break
    return first, second


def _moves(statement: Statement, first: Token, second: Token) -> tuple[float, float] | None:
    """Both subjects' moves by a measure that both have: one that the sentence reads, else the day's.

    Two legs of a pair, in the pair's own words, stand as its spread and zero.
    """
    if paired := _legs(statement, first, second):
        return paired
    measures = sorted({name.partition(".")[2] for name in statement.read} & _COMPARED)
    for measure in (*measures, *(() if measures else DAILY)):
        left, right = _values(statement, first, measure), _values(statement, second, measure)
        if left is not None and right is not None and left != right:
            return left, right
    return None


def _legs(statement: Statement, first: Token, second: Token) -> tuple[float, float] | None:
    vocabulary = statement.proof.vocabulary
    for name in sorted(statement.read):
        pair, _, measure = name.partition(".")
        legs = () if pair in vocabulary.labels else tuple(map(str.lower, vocabulary.names.get(pair, ())))
        value = (
            tape_value(statement.proof, name) if len(legs) == 2 and measure.startswith("spread_") else None
        )
        if value is not None and {first.text, second.text} == set(legs):
            return (value, 0.0) if first.text == legs[0] else (0.0, value)
    return None


def _values(statement: Statement, token: Token, measure: str) -> float | None:
    own = sorted(token.ids & statement.proof.vocabulary.labels.keys())
    known = (tape_value(statement.proof, f"{key}.{measure}") for key in own)
    return next((value for value in known if value is not None), None) if len(token.ids) == len(own) else None
