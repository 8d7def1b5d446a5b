"""What the desk put in: each text printed is an entry's, character for character, with its source and its day.

Nothing of it is held against prices. The other checks read a sentence with the entries' texts masked, so that
every figure, name or claim of the note's own stays under them.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from commentary.auditing.proof import Finding, Proof
from commentary.auditing.reader import plain
from commentary.auditing.statement import Statement
from commentary.desk import KINDS, Entry, Reported, entries, is_entry, of_entry, scene_of
from commentary.model import Sentence

SECTION = "desk"
"""Section in which every entry stands, under a heading that says it was not measured."""
MASK = "·"
SUPPLIED = "supplied by the desk"
"""Words of the disclosure of a note with entries."""

_TAG = re.compile(r"<[^>]*>")


def masked(sentence: Sentence) -> Sentence:
    """The sentence with marks in place of what the desk wrote; every place stays where it was."""
    text = sentence.text
    for item in sentence.reported:
        text = text[: item.start] + MASK * (item.end - item.start) + text[item.end :]
    return replace(sentence, text=text) if sentence.reported else sentence


def seen(sentence: Sentence) -> str:
    """A sentence as a reader sees it: what the desk wrote has no marks of Markdown, whatever it looks like."""
    return " ".join(sentence.text.split()) if sentence.reported else plain(sentence.text)


def told(proof: Proof) -> Iterator[Finding]:
    """The scene says of the entries what the card does, each entry is printed once, the disclosure owns them."""
    known = {entry.name: entry for entry in entries(proof.desk)}
    scene = {name: value for name, value in proof.scene.items() if name.startswith(("desk_", "desk."))}
    if scene != scene_of(proof.desk, str(proof.scene.get("leader", ""))):
        yield Finding("desk", "scene", "names that the card’s entries do not give", "the card’s entries")
    if known and SUPPLIED not in proof.markdown:
        yield Finding("desk", "disclosure", "no word of the desk", SUPPLIED)
    if proof.plan is None or any(section.every for section in proof.plan.sections):
        yield from _every(proof, known)


def borne(statement: Statement) -> Iterator[Finding]:
    """A sentence that rests on an entry prints its source and its day, its texts and no measured figure beside."""
    sentence, found = statement.sentence, {entry.name: entry for entry in entries(statement.proof.desk)}
    rests_on = of_entry(statement.read) or ([""] if sentence.section == SECTION or sentence.reported else [])
    for name in rests_on:
        if name not in found:
            yield statement.finding("desk", name or "no entry", "an entry of the card")
            continue
        yield from _attributed(statement, found[name])
    for item in sentence.reported:
        yield from _verbatim(statement, item, found)
    for number in sentence.numbers if sentence.section == SECTION else ():
        if not is_entry(number.reading):
            yield statement.finding("desk", f"measured {number.shown!r}", "what the desk put in")
    if sentence.section == SECTION and sentence.phrase not in statement.proof.phrases:
        yield statement.finding("desk", f"phrase {sentence.phrase}", "a phrase of the bank")


def exact(proof: Proof) -> Iterator[Finding]:
    """Sentences with entries' texts stand in the Markdown and on the page character for character."""
    surfaces = [("Markdown", html.unescape(proof.markdown))]
    surfaces += [("page", html.unescape(_TAG.sub("\0", proof.html)))] if proof.html else []
    for sentence in proof.sentences:
        for name, surface in surfaces if sentence.reported else ():
            if sentence.text not in surface:
                yield Finding("desk", sentence.text, f"not so in the {name}", "every character")


def _every(proof: Proof, known: Mapping[str, Entry]) -> Iterator[Finding]:
    printed = [
        {item.name.partition(".")[0] for item in sentence.reported}
        for sentence in proof.sentences
        if sentence.section == SECTION
    ]
    for name in known:
        if not any(name in names for names in printed):
            yield Finding("desk", name, "not printed", "every entry of the card")
    for names in printed:
        if len(names) != 1:
            yield Finding(
                "desk", ", ".join(sorted(names)) or "a sentence", f"{len(names)} entries", "one entry"
            )


def _attributed(statement: Statement, entry: Entry) -> Iterator[Finding]:
    """Source and day; of a quote also who and where, and its marks."""
    printed = {item.name for item in statement.sentence.reported}
    shown = {number.reading for number in statement.sentence.numbers}
    wanted = {f"{entry.name}.source"}
    if entry.kind == "quotes":
        wanted |= {f"{entry.name}.{key}" for key in ("who", "where")}
    for name in sorted(wanted - printed):
        yield statement.finding("desk", f"no {name.partition('.')[2]}", f"who says so ({KINDS[entry.kind]})")
    if entry.dated not in shown:
        yield statement.finding("desk", "no day", f"of when it is ({entry.dated})")
    for number in statement.sentence.numbers:
        name, _, key = number.reading.partition(".")
        if name == entry.name and number.value != entry.days[key].toordinal():
            yield statement.finding("desk", f"{number.reading} = {number.value:g}", f"{entry.days[key]}")


def _verbatim(statement: Statement, item: Reported, found: Mapping[str, Entry]) -> Iterator[Finding]:
    name, _, key = item.name.partition(".")
    text = statement.sentence.text
    wanted = found[name].text.get(key) if name in found else None
    if wanted is None or not item.shown == text[item.start : item.end] == wanted:
        yield statement.finding("desk", f"{item.name} = {text[item.start : item.end]!r}", repr(wanted))
    quoted = text[item.start - 1 : item.start] + text[item.end : item.end + 1]
    if name in found and found[name].kind == "quotes" and key == "text" and quoted != "“”":
        yield statement.finding("desk", repr(item.shown), "quotation marks around it")
