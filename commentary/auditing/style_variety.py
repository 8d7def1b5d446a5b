"""How rich a vocabulary is, how often it repeats itself, how easily it reads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from commentary.auditing.style_text import Text
from commentary.prose import syllables

WINDOW = 100
FACTOR = 0.72
"""Share of distinct words at which McCarthy and Jarvis (2010) end a factor."""

GRAM = 4


def mattr(words: Sequence[str]) -> float | None:
    """Share of distinct words, the mean over every window of 100 (Covington and McFall 2010).

    Of fewer words the share of all; None of none.
    """
    if len(words) <= WINDOW:
        return len(set(words)) / len(words) if words else None
    held = Counter(words[:WINDOW])
    distinct = total = len(held)
    for leaving, entering in zip(words, words[WINDOW:], strict=False):
        held[leaving] -= 1
        distinct -= held[leaving] == 0
        distinct += held[entering] == 0
        held[entering] += 1
        total += distinct
    return total / WINDOW / (len(words) - WINDOW + 1)


def mtld(words: Sequence[str]) -> float | None:
    """Measure of textual lexical diversity (McCarthy and Jarvis 2010): the mean of both directions.

    None where no word comes back in one of them: there is nothing to divide by.
    """
    ways = [_one_way(words), _one_way(words[::-1])]
    known = [way for way in ways if way is not None]
    return sum(known) / 2 if len(known) == 2 else None


def _one_way(words: Sequence[str]) -> float | None:
    factors, seen, length = 0.0, set[str](), 0
    for word in words:
        seen.add(word)
        length += 1
        if len(seen) / length <= FACTOR:
            factors, seen, length = factors + 1, set(), 0
    if length:
        factors += (1 - len(seen) / length) / (1 - FACTOR)
    return len(words) / factors if factors else None


def repeated(sentences: Sequence[Sequence[str]]) -> float:
    """Share of runs of four words within a sentence that occur more than once in the text."""
    runs = Counter(run for words in sentences for run in grams(words, GRAM))
    total = runs.total()
    return sum(count for count in runs.values() if count > 1) / total if total else 0.0


def grams(words: Sequence[str], size: int) -> list[tuple[str, ...]]:
    """Runs of so many words, in small letters."""
    lower = [word.lower() for word in words]
    return [tuple(lower[place : place + size]) for place in range(len(lower) - size + 1)]


def flesch(text: Text) -> float | None:
    """Reading ease (Flesch 1948) with counted syllables; None of a text without words."""
    if not text.words:
        return None
    a_sentence = len(text.words) / len(text.sentences)
    a_word = sum(map(syllables, text.words)) / len(text.words)
    return 206.835 - 1.015 * a_sentence - 84.6 * a_word
