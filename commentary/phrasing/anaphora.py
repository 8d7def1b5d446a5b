"""Pronouns: a sentence that goes on about the subject of the sentence before calls it by a pronoun.

Both must open with the subject's name, so that it is the grammatical subject of both: the centre continues, in the
words of Grosz, Joshi and Weinstein, Centering (1995). No pronoun stands on a pronoun.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from commentary.model import Sentence
from commentary.phrasing.joins import Clause
from commentary.phrasing.references import Naming

PRONOUNS = {"singular": "It", "plural": "They"}

_ALONE = r"(?!and\b|or\b)"
_CONNECTIVE = r"((?:Yet|But|Even so,|Against that,) )?"


def referred(clauses: Iterable[Clause], names: Mapping[str, Naming]) -> list[Clause]:
    """The clauses of a paragraph, some with a pronoun for their first word."""
    found: list[Clause] = []
    for clause in clauses:
        before = found[-1] if found else None
        naming = names.get(before.subject) if before else None
        if before and naming and not before.referred and len(before.sentences) == len(clause.sentences) == 1:
            longer = _longer(clause.sentences[0].text, before.subject, names)
            clause = clause if longer else _continued(before, clause, naming)
        found.append(clause)
    return found


def _longer(text: str, subject: str, names: Mapping[str, Naming]) -> bool:
    """Whether a text opens with a name that only begins like the subject's: gold miners are not gold."""
    head = re.sub(rf"^{_CONNECTIVE}", "", text).lower()
    return any(
        len(name) > len(names[subject].short) and re.match(rf"{re.escape(name.lower())}(?![a-z])", head)
        for ident, naming in names.items()
        if ident != subject
        for name in (naming.full, naming.short)
    )


def _continued(before: Clause, clause: Clause, naming: Naming) -> Clause:
    name = rf"{_CONNECTIVE}(?:{re.escape(naming.full)}|{re.escape(naming.short)})"
    sentence = clause.sentences[0]
    match = re.match(rf"{name}(?= {_ALONE})", sentence.text, re.IGNORECASE)
    if match is None or not re.match(
        rf"{name}(?: {_ALONE}|, which\b)", before.sentences[0].text, re.IGNORECASE
    ):
        return clause
    pronoun = PRONOUNS[naming.number]
    lead = f"{match[1]}{pronoun.lower()}" if match[1] else pronoun
    return replace(
        clause, sentences=(moved(sentence, lead, match.end()),), subject=before.subject, referred=True
    )


def moved(sentence: Sentence, lead: str, end: int) -> Sentence:
    """The sentence with other words up to ``end``, its figures where they then stand."""
    by = len(lead) - end
    return replace(
        sentence,
        text=lead + sentence.text[end:],
        numbers=tuple(replace(item, start=item.start + by, end=item.end + by) for item in sentence.numbers),
        reported=tuple(replace(item, start=item.start + by, end=item.end + by) for item in sentence.reported),
    )
