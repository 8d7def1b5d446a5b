"""What is printed is the cited phrase: its words unchanged, each slot filled with what it asks for.

The phrase's text is taken as data. A slot for a figure must hold a traced number of that reading, a slot for
a name a name of that id; everything between the slots must stand as its author wrote it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from commentary.auditing.proof import Finding, Proof
from commentary.model import Sentence, ShownNumber

CONNECTIVES = ("Yet", "But", "Even so,", "Against that,", "Still,", "And yet")
"""What may be set before a phrase where it turns against the sentence before."""

_SLOT = re.compile(r"\{\{\s*(.*?)\s*\}\}")
_VERB = re.compile(r"\|\s*verb\(\s*(['\"])(.*?)\1\s*,\s*(['\"])(.*?)\3\s*\)")
_NAME = re.compile(r"^([\w.]+)\.(?:name|full|short|long_words|short_words)$")
_FIGURE = re.compile(r"^\(?\s*([a-z]\w*(?:\.\w+)?)\s*\)?\s*\|\s*(?!names\b|verb\b)\w+$")
MARK = "\ue000"
"""Stands for a traced figure while words are compared: no text has it."""
_BOUND = frozenset({"it", "other", "each"})


@dataclass(frozen=True, slots=True)
class Wording:
    """A phrase as a pattern, with the expressions of its slots in order."""

    pattern: re.Pattern[str]
    slots: tuple[str, ...]


def unchanged(proof: Proof) -> Iterator[Finding]:
    """Every sentence that cites a phrase at hand says what the phrase says."""
    for (phrase, _), run in groupby(proof.sentences, key=lambda item: (item.phrase, item.section)):
        if phrase in proof.phrases:
            yield from _checked(proof, proof.phrases[phrase], list(run))


def _checked(proof: Proof, template: str, run: Sequence[Sentence]) -> Iterator[Finding]:
    text = " ".join(item.text for item in run)
    numbers = [number for item in run for number in item.numbers]
    wording = compiled(template)
    match = wording.pattern.fullmatch(" ".join(map(_masked, run)))
    if match is None:
        yield Finding("wording", text, "words or figures that the phrase does not have", template)
        return
    figures = iter(numbers)
    bound: dict[str, str] = {}
    for place, slot in enumerate(wording.slots, start=1):
        if _FIGURE.match(slot):
            yield from _figure(text, slot, next(figures), bound)
        else:
            yield from _name(proof, text, (slot, match[place]))


def _masked(sentence: Sentence) -> str:
    """A sentence with a mark in place of each traced figure."""
    parts: list[str] = []
    last = 0
    for number in sorted(sentence.numbers, key=lambda number: number.start):
        parts += [sentence.text[last : number.start], MARK]
        last = number.end
    return "".join(parts) + sentence.text[last:]


def _figure(text: str, slot: str, number: ShownNumber, bound: dict[str, str]) -> Iterator[Finding]:
    match = _FIGURE.match(slot)
    subject, _, measure = match[1].partition(".") if match else ("", "", "")
    seen, _, shown = number.reading.partition(".")
    wanted = bound.setdefault(subject, seen) if subject in _BOUND else subject
    if (seen, shown) != (wanted, measure):
        yield Finding("wording", text, number.reading, f"{wanted}.{measure}" if measure else wanted)


def _name(proof: Proof, text: str, filled: tuple[str, str]) -> Iterator[Finding]:
    slot, said = filled
    match = _NAME.match(slot)
    ident = match[1] if match else ""
    value = proof.scene.get(ident)
    known = proof.vocabulary.called(value if isinstance(value, str) else ident)
    if known and re.sub(r"^the ", "", said, flags=re.IGNORECASE).lower() not in known:
        yield Finding("wording", text, repr(said), f"a name of {ident}")


@cache
def compiled(template: str) -> Wording:
    """A phrase's text as a pattern: literal words, a group for each slot that can hold anything."""
    parts: list[str] = []
    slots: list[str] = []
    last = 0
    for match in _SLOT.finditer(template):
        parts.append(_literal(template[last : match.start()], before_slot=True))
        verb = _VERB.search(match[1])
        figure = f"({MARK})" if _FIGURE.match(match[1]) else f"([^{MARK}]+?)"
        parts.append(f"(?:{re.escape(verb[2])}|{re.escape(verb[4])})" if verb else figure)
        slots += [] if verb else [match[1]]
        last = match.end()
    parts.append(_literal(template[last:], before_slot=False))
    head = "|".join(map(re.escape, CONNECTIVES))
    body = _capitals("".join(parts).strip())
    return Wording(re.compile(rf"(?:(?:{head}) )?{body}"), tuple(slots))


def _literal(text: str, *, before_slot: bool) -> str:
    """Escaped words: any run of blanks is one, "a" before a figure may be "an"."""
    spaced = re.sub(r"(?:\\?\s)+", " ", re.escape(text))
    return re.sub(r"\b([Aa]) $", r"\1n? ", spaced) if before_slot else spaced


def _capitals(body: str) -> str:
    """The first letter in either case, and so after each full stop."""

    def either(match: re.Match[str]) -> str:
        return f"{match[1]}[{match[2].upper()}{match[2].lower()}]"

    return re.sub(r"^((?:[“‘(]|\\\()?)([A-Za-z])", either, body)
