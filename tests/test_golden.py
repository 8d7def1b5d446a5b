"""Whole notes of nine shipped days, one a verdict, as they stand in ``golden/``.

``UPDATE_GOLDEN=1`` writes them anew: read the difference before you commit it. Fingerprints of rules and
templates are masked, for they change with every phrase.
"""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path

import pytest

from commentary.bank import Bank
from commentary.model import RULED, VERDICTS
from commentary.pipeline import write_note
from commentary.shipped import shipped_card

FOLDER = Path(__file__).parent / "golden"
DAYS = {
    "forced_exit": "2024-08-05",
    "rotation": "2024-07-11",
    "flight_to_safety": "2016-06-24",
    "relief_rally": "2025-04-09",
    "melt_up": "2013-01-02",
    "quiet": "2017-04-10",
    "rates_led": "2022-09-13",
    "ordinary": "2023-12-04",
    "mixed": "2022-12-15",
}


def masked(text: str) -> str:
    return re.sub(r"^(rules|templates): [0-9a-f]{16}$", r"\1: …", text, flags=re.MULTILINE)


@pytest.mark.parametrize("label", DAYS)
def test_a_note_is_as_it_was_read_and_approved(bank: Bank, label: str) -> None:
    note = write_note(shipped_card(date.fromisoformat(DAYS[label]), "daily"), bank)
    assert note.verdict.label == label
    path = FOLDER / f"{DAYS[label]}.md"
    text = masked(note.markdown)
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8"), "UPDATE_GOLDEN=1 writes it anew"


def test_every_verdict_has_one_and_nothing_else_lies_there() -> None:
    assert list(DAYS) == [*VERDICTS, *RULED]
    assert sorted(path.stem for path in FOLDER.glob("*")) == sorted(DAYS.values())
