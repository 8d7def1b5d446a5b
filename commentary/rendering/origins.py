"""Where the day's bars came from, in words: feeds, a user's own, second opinions that disagree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from commentary.disputes import OWN, told
from commentary.model import Card, InputStatus
from commentary.payments import LEAST_PAID, paid

SOURCES = {
    "folder": "a folder of daily bars",
    "yahoo": "Yahoo daily bars",
    "fred": "FRED",
    OWN: "bars of the desk’s own",
}
"""In the order in which the data line names them."""

USABLE = ("fresh", "carried")


def sources_of(inputs: Sequence[InputStatus]) -> str:
    """The sources of what was read, each once."""
    found = {item.source for item in inputs if item.source and item.status in USABLE}
    ordered = [*(name for name in SOURCES if name in found), *sorted(found - SOURCES.keys())]
    return ", ".join(SOURCES.get(name, name) for name in ordered) or "as recorded on the card"


def exceptions(card: Card, labels: Mapping[str, str]) -> Iterator[str]:
    """Sentences for what was paid on the day, for inputs whose bar a user's folder replaced, for second opinions
    that disagree."""
    inputs = card.tape.inputs
    if without := [labels[name] for name in labels if paid(card.tape.values, name) >= LEAST_PAID]:
        yield f"Quoted without what was paid on the day: {', '.join(without)}."
    if own := [item.instrument for item in inputs if item.source == OWN and item.status in USABLE]:
        yield f"Own bars in the place of the feed’s: {', '.join(labels.get(name, name) for name in own)}."
    if apart := card.tape.disputes:
        yield f"Second opinions that disagree: {'; '.join(told(item, card.tape.session) for item in apart)}."
