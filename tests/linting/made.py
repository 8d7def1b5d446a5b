"""Phrases under made-up messages, held against the shipped names and readings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from commentary.linting.bench import Entry
from commentary.phrasing.lexicon import Phrase, PhraseFile
from commentary.planning.messages import ListFile, Message, MessageFile


def entry(
    text: str, when: str = "gold.move_z <= -1", own: str = "", name: str = "havens/made", **keys: Any
) -> Entry:
    """A phrase; further keys are the message's, but for those of the phrase: id, family, device, names."""
    names: Mapping[str, str] = keys.pop("names", {})
    told = {key: keys.pop(key) for key in ("id", "family", "device", "tier") if key in keys}
    message = Message(name, name.split("/")[0], MessageFile("about", when, **keys), names)
    file = PhraseFile(told.pop("id", "made"), text, own, **told)
    return Entry(message, Phrase(f"{name}#{file.id}", name, file))


def listed(when: str = "each.return_1d > 0") -> Mapping[str, ListFile]:
    """A list of three metals."""
    return {"metals": ListFile(("gold", "silver", "copper"), when)}
