"""Messages and choices written by hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from commentary.authored import made
from commentary.model import Choice
from commentary.planning.messages import Message, MessageFile


def message(name: str, names: Mapping[str, str] | None = None, **keys: Any) -> Message:
    """A message as its file would give it."""
    file = made(MessageFile, {"about": "by hand", "when": "1 > 0", **keys})
    return Message(name, name.split("/")[0], file, names or {})


def choice(name: str, **changes: Any) -> Choice:
    """A message that was chosen."""
    whole = {
        "message": name,
        "section": name.split("/")[0],
        "stance": "neutral",
        "place": "body",
        "salience": 0.5,
    }
    whole["when"] = "(1 > 0)"
    return Choice(**{**whole, **changes})
