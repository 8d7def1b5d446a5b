"""Reads evidence files and holds each to its examples."""

from __future__ import annotations

from copy import copy

from commentary.authored import meant
from commentary.conditions import parse as _parse
from commentary.library import Document
from commentary.model import VERDICTS
from commentary.rulebook.book import Draft, Example, Item, Shelf
from commentary.rulebook.parser import Parser
from commentary.rulebook.schema import EvidenceFile, unknown_keys, validated
from commentary.rulebook.thresholds import without_pair

FOLDER = "rules/evidence/"
SLACK = 1e-6
"""How far a strength may lie from what an author worked out by hand."""


def load_items(parser: Parser) -> tuple[tuple[Item, ...], Shelf]:
    """Items that are worked out, live and on trial, in order of channel and name, and those on the shelf.

    Mistakes go to the parser's problems; of a draft only keys that there are not, the others are its own.
    """
    found: list[Item] = []
    drafts: list[Draft] = []
    documents = [document for place, document in parser.documents.items() if place.startswith(FOLDER)]
    for document in documents:
        if document.data.get("status") == "draft":
            drafts.append(_draft(parser, document))
        elif file := validated(EvidenceFile, document.place, document.data, parser.problems):
            found.append(_item(parser, document, file))
    _check_names(parser, documents)
    retired = tuple(item for item in found if item.status == "retired")
    return tuple(item for item in found if item.status != "retired"), Shelf(tuple(drafts), retired)


def _check_names(parser: Parser, documents: list[Document]) -> None:
    places: dict[str, str] = {}
    for document in documents:
        first = places.setdefault(document.name, document.place)
        if first != document.place:
            got = f"{document.name!r} again, as in {first}"
            parser.problem(document.place, "(file)", got, "a name of its own")


def _draft(parser: Parser, document: Document) -> Draft:
    strange = unknown_keys(EvidenceFile, document.place, document.data)
    parser.problems += strange
    apart = copy(parser)
    apart.problems = []
    file = validated(EvidenceFile, document.place, document.data, apart.problems)
    item = _item(apart, document, file) if file else None
    wanting = tuple(problem for problem in apart.problems if problem not in strange)
    return Draft(document.name, document.place, wanting, item)


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
        status=file.status,
        retired=file.retired,
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
