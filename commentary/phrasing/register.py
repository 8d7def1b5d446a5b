"""Register: which of the wordings that a note may use sounds as its verdict should.

Preferences are of the wording, the verdict and a keyed hash of the slot alone, never of what the note has said: where
one reading is missing the other sentences stay as they were.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache, lru_cache

from commentary.phrasing.lexicon import Phrase
from commentary.phrasing.tempers import CALM, DRIVEN, FEW_FIGURES
from commentary.phrasing.turns import turns
from commentary.prose import syllables

RICH, EVEN = 1.5, 1.38
"""Syllables a word above which a wording is preferred, and below which it comes last: the model has 1.56."""

IMAGES = {"driven": 0.4, "calm": 0.05, "other": 0.1}
BARE = {"driven": 1.0, "calm": 0.4, "other": 0.75}
TURN = {"driven": 0.25, "calm": 0.0, "other": 0.2}
BRIEF = {"driven": 0.45, "calm": 0.3, "other": 0.4}
BROAD = {"driven": 0.7, "calm": 0.35, "other": 0.65}
"""Shares of slots in which a wording is looked for first that has an image, no figure, a turn, few words or many."""

FEW, MANY = 5, 16
"""Words of a brief wording, of which VOICE counts those under six, and of a broad one."""

_FIGURE = re.compile(r"\|\s*(?!names|verb)[a-z]")
_SLOT = re.compile(r"{{.*?}}|{%.*?%}")
_WORD = re.compile(r"[a-z]+")


@cache
def plainness(text: str) -> int:
    """0 for a wording of long words, 2 for one of short words alone; slots are not counted.

    Long and short are told by syllables a word, of which reading ease is made: Flesch, J. Appl. Psychol. 32 (1948).
    """
    words = _WORD.findall(_SLOT.sub(" ", text).lower())
    if not words:
        return 1
    a_word = sum(map(syllables, words)) / len(words)
    return 0 if a_word >= RICH else 1 if a_word >= EVEN else 2


@lru_cache(maxsize=256)
def sought(label: str, slot: str) -> tuple[bool, ...]:
    """Whether an image, no figure, a turn, few words, many words are looked for first."""
    temper = "driven" if label in DRIVEN else "calm" if label in CALM else "other"
    drawn = hashlib.blake2b(slot.encode(), digest_size=4).digest()
    shares = IMAGES, BARE, TURN
    first = [byte < 256 * share[temper] for byte, share in zip(drawn[:3], shares, strict=True)]
    place = drawn[3] / 256
    return *first, place < BRIEF[temper], place >= 1 - BROAD[temper]


def preference(phrase: Phrase, label: str, slot: str) -> tuple[int, ...]:
    """Order among the wordings of a slot: what is looked for there comes first.

    Without more, two figures come after one; where none is looked for, one comes after none.
    """
    image, bare, turn, brief, broad = sought(label, slot)
    text, words = phrase.file.text, length(phrase.file.text)
    return (
        max(figured(text) - (not (bare or label in FEW_FIGURES)), 0),
        int(image and phrase.file.family == "none"),
        int(turn and not turns([phrase])),
        int((brief and words > FEW) or (broad and words < MANY)),
    )


@cache
def figured(text: str) -> int:
    """How many figures a phrase prints."""
    return len(_FIGURE.findall(text))


@cache
def length(text: str) -> int:
    """Words of a phrase, a slot counted as one."""
    return len(_SLOT.sub("x", text).split())
