"""Phrases that say the same with one word changed: they count once, and repeat as one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from commentary.linting.bench import Entry, phrases_of
from commentary.linting.doubts import Doubt

KIND = "near duplicates"

FEWEST, FEWEST_APART = 4, 5
"""Content words from which two phrases of one message, or of two, are held against each other."""

_FUNCTION_WORDS = """a an and are as at be been before but by did do does for from had has have in into is it its itself
no nor not of off on or out over so than that the their them then there they this those to too under up upon
was were what when which while who whose will with yet all also any both each either even ever how if
only still just such after again about against because between down during here itself more most once own
same some through until very one another nobody nothing"""
_FUNCTION = frozenset(_FUNCTION_WORDS.split())
"""Words that carry no thought of their own."""

_NAME = re.compile(r"{{\s*([\w.]+)\.(?:name|full|short|long_words|short_words)\s*}}")
_LISTED = re.compile(r"{{\s*(\w+)\s*\|\s*names\s*}}")
_SLOT = re.compile(r"{{.*?}}")


def twins(entries: Iterable[Entry]) -> Iterator[Doubt]:
    """Each phrase that has an earlier one with the same content words but one."""
    bags: dict[str, tuple[Entry, frozenset[str]]] = {}
    buckets: dict[frozenset[str], list[str]] = defaultdict(list)
    for entry in phrases_of(entries):
        words = content(entry.phrase.file.text)
        if len(words) < FEWEST:
            continue
        keys = [words, *(words - {word} for word in words)]
        near = {name: None for key in keys for name in buckets[key]}
        for name in near:
            earlier, theirs = bags[name]
            if _alike(words, theirs, same=earlier.message.name == entry.message.name):
                yield _told(entry, earlier)
                break
        for key in keys:
            buckets[key].append(entry.phrase.name)
        bags[entry.phrase.name] = (entry, words)


def content(text: str) -> frozenset[str]:
    """Words of a phrase that carry its thought, names of subjects among them; figures are none."""
    named = _LISTED.sub(
        r" subject_\1 ", _NAME.sub(lambda match: f" subject_{match[1].replace('.', '_')} ", text)
    )
    words = re.findall(r"[a-z][a-z_&]+", _SLOT.sub(" ", named).lower())
    return frozenset(word for word in words if word not in _FUNCTION)


def _alike(words: frozenset[str], others: frozenset[str], *, same: bool) -> bool:
    fewest = FEWEST if same else FEWEST_APART
    return min(len(words), len(others)) >= fewest and len(words ^ others) <= 2 and len(words - others) <= 1


def _told(entry: Entry, earlier: Entry) -> Doubt:
    got = f"{entry.phrase.file.text!r} beside {earlier.phrase.file.text!r} ({earlier.phrase.name})"
    return Doubt(KIND, entry.place, entry.key, got, "another thought, or another structure")
