"""Cards as JSON: everything a note was written from, self-contained, the same bytes from the same card."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

from commentary import disputes
from commentary.errors import CardError
from commentary.model import (
    Card,
    InputStatus,
    Memory,
    PastSession,
    PhraseUse,
    ReadingSpec,
    Tape,
    Thread,
)
from commentary.units import Unit
from commentary.universe import SETS

FORMAT = 1
"""Version of the card's layout. A card of another layout is refused by name."""


def dump_card(card: Card) -> str:
    """Card as JSON text, its keys in the order of this module."""
    content = {
        "format": card.format,
        "edition": card.edition,
        "session": card.tape.session.isoformat(),
        "inputs": card.inputs,
        "tape": _tape(card.tape),
        "before": [_plain(past) for past in card.before],
        "memory": {
            "uses": [
                [use.phrase, use.session.isoformat(), use.label, use.edition] for use in card.memory.uses
            ],
            "threads": [_plain(thread) for thread in card.memory.threads],
        },
        "desk": card.desk,
        "settings": card.settings,
        "charts": card.charts,
        "versions": card.versions,
        "printed": card.printed,
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n"


def read_card(path: Path) -> Card:
    """Read a card. Raises CardError naming the file and what is wrong with it."""
    try:
        text = _text(path)
    except (ValueError, gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise CardError(f"{path}: not a card ({error})") from None
    except OSError as error:
        raise CardError(f"{path}: cannot be read ({error.strerror or error})") from None
    return card_of(text, str(path))


def card_of(text: str, place: str) -> Card:
    """The card that a text is. Raises CardError naming the place that it comes from and what is wrong with it."""
    try:
        content = json.loads(text)
    except ValueError as error:
        raise CardError(f"{place}: not a card ({error})") from None
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        found = content.get("format") if isinstance(content, dict) else type(content).__name__
        raise CardError(f"{place}: key format: got {found!r}; this program reads cards of format {FORMAT}")
    try:
        return _card(content)
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        raise CardError(f"{place}: the card is damaged at {error!r}") from None


def _text(path: Path) -> str:
    raw = path.read_bytes()
    return (gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw).decode("utf-8")


def _card(content: Mapping[str, Any]) -> Card:
    return Card(
        format=content["format"],
        edition=content["edition"],
        tape=_read_tape(content["tape"], date.fromisoformat(content["session"])),
        before=tuple(PastSession(**{**past, "session": _day(past["session"])}) for past in content["before"]),
        memory=Memory(
            tuple(
                PhraseUse(name, _day(day), label, edition)
                for name, day, label, edition in content["memory"]["uses"]
            ),
            tuple(_thread(thread) for thread in content["memory"]["threads"]),
        ),
        desk=content["desk"],
        settings=content["settings"],
        charts=content["charts"],
        versions=content["versions"],
        printed=content["printed"],
        inputs=_one_of_sets(content.get("inputs", "")),
    )


def _tape(tape: Tape) -> dict[str, object]:
    """Readings as ``name: [value, number of its declaration]``: many readings share a declaration."""
    kinds, places = declarations(tape)
    return {
        "readings": {name: [tape.values[name], places.get(name, 0)] for name in sorted(tape.values)},
        "declarations": [dict(zip(SHARED, kind, strict=True)) if kind else {} for kind in kinds],
        "inputs": [_plain(item) for item in tape.inputs],
        "as_of": {name: day.isoformat() for name, day in sorted(tape.as_of.items())},
        "disputes": [disputes.dumped(item) for item in tape.disputes],
    }


SHARED = ("unit", "window", "inputs", "history", "low", "high", "source")
"""Keys of a declaration on the card, in the order of ``ReadingSpec`` after its name."""


def declarations(tape: Tape) -> tuple[Sequence[tuple[Any, ...]], Mapping[str, int]]:
    """What readings share of their declarations, in the order of ``SHARED``, and which is a reading's.

    The first is empty, and that of every reading that declares nothing and has no place.
    """
    specs = tape.specs if isinstance(tape.specs, _Specs) else _Specs.of(tape)
    return specs.kinds, specs.places


def _shared(spec: ReadingSpec) -> tuple[Any, ...]:
    """A declaration without its name; the subject among its inputs is written ``*``."""
    subject = spec.name.split(".", 1)[0]
    inputs = tuple(["*" if item == subject else item for item in spec.inputs])
    return spec.unit, spec.window, inputs, spec.history, spec.low, spec.high, spec.source


def _read_tape(content: Mapping[str, Any], session: date) -> Tape:
    readings = content["readings"]
    values = {
        name: float(entry[0]) if isinstance(entry[0], int) else entry[0] for name, entry in readings.items()
    }
    specs = _Specs.read(readings, content["declarations"])
    inputs = tuple(InputStatus(**{**item, "last_bar": _day(item["last_bar"])}) for item in content["inputs"])
    as_of = {name: date.fromisoformat(day) for name, day in content["as_of"].items()}
    apart = tuple(map(disputes.read, content.get("disputes", ())))
    return Tape(session, values, specs, inputs, as_of, apart)


class _Specs(Mapping[str, ReadingSpec]):
    """Declarations of a card's readings, each made when it is asked for: a note asks for few of them.

    ``kinds`` are declarations without names, the first one empty; ``places`` say which is a reading's.
    """

    def __init__(self, kinds: Sequence[tuple[Any, ...]], places: Mapping[str, int]) -> None:
        self.kinds, self.places = kinds, places

    @classmethod
    def of(cls, tape: Tape) -> _Specs:
        """The declarations of a tape, those that differ in their subject alone put together."""
        found: dict[tuple[Any, ...], int] = {(): 0}
        places = {
            name: found.setdefault(_shared(spec), len(found))
            for name in sorted(tape.values)
            if (spec := tape.specs.get(name))
        }
        return cls(tuple(found), places)

    @classmethod
    def read(cls, readings: Mapping[str, Any], declarations: Sequence[Mapping[str, Any]]) -> _Specs:
        """The declarations of a card."""
        kinds = [
            (Unit(kind["unit"]), kind["window"], tuple(kind["inputs"]), *(kind[key] for key in SHARED[3:]))
            if kind
            else ()
            for kind in declarations
        ]
        return cls(kinds, {name: entry[1] for name, entry in readings.items() if entry[1]})

    def __getitem__(self, name: str) -> ReadingSpec:
        unit, window, inputs, *rest = self.kinds[self.places[name]]
        if "*" in inputs:
            subject = name.split(".", 1)[0]
            inputs = tuple([subject if item == "*" else item for item in inputs])
        return ReadingSpec(name, unit, window, inputs, *rest)

    def __iter__(self) -> Iterator[str]:
        return iter(self.places)

    def __len__(self) -> int:
        return len(self.places)


def _one_of_sets(said: str) -> str:
    if said not in ("", *SETS):
        raise ValueError(f"inputs: {said}")
    return said


def _thread(content: Mapping[str, Any]) -> Thread:
    days = {key: _day(content[key]) for key in ("born", "expires", "settled")}
    return Thread(**{**content, **days})


def _day(text: str | None) -> Any:
    return None if text is None else date.fromisoformat(text)


def _plain(item: PastSession | Thread | InputStatus) -> dict[str, Any]:
    """What a shape holds by name, days as text; none of these holds another."""
    found = ((field.name, getattr(item, field.name)) for field in fields(item))
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in found}
