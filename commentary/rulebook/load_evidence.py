"""Reads evidence files and holds each to its examples."""

from __future__ import annotations

from commentary.authored import meant
from commentary.conditions import parse as _parse
from commentary.library import Document
from commentary.model import VERDICTS
from commentary.rulebook.book import Example, Item
from commentary.rulebook.parser import Parser
from commentary.rulebook.schema import EvidenceFile, validated
from commentary.rulebook.thresholds import without_pair

FOLDER = "rules/evidence/"
SLACK = 1e-6
"""How far a strength may lie from what an author worked out by hand."""


def load_items(parser: Parser) -> tuple[Item, ...]:
    """Every evidence item, in order of channel and name; mistakes go to the parser's problems."""
    found: list[Item] = []
    for place, document in parser.documents.items():
        if place.startswith(FOLDER):
            file = validated(EvidenceFile, place, document.data, parser.problems)
            if file is not None:
                found.append(_item(parser, document, file))
    for name, places in _same_names(found).items():
        if len(places) > 1:
            parser.problem(places[1], "(file)", f"{name!r} again, as in {places[0]}", "a name of its own")
    return tuple(found)


def _same_names(items: list[Item]) -> dict[str, list[str]]:
    places: dict[str, list[str]] = {}
    for item in items:
        places.setdefault(item.name, []).append(item.place)
    return places


def _item(parser: Parser, document: Document, file: EvidenceFile) -> Item:
    place, folder = document.place, document.place.split("/")[-2]
    if file.channel != folder:
        parser.problem(place, "channel", repr(file.channel), f"{folder!r}, the name of its folder")
    strength = parser.parsed(place, "strength", file.strength, _parse)
    item = Item(
        name=document.name,
        place=place,
        channel=file.channel,
        title=file.title,
        strength=strength or _parse("0"),
        signed=file.signed,
        points=tuple(file.points.get(verdict, 0.0) for verdict in VERDICTS),
        message=file.message,
        why=file.why,
        misfires=file.misfires,
        references=file.references,
        examples=tuple(Example(entry.readings, entry.strength) for entry in file.examples),
    )
    if strength is not None:
        _check_examples(parser, item)
    return item


def _check_examples(parser: Parser, item: Item) -> None:
    given = {name for example in item.examples for name in example.readings}
    if strange := sorted(item.strength.names - given):
        for name in strange:
            wanted = f"a reading that an example gives{meant(name, given)}"
            parser.problem(item.place, "strength", repr(name), wanted)
        return
    for number, example in enumerate(item.examples):
        strength = item.strength.number(example.readings)
        if not abs(strength - example.strength) <= SLACK:
            got = f"{example.strength:g} for {dict(example.readings)}"
            wanted = f"{strength:g}, which is what the expression gives"
            parser.problem(item.place, f"examples.{number}.strength", got, wanted)
    for threshold in without_pair(item.strength.source, item.examples):
        got = f"no pair for {threshold.inner.source} at {threshold.level:g}"
        wanted = "two examples that differ in that reading alone, lie on either side of it and end apart"
        parser.problem(item.place, "examples", got, wanted)
