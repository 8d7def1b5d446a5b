"""Pronouns: a sentence that goes on about the subject of the sentence before calls it by a pronoun.

Both must open with the subject's name, so that it is the grammatical subject of both: the centre continues, in the
words of Grosz, Joshi and Weinstein, Centering (1995). No pronoun stands on a pronoun.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from commentary.phrasing.connect import CONTRASTS
from commentary.phrasing.joins import Clause
from commentary.phrasing.references import Naming
from commentary.traced import headed

PRONOUNS = {"singular": "It", "plural": "They"}

_LEAD = re.compile(rf"(?:(?:{'|'.join(map(re.escape, CONTRASTS))}) )?")


Openers = Mapping[str, Sequence[tuple[str, str]]]
"""First letter of a name → names in small letters that begin with it, each with its subject."""


def openers(names: Mapping[str, Naming]) -> Openers:
    """Every name, full and short, by its first letter."""
    found: dict[str, list[tuple[str, str]]] = {}
    for ident, naming in names.items():
        for name in filter(None, (naming.full.lower(), naming.short.lower())):
            found.setdefault(name[0], []).append((name, ident))
    return found


def opener(text: str, names: Openers, likely: str) -> str:
    """The subject whose name a text opens with, alone and not in a list; nothing where it opens with none.

    The longest name counts: gold miners are not gold. ``likely`` wins where two go by one name.
    """
    head = text[_end_of_lead(text) :].lower()
    found = [
        (len(name), ident == likely, ident)
        for name, ident in names.get(head[:1], ())
        if head.startswith(name) and not head[len(name) : len(name) + 1].isalnum()
    ]
    if not found:
        return ""
    length, _, ident = max(found)
    return ident if re.match(r" (?!and\b|or\b)|, which\b", head[length:]) else ""


def referred(clauses: Iterable[Clause], names: Mapping[str, Naming]) -> list[Clause]:
    """The clauses of a paragraph, some with a pronoun for their first word."""
    found: list[Clause] = []
    for clause in clauses:
        before = found[-1] if found else None
        if before and not before.referred and len(before.sentences) == len(clause.sentences) == 1:
            clause = _continued(before, clause, names)
        found.append(clause)
    return found


def _continued(before: Clause, clause: Clause, names: Mapping[str, Naming]) -> Clause:
    naming = names.get(before.opens)
    sentence = clause.sentences[0]
    if naming is None or clause.opens != before.opens:
        return clause
    start = _end_of_lead(sentence.text)
    text = sentence.text[start:].lower()
    end = next((len(name) for name in (naming.full, naming.short) if text.startswith(f"{name.lower()} ")), 0)
    if not end:
        return clause
    pronoun = PRONOUNS[naming.number]
    lead = sentence.text[:start] + (pronoun.lower() if start else pronoun)
    return replace(clause, sentences=(headed(sentence, lead, start + end),), referred=True)


def _end_of_lead(text: str) -> int:
    match = _LEAD.match(text)
    return match.end() if match else 0
