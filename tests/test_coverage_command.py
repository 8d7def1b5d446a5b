"""What the bank did over made-up sessions: counted, checked, kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from commentary.bank import Bank
from commentary.covering import drafts
from commentary.model import Tape
from commentary.planning.scene import build_scene
from commentary.planning.select import choice_of
from commentary.scenes import Scenes, open_scenes
from commentary.tapes import Tapes
from commentary.truths import Truths
from tests.cli import Program

RANGE = ("--from", "2024-07-01", "--to", "2024-07-19")


@pytest.fixture(scope="module")
def scenes(bank: Bank, bars: Path) -> Scenes:
    return open_scenes(Tapes.open(str(bars), bank))


def sheets(program: Program, bars: Path, *more: str) -> dict[str, list[dict[str, Any]]]:
    called = program("phrases", "coverage", "--source", str(bars), *RANGE, "--format", "json", *more)
    assert called.status == 0, called.err
    return {sheet["name"]: sheet["rows"] for sheet in json.loads(called.out)["sheets"]}


def test_notes_are_composed_and_counted(program: Program, bars: Path) -> None:
    found = sheets(program, bars)
    assert list(found) == ["short", "thin", "never", "messages", "phrases"]
    printed = {row["message"]: row for row in found["messages"]}
    assert (
        sum(row["printed"] for row in printed.values()) > 14 * 5
    )  # fourteen sessions, of some paragraphs each
    for row in printed.values():
        assert row["printed"] <= row["chosen"] <= 14
        assert row["printed"] <= row["true"] or row["message"].startswith("watch/")
    for row in found["phrases"]:
        assert row["printed"] <= row["true"], row


def test_truth_alone(program: Program, bars: Path) -> None:
    found = sheets(program, bars, "--eligible")
    assert list(found) == ["short", "never", "messages", "phrases"]
    assert set(found["messages"][0]) == {"message", "true", "phrases"}


def test_episodes_are_too_few(program: Program) -> None:
    called = program("phrases", "coverage", "--source", "episodes", *RANGE)
    assert called.status == 2
    assert "too few" in called.err
    assert program("check", "--source", "episodes").status == 2


def test_an_empty_range_is_held(program: Program, bars: Path) -> None:
    called = program(
        "phrases",
        "coverage",
        "--source",
        str(bars),
        "--from",
        "1999-01-04",
        "--to",
        "1999-01-08",
        "--eligible",
    )
    assert called.status == 3
    assert "no session from 1999-01-04 to 1999-01-08" in called.err


def test_scenes_are_what_a_note_would_read(scenes: Scenes, bank: Bank) -> None:
    place = len(scenes.sessions) - 7
    day = scenes.sessions[place]
    (verdict,) = scenes.tapes.judged(day, day)
    told = build_scene(Tape(day, {}, {}), verdict, scenes.tapes.before(day))
    for name, value in told.items():
        assert scenes.judged[name][place] == value, name
    assert scenes.before[place - 1] == scenes.tapes.before(day)[-1]


def test_scenes_are_kept(scenes: Scenes, bank: Bank, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("commentary.scenes.judge", None)  # it is not asked again
    again = open_scenes(scenes.tapes)
    assert again.labels == scenes.labels
    assert again.before == scenes.before


def test_truth_in_columns_is_truth_of_the_day(scenes: Scenes, bank: Bank) -> None:
    truths = Truths(bank, scenes)
    place = len(scenes.sessions) - 9
    day = scenes.sessions[place]
    (verdict,) = scenes.tapes.judged(day, day)
    scene = build_scene(scenes.tapes.ungated(day), verdict, scenes.tapes.before(day))
    some = [
        item for item in truths.messages if not any(name.startswith("settled.") for name in item.when.names)
    ]
    for message in some[::7]:
        said = not message.file.verdicts or verdict.label in message.file.verdicts
        assert bool(truths.of(message)[place]) == (said and choice_of(message, scene, verdict) is not None), (
            message
        )


def test_sessions_remember_the_ones_before(scenes: Scenes) -> None:
    places = range(len(scenes.sessions) - 12, len(scenes.sessions))
    composed = [draft for _, draft in drafts(scenes, places) if draft is not None]
    assert composed
    uses = [len(draft.card.memory.uses) for draft in composed]
    assert uses == sorted(uses)
    assert uses[0] == 0
