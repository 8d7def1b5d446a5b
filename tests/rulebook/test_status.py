"""Draft, trial, live, retired: what an item of each status does, and what may name it."""

from __future__ import annotations

from pathlib import Path

import pytest

from commentary.errors import AuthoringError
from commentary.model import VERDICTS, ReadingSpec
from commentary.rulebook.book import Rulebook
from commentary.rulebook.judge import judge
from commentary.rulebook.lint import draft_problems, lint
from commentary.rulebook.load import load_rulebook
from tests.rulebook import made
from tests.rulebook.test_load import ITEM, PLACE

GONE = 'status = "retired"\nretired = "2025-01-31: nobody trades cocoa any more"'


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMENTARY_CACHE", str(tmp_path / "cache"))


def _with(root: Path, status: str, **files: str) -> Rulebook:
    text = ITEM.replace('status = "live"', status)
    return load_rulebook(made.overlay(root / "mine", {PLACE: text, **files}))


def _problems(root: Path, status: str, files: dict[str, str]) -> list[str]:
    with pytest.raises(AuthoringError) as caught:
        _with(root, status, **files)
    return [str(problem) for problem in caught.value.problems]


FALLEN = made.FORCED | {"cocoa.move_z": -1.5}


def test_a_trial_is_shown_with_what_it_would_have_given(tmp_path: Path) -> None:
    found = judge(_with(tmp_path, 'status = "trial"'), made.tape(FALLEN), ())
    (line,) = found.trial
    # (1.5 - 1) / (2 - 1) of the way, 0.2 points for a forced exit
    assert (line.item, line.strength) == ("cocoa_sold", 0.5)
    assert line.points == pytest.approx(dict.fromkeys(VERDICTS, 0.0) | {"forced_exit": 0.1})


def test_a_trial_changes_nothing_of_the_verdict(tmp_path: Path) -> None:
    plain = judge(made.rules(), made.tape(FALLEN), ())
    tried = judge(_with(tmp_path, 'status = "trial"'), made.tape(FALLEN), ())
    assert tried.strengths == {**plain.strengths, "cocoa_sold": 0.5}
    for name in ("label", "scores", "shares", "evidence", "coverage", "severity", "missing", "supporting"):
        assert getattr(tried, name) == getattr(plain, name), name


def test_a_live_item_does(tmp_path: Path) -> None:
    plain = judge(made.rules(), made.tape(FALLEN), ())
    found = judge(_with(tmp_path, 'status = "live"'), made.tape(FALLEN), ())
    assert found.supporting == pytest.approx(plain.supporting + 0.1)
    assert not found.trial


def test_a_trial_without_its_reading_lowers_no_coverage(tmp_path: Path) -> None:
    plain = judge(made.rules(), made.tape(made.FORCED), ())
    tried = judge(_with(tmp_path, 'status = "trial"'), made.tape(made.FORCED), ())
    assert (tried.coverage, tried.missing, tried.trial) == (plain.coverage, plain.missing, ())


@pytest.mark.parametrize("status", ['status = "draft"', GONE])
def test_drafts_and_retired_items_are_not_worked_out(tmp_path: Path, status: str) -> None:
    book = _with(tmp_path, status)
    assert judge(book, made.tape(FALLEN), ()) == judge(made.rules(), made.tape(FALLEN), ())
    assert "cocoa.move_z" not in book.readings
    assert list(book.shelf.names) == ["cocoa_sold"]


READER = ITEM.replace("down(cocoa.move_z, -1, -2)", "down(cocoa.move_z, -1, -2) * evidence.cocoa_sold")
READER = READER.replace('"cocoa.move_z" =', '"evidence.cocoa_sold" = 1.0, "cocoa.move_z" =')
READING = {"rules/evidence/softs/cocoa_again.toml": READER}
MIXED = 'title = "Mixed"\nsummary = "Two."\nconfidence = "0.5"\nsupports = ["cocoa_sold"]\n'
SIDING = {"rules/verdicts/mixed.toml": MIXED}


def test_what_a_trial_came_to_may_be_read(tmp_path: Path) -> None:
    book = _with(tmp_path, 'status = "trial"', **READING, **SIDING)
    found = judge(book, made.tape(FALLEN), ())
    assert found.strengths["cocoa_again"] == 0.25  # half of a half


