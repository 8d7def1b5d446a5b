"""What is printed is the cited phrase: its words unchanged, each slot filled with what it asks for.

The phrase's text is taken as data. A slot for a figure must hold a traced number of that reading, a slot for
a name a name of that id, a list each of its members once; everything between the slots must stand as its
author wrote it. ``it`` and ``other`` are bound anew: to ids that the condition reads as the phrase asks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby

from commentary.auditing.bindings import FIGURE, TOLD, Filled, bound, lists, texts
from commentary.auditing.proof import Finding, PhraseText, Proof
from commentary.auditing.statement import Statement
from commentary.model import Sentence
from commentary.shapes import dataclass

CONNECTIVES = ("Yet", "But", "Even so,", "Against that,", "Still,", "And yet")
"""What may be set before a phrase where it turns against the sentence before."""
JOINTS = ("and", "yet", "but", "while", "though", "whereas")
"""What may be set before a phrase that is the second half of a sentence."""
PRONOUNS = frozenset({"it", "they"})
"""What may stand for the subject of the sentence before."""
MARK = "\ue000"
"""Stands for a traced figure while words are compared: no text has it."""

_HEAD = re.compile(rf"^(?:{'|'.join(map(re.escape, (*CONNECTIVES, *JOINTS)))}) ")
_TAIL = re.compile(r"[,;]$")
_SLOT = re.compile(r"\{\{\s*(.*?)\s*\}\}")
_VERB = re.compile(r"\|\s*verb\(\s*(['\"])(.*?)\1\s*,\s*(['\"])(.*?)\3\s*\)")


@dataclass(frozen=True)
class Wording:
    """A phrase as a pattern, with the expressions of its slots in order."""

    pattern: re.Pattern[str]
    slots: tuple[str, ...]


def unchanged(proof: Proof) -> Iterator[Finding]:
    """Every sentence that cites a phrase at hand says what the phrase says."""
    for (phrase, _, _), run in groupby(
        proof.sentences, key=lambda item: (item.phrase, item.section, item.when)
    ):
        if phrase in proof.phrases:
            yield from _checked(proof, proof.phrases[phrase], list(run))


def fits(sentence: Sentence, phrase: PhraseText) -> bool:
    """Whether a sentence alone has the words of a phrase, with a name in no slot replaced by a pronoun."""
    match = _match(compiled(phrase.text), [sentence])
    return match is not None and not PRONOUNS & {text.lower() for text in match.groups() if text}


def _match(wording: Wording, run: Sequence[Sentence]) -> re.Match[str] | None:
    printed = _TAIL.sub(".", " ".join(map(_masked, run)))
    return wording.pattern.fullmatch(_HEAD.sub("", printed)) or wording.pattern.fullmatch(printed)


def _checked(proof: Proof, phrase: PhraseText, run: Sequence[Sentence]) -> Iterator[Finding]:
    text = " ".join(item.text for item in run)
    wording = compiled(phrase.text)
    match = _match(wording, run)
    if match is None:
        yield Finding("wording", text, "words or figures that the phrase does not have", phrase.text)
        return
    figures = iter(
        [number for item in run for number in sorted(item.numbers, key=lambda number: number.start)]
    )
    filled = [
        Filled(slot, match[place], next(figures) if FIGURE.match(slot) else None)
        for place, slot in enumerate(wording.slots, start=1)
    ]
    statement = Statement(proof, run[0])
    told = [each for item in run for each in item.reported]
    for got, wanted in (
        *bound(statement, phrase, filled),
        *lists(statement, filled),
        *texts(statement, filled, told),
    ):
        yield Finding("wording", text, got, wanted)


def _masked(sentence: Sentence) -> str:
    """A sentence with a mark in place of each traced figure and of each text of the desk."""
    parts: list[str] = []
    last = 0
    spans = [(item.start, item.end, MARK) for item in sentence.numbers]
    spans += [(item.start, item.end, TOLD) for item in sentence.reported]
    for start, end, mark in sorted(spans):
        parts += [sentence.text[last:start], mark]
        last = end
    return "".join(parts) + sentence.text[last:]


@cache
def compiled(template: str) -> Wording:
    """A phrase's text as a pattern: literal words, a group for each slot that can hold anything."""
    parts: list[str] = []
    slots: list[str] = []
    last = 0
    for match in _SLOT.finditer(template):
        parts.append(_literal(template[last : match.start()], before_slot=True))
        verb = _VERB.search(match[1])
        figure = f"({MARK})" if FIGURE.match(match[1]) else f"([^{MARK}]+?)"
        parts.append(f"(?:{re.escape(verb[2])}|{re.escape(verb[4])})" if verb else figure)
        slots += [] if verb else [match[1]]
        last = match.end()
    parts.append(_literal(template[last:], before_slot=False))
    return Wording(re.compile(_capital("".join(parts).strip())), tuple(slots))


def _literal(text: str, *, before_slot: bool) -> str:
    """Escaped words: any run of blanks is one, "a" before a figure may be "an"."""
    spaced = re.sub(r"(?:\\?\s)+", " ", re.escape(text))
    return re.sub(r"\b([Aa]) $", r"\1n? ", spaced) if before_slot else spaced


def _capital(body: str) -> str:
    """The first letter in either case."""

    def either(match: re.Match[str]) -> str:
        return f"{match[1]}[{match[2].upper()}{match[2].lower()}]"

    return re.sub(r"^((?:[“‘(]|\\\()?)([A-Za-z])", either, body)
