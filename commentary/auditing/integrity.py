"""Every prose sentence of the Markdown is traced, and every traced sentence is printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from commentary.auditing.proof import Finding, Proof
from commentary.auditing.reader import Block, Page
from commentary.auditing.reported import seen
from commentary.auditing.surroundings import is_state, plain_words, state
from commentary.model import Sentence


def sentences(proof: Proof, page: Page) -> Iterator[Finding]:
    """Match blocks with traced sentences; what is left on either side is a finding."""
    left = list(proof.sentences)
    for block in page.blocks:
        yield from _block(proof, block, left)
    for sentence in left:
        yield Finding("integrity", sentence.text, "not printed", "printed as traced")


def _block(proof: Proof, block: Block, left: list[Sentence]) -> Iterator[Finding]:
    rest = _taken(block, left)
    if rest and is_state(block.text):
        yield from state(proof, block.text)
    elif rest and block.kind in ("heading", "note"):
        yield from plain_words(proof, block)
    elif rest:
        yield Finding("integrity", rest, "untraced text", "a traced sentence")


def _taken(block: Block, left: list[Sentence]) -> str:
    """Text of a block that no sentence accounts for; sentences found are taken from ``left``."""
    text, strays = block.text, []
    while text:
        found = _next(block, text, left)
        if found is not None:
            left.remove(found)
            text = text[len(_plain(block, found)) :].lstrip()
        else:
            stray, text = _skipped(block, text, left)
            strays.append(stray)
    return " ".join(strays)


def _next(block: Block, text: str, left: Sequence[Sentence]) -> Sentence | None:
    fitting = [
        item for item in left if text.startswith(_plain(block, item)) and _ends(text, _plain(block, item))
    ]
    return max(fitting, key=lambda item: len(item.text), default=None)


def _ends(text: str, start: str) -> bool:
    return len(text) == len(start) or text[len(start)].isspace()


def _skipped(block: Block, text: str, left: Sequence[Sentence]) -> tuple[str, str]:
    """The text up to the next traced sentence, and from there on."""
    places = [text.find(f" {_plain(block, item)}") for item in left]
    place = min((place for place in places if place >= 0), default=len(text))
    return text[:place].strip(), text[place:].lstrip()


def _plain(block: Block, sentence: Sentence) -> str:
    """A sentence as a reader sees it; a title and a heading drop the full stop."""
    text = seen(sentence)
    return text.rstrip(".") if block.kind in ("title", "heading") else text
