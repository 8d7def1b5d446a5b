"""What every check of the linter reads: the bank, what readings declare, each phrase under its message."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from commentary.bank import Bank
from commentary.binding import bound
from commentary.condition_narrowing import NOTHING_SAID, Left, hull, narrowed
from commentary.desk import TEMPLATES
from commentary.linting.kinship import Kinship
from commentary.linting.samples import Maker
from commentary.model import ReadingSpec
from commentary.phrasing.lexicon import Phrase
from commentary.planning.messages import Message


@dataclass(frozen=True)
class Entry:
    """A phrase under its message over one subject."""

    message: Message
    phrase: Phrase

    @property
    def place(self) -> str:
        """File of the phrase."""
        return f"templates/phrases/{self.phrase.message}.toml"

    @property
    def key(self) -> str:
        """Its key in the file."""
        return f"phrases.{self.phrase.file.id}"

    @property
    def own(self) -> str:
        """Its own condition, written out; empty where it has none."""
        return bound(self.phrase.file.when, self.message.names)

    @property
    def asks(self) -> str:
        """What message and phrase ask together, written out."""
        when = self.message.when.source
        return f"({when}) and ({self.own})" if self.own else when


@dataclass(frozen=True)
class Bench:
    """The bank of a run and what its readings declare."""

    bank: Bank
    specs: Mapping[str, ReadingSpec]
    only: frozenset[str] | None = None  # messages to look at; all without it
    _left: dict[tuple[str, tuple[str, ...]], Left] = field(default_factory=dict)

    @cached_property
    def maker(self) -> Maker:
        """For samples."""
        return Maker(self.specs, self.bank.names)

    @cached_property
    def ranges(self) -> Mapping[str, tuple[float, float]]:
        """Declared range of each reading."""
        return {name: (spec.low, spec.high) for name, spec in self.specs.items()}

    @cached_property
    def kinship(self) -> Kinship:
        """What the readings have to do with each other."""
        pairs = self.bank.library.document("rules/pairs.toml").data["pairs"]
        legs = {name: (pair["long"][0], pair["short"][0]) for name, pair in pairs.items() if _single(pair)}
        items = self.bank.universe.instruments
        return Kinship(self.ranges, legs, {ident for ident, item in items.items() if item.inverse})

    @cached_property
    def messages(self) -> tuple[Message, ...]:
        """Messages over subjects that differ in number or in kind, one of each; the desk's are left out."""
        seen: set[tuple[object, ...]] = set()
        kept: list[Message] = []
        desk = set(TEMPLATES)
        for message in self.bank.planner.messages:
            if self.only is not None and message.name not in self.only:
                continue
            kinds = (message.name, *map(self._kind, message.names.values()))
            if kinds not in seen and not desk & set(message.names.values()):
                seen.add(kinds)
                kept.append(message)
        return tuple(kept)

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Every phrase under each of these."""
        return tuple(
            Entry(message, phrase)
            for message in self.messages
            for phrase in self.bank.lexicon.of(message.name)
        )

    def left(self, entry: Entry, *, kin: bool = True) -> Left:
        """What the conditions of message and phrase leave of each reading, the verdict's and the thesis's included.

        Without ``kin`` what readings have to do with each other is left out: quicker, and never narrower.
        """
        key = (entry.message.name, tuple(entry.message.names.values()))
        if key not in self._left:
            self._left[key] = self._around(entry.message)
        if kin:
            return self.kinship.closed(entry.asks, self._left[key])
        return narrowed(entry.asks, self.ranges, self._left[key])

    def _around(self, message: Message) -> Left:
        """What the verdicts, theses and themes leave under which a message may be said."""
        gates = [self._gates.get(label, NOTHING_SAID) for label in message.file.verdicts]
        left = hull(gates) if gates else NOTHING_SAID
        for names, known in ((message.file.theses, self._theses), (message.file.themes, self._themes)):
            if names and all(name in known for name in names):
                left = hull([narrowed(known[name], self.ranges, left) for name in names])
        return left

    @cached_property
    def _gates(self) -> Mapping[str, Left]:
        """What the gate of each verdict leaves; a verdict reached by rule may be reached by another."""
        return {
            document.name: narrowed(document.data["gate"].strip(), self.ranges)
            for document in self.bank.library.documents("rules/verdicts")
            if "gate" in document.data
        }

    @cached_property
    def _theses(self) -> Mapping[str, str]:
        return {thesis.name: thesis.when.source for thesis in self.bank.planner.theses}

    @cached_property
    def _themes(self) -> Mapping[str, str]:
        return {theme.name: theme.when.source for theme in self.bank.planner.themes}

    def _kind(self, ident: str) -> tuple[object, ...]:
        naming = self.bank.names.get(ident)
        item = self.bank.universe.instruments.get(ident)
        return (naming.number if naming else "", item.kind if item else "", item.inverse if item else "")


def _single(pair: Mapping[str, Any]) -> bool:
    return len(pair["long"]) == len(pair["short"]) == 1


def phrases_of(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Each phrase once."""
    seen: set[str] = set()
    for entry in entries:
        if entry.phrase.name not in seen:
            seen.add(entry.phrase.name)
            yield entry
