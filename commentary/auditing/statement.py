"""A sentence taken apart for the checks: tokens, the subjects it names, the readings it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from commentary.auditing.proof import Finding, Proof, Vocabulary
from commentary.auditing.words import BESIDES, DIRECTIONS, HYPOTHETICAL, PAST, STANDING
from commentary.condition_writing import ConditionError
from commentary.conditions import parse
from commentary.model import Sentence, ShownNumber
from commentary.shapes import dataclass

_PIECE = re.compile(r"[A-Za-zσÀ-ÿ][\w&]*(?:[-’'][\w&]+)*|\d[\d,]*(?:\.\d+)?\w*|[,;:—–()%$.!?]|\S")
_BOUNDARIES = frozenset(
    {",", ";", ":", "—", "–", "(", ")", "while", "but", "whereas", "although", "though", "yet"}
)
NEAR = 6
"""Tokens from "when" to its verb, at most."""

_MONEY = re.compile(r" (?:volume|turnover|traded|spent)\b")
COMMON_NOUNS = frozenset({"value", "growth", "index"})
"""Names that are also ordinary words: they name an instrument only where the trace says so."""


@dataclass(frozen=True)
class Token:
    """A word, mark, named subject or traced number, in small letters, with its place in the text."""

    kind: str
    text: str
    start: int
    end: int
    ids: frozenset[str] = frozenset()
    number: ShownNumber | None = None

    @property
    def possessive(self) -> bool:
        """True for a subject said as an owner: "gold's"."""
        return self.kind == "subject" and self.text.endswith(("'s", "’s", "s'", "s’"))


@dataclass(frozen=True)
class Statement:
    """One traced sentence under audit."""

    proof: Proof
    sentence: Sentence

    @property
    def text(self) -> str:
        return self.sentence.text

    @cached_property
    def condition_names(self) -> frozenset[str]:
        """Readings that its condition reads; none where the condition cannot be parsed."""
        return _names(self.sentence.when)

    @cached_property
    def read(self) -> frozenset[str]:
        """Readings that its condition and its figures rest on."""
        shown = (_names(number.reading) for number in self.sentence.numbers)
        return self.condition_names.union(*shown)

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        spans = [*self._number_tokens(), *self._subject_tokens()]
        return tuple(_filled(self.text, sorted(spans, key=lambda token: token.start)))

    @cached_property
    def subjects(self) -> tuple[Token, ...]:
        return tuple(token for token in self.tokens if token.kind == "subject")

    @cached_property
    def segments(self) -> tuple[int, ...]:
        """Number of the clause that each token stands in."""
        counts, current = [], 0
        for token in self.tokens:
            current += token.kind == "word" and token.text in _BOUNDARIES
            counts.append(current)
        return tuple(counts)

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset(token.text for token in self.tokens if token.kind == "word")

    @cached_property
    def hypothetical(self) -> bool:
        """True where the sentence says what would be, not what was."""
        return bool(self._suppositions) or self._names_a_level()

    def supposed(self, index: int) -> bool:
        """True where what stands at ``index`` would be: a clause that only follows does not make it so."""
        near = any(at < index or self._of_clause(at, index) for at in self._suppositions)
        return near or self._names_a_level()

    @cached_property
    def _suppositions(self) -> tuple[int, ...]:
        """Places of words that make a clause what would be; "when" before a past verb tells what was."""
        return tuple(
            at
            for at, token in enumerate(self.tokens)
            if token.kind == "word" and token.text in HYPOTHETICAL and not self._dated(at)
        )

    def _dated(self, at: int) -> bool:
        after = (token.text for token in self.tokens[at + 1 : at + 1 + NEAR])
        return self.tokens[at].text == "when" and not PAST.isdisjoint(after)

    def _of_clause(self, at: int, index: int) -> bool:
        """True for a supposition in the clause of ``index``; "when" behind a verb begins one of its own."""
        return self.segments[at] == self.segments[index] and self.tokens[at].text != "when"

    def finding(self, check: str, got: str, wanted: str) -> Finding:
        return Finding(check, self.text, got, wanted)

    def clause(self, index: int) -> list[Token]:
        """Tokens of the clause that the token at ``index`` stands in."""
        segment = self.segments[index]
        return [token for token, number in zip(self.tokens, self.segments, strict=True) if number == segment]

    def _names_a_level(self) -> bool:
        """ "A close above", "back below": a level to watch, unless a verb says that it was reached."""
        texts = ["", *(token.text for token in self.tokens)]
        reached = DIRECTIONS.keys() | STANDING
        return any(
            word in {"close", "back", "print"} and side in BESIDES and before not in reached
            for before, word, side in zip(texts, texts[1:], texts[2:], strict=False)
        )

    def _number_tokens(self) -> list[Token]:
        return [
            Token("number", self.text[item.start : item.end].lower(), item.start, item.end, number=item)
            for item in self.sentence.numbers
            if 0 <= item.start < item.end <= len(self.text)
        ]

    def _subject_tokens(self) -> Iterator[Token]:
        taken = [(item.start, item.end) for item in self.sentence.numbers]
        for start, end, name in mentions(self.text, self.proof.vocabulary):
            ids = self.proof.vocabulary.ids[name]
            vague = name in COMMON_NOUNS and ids.isdisjoint(self.sentence.subjects)
            if not vague and not any(start < last and end > first for first, last in taken):
                owner = re.match(r"[’']s?(?!\w)", self.text[end:])
                stop = end + (owner.end() if owner else 0)
                yield Token("subject", self.text[start:stop].lower(), start, stop, ids | self._legs(ids))

    def _legs(self, ids: frozenset[str]) -> frozenset[str]:
        """Instruments that a pair's own words may mean: "small companies"."""
        specs = (
            self.proof.specs.get(f"{key}.spread_1d") for key in ids - self.proof.vocabulary.labels.keys()
        )
        return frozenset().union(*(spec.inputs for spec in specs if spec is not None))


def mentions(text: str, vocabulary: Vocabulary) -> Iterator[tuple[int, int, str]]:
    """Instruments named in a text: start, end, name in small letters; the longest name wins."""
    for match in vocabulary.pattern.finditer(text):
        name = match[0].lower()
        after = text[match.end() :]
        if re.match(r" (high|low)\b", after) and name.endswith("-year"):
            continue  # "a two-year high" is a span of time
        before = text[max(match.start() - 8, 0) : match.start()].lower()
        if name == "dollar" and (_MONEY.match(after) or before.endswith(("every ", "each "))):
            continue
        yield match.start(), match.end(), name


def _names(expression: str) -> frozenset[str]:
    if not expression:
        return frozenset()
    try:
        return parse(expression).names
    except ConditionError:
        return frozenset()


def _filled(text: str, spans: list[Token]) -> Iterator[Token]:
    cursor = 0
    for span in spans:
        if span.start < cursor:
            continue
        yield from _pieces(text, cursor, span.start)
        yield span
        cursor = span.end
    yield from _pieces(text, cursor, len(text))


def _pieces(text: str, start: int, end: int) -> Iterator[Token]:
    for match in _PIECE.finditer(text, start, end):
        yield Token("word", match[0].lower(), match.start(), match.end())