@pytest.mark.parametrize(
    ("status", "word"), [('status = "draft"', "a draft"), (GONE, "retired, 2025-01-31: nobody")]
)
@pytest.mark.parametrize(
    ("files", "place"),
    [
        (READING, "rules/evidence/softs/cocoa_again.toml: strength: "),
        (SIDING, "rules/verdicts/mixed.toml: supports: "),
    ],
    ids=["strength", "sides"],
)
def test_what_is_on_the_shelf_may_not_be_named(
    tmp_path: Path, status: str, word: str, files: dict[str, str], place: str
) -> None:
    (problem,) = _problems(tmp_path, status, files)
    assert problem.startswith(place)
    assert f"cocoa_sold is {word}" in problem


def test_a_gate_may_not_read_a_draft(tmp_path: Path) -> None:
    quiet = 'title = "Quiet"\nsummary = "Nothing."\nbias = 1.2\ngate = "evidence.cocoa_sold <= 0.5"\n'
    book = _with(tmp_path, 'status = "draft"', **{"rules/verdicts/quiet.toml": quiet})
    (problem,) = [found for found in lint(book, _specs(book)) if found.file == "rules/verdicts/quiet.toml"]
    assert problem.key == "gate"
    assert "cocoa_sold is a draft" in problem.wanted


def _specs(book: Rulebook) -> dict[str, ReadingSpec]:
    return {name: made.spec(name) for name in {*book.readings, "cocoa.move_z"} if "evidence." not in name}


def test_a_draft_need_not_come_out_and_says_what_it_wants(tmp_path: Path) -> None:
    text = ITEM.replace('"live"', '"draft"').replace("strength = 0.5", "strength = 0.6")
    text = text.replace('"Cocoa fell"', '"<what was seen>"')
    book = load_rulebook(made.overlay(tmp_path / "mine", {PLACE: text}))
    (draft,) = book.shelf.drafts
    assert [problem.key for problem in draft.wanting] == ["title"]
    text = text.replace('"<what was seen>"', '"Cocoa fell"')
    (draft,) = load_rulebook(made.overlay(tmp_path / "next", {PLACE: text})).shelf.drafts
    assert [problem.key for problem in draft.wanting] == ["examples.1.strength"]


def test_a_draft_is_held_to_the_readings_last(tmp_path: Path) -> None:
    book = _with(tmp_path, 'status = "draft"')
    (draft,) = book.shelf.drafts
    assert draft_problems(book, draft, _specs(book)) == ()
    without = {name: spec for name, spec in _specs(book).items() if name != "cocoa.move_z"}
    (problem,) = draft_problems(book, draft, without)
    assert (problem.file, problem.key) == (PLACE, "strength")


def test_an_unknown_key_of_a_draft_is_a_mistake(tmp_path: Path) -> None:
    (problem,) = _problems(tmp_path, 'status = "draft"\nstrenght = "1"', {})
    assert problem.startswith(f"{PLACE}: strenght: ")
    assert "did you mean 'strength'?" in problem


@pytest.mark.parametrize(
    ("status", "key", "said"),
    [
        ('status = "retired"', "", "since when and why"),
        ('status = "retired"\nretired = "long ago"', "retired", "since when and why"),
        ('status = "live"\nretired = "2025-01-31: why"', "retired", "status = 'retired' alone"),
        ('status = "lvie"', "status", "'draft', 'trial', 'live' or 'retired'"),
    ],
)
def test_a_status_says_what_goes_with_it(tmp_path: Path, status: str, key: str, said: str) -> None:
    (problem,) = _problems(tmp_path, status, {})
    assert problem.startswith(f"{PLACE}: {key}: ")
    assert said in problem


def test_a_placeholder_in_a_live_item_is_named(tmp_path: Path) -> None:
    text = ITEM.replace('"A good harvest."', '"<a false alarm>"').replace(
        '{ "cocoa.move_z" = -1.0', '{ "<a>" = -1.0'
    )
    with pytest.raises(AuthoringError) as caught:
        load_rulebook(made.overlay(tmp_path / "mine", {PLACE: text}))
    keys = [problem.key for problem in caught.value.problems]
    assert keys == ["misfires.0", "examples.0.readings.<a>"]
