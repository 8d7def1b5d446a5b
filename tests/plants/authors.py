"""The phrase that an author would have had to write for a wrong sentence to come of it.

Where the error lies in what a slot printed, it is the program's own and the phrase stays as it is.
"""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Mapping
from dataclasses import dataclass

from commentary.model import Note, Scalar, Sentence, ShownNumber

Names = Mapping[str, Scalar]
"""What a name of a phrase stands for: the bindings of its message, then the scene."""

SLOT = re.compile(r"\{\{\s*(?P<who>\w+)\.(?P<what>\w+)[^}]*\}\}")
FORMS = ("name", "full", "short")
SIDES = ((14, 14), (14, 6), (6, 14), (8, 8), (5, 5), (10, 0), (0, 10), (3, 3), (0, 0))
"""Characters before and after an edit by which its place in the phrase is looked for."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Words of a sentence that were exchanged: where, the old and the new."""

    start: int
    end: int
    old: str
    new: str


def edit_between(old: str, new: str) -> Edit:
    """The shortest run of whole words that makes one text of the other."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    tail = 0
    while tail < min(len(old), len(new)) - start and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    while start and (old[start - 1].isalnum() or old[start - 1] in "-’"):
        start -= 1
    while tail and old[len(old) - tail].isalnum():
        tail -= 1
    return Edit(start, len(old) - tail, old[start : len(old) - tail], new[start : len(new) - tail])


def names_of(note: Note, sentence: Sentence) -> Names:
    """What the phrase of a sentence calls the subjects of its message."""
    choices = [choice for section in note.plan.sections for choice in section.choices]
    bound = next((choice.names for choice in choices if choice.message == sentence.message), {})
    return ChainMap({**bound}, note.plan.scene)  # type: ignore[arg-type]


def authored(phrase: str, old: Sentence, new: Sentence, names: Names) -> str:
    """The phrase from which ``new`` would have come, or the phrase itself where that was a slot's doing."""
    for was, now in zip(old.numbers, new.numbers, strict=True):
        if was.reading != now.reading:
            return _with_slot(phrase, was, now, names)
    edit = edit_between(old.text, new.text)
    for number in old.numbers:
        if edit.start < number.end and number.start < edit.end:
            return phrase
        if edit.start == edit.end and edit.start == number.end:
            return _behind_slot(phrase, number, names, edit.new)
    return _in_words(phrase, old.text, edit)


def renamed(phrase: str, ident: str, other: str, names: Names) -> str:
    """The phrase with another subject in its only slot for a name of ``ident``."""
    found = [slot for slot in SLOT.finditer(phrase) if slot["what"] in FORMS and _who(slot, names) == ident]
    if len(found) != 1:
        return phrase
    return phrase[: found[0].start("who")] + other + phrase[found[0].end("who") :]


def _who(slot: re.Match[str], names: Names) -> str:
    return str(names.get(slot["who"], slot["who"]))


def _slots(phrase: str, number: ShownNumber, names: Names) -> list[re.Match[str]]:
    subject, _, measure = number.reading.partition(".")
    fits = [slot for slot in SLOT.finditer(phrase) if slot["what"] == measure]
    return [slot for slot in fits if _who(slot, names) == subject] or fits


def _with_slot(phrase: str, was: ShownNumber, now: ShownNumber, names: Names) -> str:
    found = _slots(phrase, was, names)
    if not found:
        return phrase
    subject, _, measure = now.reading.partition(".")
    who = found[0]["who"] if subject == was.reading.partition(".")[0] else subject
    return phrase[: found[0].start("who")] + f"{who}.{measure}" + phrase[found[0].end("what") :]


def _behind_slot(phrase: str, number: ShownNumber, names: Names, words: str) -> str:
    found = _slots(phrase, number, names)
    return phrase[: found[0].end()] + words + phrase[found[0].end() :] if found else phrase


def _in_words(phrase: str, text: str, edit: Edit) -> str:
    """The edit made in the author's own words, found by what stands around it."""
    for left, right in SIDES:
        before, after = text[max(edit.start - left, 0) : edit.start], text[edit.end : edit.end + right]
        if not before + edit.old + after:
            continue
        pattern = f"({re.escape(before)})({re.escape(edit.old)})({re.escape(after)})"
        found = list(re.finditer(pattern, phrase, re.IGNORECASE))
        if len(found) == 1:
            return phrase[: found[0].start(2)] + edit.new + phrase[found[0].end(2) :]
    return phrase
