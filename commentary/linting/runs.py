"""Six-word runs of a text that no phrase may take from: hashes of them lie in the package, the text does not.

``scripts/hash_runs.py`` makes the file from a folder of texts.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from pathlib import Path

from commentary.linting.bench import Entry, phrases_of
from commentary.linting.doubts import Doubt
from commentary.linting.samples import MadeUp, Maker

KIND = "runs of words taken from elsewhere"

LENGTH = 6
"""Words of a run."""

SIZE = 8
"""Bytes of a hash: of some thousand runs one in 10^15 texts is taken for one by chance."""

FILE = Path(__file__).parent.parent / "data" / "runs.bin"

_WORD = re.compile(r"[a-z0-9]+")


def words_of(text: str) -> list[str]:
    """Words in small letters; marks, apostrophes and hyphens are none."""
    return _WORD.findall(re.sub(r"[’']", "", text.lower()))


def hashes_of(text: str) -> Iterator[bytes]:
    """Hash of each run of six words."""
    words = words_of(text)
    for place in range(len(words) - LENGTH + 1):
        yield _hash(words[place : place + LENGTH])


def _hash(words: Collection[str]) -> bytes:
    return hashlib.blake2b(" ".join(words).encode(), digest_size=SIZE).digest()


@cache
def kept() -> frozenset[bytes]:
    """Hashes of the package's file."""
    whole = FILE.read_bytes()
    return frozenset(whole[place : place + SIZE] for place in range(0, len(whole), SIZE))


def taken(text: str) -> str:
    """The first run of a text that is one of those; empty where none is."""
    words = words_of(text)
    for place, found in enumerate(hashes_of(text)):
        if found in kept():
            return " ".join(words[place : place + LENGTH])
    return ""


def runs(entries: Iterable[Entry], maker: Maker) -> Iterator[Doubt]:
    """Phrases with a run taken from elsewhere, in their own words or as they read."""
    for entry in phrases_of(entries):
        members = {name: tuple(held.members)[:2] for name, held in entry.message.lists.items()}
        sentences = maker.sample(entry.phrase, entry.message, MadeUp(maker.specs), members)
        read = " ".join(sentence.text for sentence in sentences)
        if found := taken(re.sub(r"{{.*?}}", " ", entry.phrase.file.text)) or taken(read):
            yield Doubt(KIND, entry.place, entry.key, repr(found), "words of one’s own")


def runs_in(texts: Iterable[tuple[str, str, str]]) -> Iterator[Doubt]:
    """Other texts, each as its file, key and words."""
    for file, key, text in texts:
        if found := taken(text):
            yield Doubt(KIND, file, key, repr(found), "words of one’s own")
