"""Editions: shape, voice, sections and tables of each form of the note. ``rules/editions/<edition>.toml``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from typing import Literal

from commentary.authored import STRICT, meant, validated
from commentary.errors import Problem, UsageError
from commentary.extent import Extent
from commentary.library import Library
from commentary.model import Memory, Plan
from commentary.shapes import dataclass

FOLDER = "rules/editions"


@dataclass(frozen=True)
class EditionFile:
    """Keys of an edition file. Without ``sections`` the whole plan is kept."""

    __pydantic_config__ = STRICT

    about: str
    tables: tuple[str, ...]
    rows: int  # of the table of moves
    sections: Mapping[str, int] = field(default_factory=dict)  # section → how many messages at most
    shape: Literal["note", "posts", "spoken"] = "note"
    words_of: str = ""  # the edition whose words it says, fewer of them; its own where none is named
    voice: str = ""  # folder of templates/voices; the bank's own where none is named
    layout: str = ""  # of rules/layouts, for every verdict; the verdict's own where none is named
    every: Literal["session", "week"] = "session"  # `commentary notes` writes one for each
    words: int = 0  # of prose at most; 0: no limit
    characters: int = 0  # of a sentence at most; 0: no limit

    @property
    def extent(self) -> Extent:
        """How much of the words that were found it prints."""
        return Extent(self.sections, self.words, self.characters, self.shape == "spoken")

    @property
    def styled(self) -> bool:
        """Whether the bands of style are meant for it: a whole note of a session in the bank's own voice."""
        return self.shape == "note" and not (self.voice or self.layout) and self.extent.whole


def load_editions(library: Library) -> dict[str, EditionFile]:
    """Editions by name. Raises AuthoringError with every mistake of every file."""
    return {document.name: file for document, file in validated(library.documents(FOLDER), EditionFile)}


def named(edition: str, editions: Mapping[str, EditionFile]) -> EditionFile:
    """One edition. Raises UsageError naming those that there are."""
    if edition not in editions:
        raise UsageError(f"no edition {edition!r}; there are {', '.join(sorted(editions))}")
    return editions[edition]


def speaker(edition: str, editions: Mapping[str, EditionFile]) -> str:
    """The edition whose words an edition says: its own name, or that of the one which it cuts short."""
    return (editions[edition].words_of if edition in editions else "") or edition


def own_memory(memory: Memory, edition: str, editions: Mapping[str, EditionFile]) -> Memory:
    """What of a memory an edition remembers: the phrases of editions that say the same words.

    A short edition and the whole one of a day say the same sentences, so that neither puts the other's to rest; an
    edition with words of its own knows nothing of theirs. Threads are everybody's.
    """
    whose = speaker(edition, editions)
    return replace(memory, uses=tuple(use for use in memory.uses if speaker(use.edition, editions) == whose))


def abridged(plan: Plan, edition: EditionFile) -> Plan:
    """The plan with only the sections of an edition, which have headings only where it has a layout of its own."""
    if not edition.sections:
        return plan
    kept = (section for section in plan.sections if section.name in edition.sections)
    return replace(
        plan,
        sections=tuple(section if edition.layout else replace(section, heading="") for section in kept),
    )


def edition_problems(editions: Mapping[str, EditionFile], known: Mapping[str, set[str]]) -> Iterator[Problem]:
    """What an edition names and nobody has: ``known`` are the names of layouts, sections, tables and voices."""
    for name, file in editions.items():
        place = f"{FOLDER}/{name}.toml"
        wanted = (
            ("layout", [file.layout] if file.layout else [], known["layout"]),
            ("voice", [file.voice] if file.voice else [], known["voice"]),
            ("sections", list(file.sections), known["sections"]),
            ("tables", list(file.tables), known["tables"]),
        )
        for key, got, there in wanted:
            yield from (
                Problem(place, key, repr(item), f"one of {', '.join(sorted(there))}{meant(item, there)}")
                for item in got
                if item not in there
            )
        yield from _hosted(place, file, editions)


def _hosted(place: str, file: EditionFile, editions: Mapping[str, EditionFile]) -> Iterator[Problem]:
    """Whoever says another's words has no words of its own, and the other says its own."""
    if not file.words_of:
        return
    if file.words_of not in editions or editions[file.words_of].words_of:
        own = sorted(name for name, other in editions.items() if not other.words_of)
        yield Problem(place, "words_of", repr(file.words_of), f"one of {', '.join(own)}")
    if file.voice or file.layout:
        yield Problem(place, "words_of", repr(file.words_of), "no voice and no layout of its own beside it")
