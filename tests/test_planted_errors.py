"""The auditor against errors that are known to be there, and against notes that have none."""

from __future__ import annotations

import os
import re
from datetime import date

import pytest

from commentary.bank import Bank
from commentary.model import Note
from tests.planting import KINDS, Tally, plant, tally
from tests.plants.days import BarNotes, findings, shipped_notes
from tests.plants.world import World

SHARE, LEAST, EACH = 0.98, 250, 20

MOST = 24
"""Errors of each class: enough of each, and quick enough."""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def shipped(bank: Bank) -> list[tuple[Note, World]]:
    return shipped_notes(bank)


@pytest.fixture(scope="module")
def alarms(shipped: list[tuple[Note, World]], bank: Bank) -> dict[date, tuple[str, ...]]:
    return {note.session: found for note, _ in shipped if (found := findings(note, bank))}


@pytest.fixture(scope="module")
def tallies(
    shipped: list[tuple[Note, World]], alarms: dict[date, tuple[str, ...]], bank: Bank
) -> list[Tally]:
    clean = [pair for pair in shipped if pair[0].session not in alarms]
    return [tally(kind, clean, bank, MOST) for kind in KINDS]


def test_the_auditor_leaves_the_shipped_notes_alone(alarms: dict[date, tuple[str, ...]]) -> None:
    assert alarms == {}


def test_the_auditor_finds_what_was_planted(tallies: list[Tally]) -> None:
    missed = [f"{item.note.session} {item.what}: {item.after}" for found in tallies for item in found.missed]
    planted = sum(len(found.caught) + len(found.missed) for found in tallies)
    assert planted >= LEAST
    assert len(missed) <= (1 - SHARE) * planted, "\n".join(missed)


def test_there_are_enough_errors_of_each_class_and_in_many_places(tallies: list[Tally]) -> None:
    for found in tallies:
        assert len(found.caught) + len(found.missed) >= EACH, found.kind
    places = {item.place for found in tallies for item in (*found.caught, *found.missed)}
    assert {"title", "standfirst", "verdict", "state line", "table moves", "table levels"} <= places


def test_an_error_stands_in_the_markdown_and_in_the_trace_and_nowhere_else(
    shipped: list[tuple[Note, World]],
) -> None:
    for note, world in shipped[::8]:
        for kind in ("wrong digit", "wrong sign word", "wrong window", "swapped subject"):
            planted = plant(note, kind, world)
            if planted is None:
                continue
            texts = [sentence.text for sentence in planted.note.sentences]
            assert planted.after in texts
            before = re.search(
                rf"(?<!\w){re.escape(planted.before)}", planted.note.markdown
            )  # VVIX ends in VIX
            assert before is None or planted.before in texts
            assert planted.note.plan.scene == note.plan.scene
            for sentence in planted.note.sentences:
                assert all(sentence.text[item.start : item.end] == item.shown for item in sentence.numbers)


def test_the_same_note_and_class_give_the_same_error(shipped: list[tuple[Note, World]]) -> None:
    note, world = shipped[0]
    for kind in KINDS:
        assert plant(note, kind, world) == plant(note, kind, world)


@pytest.mark.market
@pytest.mark.skipif("COMMENTARY_MARKET_DATA" not in os.environ, reason="COMMENTARY_MARKET_DATA is not set")
def test_the_auditor_leaves_notes_of_real_bars_alone(bank: Bank) -> None:
    notes = [note for note, _ in BarNotes.open(os.environ["COMMENTARY_MARKET_DATA"], bank).notes(256)]
    assert len(notes) >= 250
    assert {str(note.session): found for note in notes if (found := findings(note, bank))} == {}
