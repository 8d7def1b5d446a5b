"""Aggregation: two plain sentences of a paragraph become one, where polarity or direction gives the conjunction.

Each half keeps its own trace, so that both are still proved; only the stop between them, and the first letter of
the second, change. Reiter and Dale, Building Natural Language Generation Systems (2000), 5.3: simple conjunction.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from commentary.model import Scalar, Sentence
from commentary.phrasing.connect import lowered
from commentary.traced import headed

SHORTEST, LONGEST, WHOLE = 6, 26, 42
"""Words of a half, and of both together: one breath."""

SAYING = 11
"""Words of a signature line below which it stands alone."""

TURNS = {"Yet": "yet", "But": "but"}
"""Connectives that stand as well inside a sentence."""

APART = (", while", ", though", ", whereas", ";")
ALIKE = (", and", ";")
SAME = (", and", ";")
LOOSE = (";",)
OWN = ("contrast", "triad")
"""Devices with a conjunction of their own: beside them only a semicolon."""

MOST = {";": 8}
"""How often a note uses one conjunction; FEW where nothing is said."""

FEW = 4

COMMON = frozenset({"sp500", "calendar", "leader", "table", "episode"})
"""Subjects of so many sentences that they join none, and names of the day's that stand for other subjects."""

_STOPS = re.compile(r"[:;?“”(]")
_COMPOUND = re.compile(
    r",|\b(?:and|but|yet|while|though|although|whereas|which|who|because|so|if|when)\b", re.I
)
_CONCEDED = re.compile(r"\b(?:while|though|although|whereas)\b", re.I)
_BACK = re.compile(
    r"(?:its?|they|their|th(?:at|is|ese|ose|en|ere)|both|n?either|so|here|such|who|even so|against that)\b",
    re.IGNORECASE,
)
_FIRST = re.compile(r"^(Yet|But) (.*)$", re.DOTALL)


MOVES = ("return_1d", "change_bp", "spread_1d", "change_1d")
"""Measures of a day, one of which every instrument and pair has."""


@dataclass(frozen=True)
class Clause:
    """A message as printed, and what a conjunction may be chosen by: what it opens with, and which way that moved."""

    sentences: tuple[Sentence, ...]
    device: str
    opens: str  # the subject whose name it opens with, or none
    direction: int  # of that subject's day
    referred: bool = False  # opens with a pronoun for the subject of the clause before


@dataclass
class Joiner:
    """Remembers which conjunctions the note has used."""

    endings: bool = False  # a paragraph's last two come first: fewer end on a short line
    used: Counter[str] = field(default_factory=Counter)

    def paragraph(self, clauses: Sequence[Clause]) -> tuple[Sentence, ...]:
        """The sentences of a paragraph, some pairs of them joined: the longest first, so that short ones stay short."""
        wanted = sorted(
            (pair for pair in range(len(clauses) - 1) if _fit(clauses[pair], clauses[pair + 1])),
            key=lambda pair: -pair if self.endings else -_length(clauses[pair : pair + 2]),
        )
        words: dict[int, str] = {}
        for pair in wanted:
            if not {pair - 1, pair, pair + 1} & words.keys() and (word := self._word(clauses, pair)):
                words[pair] = word
                self.used[word] += 1
        return tuple(_written(clauses, words))

    def _word(self, clauses: Sequence[Clause], pair: int) -> str:
        """The conjunction of two clauses; none where each that fits has been used enough."""
        first, second = clauses[pair], clauses[pair + 1]
        if turn := _FIRST.match(second.sentences[0].text):
            return f", {TURNS[turn[1]]}"
        left = [word for word in self._fitting(first, second) if self.used[word] < MOST.get(word, FEW)]
        return min(left, key=lambda word: self.used[word], default="")

    def _fitting(self, first: Clause, second: Clause) -> tuple[str, ...]:
        """Conjunctions that are true and read well: a half with a clause or a list of its own takes a semicolon."""
        compound = [bool(_COMPOUND.search(clause.sentences[0].text)) for clause in (first, second)]
        together = second.referred or _akin(first, second)
        loose = LOOSE if together else ()
        if all(compound) or {first.device, second.device} & set(OWN):
            return loose
        if second.referred:
            return LOOSE if any(compound) else SAME
        if _turning(first, second):
            return loose if any(map(_turned, (first, second))) else APART
        return loose if any(compound) or not first.direction * second.direction else ALIKE


def direction(subject: str, scene: Mapping[str, Scalar]) -> int:
    """Which way a subject moved on the day: 1, -1, or 0 where it did not, nobody knows, or there is none."""
    moves = (scene.get(f"{subject}.{measure}") for measure in MOVES)
    move = next((value for value in moves if isinstance(value, float)), 0.0)
    return (move > 0) - (move < 0)


def _turning(first: Clause, second: Clause) -> bool:
    return first.direction * second.direction < 0 or bool(_FIRST.match(second.sentences[0].text))


def _turned(clause: Clause) -> bool:
    """Whether a clause has a concession of its own, beside which another is one too many."""
    return bool(_CONCEDED.search(clause.sentences[0].text))


def _akin(first: Clause, second: Clause) -> bool:
    """Whether two clauses rest on a subject of their own in common: a semicolon says that they belong together."""
    shared = set(first.sentences[0].subjects) & set(second.sentences[0].subjects)
    return not shared <= COMMON


def _fit(first: Clause, second: Clause) -> bool:
    """Whether two neighbours may be one sentence: plain and short, of two subjects, or of one by its pronoun."""
    halves = [_half(first), _half(second)]
    if not all(halves) or _words(" ".join(halves)) > WHOLE:
        return False
    if second.referred:
        return True
    return not _BACK.match(halves[1])


def _half(clause: Clause) -> str:
    """Text of a clause that may be half a sentence, without a connective before it; nothing where it may not."""
    sentence = clause.sentences[0]
    bare = _FIRST.sub(r"\2", sentence.text)
    alone = sentence.tier == "signature" and _words(bare) < SAYING
    plain = len(clause.sentences) == 1 and clause.device in ("plain", *OWN) and not alone
    led = any(number.start == 0 for number in sentence.numbers)  # with the capital of a beginning
    simple = bare.endswith(".") and not led and not _STOPS.search(bare)
    return bare if plain and simple and SHORTEST <= _words(bare) <= LONGEST else ""


def _length(pair: Sequence[Clause]) -> int:
    return sum(_words(clause.sentences[0].text) for clause in pair)


def _words(text: str) -> int:
    return len(text.split())


def _written(clauses: Sequence[Clause], words: dict[int, str]) -> Iterator[Sentence]:
    for place, clause in enumerate(clauses):
        for sentence in clause.sentences:
            if place - 1 in words:
                sentence = _second(sentence, words[place - 1])
            if place in words:
                stop = words[place][0]
                sentence = replace(sentence, text=sentence.text[:-1] + stop)
            yield sentence


def _second(sentence: Sentence, word: str) -> Sentence:
    """The second half: after its conjunction, in lower case, its figures where they now stand."""
    turn = _FIRST.match(sentence.text)
    bare = turn[2] if turn else lowered(sentence.text)
    lead = f"{word[1:]} ".lstrip()
    end = len(sentence.text) - len(bare) + 1
    return headed(sentence, f"{lead}{bare[0]}", end)
