"""Messages: what may be said, before it has words. ``rules/messages/<section>/<message>.toml``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from functools import cached_property
from typing import Literal

from commentary.authored import STRICT, validated
from commentary.binding import bound
from commentary.conditions import Condition, parse
from commentary.desk import TEMPLATES
from commentary.library import Library
from commentary.shapes import dataclass

FOLDER = "rules/messages"
STANCES = ("supports", "opposes", "neutral")

"""What a message may be written over that stands for entries of the desk → their kind."""


@dataclass(frozen=True)
class ListFile:
    """A list of subjects that a message names together: those of ``of`` for which ``when`` holds."""

    __pydantic_config__ = STRICT

    of: tuple[str, ...]
    when: str
    order: str = "0"  # largest first
    most: int = 4


@dataclass(frozen=True)
class ThreadFile:
    """What would change the reading. ``[name]`` in the predicate is replaced by its value at birth."""

    __pydantic_config__ = STRICT

    title: str
    predicate: str
    sessions: int = 10
    fails: str = ""  # what settles it against, read of the day
    rank: int = 1  # of several that a day settles, prose speaks of one of the highest


@dataclass(frozen=True)
class MessageFile:
    """Keys of a message file."""

    __pydantic_config__ = STRICT

    about: str
    when: str
    stance: Literal["supports", "opposes", "neutral"] = "neutral"
    evidence: str = ""  # ledger item whose points for the verdict decide the stance instead
    salience: str = "0.5"
    over: tuple[str | tuple[str, str], ...] = ()
    lists: Mapping[str, ListFile] = field(default_factory=dict)
    place: Literal["lead", "body", "close", "first", "second"] = "body"
    verdicts: tuple[str, ...] = ()
    theses: tuple[str, ...] = ()  # said only when one of these is argued, and then first
    themes: tuple[str, ...] = ()  # said only when one of these is the day's
    recalls: str = ""  # message whose image returns, once, when a thread of the note that printed it is met
    topic: str = ""
    thread: ThreadFile | None = None


@dataclass(frozen=True)
class BoundList:
    """A list with its condition and order written out for each member."""

    members: Mapping[str, tuple[Condition, Condition]]
    most: int


@dataclass(frozen=True)
class Message:
    """A message with its subjects bound: ``havens/sold_beside_stocks`` over ``gold``.

    Its conditions are parsed when they are first asked for: on one day most messages are not.
    """

    name: str
    section: str
    file: MessageFile
    names: Mapping[str, str] = field(default_factory=dict)

    def __getstate__(self) -> dict[str, object]:
        """What a message is; not the conditions that were asked for."""
        return {key: vars(self)[key] for key in ("name", "section", "file", "names")}

    @cached_property
    def entry(self) -> str:
        """The word that stands for each of the desk's entries of a kind, where it is written over one."""
        return next((word for word, ident in self.names.items() if ident in TEMPLATES), "")

    @cached_property
    def when(self) -> Condition:
        """When it may be said. Raises ConditionError for text outside the language."""
        return parse(bound(self.file.when, self.names))

    @cached_property
    def salience(self) -> Condition:
        """How much it matters. Raises ConditionError for text outside the language."""
        return parse(bound(self.file.salience, self.names))

    @cached_property
    def lists(self) -> Mapping[str, BoundList]:
        """Its lists, written out for each member. Raises ConditionError for text outside the language."""
        return {key: _bound_list(entry, self.names) for key, entry in self.file.lists.items()}


def load_messages(library: Library) -> tuple[Message, ...]:
    """Every message over every subject. Raises AuthoringError with all mistakes at once."""
    return tuple(
        Message(f"{document.folder}/{document.name}", document.folder, file, names)
        for document, file in validated(library.documents(FOLDER), MessageFile)
        for names in _bindings(file)
    )


def _bindings(file: MessageFile) -> Iterator[dict[str, str]]:
    if not file.over:
        yield {}
    for entry in file.over:
        yield {"it": entry} if isinstance(entry, str) else {"it": entry[0], "other": entry[1]}


def _bound_list(entry: ListFile, names: Mapping[str, str]) -> BoundList:
    def both(member: str) -> tuple[Condition, Condition]:
        inner = {**names, "each": member}
        return parse(bound(entry.when, inner)), parse(bound(entry.order, inner))

    return BoundList({member: both(member) for member in entry.of}, entry.most)
