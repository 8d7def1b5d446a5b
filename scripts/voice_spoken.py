"""What a note speaks of: the largest moves of its day, and the two readings of its thesis."""

from __future__ import annotations

from dataclasses import dataclass

from commentary.auditing.style_text import prose
from commentary.bank import Bank
from commentary.model import Note
from commentary.planning.thesis import subjects_of
from commentary.prose import straight

LARGEST = 10
STOCKS = ("sp500", ("s&p", "stocks", "equities", "the index", "the market"))
"""The subject of every note, and what prose calls it."""


@dataclass(frozen=True)
class Ear:
    """Names in prose, by which a subject is heard."""

    bank: Bank

    def hears(self, subject: str, text: str) -> bool:
        """Whether a text of small letters has a name of a subject; of a pair, its name or both its sides."""
        if subject == STOCKS[0] and any(name in text for name in STOCKS[1]):
            return True
        naming = self.bank.names.get(subject)
        if naming is None:
            return False
        if naming.long_words and naming.short_words:
            return all(_has(text, side) for side in (naming.long_words, naming.short_words))
        return _has(text, naming.full) or _has(text, naming.short)

    def told(self, note: Note) -> int:
        """How many of the ten largest moves are named in the prose or have a row in the table of moves."""
        rows = {
            cell.reading.split(".")[0]
            for table in note.tables
            if table.name == "moves"
            for row in table.rows
            for cell in row
        }
        text = prose(note.markdown).lower
        return sum(subject in rows or self.hears(subject, text) for subject in largest(note))

    def unnamed(self, note: Note) -> list[str]:
        """Readings of the thesis that neither title nor standfirst speaks of."""
        heads = [each for each in note.sentences if each.section in ("title", "standfirst")]
        said = {subject for each in heads for subject in each.subjects}
        text = straight(" ".join(each.text for each in heads)).lower()
        kin = subjects_of(self.bank.planner.theses, note.plan.thesis)  # technology against any of three
        return [
            name
            for name in note.plan.pair
            if not self._about(name, said, text, note)
            and not (
                name.split(".")[0] in kin and any(each in said or self.hears(each, text) for each in kin)
            )
        ]

    def _about(self, reading: str, said: set[str], text: str, note: Note) -> bool:
        """Of a group's reading one member is enough; a subject counts that a sentence's condition reads."""
        subject = reading.split(".")[0]
        if subject in said or self.hears(subject, text):
            return True
        if subject in self.bank.names:
            return False
        spec = note.card.tape.specs.get(reading)
        members = spec.inputs if spec else ()
        return any(member in said or self.hears(member, text) for member in members)


def largest(note: Note) -> list[str]:
    """Subjects of the largest moves, the largest first."""
    found = (note.plan.scene.get(f"table.largest_{place + 1}") for place in range(LARGEST))
    return [str(subject) for subject in found if subject]


def _has(text: str, name: str) -> bool:
    return straight(name).lower().removeprefix("the ") in text
