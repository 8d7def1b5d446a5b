"""Connectives that follow from polarity: a sentence that opposes what stands before it takes a contrast."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

CONTRASTS = ("Yet", "But", "Even so,", "Against that,")
"""Each is used once a note at most, and one a paragraph."""

HAVE_THEIR_OWN = ("contrast", "antithesis", "question")
"""Devices that already carry a turn."""

PROPER = (
    "S&P", "Nasdaq", "Dow", "Russell", "VIX", "VVIX", "MOVE", "SKEW", "SPY", "Treasuries", "Treasury", "Nvidia",
    "Apple", "Microsoft", "Tesla", "Amazon", "Alphabet", "Meta", "Broadcom", "JPMorgan", "Eli", "Walmart",
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Europe", "China",
    "Japan", "Chinese", "Nikkei", "Australian", "Asia", "London", "Tokyo", "Shanghai", "January",
    "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
"""First words that keep their capital in the middle of a sentence."""

_POSSESSIVE = re.compile(r"['’]s?$")


@dataclass
class Connector:
    """Remembers which connectives the note has used."""

    left: list[str] = field(default_factory=lambda: list(CONTRASTS))
    last_stance: str = ""
    spent: bool = False

    def new_paragraph(self) -> None:
        """Start a paragraph: nothing stands before its first sentence."""
        self.last_stance, self.spent = "", False

    def join(self, text: str, stance: str, device: str) -> str:
        """The sentence, with a contrast where its stance turns against the one before."""
        turns = {self.last_stance, stance} == {"supports", "opposes"}
        if stance != "neutral":
            self.last_stance = stance
        if not turns or self.spent or device in HAVE_THEIR_OWN or not self.left or not text[0].isalpha():
            return text
        self.spent = True
        return f"{self.left.pop(0)} {lowered(text)}"


def lowered(text: str) -> str:
    """A sentence's text as it stands after a connective: proper names keep their capital."""
    first = _POSSESSIVE.sub("", text.split(" ", 1)[0].rstrip(",.;:"))
    if first in PROPER or (first.isupper() and len(first) > 1) or text.startswith("New York"):
        return text
    return text[0].lower() + text[1:]
