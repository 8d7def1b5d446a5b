"""Reads a day's cross-asset moves, decides whether somebody had to sell or chose to, writes the desk note."""

from __future__ import annotations

import importlib
from typing import Any

__version__ = "0.1.0"

_PUBLIC = {
    "write_note": "commentary.pipeline",
    "read_tape": "commentary.pipeline",
    "judge": "commentary.rulebook.judge",
    "Note": "commentary.model",
    "Tape": "commentary.model",
    "Verdict": "commentary.model",
    "CommentaryError": "commentary.errors",
}

__all__ = ["CommentaryError", "Note", "Tape", "Verdict", "judge", "read_tape", "write_note"]


def __getattr__(name: str) -> Any:
    """Load a public name on demand (PEP 562), so that importing the package stays cheap."""
    if name not in _PUBLIC:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(_PUBLIC[name]), name)
