"""Desk inputs as a card keeps them: their kinds, the names that conditions and slots read, their words in a note.

What a market does not print is put in by the desk, each entry with its source: ``Card.desk`` maps a kind to its
entries in the order of the file, plain JSON throughout. ``desk_file`` reads and checks the file. Nothing here is
measured: names of the scene that begin with ``desk_`` belong to one entry (``desk_margin_1.source``), those of
``desk.`` count entries (``desk.margin``, ``desk.catalyst_gold``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from commentary.errors import CardError
from commentary.shapes import dataclass

KINDS = {
    "positioning": "positioning", "margin": "margin", "liquidations": "liquidation", "quotes": "quote",
    "catalysts": "catalyst", "themes": "theme",
}  # fmt: skip
"""Kind, as the file's tables are called → the word that names have for one entry of it."""

DATED = {
    "positioning": "as_of", "margin": "as_of", "liquidations": "as_of", "quotes": "when", "catalysts": "at",
    "themes": "as_of",
}  # fmt: skip
"""Kind → the key that says of when an entry is."""

TEXTS = {
    "positioning": ("what", "value", "unit", "direction", "source"),
    "margin": ("exchange", "contract", "old", "new", "source"),
    "liquidations": ("market", "amount", "unit", "window", "source"),
    "quotes": ("text", "who", "where", "source"),
    "catalysts": ("what", "kind", "clock", "source"),
    "themes": ("theme", "why", "source"),
}
"""Kind → texts of an entry that a phrase may print; a catalyst's ``clock`` is its time in New York."""

DIRECTIONS = ("long", "short", "added", "cut", "flat")
"""Directions of positioning: how it lies, or how it has changed."""

FLAGS = {
    "positioning": DIRECTIONS, "margin": ("raised", "lowered"), "catalysts": ("same_session",),
}  # fmt: skip
"""Kind → what may be true of an entry, besides ``given``, ``on_leader`` and ``on_<instrument>``."""

PREFIX = "desk_"
"""How the names of one entry begin."""

TEMPLATES = {f"{PREFIX}{word}": kind for kind, word in KINDS.items()}
"""What a message may be written over (``desk_quote``) → the kind of the entries that take its place."""

LATER = {"margin": ("effective",)}
"""Kind → further days of an entry, which may lie ahead."""


@dataclass(frozen=True)
class Reported:
    """A text of an entry as a sentence prints it: the entry's name for it, and its place."""

    shown: str
    name: str  # desk_quote_1.text
    start: int
    end: int


@dataclass(frozen=True)
class Entry:
    """One entry of a card: ``name`` is ``desk_<word>_<number>``, the number counting from one within its kind."""

    name: str
    kind: str
    keys: Mapping[str, Any]

    @property
    def text(self) -> dict[str, str]:
        """What a phrase may print of it, by name of the slot."""
        clock = {"clock": str(self.keys.get("at", ""))[11:16]} if self.kind == "catalysts" else {}
        found = {**self.keys, **clock}
        return {key: str(found[key]) for key in TEXTS[self.kind] if found.get(key)}

    @property
    def days(self) -> dict[str, date]:
        """Its days, by name of the slot: ``as_of_date``."""
        keys = (DATED[self.kind], *LATER.get(self.kind, ()))
        return {
            f"{key}_date": date.fromisoformat(str(self.keys[key])[:10]) for key in keys if self.keys.get(key)
        }

    @property
    def dated(self) -> str:
        """Name of the day that it is of: ``desk_quote_1.when_date``."""
        return f"{self.name}.{DATED[self.kind]}_date"


def entries(desk: Mapping[str, Any]) -> Iterator[Entry]:
    """Every entry of a card, in the order of the file. Raises CardError for a kind that there is not."""
    for kind, found in desk.items():
        if kind not in KINDS:
            raise CardError(f"key desk: got {kind!r}; this program knows {', '.join(KINDS)}")
        for number, keys in enumerate(found, start=1):
            yield Entry(f"{PREFIX}{KINDS[kind]}_{number}", kind, keys)


def scene_of(desk: Mapping[str, Any], leader: str = "") -> dict[str, float | str]:
    """What conditions and slots may read of a card's entries; ``leader`` is what led the session.

    Days are ordinals. What is not so is absent, as a missing reading is.
    """
    scene: dict[str, float | str] = {}
    for place, entry in enumerate(entries(desk), start=1):
        scene.update({f"{entry.name}.{key}": text for key, text in entry.text.items()})
        scene.update({f"{entry.name}.{key}": float(day.toordinal()) for key, day in entry.days.items()})
        scene.update({f"{entry.name}.{flag}": 1.0 for flag in _flags(entry, leader)})
        scene[f"{entry.name}.place"] = float(place)
        for name in _counted(entry):
            scene[name] = float(scene.get(name, 0.0)) + 1.0
    return scene


def names(instruments: Iterable[str]) -> set[str]:
    """Every name that ``scene_of`` may give, those of one entry under the name of its template."""
    subjects = list(instruments)
    found = {f"desk.{word}" for word in KINDS.values()}
    found |= {f"desk.{word}_{ident}" for word in KINDS.values() for ident in subjects}
    for template, kind in TEMPLATES.items():
        days = [f"{key}_date" for key in (DATED[kind], *LATER.get(kind, ()))]
        flags = ["given", "place", "on_leader", *FLAGS.get(kind, ()), *(f"on_{ident}" for ident in subjects)]
        found |= {f"{template}.{name}" for name in (*TEXTS[kind], *days, *flags)}
    return found


def is_entry(name: str) -> bool:
    """True for a name of the scene that belongs to one entry, not to a reading."""
    return name.startswith(PREFIX)


def of_entry(read: Iterable[str]) -> Sequence[str]:
    """Entries among the subjects of names: ``desk_quote_1``."""
    return sorted({name.partition(".")[0] for name in read if is_entry(name)})


def _flags(entry: Entry, leader: str) -> Iterator[str]:
    yield "given"
    subjects = entry.keys.get("subjects", ())
    yield from (f"on_{ident}" for ident in subjects)
    if leader and leader in subjects:
        yield "on_leader"
    said = {entry.keys.get("direction"), entry.keys.get("change")}
    yield from (flag for flag in FLAGS.get(entry.kind, ()) if flag in said or entry.keys.get(flag) is True)


def _counted(entry: Entry) -> Iterator[str]:
    word = KINDS[entry.kind]
    yield f"desk.{word}"
    yield from (f"desk.{word}_{ident}" for ident in entry.keys.get("subjects", ()))
