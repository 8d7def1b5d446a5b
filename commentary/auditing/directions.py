"""Words of direction agree with the sign of the reading that they are about.

Three reaches, each narrow enough to leave true sentences alone: a word that governs a figure ("lost 4.3
percent", "17 basis points higher"), a verb whose subject stands right before it ("gold and silver fell"),
and a sentence whose every direction is one way while every signed reading it rests on is the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from commentary.auditing.grammar import after_figure, before_figure, passed_on, subject_of, verb
from commentary.auditing.proof import Finding
from commentary.auditing.senses import DAILY, FALLS, RISES, Sense, sense, senses
from commentary.auditing.statement import Statement, Token
from commentary.auditing.subjects import demoted, group_before
from commentary.auditing.words import (
    BETWEEN,
    DEGREES,
    DIRECTIONS,
    LEFT_FILL,
    LIKENING,
    NEGATIONS,
    NOUNS,
    TRADES,
)

_NOBODY = frozenset({"nobody", "none", "neither", "nor", "without"})
"""Words that deny whatever follows, however far."""
_EXTREMES = {"highs": 1, "lows": -1, "highest": 1, "lowest": -1}
_WORD = {1: "up", -1: "down"}


def governed(statement: Statement) -> Iterator[Finding]:
    """The word that governs a figure, or the one that an elliptic figure inherits, has its sign."""
    tokens = statement.tokens
    inherited = 0
    for index, token in enumerate(tokens):
        if token.number is None:
            continue
        claimed = (
            before_figure(tokens, index) or after_figure(tokens, index) or passed_on(tokens, index, inherited)
        )
        value = _signed_value(statement, token)
        if claimed and value is not None and value * claimed < 0:
            yield statement.finding(
                "directions", f"{_WORD[claimed]} at {token.text!r}", f"{token.number.reading} = {value:g}"
            )
        if value is not None or claimed:
            inherited = claimed


def counted(statement: Statement) -> Iterator[Finding]:
    """What rose is said to rise, what fell to fall, where the figure counts it."""
    for index, token in enumerate(statement.tokens):
        reading = token.number.reading if token.number else ""
        wanted = 1 if reading in RISES else -1 if reading in FALLS else 0
        said = _first_direction(statement, index) if wanted else 0
        if said and said != wanted:
            yield statement.finding("directions", f"{_WORD[said]} after {token.text!r}", reading)


def predicated(statement: Statement) -> Iterator[Finding]:
    """A verb of direction agrees with its subject's readings."""
    if not statement.words.isdisjoint(_NOBODY):
        return
    tokens = statement.tokens
    for index in range(len(tokens)):
        said = verb(tokens, index)
        if not said or statement.supposed(index) or _has_figure(statement, index):
            continue
        at, negated = subject_of(statement.tokens, index)
        if at is None or _object(tokens, at, index) or tokens[at].possessive:
            continue
        if negated and (tokens[index].text in DEGREES or {item.text for item in tokens[index:]} & LIKENING):
            continue  # "has not closed lower since" is a superlative
        for member in group_before(tokens, at):
            yield from _contradicted(statement, index, member, -said if negated else said)


def owned(statement: Statement) -> Iterator[Finding]:
    """ "Gold's retreat": the noun agrees with its owner's readings."""
    if statement.hypothetical or not _plain(statement):
        return
    tokens = statement.tokens
    for index, token in enumerate(tokens):
        for place in range(index + 1, min(index + 4, len(tokens)) if token.possessive else 0):
            if tokens[place].text in NOUNS:
                yield from _contradicted(statement, place, token, DIRECTIONS[tokens[place].text])
                break
            if (
                tokens[place].kind == "subject"
                or not tokens[place].text.isalpha()
                or tokens[place].text in BETWEEN
            ):
                break


def spanned(statement: Statement) -> Iterator[Finding]:
    """ "Narrowed from 2.8 sigma to 1.9": the second figure lies on that side of the first."""
    tokens = statement.tokens
    for index, token in enumerate(tokens):
        said = DIRECTIONS.get(token.text, 0) if token.kind == "word" else 0
        if said and index + 1 < len(tokens) and tokens[index + 1].text == "from":
            ends = [item.number for item in tokens[index + 2 : index + 9] if item.number is not None][:2]
            if len(ends) == 2 and (abs(ends[1].value) - abs(ends[0].value)) * said < 0:
                yield statement.finding(
                    "directions", f"{token.text} from {ends[0].shown}", f"to {ends[1].shown}"
                )


def gapped(statement: Statement) -> Iterator[Finding]:
    """ "Gap down": the gap that is read is one."""
    for first, second in pairwise(statement.tokens):
        said = DEGREES.get(second.text, 0) if first.text in {"gap", "gapped"} else 0
        read = (sense(statement.proof, name) for name in statement.read) if said else ()
        found = [item for item in read if item is not None and item.window == "open"]
        if found and all(item.value * said < 0 for item in found):
            wanted = f"{found[0].reading} = {found[0].value:g}"
            yield statement.finding("directions", f"{first.text} {second.text}", wanted)


