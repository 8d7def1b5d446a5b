"""Whom a phrase's slots name: ids bound anew from the condition, names held against them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from commentary.auditing.proof import PhraseText
from commentary.auditing.statement import Statement
from commentary.desk import Reported, of_entry
from commentary.model import ShownNumber
from commentary.shapes import dataclass

FIGURE = re.compile(r"^\(?\s*([a-z]\w*(?:\.\w+)?)\s*\)?\s*\|\s*(?!names\b|verb\b)\w+$")
"""A slot that prints a figure: ``gold.return_1d | percent``."""
_NAME = re.compile(r"^([\w.]+)\.(name|full|short|long_words|short_words)$")
_TEXT = re.compile(r"^\w+\.(?!(?:name|full|short|long_words|short_words)$)(\w+)$")
"""A slot that prints a text of the desk: ``it.source``."""
TOLD = "\ue001"
"""Stands for such a text while words are compared: no text has it."""

_LIST = re.compile(r"^(\w+)\s*\|\s*names$")
_JOINTS = re.compile(r"(?:, | and |\bthe\b|\s)+", re.IGNORECASE)
_VARIABLES = ("it", "other")

Mismatch = tuple[str, str]
"""What was got and what was wanted."""


@dataclass(frozen=True)
class Filled:
    """A slot's expression, the text that fills it and, for a figure, its trace."""

    slot: str
    text: str
    number: ShownNumber | None


def bound(statement: Statement, phrase: PhraseText, filled: Sequence[Filled]) -> Iterator[Mismatch]:
    """Slots of a fixed id hold it; ``it`` and ``other`` can be bound, and not to one id."""
    chosen: list[set[str]] = []
    for variable in _VARIABLES:
        own = [item for item in filled if _subject(item.slot) == variable]
        if own:
            fitting = {key for key in _read(statement) if _asked(statement, phrase, variable, key)}
            chosen.append({key for key in fitting if all(_holds(statement, item, key) for item in own)})
            if not chosen[-1]:
                yield (
                    ", ".join(item.text for item in own if item.number is None),
                    f"{variable} as the condition has it",
                )
    if len(chosen) == len(_VARIABLES) and chosen[0] == chosen[1] and len(chosen[0]) == 1:
        yield f"{chosen[0].pop()} twice", "two subjects"
    for item in filled:
        subject = _subject(item.slot)
        if subject and subject not in _VARIABLES and not _holds(statement, item, subject):
            yield item.number.reading if item.number else repr(item.text), item.slot


def lists(statement: Statement, filled: Sequence[Filled]) -> Iterator[Mismatch]:
    """A list holds names that the condition reads and nothing else, each id in one list and once."""
    vocabulary, read = statement.proof.vocabulary, _read(statement)
    seen: dict[frozenset[str], str] = {}
    for item in filled:
        match = _LIST.match(item.slot)
        if match is None:
            continue
        said = [vocabulary.ids[name[0].lower()] for name in vocabulary.pattern.finditer(item.text)]
        rest = _JOINTS.sub("", vocabulary.pattern.sub("", item.text))
        if rest or any(ids.isdisjoint(read) for ids in said):
            yield repr(item.text), "names that the condition reads"
        if len(set(said)) < len(said) or any(seen.get(ids, match[1]) != match[1] for ids in said):
            yield repr(item.text), "each name once"
        seen |= dict.fromkeys(said, match[1])


def texts(statement: Statement, filled: Sequence[Filled], told: Sequence[Reported]) -> Iterator[Mismatch]:
    """A slot for a text of the desk holds that text of an entry that the condition reads, and no other slot does."""
    left = iter(told)
    for item in filled:
        match = _TEXT.match(item.slot)
        if match is None and TOLD not in item.text:
            continue
        given = next(left, None) if item.text == TOLD else None
        name, _, key = given.name.partition(".") if given else ("", "", "")
        if match is None or key != match[1] or name not in of_entry(statement.condition_names):
            yield repr(given.shown if given else item.text), item.slot


def _subject(slot: str) -> str:
    """What stands before the last dot of a slot that prints a figure or a name."""
    match = FIGURE.match(slot) or _NAME.match(slot)
    return "" if match is None else match[1].rpartition(".")[0] if FIGURE.match(slot) else match[1]


def _read(statement: Statement) -> set[str]:
    """Ids that the condition and the figures read, and those that the condition names in quotes."""
    quoted = re.findall(r"'(\w+)'", statement.sentence.when)
    return {name.partition(".")[0] for name in statement.read} | set(quoted)


def _asked(statement: Statement, phrase: PhraseText, variable: str, key: str) -> bool:
    """Whether the condition reads of an id what the phrase and its message ask of the variable."""
    if ".count" in phrase.asks:
        return True
    measures = re.findall(rf"\b{variable}\.(\w+)", phrase.asks)
    return all(f"{key}.{measure}" in statement.condition_names for measure in measures)


def _holds(statement: Statement, item: Filled, key: str) -> bool:
    """Whether a slot of the id holds a figure or a name of it."""
    if item.number is not None:
        match = FIGURE.match(item.slot)
        measure = match[1].rpartition(".")[2] if match else ""
        return item.number.reading == f"{key}.{measure}"
    match = _NAME.match(item.slot)
    value = statement.proof.scene.get(key)
    known = statement.proof.vocabulary.called(
        value if isinstance(value, str) else key, match[2] if match else ""
    )
    said = re.sub(r"^the ", "", item.text, flags=re.IGNORECASE).lower()
    return said in known or not known
