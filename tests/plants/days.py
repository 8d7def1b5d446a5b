"""The notes to plant errors in: of the shipped days, and of days of real bars spread over years and verdicts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from commentary.auditing import Proof, audit
from commentary.bank import Bank
from commentary.cards import FORMAT
from commentary.episode import REMEMBERED, remembered
from commentary.errors import HeldError
from commentary.model import Card, Memory, Note, PhraseUse, Verdict
from commentary.pipeline import compose, set_out
from commentary.shipped import shipped_card, shipped_days
from commentary.tapes import Tapes
from tests.plants.world import World

FIRST, LAST = date(2006, 1, 3), date(2025, 12, 31)
SETTINGS = {"brand": "commentary", "byline": None}
KEPT_USES = 4000


def shipped_notes(bank: Bank) -> list[tuple[Note, World]]:
    """Notes of the shipped days as they are printed, whatever the audit says of them."""
    world = World(bank)
    cards = [shipped_card(day, "daily") for day in shipped_days()]
    return [(set_out(compose(card, bank), bank), world) for card in cards]


def findings(note: Note, bank: Bank, phrases: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """What the auditor objects to; ``phrases`` by name are taken to be written otherwise than in the bank."""
    wordings = bank.wordings(note)
    for name, text in (phrases or {}).items():
        wordings[name] = replace(wordings[name], text=text)
    proof = Proof.of(note, bank.universe, bank.names, wordings, bank.tabled)
    return tuple(str(finding) for finding in audit(proof))


@dataclass
class BarNotes:
    """Notes of real bars, in the order of sessions, so that phrases rest as they would."""

    tapes: Tapes
    bank: Bank
    uses: list[PhraseUse] = field(default_factory=list)

    @classmethod
    def open(cls, folder: str, bank: Bank) -> BarNotes:
        """Read a folder of bars. Raises SourceError where it cannot be had."""
        return cls(Tapes.open(folder, bank), bank)

    def notes(self, count: int) -> Iterator[tuple[Note, World]]:
        """About so many notes, the verdicts taking turns; sessions that are held are left out."""
        verdicts = self.tapes.judged(FIRST, LAST)
        for place in _spread(verdicts, count):
            note = self._note(verdicts, place)
            if note is not None:
                earlier = self.tapes.ungated(verdicts[place - 1].session).values
                yield note, World(self.bank, earlier)

    def _note(self, verdicts: Sequence[Verdict], place: int) -> Note | None:
        session = verdicts[place].session
        before = tuple(remembered(verdict) for verdict in verdicts[max(place - REMEMBERED, 0) : place])
        try:
            tape = self.tapes.tape(session)
        except HeldError:
            return None
        memory = Memory(tuple(self.uses[-KEPT_USES:]))
        card = Card(FORMAT, "daily", tape, before, memory, {}, SETTINGS, {}, self.bank.versions)
        draft = compose(card, self.bank)
        phrases = dict.fromkeys(sentence.phrase for sentence in draft.sentences)
        self.uses += [PhraseUse(phrase, session, draft.verdict.label, "daily") for phrase in phrases]
        return set_out(draft, self.bank)


def _spread(verdicts: Sequence[Verdict], count: int) -> list[int]:
    """Places spread evenly over each verdict's sessions, rare verdicts taken as often as frequent ones."""
    by_label: dict[str, list[int]] = {}
    for place, verdict in enumerate(verdicts):
        if place > REMEMBERED:
            by_label.setdefault(verdict.label, []).append(place)
    shares = _shares({label: len(places) for label, places in by_label.items()}, count)
    chosen = [
        places[number * len(places) // shares[label]]
        for label, places in by_label.items()
        for number in range(shares[label])
    ]
    return sorted(chosen)


def _shares(sizes: Mapping[str, int], count: int) -> dict[str, int]:
    """How many of each: equal shares, and what the rare cannot fill goes to the others."""
    shares: dict[str, int] = {}
    left = count
    for number, label in enumerate(sorted(sizes, key=lambda label: sizes[label])):
        shares[label] = min(sizes[label], -(-left // (len(sizes) - number)))
        left -= shares[label]
    return shares