def united(statement: Statement) -> Iterator[Finding]:
    """Not every word up while every reading it rests on is down, nor the reverse."""
    if statement.hypothetical or not _plain(statement):
        return
    told = {
        statement.segments[at]
        for at, token in enumerate(statement.tokens)
        if _acts(statement.tokens, at, token)
    }
    said = {
        verb(statement.tokens, at) for at, segment in enumerate(statement.segments) if segment in told
    } - {0}
    signs = _signs(statement)
    if len(said) == 1 and len(signs) == 1 and said.isdisjoint(signs):
        yield statement.finding(
            "directions", f"only words of {_WORD[said.pop()]}", f"readings {_WORD[signs.pop()]}"
        )


def _object(tokens: tuple[Token, ...], at: int, index: int) -> bool:
    """True of a subject that is an object; "as the dollar rose" has a verb of its own."""
    place = at - 1
    while place >= 0 and tokens[place].text in {"the", "its"}:
        place -= 1
    clause = place >= 0 and tokens[place].text in {"as", "than"} and index == at + 1
    return demoted(tokens, at) and not clause


def _has_figure(statement: Statement, index: int) -> bool:
    """True for a verb with a signed figure of its own, which says what it is about."""
    for token in statement.tokens[index + 1 : index + 5]:
        if token.number is not None:
            return _signed_value(statement, token) is not None
        if token.text not in LEFT_FILL:
            return False
    return False


def _signed_value(statement: Statement, token: Token) -> float | None:
    if token.number is None:
        return None
    found = sense(statement.proof, token.number.reading)
    return None if found is None or found.value == 0 else found.value


def _first_direction(statement: Statement, index: int) -> int:
    segment = statement.segments[index]
    for place in range(index + 1, min(index + 9, len(statement.tokens))):
        token = statement.tokens[place]
        if statement.segments[place] != segment or token.kind == "number":
            return 0
        if token.text in NEGATIONS or token.text in _EXTREMES:
            return _EXTREMES.get(token.text, 0)
        said = verb(statement.tokens, place) or DEGREES.get(token.text, 0)
        if said:
            return said
    return 0


def _contradicted(statement: Statement, index: int, subject: Token, said: int) -> Iterator[Finding]:
    ids = subject.ids & statement.proof.vocabulary.labels.keys()
    if not ids or (
        statement.tokens[index].text in TRADES and any(key.startswith(("ust", "tips")) for key in ids)
    ):
        return
    found = _candidates(statement, index, frozenset(ids))
    if found and all(item.value * said < 0 for item in found):
        wanted = ", ".join(f"{item.reading} = {item.value:g}" for item in found)
        yield statement.finding(
            "directions", f"{subject.text} {statement.tokens[index].text} ({_WORD[said]})", wanted
        )


def _candidates(statement: Statement, index: int, ids: frozenset[str]) -> list[Sense]:
    """Signed readings that a verb may be about: those read of the subject, today's unless it says else."""
    clause = statement.clause(index)
    opened = any(token.text in {"opened", "open", "opening"} for token in clause)
    proof = statement.proof
    found = list(senses(proof, statement.read, ids))
    if opened and (gaps := list(senses(proof, [f"{key}.gap_1d" for key in ids], ids))):
        return [item for item in found if item.window != "open"] + gaps if len(clause) > 8 else gaps
    back = _sessions_back(clause)
    if back == 0 and any(token.text == "had" for token in statement.tokens[max(index - 4, 0) : index]):
        return [item for item in found if item.back]
    timed = [item for item in found if item.back == back]
    if timed:
        return timed
    suffix = {0: "", 1: "_prev", 2: "_prev2"}[back]
    daily = list(senses(proof, [f"{key}.{measure}{suffix}" for key in ids for measure in DAILY], ids))
    return found or daily if back == 0 else daily


def _sessions_back(clause: list[Token]) -> int:
    """Sessions back that a clause names by "yesterday" or by an earlier day."""
    for token in clause:
        reading = token.number.reading if token.number else ""
        if token.text == "yesterday" or reading in ("calendar.date_prev", "calendar.weekday_prev"):
            return 1
        if reading in ("calendar.date_prev2", "calendar.weekday_prev2"):
            return 2
    return 0


def _plain(statement: Statement) -> bool:
    """No denial and no earlier past: nothing that turns a direction round."""
    words = statement.words
    return words.isdisjoint(NEGATIONS | {"had"}) and not any(word.endswith(("n't", "n’t")) for word in words)


def _acts(tokens: tuple[Token, ...], at: int, token: Token) -> bool:
    """True for a subject that is neither an owner nor an object."""
    return token.kind == "subject" and not token.possessive and not demoted(tokens, at)


def _signs(statement: Statement) -> set[int]:
    """Signs of the signed readings of the subjects named; both where one subject has none."""
    signs: set[int] = set()
    for token in statement.subjects:
        found = list(senses(statement.proof, statement.read, token.ids))
        if not found:
            return {1, -1}
        signs |= {1 if item.value > 0 else -1 for item in found if item.value}
    return signs
