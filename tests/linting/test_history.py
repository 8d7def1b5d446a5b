"""What a few sessions say of messages: never, too often, opposite at once; and slots that were counted thin."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from commentary.condition_masks import Masks
from commentary.condition_narrowing import NOTHING_SAID
from commentary.evaluation.coverage import Need, Slot, Wording
from commentary.evaluation.coverage_sheets import Coverage
from commentary.linting import supply
from commentary.linting.bench import Bench, Entry
from commentary.linting.kinship import Kinship, sign_of
from commentary.linting.opposites import opposites
from commentary.linting.truth import OFTEN, UNSEEN, frequencies
from commentary.phrasing.lexicon import Lexicon
from commentary.truths import Truths
from tests.linting.made import entry

DAYS: dict[str, Any] = {
    "gold.move_z": np.array([-2.0, 1.0, 1.0, 2.0, 0.1]),
    "gold.return_5d": np.array([0.01, -0.01, 0.02, 0.01, 0.0]),
    "verdict": np.array(["quiet", "mixed", "quiet", "quiet", "quiet"], dtype=object),
}


@dataclass(frozen=True)
class _Scenes:
    """Five sessions written by hand."""

    def masks(self, names: object, more: object = None) -> Masks:
        return Masks(DAYS, 5)


def truths(*entries: Entry) -> Truths:
    phrases: dict[str, tuple[Any, ...]] = {}
    for each in entries:
        phrases[each.message.name] = (*phrases.get(each.message.name, ()), each.phrase)
    planner = SimpleNamespace(messages=tuple({each.message.name: each.message for each in entries}.values()))
    bank: Any = SimpleNamespace(planner=planner, lexicon=Lexicon(phrases))
    scenes: Any = _Scenes()
    return Truths(bank, scenes)


@pytest.mark.parametrize(
    ("when", "own", "kinds"),
    [
        ("gold.move_z <= -3", "", [UNSEEN]),
        ("gold.move_z <= -1", "gold.return_5d < 0", [UNSEEN]),
        ("gold.move_z <= -1", "", []),
        ("gold.move_z > 0", "", [OFTEN]),  # four of five
        ("silver.move_z <= -1", "", []),  # never known here: nothing is said of it
    ],
)
def test_how_often(when: str, own: str, kinds: list[str]) -> None:
    assert [doubt.kind for doubt in frequencies(truths(entry("Gold.", when, own)))] == kinds


def test_a_phrase_counts_under_the_verdicts_of_its_message() -> None:
    found = truths(entry("Gold.", "gold.move_z >= 1", verdicts=("mixed",)))
    (message,) = found.messages
    assert found.of(message).tolist() == [False, True, False, False, False]


def test_a_figure_that_is_missing_keeps_a_phrase_back() -> None:
    one = entry("{{ silver.return_1d | percent }}.", "gold.move_z >= 1")
    found = truths(one)
    assert not found.of_phrase(one.message, one.phrase).any()
    assert found.lacking(one.message, one.phrase) == ("silver.return_1d",)


ROSE = {"text": "Gold rose.", "when": "gold.move_z >= 1", "name": "metals/day"}
WEEK = {"text": "Gold has fallen on the week.", "when": "gold.return_5d < 0", "name": "metals/week"}


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [
        (ROSE, WEEK, 1),  # session 2
        ({**ROSE, "topic": "gold_move"}, {**WEEK, "topic": "gold_move gold_week"}, 0),
        ({**ROSE, "stance": "supports"}, {**WEEK, "stance": "opposes"}, 0),
        (ROSE, {**WEEK, "device": "contrast"}, 0),
        (ROSE, {**WEEK, "when": "gold.move_z <= -1"}, 0),  # never together
        (ROSE, {**WEEK, "name": "havens/week"}, 0),  # another paragraph
        (ROSE, {**WEEK, "text": "Gold has risen on the week."}, 0),
    ],
)
def test_opposite_claims(bench: Bench, one: dict[str, Any], other: dict[str, Any], count: int) -> None:
    entries = [entry(**one), entry(**other)]
    assert len(list(opposites(bench, truths(*entries), entries))) == count


def test_slots_that_were_counted_thin(tmp_path: Path) -> None:
    one = entry("Gold.")
    slot = Slot(one.message.name, (Wording("a", "fact", ()),), 9, 9, [])
    supply.keep(tmp_path, Coverage([slot], {slot.message: Need(4, 2, 1, 0)}, 500))
    assert json.loads((tmp_path / supply.FILE).read_text())["needs"] == {slot.message: [4, 2, 1]}

    def thin(phrases: int) -> int:
        return len(list(supply.thin(tmp_path, Lexicon({slot.message: (one.phrase,) * phrases}))))

    assert [thin(phrases) for phrases in (0, 1, 2, 3)] == [0, 1, 1, 0]  # two more than the one there was
    supply.keep(tmp_path, Coverage([], {}, 100))  # of fewer sessions
    assert thin(1) == 1


RANGES = {
    "gold.return_1d": (-1.0, 1.0), "gold.move_z": (-8.0, 8.0), "gold.streak": (-99.0, 99.0),
    "yen.return_1d": (-1.0, 1.0), "yen.move_z": (-8.0, 8.0),
    "silver.return_1d": (-1.0, 1.0), "metals.spread_1d": (-1.0, 1.0), "metals.spread_z": (-8.0, 8.0),
}  # fmt: skip
KIN = Kinship(RANGES, {"metals": ("silver", "gold")}, {"yen"})


@pytest.mark.parametrize(
    ("source", "name", "sign"),
    [
        ("gold.move_z <= -1", "gold.return_1d", -1),
        ("gold.streak >= 3", "gold.move_z", 1),
        ("yen.move_z <= -1", "yen.return_1d", 1),
        ("gold.broke_50d == 1", "gold.return_1d", -1),
        ("metals.spread_z <= -1 and gold.return_1d < 0", "silver.return_1d", -1),
        ("metals.spread_1d >= 0.01", "silver.return_1d", 0),
    ],
)
def test_kinship(source: str, name: str, sign: int) -> None:
    left = KIN.closed(source, NOTHING_SAID)
    assert sign_of(left.bounds.get(name) or RANGES[name]) == sign
