"""Messages over the desk's entries: ``desk_quote`` stands for each quote that a card has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from commentary.desk import entries, templates
from commentary.planning.messages import Message

TEMPLATES = templates()


def with_entries(messages: Iterable[Message], desk: Mapping[str, object]) -> tuple[Message, ...]:
    """The messages, each one over a kind of entry written out for the entries that there are: for none, left out."""
    found: dict[str, list[str]] = {}
    for entry in entries(desk):
        found.setdefault(entry.kind, []).append(entry.name)
    return tuple(each for message in messages for each in _written_out(message, found))


def _written_out(message: Message, found: Mapping[str, list[str]]) -> Iterator[Message]:
    word = next((word for word, ident in message.names.items() if ident in TEMPLATES), "")
    if not word:
        yield message
        return
    for name in found.get(TEMPLATES[message.names[word]], ()):
        yield replace(message, names={**message.names, word: name})
