"""One subject set against another: further than, beat; and against itself the session before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from commentary.auditing.numbers import tape_value
from commentary.auditing.proof import Finding
from commentary.auditing.senses import DAILY, senses
from commentary.auditing.statement import Statement, Token
from commentary.auditing.subjects import demoted
from commentary.auditing.words import BEATING, BETWEEN, DIRECTIONS, MORE, NEGATIONS

_COMPARED = frozenset({"return_1d", "return_5d", "return_21d", "change_bp", "change_1d", "return_1d_prev"})


def compared(statement: Statement) -> Iterator[Finding]:
    """ "A fell further than B", "A beat B": the day's moves bear it out."""
    if statement.hypothetical or not statement.words.isdisjoint(NEGATIONS):
        return
    tokens = statement.tokens
    for index, token in enumerate(tokens):
        if token.kind != "word":
            continue
        if token.text in BEATING:
            yield from _beaten(statement, index)
        elif token.text in MORE and index + 2 < len(tokens) and tokens[index + 1].text == "than":
            yield from _moved_more(statement, index)
            yield from _moved_since(statement, index)


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


def _moved_since(statement: Statement, index: int) -> Iterator[Finding]:
    """ "Lost less than it had on Thursday": today's move against the earlier one that is read."""
    tokens = statement.tokens
    verb = tokens[index - 1].text if index else ""
    if verb not in DIRECTIONS or tokens[index + 2].text not in {"it", "they", "on", "yesterday"}:
        return
    found = [
        item for token in statement.subjects for item in senses(statement.proof, statement.read, token.ids)
    ]
    today = {item.reading: item for item in found if item.back == 0}
    for item in found:
        current = today.get(re.sub(r"_prev\d?", "", item.reading))
        if (
            item.back
            and current
            and (current.value - item.value) * DIRECTIONS[verb] * MORE[tokens[index].text] < 0
        ):
            got = f"{verb} {tokens[index].text} than before"
            yield statement.finding("directions", got, f"{current.value:g} and {item.value:g}")


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
        legs = () if pair in vocabulary.labels else tuple(map(str.lower, vocabulary.names.get(pair, ())[:2]))
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


def moved(statement: Statement) -> Iterator[Finding]:
    """What went from one figure to another shows two: "from 42 to 42" is no move."""
    figures = sorted(statement.sentence.numbers, key=lambda number: number.start)
    for first, second in pairwise(figures):
        between = statement.text[first.end : second.start]
        if between in (" to ", ", from ", " from ") and first.shown == second.shown:
            yield statement.finding(
                "comparison", f"{first.shown}{between}{second.shown}", "two figures that differ"
            )
