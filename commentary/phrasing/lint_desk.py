"""Mistakes in phrases that print what the desk put in, and words that only such a phrase may have."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from commentary.desk import DATED, TEMPLATES
from commentary.phrasing.lexicon import Phrase

UNPROVEN = (
    "margin call", "liquidated", "hedge fund", "owing to", "thanks to", "due to", "on the back of", "in response to",
    "in reaction to", "in the wake of", "driven by", "caused by", "triggered by", "sparked by", "prompted by",
    "on news", "on the news",
)  # fmt: skip
"""Sellers, causes and events: only a phrase that prints an entry of the desk may have them."""

APART = ("title", "standfirst")
"""Sections that are read without what stands around them: nothing that was not measured is said there."""

_SENTENCE = re.compile(r"(?<=[.!?])\s+")


def told(phrase: Phrase, bindings: Iterable[Mapping[str, str]]) -> Iterator[tuple[str, str]]:
    """What is wrong with a phrase in view of the entries that its message is written over, or is over none."""
    bound = [
        (word, TEMPLATES[ident]) for names in bindings for word, ident in names.items() if ident in TEMPLATES
    ]
    if not bound:
        text = phrase.file.text.lower()
        yield from ((repr(said), "words that this day alone bears out") for said in UNPROVEN if said in text)
    for word, kind in bound:
        yield from _attributed(phrase, word, kind)


def _attributed(phrase: Phrase, word: str, kind: str) -> Iterator[tuple[str, str]]:
    """Every sentence says whose it is and of which day; a quote stands in its marks."""
    text = phrase.file.text
    if phrase.message.split("/")[0] in APART:
        yield "an entry of the desk", f"no phrase of {' or '.join(APART)}"
    if text.startswith(f"{{{{ {word}."):
        yield "an entry's text at the head", "a word of the phrase's own first"
    for wanted in (f"{{{{ {word}.source }}}}", f"{{{{ {word}.{DATED[kind]}_date |"):
        if not all(wanted in sentence for sentence in _SENTENCE.split(text)):
            yield "a sentence that does not say whose or of when it is", f"{wanted} in every sentence"
    spoken = f"{{{{ {word}.text }}}}"
    if text.count(spoken) != text.count(f"“{spoken}”"):
        yield "a quote without its marks", f"“{spoken}”"
