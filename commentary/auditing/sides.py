"""Sides that stand in other words than a verb's: followed down, beaten by so much, above the price."""

from __future__ import annotations

from collections.abc import Iterator

from commentary.auditing import grammar
from commentary.auditing.numbers import tape_value
from commentary.auditing.proof import Finding
from commentary.auditing.senses import DAILY, senses
from commentary.auditing.statement import Statement, Token
from commentary.auditing.words import BEATING, BESIDES, NEGATIONS, STANDING
from commentary.model import ShownNumber

_FOLLOWED = frozenset({"followed", "follow", "follows", "following", "chased"})
_INDEX = {"stocks": frozenset({"sp500"}), "index": frozenset({"sp500"})}
_WAYS = {"up": 1, "down": -1, "higher": 1, "lower": -1}
_LEADS = {**BEATING, "ahead": 1, "behind": -1}
_EXCESS = "excess_1d"
"""What a fund returned beyond another: the reading's two inputs are the legs."""

_SPREADS = frozenset({"spread_1d", "spread_5d", "spread_z", _EXCESS})
_LEVELS = ("level", "average_", "low_20d", "high_20d")


def followed(statement: Statement) -> Iterator[Finding]:
    """ "Followed crude down": crude went that way."""
    tokens = statement.tokens
    for index, token in enumerate(tokens):
        if token.text not in _FOLLOWED or _denied(statement):
            continue
        rest = [item for item in tokens[index + 1 : index + 5] if item.text != "the"]
        if len(rest) < 2 or rest[1].text not in _WAYS:
            continue
        ids = rest[0].ids if rest[0].kind == "subject" else _INDEX.get(rest[0].text, frozenset())
        names = [*statement.read, *(f"{key}.{measure}" for key in ids for measure in DAILY)]
        found = [item.value for item in senses(statement.proof, names, ids) if not item.back]
        if found and all(value * _WAYS[rest[1].text] < 0 for value in found):
            yield statement.finding("directions", f"{rest[0].text} {rest[1].text}", f"{found[0]:g}")


def beaten_by(statement: Statement) -> Iterator[Finding]:
    """ "Equal weight beat the index by 1.1 points": the spread has the sign of the leg that is said to win."""
    tokens = statement.tokens if not statement.hypothetical else ()
    for index, token in enumerate(tokens):
        if token.kind != "word" or token.text not in _LEADS or grammar.denied(tokens, index):
            continue
        figure = _spread(tokens, index)
        subject = _before(tokens, index)
        if figure is None or subject is None:
            continue
        leg = _leg(statement, figure.reading, subject)
        if figure.value * leg * _LEADS[token.text] < 0:
            yield statement.finding(
                "directions", f"{subject.text} {token.text}", f"{figure.reading} = {figure.value:g}"
            )


def beside_price(statement: Statement) -> Iterator[Finding]:
    """ "Every close of the month is above the price": the level lies on that side of the close."""
    tokens = statement.tokens if not statement.hypothetical else ()
    for index, token in enumerate(tokens[:-2]):
        if token.text not in BESIDES or tokens[index + 2].text != "price" or tokens[index + 1].text != "the":
            continue
        for number in statement.sentence.numbers:
            now = tape_value(statement.proof, f"{number.reading.partition('.')[0]}.level")
            if (
                now is not None
                and _is_level(number.reading)
                and (number.value - now) * BESIDES[token.text] < 0
            ):
                yield statement.finding("directions", f"{number.shown} {token.text} the price", f"{now:g}")


def awaited(statement: Statement) -> Iterator[Finding]:
    """What is watched for has not happened: "the Russell 2000 above 1,516" stands below it."""
    if statement.sentence.section != "watch" or _denied(statement):
        return
    tokens = statement.tokens
    for index, token in enumerate(tokens[1:-1], start=1):
        number = tokens[index + 1].number
        if tokens[index - 1].kind != "subject" or token.text not in BESIDES or number is None:
            continue
        own = number.reading.partition(".")[0]
        now = tape_value(statement.proof, f"{own}.level")
        own_words = {item.text for item in statement.clause(index)}
        stands = own_words & (STANDING | {"keeps", "holds", "as"}) or "while" in statement.words
        if now is None or stands or not _is_level(number.reading) or own not in tokens[index - 1].ids:
            continue
        if (number.value - now) * BESIDES[token.text] < 0:
            yield statement.finding("directions", f"{token.text} {number.shown} awaited", f"{now:g} now")


def _denied(statement: Statement) -> bool:
    """True where a word of the sentence denies."""
    return not statement.words.isdisjoint(NEGATIONS)


def _is_level(reading: str) -> bool:
    return reading.partition(".")[2].startswith(_LEVELS)


def _spread(tokens: tuple[Token, ...], index: int) -> ShownNumber | None:
    """The figure of a pair that stands nearest to a word."""
    places = (
        (abs(at - index), token.number)
        for at, token in enumerate(tokens)
        if token.number is not None and token.number.reading.partition(".")[2] in _SPREADS
    )
    return min(places, key=lambda place: place[0], default=(0, None))[1]


def _before(tokens: tuple[Token, ...], index: int) -> Token | None:
    for token in reversed(tokens[max(index - 4, 0) : index]):
        if token.kind == "subject":
            return token
        if token.kind == "word" and not token.text.isalpha():
            return None
    return None


def _leg(statement: Statement, reading: str, subject: Token) -> int:
    """1 for the long leg of a pair, −1 for its short one, 0 where that is not clear."""
    pair, _, measure = reading.partition(".")
    names = tuple(map(str.lower, statement.proof.vocabulary.names.get(pair, ())[:2]))
    said = subject.text.removeprefix("the ")
    if measure != _EXCESS and said in names:
        return 1 if said == names[0] else -1
    spec = statement.proof.specs.get(reading if measure == _EXCESS else f"{pair}.spread_1d")
    inputs = spec.inputs if spec and len(spec.inputs) == 2 else ("", "")
    long, short = inputs[0] in subject.ids, inputs[1] in subject.ids
    return long - short
