"""The note of a session as its readers have it: what was published, else what was written."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from commentary.archive import Archive
from commentary.bank import Bank
from commentary.bundle import read_bundle
from commentary.cards import card_of, read_card
from commentary.errors import PublishError, UsageError
from commentary.model import Card, Note, Sentence, ShownNumber, Table
from commentary.outputs import differences, fingerprint
from commentary.pipeline import compose, set_out
from commentary.shapes import dataclass

CHANGED = (
    "rules or phrases have changed since the note was written: its tables cannot be traced, and what differs in the "
    "verdict may be the rules' doing"
)


@dataclass(frozen=True)
class Asked:
    """Which note: ``output`` is the folder of notes."""

    session: date
    edition: str
    output: Path

    @property
    def folder(self) -> Path:
        """Where the note lies."""
        return self.output / self.session.isoformat() / self.edition


@dataclass(frozen=True)
class Printed:
    """A note's card, the facts of its verdict, its traced sentences and tables, where they were found, and what has
    to be said of them."""

    card: Card
    verdict: Mapping[str, Any]
    sentences: tuple[Sentence, ...]
    tables: tuple[Table, ...]
    place: str
    remark: str = ""


def find(asked: Asked, archive: Archive | None, bank: Bank) -> Printed:
    """The newest version that has gone out, else the note in its folder.

    Raises UsageError where there is neither, or where the bank no longer writes it as it was printed and its facts
    are gone; CardError for a card that cannot be read.
    """
    card, place = _published(asked, archive) or _written(asked)
    note = set_out(compose(card, bank), bank)
    if not differences(note):
        return _traced(note, place)
    facts = _facts(asked, card)
    if facts is None:
        raise UsageError(
            f"{place}: rules or phrases have changed since, and {asked.folder}/facts.json is not of this note; verify "
            f"it with the rules that it names ({card.versions['rules']}, {card.versions['templates']})"
        )
    sentences = tuple(_sentence(entry) for entry in facts["sentences"])
    return Printed(card, facts["verdict"], sentences, (), place, CHANGED)


def _published(asked: Asked, archive: Archive | None) -> tuple[Card, str] | None:
    if archive is None:
        return None
    sent = [
        item
        for item in archive.deliveries()
        if (item.session, item.edition, item.status) == (asked.session, asked.edition, "done")
    ]
    if not sent:
        return None
    last = max(sent, key=lambda item: item.at)
    place = f"published {last.at:%Y-%m-%d %H:%M} UTC to {last.target}, version {last.version}"
    text = archive.card(last.session, last.edition, last.version)
    return card_of(text, f"card of {last.session} {last.edition}, version {last.version}"), place


def _written(asked: Asked) -> tuple[Card, str]:
    path = asked.folder / "card.json"
    if not path.is_file():
        wanted = "wanted one that `commentary note` has written, or published"
        raise UsageError(f"no {asked.edition} note of {asked.session}: no {path}; {wanted}")
    return read_card(path), f"written, not published: {path}"


def _traced(note: Note, place: str) -> Printed:
    verdict = note.verdict
    facts = {
        "label": verdict.label,
        "confidence": verdict.confidence,
        "confidence_word": verdict.confidence_word,
        "runner_up": verdict.runner_up,
        "shares": dict(verdict.shares),
        "severity": verdict.severity,
        "phase": verdict.phase,
        "leader": verdict.leader,
        "tags": list(verdict.tags),
    }
    return Printed(note.card, facts, note.sentences, note.tables, place)


def _facts(asked: Asked, card: Card) -> Mapping[str, Any] | None:
    """Facts of the folder's note where it is the card's, byte for byte."""
    try:
        bundle = read_bundle(asked.folder)
    except PublishError:
        return None
    same = card.printed.get("markdown") == fingerprint(bundle.markdown)
    return json.loads((asked.folder / "facts.json").read_text(encoding="utf-8")) if same else None


def _sentence(entry: Mapping[str, Any]) -> Sentence:
    return Sentence(
        text=entry["text"],
        section=entry["section"],
        message=entry["message"],
        phrase=entry["phrase"],
        stance=entry["stance"],
        place="",
        family=entry["family"],
        tier=entry["tier"],
        when=entry["when"],
        numbers=tuple(ShownNumber(**number) for number in entry["numbers"]),
        subjects=tuple(entry["subjects"]),
    )
