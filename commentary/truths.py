"""On which sessions each message and each phrase of a bank was true."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from commentary.binding import bound
from commentary.condition_masks import Masks
from commentary.conditions import parse
from commentary.desk import TEMPLATES
from commentary.planning.messages import BoundList, Message
from commentary.planning.threads import levels_of

if TYPE_CHECKING:
    from commentary.bank import Bank
    from commentary.phrasing.lexicon import Phrase
    from commentary.scenes import Scenes

_SLOT = re.compile(r"{{\s*([a-z]\w*)\.([a-z]\w*)")
_FORMS = ("name", "full", "short", "long_words", "short_words")


@dataclass(frozen=True)
class Truths:
    """Truth of a bank's messages and phrases, one boolean a session. ``more``: columns that only notes know.

    A message over the desk's entries is never true here, nor is a phrase with a figure that is missing.
    """

    bank: Bank
    scenes: Scenes
    more: Mapping[str, np.ndarray] = field(default_factory=dict)

    @cached_property
    def masks(self) -> Masks:
        """The conditions of the whole bank."""
        names: set[str] = set()
        for message in self.messages:
            names |= set(_names(message))
            for phrase in self.bank.lexicon.of(message.name):
                names |= set(figures_of(phrase, message.names))
                names |= parse(bound(phrase.file.when, message.names)).names if phrase.file.when else set()
        return self.scenes.masks(names, self.more)

    @cached_property
    def messages(self) -> tuple[Message, ...]:
        """Messages over every subject, without those over the desk's entries."""
        desk = set(TEMPLATES)
        return tuple(item for item in self.bank.planner.messages if not desk & set(item.names.values()))

    def of(self, message: Message) -> np.ndarray:
        """Where a message over its subject is true, under the verdicts that it names."""
        true = self._scope(message).holds(message.when.source)
        for name in levels_of(message):
            true = true & self.masks.known(name)
        if message.file.verdicts:
            verdict = " or ".join(f"verdict == '{label}'" for label in message.file.verdicts)
            true = true & self.masks.holds(verdict)
        return true

    def of_phrase(self, message: Message, phrase: Phrase) -> np.ndarray:
        """Where a phrase is true of a message that is: its own condition holds and its figures are known."""
        narrower = bound(phrase.file.when, message.names)
        true = self._scope(message).holds(narrower) if narrower else np.ones(self.masks.length, dtype=bool)
        for name in figures_of(phrase, message.names):
            subject = name.split(".")[0]  # itself a reading where it stands for what led
            true = true & self.masks.known(subject if subject in self.masks.columns else name)
        return true

    def lacking(self, message: Message, phrase: Phrase) -> tuple[str, ...]:
        """Readings that a phrase rests on and that no session has, in order of name."""
        names = set(_names(message))
        names |= {
            name for name in figures_of(phrase, message.names) if name.split(".")[0] not in self.masks.columns
        }
        names |= set(parse(bound(phrase.file.when, message.names)).names) if phrase.file.when else set()
        counts = {f"{name}.count" for name in message.lists}
        return tuple(sorted(name for name in names - counts if not self.masks.known(name).any()))

    def _scope(self, message: Message) -> Masks:
        """The columns, with the counts of the message's lists beside them."""
        if not message.lists:
            return self.masks
        counts = {f"{name}.count": self._count(entry) for name, entry in message.lists.items()}
        return self.masks.beside(counts)

    def _count(self, entry: BoundList) -> np.ndarray:
        held = [self.masks.holds(when.source) for when, _ in entry.members.values()]
        found: np.ndarray = np.minimum(np.sum(held, axis=0), entry.most).astype(float)
        return found


def figures_of(phrase: Phrase, names: Mapping[str, str]) -> Iterator[str]:
    """Readings that a phrase prints, of subjects that it names itself."""
    for subject, measure in _SLOT.findall(phrase.file.text):
        if measure not in _FORMS:
            yield f"{names.get(subject, subject)}.{measure}"


def _names(message: Message) -> Iterator[str]:
    yield from message.when.names
    yield from levels_of(message)
    for entry in message.lists.values():
        for when, _ in entry.members.values():
            yield from when.names
