"""Pronouns read back: "it" at the head of a sentence is the subject that the sentence before it opens with.

What cannot be read back stays as it is, and is then no wording of its phrase.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from commentary.auditing.proof import Proof
from commentary.auditing.wording import CONNECTIVES, JOINTS, fits
from commentary.model import Sentence
from commentary.traced import headed

_LEAD = rf"((?:{'|'.join(map(re.escape, (*CONNECTIVES, *JOINTS)))}) )?"
_PRONOUN = re.compile(rf"{_LEAD}(?:it|they)(?= )", re.IGNORECASE)
_ARTICLE = re.compile(rf"{_LEAD}(the )?", re.IGNORECASE)


def restored(proof: Proof) -> tuple[Sentence, ...]:
    """The note's sentences, each with a name where a pronoun stands for one."""
    found: list[Sentence] = []
    for sentence in proof.sentences:
        before = found[-1] if found and found[-1].section == sentence.section else None
        phrase = proof.phrases.get(sentence.phrase)
        if before and phrase and _PRONOUN.match(sentence.text) and not fits(sentence, phrase):
            sentence = next(
                (each for each in _named(proof, sentence, before) if fits(each, phrase)), sentence
            )
        found.append(sentence)
    return tuple(found)


def _named(proof: Proof, sentence: Sentence, before: Sentence) -> Iterator[Sentence]:
    """The sentence under every name of the subject that the one before it opens with."""
    lead = _ARTICLE.match(before.text)
    for name in _names(proof, before.text[lead.end() if lead else 0 :]):
        yield _put(sentence, name)
        yield _put(sentence, f"the {name}")


def _names(proof: Proof, text: str) -> Iterator[str]:
    """Every name of what a text opens with: an instrument, or a release or group by its longest name."""
    known = proof.vocabulary
    opening = known.pattern.match(text)
    if opening:
        for ident in sorted(known.ids.get(opening[0].lower(), ())):
            yield from known.names[ident]
        return
    heads = [
        (len(name), ident)
        for ident, names in known.others.items()
        for name in names
        if re.match(rf"{re.escape(name)}\b", text, re.IGNORECASE)
    ]
    yield from known.others[max(heads)[1]] if heads else ()


def _put(sentence: Sentence, name: str) -> Sentence:
    match = _PRONOUN.match(sentence.text)
    if match is None:
        return sentence
    head = f"{match[1] or ''}{name if match[1] else name[:1].upper() + name[1:]}"
    return headed(sentence, head, match.end())
