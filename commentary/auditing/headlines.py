"""Titles: a word of direction in a headline is its subject's, or the index's where it names none."""

from __future__ import annotations

from collections.abc import Iterator

from commentary.auditing.proof import Finding
from commentary.auditing.senses import DAILY, senses
from commentary.auditing.statement import Statement
from commentary.auditing.words import HYPOTHETICAL, NEGATIONS

_WORDS = {
    "rose": 1, "risen": 1, "rise": 1, "gained": 1, "gain": 1, "advance": 1, "climbed": 1,
    "fell": -1, "fallen": -1, "fall": -1, "lost": -1, "loss": -1, "decline": -1, "slide": -1, "drop": -1,
}  # fmt: skip
_DEGREES = {"higher": 1, "lower": -1, "upward": 1, "downward": -1}
_LEADING = {"bought": 1, "sold": -1, "up": 1, "down": -1}
"""Words of direction only where they begin a clause or follow its subject."""
_MARKS = frozenset({",", ";", ":", ".", "—", ""})
_AFTER_DEGREE = _MARKS | frozenset({"across", "for", "with", "in", "on", "still", "again", "and", "without"})
_ARTICLES = frozenset({"a", "an", "the", "its", "their", "at", "than"})
_INDEX = frozenset({"sp500"})
_STOCKS = frozenset({"stocks", "index", "market", "tape"})


def told(statement: Statement) -> Iterator[Finding]:
    """Each word of direction of a title agrees with the move of whom it speaks of."""
    words = statement.words
    earlier = any("_prev" in number.reading for number in statement.sentence.numbers) or "yesterday" in words
    if statement.sentence.section != "title" or earlier or not words.isdisjoint(HYPOTHETICAL | NEGATIONS):
        return
    ids = _INDEX
    named = False
    for index, token in enumerate(statement.tokens):
        if token.kind == "subject":
            ids, named = token.ids & statement.proof.vocabulary.labels.keys(), True
        elif token.text in _STOCKS:
            ids, named = _INDEX, False
        said = _said(statement, index)
        found = _values(statement, _ahead(statement, index, ids), named) if said else []
        if found and all(value * said < 0 for value in found):
            wanted = ", ".join(f"{value:g}" for value in found)
            yield statement.finding("directions", f"{token.text} in the title", wanted)


def _said(statement: Statement, index: int) -> int:
    tokens = statement.tokens
    token = tokens[index]
    before = tokens[index - 1].text if index else ""
    after = tokens[index + 1].text if index + 1 < len(tokens) else ""
    if token.kind != "word" or after == "behind":
        return 0
    if token.text in _LEADING:
        led = not index or tokens[index - 1].kind == "subject" or before in _MARKS | _STOCKS
        return _LEADING[token.text] if led else 0
    if token.text in _DEGREES:
        return _DEGREES[token.text] if after in _AFTER_DEGREE and before not in _ARTICLES else 0
    return _WORDS.get(token.text, 0)


def _ahead(statement: Statement, index: int, ids: frozenset[str]) -> frozenset[str]:
    """ "A private advance in bitcoin": the subject behind a noun, else the one before."""
    rest = statement.tokens[index + 1 : index + 4]
    for place, token in enumerate(rest):
        if token.kind == "subject" and place and rest[place - 1].text in {"in", "of", "for", "the"}:
            return token.ids & statement.proof.vocabulary.labels.keys()
        if token.text not in {"in", "of", "for", "the"}:
            break
    return ids


def _values(statement: Statement, ids: frozenset[str], named: bool) -> list[float]:
    """Moves of the subject that the condition reads, else its day; without a subject, any that are read."""
    proof, read = statement.proof, statement.read
    found = [item.value for item in senses(proof, read, ids) if item.back == 0]
    if not found and not named:
        every = frozenset(name.partition(".")[0] for name in read)
        found = [item.value for item in senses(proof, read, every) if item.back == 0]
    daily = (f"{key}.{measure}" for key in ids for measure in DAILY)
    return found or [item.value for item in senses(proof, daily, ids)]
