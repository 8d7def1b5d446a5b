"""Slots thinner than their need, as ``commentary phrases coverage`` last counted them over the most sessions."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commentary.files import write_text
from commentary.linting.doubts import Doubt

if TYPE_CHECKING:
    from commentary.evaluation.coverage_sheets import Coverage
    from commentary.phrasing.lexicon import Lexicon

KIND = "slots thinner than their need"
FILE = "coverage.json"


def keep(folder: Path, coverage: Coverage) -> None:
    """Keep the needs that were counted, unless more sessions have been counted before."""
    if coverage.sessions < int(_kept(folder).get("sessions", 0)):
        return
    needs = {
        slot.message: (
            coverage.needs[slot.message].need,
            coverage.needs[slot.message].have,
            len(slot.wordings),
        )
        for slot in coverage.slots
        if coverage.needs[slot.message].thin
    }
    with contextlib.suppress(OSError):  # a cache that cannot be kept costs time, nothing else
        write_text(folder / FILE, json.dumps({"sessions": coverage.sessions, "needs": needs}))


def thin(folder: Path, lexicon: Lexicon) -> Iterator[Doubt]:
    """Slots that were thin and have not been given enough phrases since."""
    kept = _kept(folder)
    for message, (need, have, phrases) in kept.get("needs", {}).items():
        now = have + len(lexicon.of(message)) - phrases
        if lexicon.of(message) and need > now:
            got, wanted = (
                f"{now} variants on its worst session",
                f"{need}: it fired as often within their rest",
            )
            yield Doubt(KIND, f"templates/phrases/{message}.toml", "phrases", got, wanted)


def _kept(folder: Path) -> Mapping[str, Any]:
    try:
        found: Mapping[str, Any] = json.loads((folder / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found
