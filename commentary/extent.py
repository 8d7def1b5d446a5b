"""How much of a note an edition prints of the words that were found for the whole of it, and in what paragraphs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field

from commentary.model import Section, Sentence
from commentary.shapes import dataclass

STOPS = (".", "!", "?", "”", ")")
"""Ends of a sentence; a half that is joined to the next one ends otherwise."""


ABOVE = ("title", "standfirst")
"""Sections that are no paragraph of the body."""


@dataclass(frozen=True)
class Extent:
    """Limits of an edition; none where a number is nought and no section is named.

    ``sections`` are the sections kept and how many messages of each at most; ``words`` those of the whole prose;
    ``characters`` those of one sentence; ``heard`` leaves out what the desk put in, whose marks nobody hears.
    """

    sections: Mapping[str, int] = field(default_factory=dict)
    words: int = 0
    characters: int = 0
    heard: bool = False

    @property
    def whole(self) -> bool:
        """Whether nothing is left out."""
        return not (self.sections or self.words or self.characters or self.heard)


WHOLE = Extent()
"""Everything that was found."""


def units(sentences: Sequence[Sentence]) -> Iterator[list[Sentence]]:
    """Sentences as a reader counts them: two that a conjunction has joined are one."""
    run: list[Sentence] = []
    for item in sentences:
        run.append(item)
        if item.text.endswith(STOPS):
            yield run
            run = []
    if run:
        yield run


def heads(sections: Sequence[Section], sentences: Sequence[Sentence]) -> dict[str, str]:
    """Printed section → the one that begins its paragraph: itself, or that of the paragraph printed last."""
    own: dict[str, list[Sentence]] = {}
    for item in sentences:
        own.setdefault(item.section, []).append(item)
    found: dict[str, str] = {}
    last = before = ""
    for section in sections:
        if section.name in own and section.name not in ABOVE:
            short = section.joined == "short" and len(list(units(own[section.name]))) == 1
            joins = last and (short or (section.joined == "always" and before == last))
            found[section.name] = found[last] if joins else section.name
            last = section.name
        before = section.name
    return found
