"""A finished note on disk, written by hand, for the tests of what happens to notes afterwards."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from commentary.bundle import Bundle, read_bundle

BODY = """*Utilities fell further than chips. The "safe" trades\\* were sold as well.*

**Forced exit** · confidence **high**, 95 % (share of past labelled days)

Monday was not a worse Friday. It was a *forced* exit.

### What does not fit

- High yield lost less than it had on Thursday.
- Crude hardly moved, see [the data](https://example.com/data).

| Asset | Close | 1d |
|---|---:|---:|
| S&P 500 | 5,186.33 | −3.0 % |
| Gold (GLD) | 222.48 | −1.3 % |

> Session 2024-08-05, New York close.
"""

TITLE = "Monday sold what Friday spared"

THREAD = {
    "name": "hurry_ends",
    "text": "the hurry ends",
    "predicate": "vix9d.level < vix3m.level",
    "born": "2024-08-05",
    "expires": "2024-08-19",
    "status": "open",
    "settled": None,
}


def facts(**changes: object) -> dict[str, Any]:
    """``facts.json`` of the note, with some keys changed."""
    verdict = {
        "label": "forced_exit",
        "kind": "won",
        "confidence": 0.95,
        "runner_up": "flight_to_safety",
        "severity": 4,
        "phase": "onset",
        "leader": "equities",
        "scores": {"forced_exit": 0.9, "flight_to_safety": 0.1},
        "tags": ["carry"],
    }
    sentences = [
        {"phrase": "opening/worse_day#1", "text": "Monday was not a worse Friday."},
        {"phrase": "opening/worse_day#2", "text": "It was a forced exit."},
        {"phrase": "opening/worse_day#1", "text": "Monday was not a worse Friday."},
    ]
    whole = {"session": "2024-08-05", "edition": "daily", "verdict": verdict, "sentences": sentences}
    return {**whole, "threads": [THREAD], **changes}


def write_note(output: Path, title: str = TITLE, body: str = BODY, **changes: object) -> Path:
    """Lay a note's folder below ``output``; ``changes`` go into ``facts.json``."""
    told = facts(**changes)
    folder = output / told["session"] / told["edition"]
    folder.mkdir(parents=True, exist_ok=True)
    front = f'---\ntitle: "{title}"\nsession: {told["session"]}\nedition: {told["edition"]}\n---\n'
    (folder / "note.md").write_text(f"{front}\n# {title}\n\n{body}", encoding="utf-8")
    (folder / "note.html").write_text(
        f"<!doctype html><title>{title}</title><p>{'a long line ' * 200}− ü</p>\n", encoding="utf-8"
    )
    (folder / "facts.json").write_text(json.dumps(told), encoding="utf-8")
    (folder / "card.json").write_text('{"format": 1}\n', encoding="utf-8")
    return folder


def bundle(output: Path, title: str = TITLE, body: str = BODY, **changes: object) -> Bundle:
    """The note as a publisher takes it."""
    return read_bundle(write_note(output, title, body, **changes))
