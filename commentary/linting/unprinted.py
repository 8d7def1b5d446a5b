"""Words that no note prints: advice, promises, sellers, causes, the writer; clichés of the trade and of machines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from commentary.linting.bench import Entry, phrases_of
from commentary.linting.doubts import Doubt

ADVICE = "words never printed"
CLICHE = "clichés"

_NEVER = re.compile(
    r"(?:^|(?<=[.!?] ))(?:Buy|Sell|Fade|Short|Hedge|Avoid) (?:the|gold|stocks|bonds)\b|"
    r"\b(?:I (?:watched|think|believe|saw|am|was)|"
    r"(?i:(?:we|you|investors|traders) (?:should|must|ought)|(?:price )?targets? of|guarantee[ds]?|suitable for|"
    r"margin calls?|liquidat\w+|short squeeze|insolven\w+|bankrupt\w*|my read|in my view|"
    r"our (?:clients?|customers)|clients? (?:of ours|tell|told)|on rumou?rs?|rumou?rs? (?:that|has it)|"
    r"hedge funds?|central banks? (?:bought|sold)|pension funds?|algorithms (?:sold|bought)|smart money|"
    r"will (?:rally|rebound|recover|fall|rise|crash|continue to)|is (?:bound|sure|certain) to))\b"
)
"""Advice, promises, named sellers, causes, the first person."""

_CLICHES = re.compile(
    r"(?<!\w)(?:dead.cat|perfect storm|green shoots|animal spirits|falling kni(?:fe|ves)|bloodbath|roller.?coaster|"
    r"sea of (?:red|green)|headwinds?|tailwinds?|melting pot|risk-(?:on|off)|buy(?:ing)? the dip|flight to quality|"
    r"on the sidelines|kick(?:ed|ing)? the can|priced to perfection|sell the news|cautious(?:ly)? optimis\w+|"
    r"wall of worry|goldilocks|black swan|canary in|elephant in the room|at the end of the day|low.hanging fruit|"
    r"game.?changer|paradigm shift|double.edged sword|tip of the iceberg|new normal|uncharted (?:waters|territory)|"
    r"in a world where|worth noting|testament to|navigat(?:e|es|ed|ing)|landscape|underscor(?:e|es|ed|ing)|amid(?:st)?|"
    r"delv(?:e|es|ed|ing)|tapestry|realm of|myriad|plethora|pivotal|crucial(?:ly)?|notably|moreover|furthermore|"
    r"in conclusion|it remains to be seen|only time will tell|stay tuned|needless to say|robust|leverag(?:e|ing) the|"
    r"shed(?:s|ding)? light|deep dive|nuanced|multifaceted|seamless(?:ly)?)(?!\w)",
    re.IGNORECASE,
)
"""Of the trade, and of machines that write."""


def unprinted(entries: Iterable[Entry]) -> Iterator[Doubt]:
    """Phrases with words that no tape can prove, or that everybody has read too often."""
    for entry in phrases_of(entries):
        text = re.sub(r"{{.*?}}", "·", entry.phrase.file.text)
        desk = any(ident.startswith("desk_") for ident in entry.message.names.values())
        for match in () if desk else _NEVER.finditer(text):
            yield Doubt(
                ADVICE, entry.place, entry.key, f"{match[0].strip()!r}: {text!r}", "what the tape shows"
            )
        for match in _CLICHES.finditer(text):
            yield Doubt(
                CLICHE,
                entry.place,
                entry.key,
                f"{match[0]!r}: {text!r}",
                "words that this day alone bears out",
            )
