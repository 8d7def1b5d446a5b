"""Messages over the desk's entries: ``desk_quote`` stands for each quote that a card has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain

from commentary.desk import TEMPLATES, entries
from commentary.planning.messages import Message


def with_entries(messages: Iterable[Message], desk: Mapping[str, object]) -> tuple[Message, ...]:
    """The messages, each one over a kind of entry written out for the entries that there are: for none, left out."""
    found: dict[str, list[str]] = {}
    for entry in entries(desk):
        found.setdefault(entry.kind, []).append(entry.name)
    written = (_written_out(message, found) if message.entry else (message,) for message in messages)
    return tuple(chain.from_iterable(written))


def _written_out(message: Message, found: Mapping[str, list[str]]) -> Iterator[Message]:
    word = message.entry
    for name in found.get(TEMPLATES[message.names[word]], ()):
        yield replace(message, names={**message.names, word: name})
