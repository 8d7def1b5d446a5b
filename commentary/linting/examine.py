"""The whole examination of a bank's words: mistakes and doubts, those of unchanged messages as they were found.

What is said of a message's phrases alone is kept between runs under the hash of its files and of everything else that
it is judged by; what holds between messages, and what the history says, is looked at afresh.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commentary.errors import Problem
from commentary.files import write_text
from commentary.folders import cache_folder
from commentary.linting import (
    contraries,
    direction,
    grammar,
    images,
    naming,
    opposites,
    runs,
    supply,
    truth,
    twins,
    unprinted,
)
from commentary.linting.bench import Bench, phrases_of
from commentary.linting.doubts import Doubt, unique

if TYPE_CHECKING:
    from commentary.bank import Bank
    from commentary.model import ReadingSpec
    from commentary.truths import Truths

GRAVE = frozenset({
    direction.KIND, naming.KIND, truth.NEVER, truth.ALWAYS, grammar.ARTICLE, grammar.AGREEMENT, grammar.LENGTH,
    images.CLASHING, unprinted.ADVICE, unprinted.CLICHE, runs.KIND, contraries.KIND,
})  # fmt: skip
"""Kinds that are mistakes. The others are matters of taste, or of what the years have shown."""

_APART = ("rules/messages/", "templates/phrases/")
_CODE = ("linting/*.py", "auditing/*.py", "phrasing/*.py", "condition*.py", "data/runs.bin")


@dataclass(frozen=True)
class Examination:
    """What stops a check, and what is only counted."""

    mistakes: tuple[Problem, ...]
    doubts: tuple[Doubt, ...]


def examined(bank: Bank, specs: Mapping[str, ReadingSpec], truths: Truths | None = None) -> Examination:
    """Every mistake and doubt; with ``truths`` those of the sessions of a source among them."""
    kept = _Kept(bank, specs)
    changed = frozenset(name for name in bank.lexicon.phrases if name not in kept.found)
    if changed or not kept.together:
        whole = Bench(bank, specs)
        between = [*twins.twins(whole.entries), *truth.constant(whole), *runs.runs_in(_texts(bank))]
        kept.add(changed, _alone(Bench(bank, specs, changed)), between)
    found = [*(doubt for name in bank.lexicon.phrases for doubt in kept.found[name]), *kept.together]
    if truths is not None:
        bench = Bench(bank, specs)
        found += truth.frequencies(truths)
        found += contraries.contraries(truths.scenes, bank.claims)
        found += opposites.opposites(bench, truths, bench.entries)
        found += supply.thin(truths.scenes.folder, bank.lexicon)
    ordered = unique(found)
    mistakes = tuple(doubt.problem for doubt in ordered if doubt.kind in GRAVE)
    return Examination(mistakes, tuple(doubt for doubt in ordered if doubt.kind not in GRAVE))


def _alone(bench: Bench) -> list[Doubt]:
    """What can be said of a message's phrases without the others."""
    entries = bench.entries
    return [
        *direction.directions(bench, entries),
        *naming.unread(bench, entries),
        *truth.impossible(bench, entries),
        *grammar.mistakes(bench, entries),
        *images.images(entries),
        *unprinted.unprinted(entries),
        *runs.runs(phrases_of(entries), bench.maker),
    ]


def _texts(bank: Bank) -> list[tuple[str, str, str]]:
    """What else is written in files: what messages, theses and themes are about, and questions of the desk."""
    found: list[tuple[str, str, str]] = []
    for document in bank.library.documents("rules"):
        for key in ("about", "title", "question", "answer", "summary", "why"):
            if isinstance(text := document.data.get(key), str):
                found.append((document.place, key, text))
    return found


WHOLE = ""
"""Stands for the whole bank where messages are kept."""


class _Kept:
    """Doubts by message, of messages whose files have not changed since they were found, and those between them."""

    def __init__(self, bank: Bank, specs: Mapping[str, ReadingSpec]) -> None:
        self._stamps = _stamps(bank, specs)
        self._file = cache_folder() / "lint.json"
        self._written: dict[str, list[Any]] = {}
        self.found: dict[str, list[Doubt]] = {}
        with contextlib.suppress(OSError, ValueError, TypeError, KeyError):
            self._written = json.loads(self._file.read_text(encoding="utf-8"))
            for name, (stamp, doubts) in self._written.items():
                if self._stamps.get(name) == stamp:
                    self.found[name] = [Doubt(*each) for each in doubts]

    @property
    def together(self) -> list[Doubt]:
        """What was found between messages; none where any has changed."""
        return self.found.get(WHOLE, [])

    def add(self, names: frozenset[str], doubts: list[Doubt], between: list[Doubt]) -> None:
        """Keep what was found of some messages and between all, with what was known of the others."""
        self.found.update({name: [] for name in names})
        self.found[WHOLE] = between
        for doubt in doubts:
            self.found[doubt.file.partition("/phrases/")[2].removesuffix(".toml")].append(doubt)
        told = {
            name: [self._stamps[name], [list(vars(doubt).values()) for doubt in each]]
            for name, each in self.found.items()
        }
        written = {**self._written, **told}  # messages of another folder stay for its next check
        with contextlib.suppress(OSError):  # a cache that cannot be kept costs time, nothing else
            write_text(self._file, json.dumps(written))


def _stamps(bank: Bank, specs: Mapping[str, ReadingSpec]) -> dict[str, str]:
    """Hash of a message's files and of all that its phrases are judged by."""
    around = hashlib.sha256(repr(sorted(map(repr, specs.values()))).encode())
    package = Path(__file__).parent.parent
    for pattern in _CODE:
        for path in sorted(package.glob(pattern)):
            around.update(path.read_bytes())
    hashes: dict[str, str] = {}
    for kind in ("rules", "templates"):
        for document in bank.library.documents(kind):
            if document.place.startswith(_APART):
                name = f"{document.folder}/{document.name}"
                hashes[name] = hashes.get(name, "") + document.hash
            elif kind == "rules":
                around.update(document.hash.encode())
    hashes[WHOLE] = "".join(f"{name}{each}" for name, each in sorted(hashes.items()))
    return {
        name: hashlib.sha256(f"{around.hexdigest()}{each}".encode()).hexdigest()
        for name, each in hashes.items()
    }
