"""``facts.json``: readings with what is declared of them, as JSON writes them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from commentary.bank import Bank
from commentary.facts import dump_facts
from commentary.model import Note, ReadingSpec, Tape
from commentary.pipeline import compose
from commentary.shipped import shipped_card
from commentary.units import Unit

DAY = date(2024, 8, 5)


@pytest.fixture(scope="module")
def note(bank: Bank) -> Note:
    """A note as facts see it: its text does not matter here."""
    draft = compose(shipped_card(DAY, "daily"), bank)
    return Note(
        session=DAY,
        edition="daily",
        title="Title with “quotes” and \\",
        markdown="",
        html="",
        sentences=tuple(draft.sentences),
        tables=(),
        verdict=draft.verdict,
        plan=draft.plan,
        card=draft.card,
    )


def expected(tape: Tape) -> dict[str, dict[str, object]]:
    """Every reading spelled out from its own declaration."""
    found: dict[str, dict[str, object]] = {}
    for name, value in tape.values.items():
        spec = tape.specs.get(name)
        found[name] = {
            "value": value,
            "unit": spec.unit.value if spec else "",
            "window": spec.window if spec else "",
            "as_of": tape.as_of.get(name, tape.session).isoformat(),
            "source": spec.source if spec else "",
        }
    return found


def test_every_reading_has_its_own_declaration(note: Note) -> None:
    told = json.loads(dump_facts(note))
    assert told["readings"] == expected(note.card.tape)
    assert told["title"] == note.title


def test_readings_of_every_kind_are_written_as_json_writes_them(note: Note) -> None:
    spec = ReadingSpec("gold.move_z", Unit.SIGMA, "63/756", ("gold",), 252, -8.0, 8.0, 'a "source" − §2')
    tape = Tape(
        DAY,
        {"gold.move_z": -1.5e-07, "table.largest_1": "gold", "unknown.number": 0.1 + 0.2, "count.whole": 3.0},
        {"gold.move_z": spec, "count.whole": replace(spec, name="count.whole")},
        as_of={"count.whole": date(2024, 8, 2)},
    )
    text = dump_facts(replace(note, card=replace(note.card, tape=tape)))
    told = json.loads(text)
    assert told["readings"] == expected(tape)
    assert text == json.dumps(told, ensure_ascii=False) + "\n"
