"""What the loader refuses, and that it says everything at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from commentary.errors import AuthoringError
from commentary.rulebook.load import load_rulebook
from tests.rulebook import made

ITEM = """
title = "Cocoa fell"
channel = "softs"
status = "live"
strength = "down(cocoa.move_z, -1, -2)"
message = "Cocoa fell hard."
why = "Who lends against cocoa sells it."
misfires = ["A good harvest."]
references = ["Made for a test."]

[points]
forced_exit = 0.2

[[examples]]
readings = { "cocoa.move_z" = -1.0 }
strength = 0.0

[[examples]]
readings = { "cocoa.move_z" = -1.5 }
strength = 0.5

[[examples]]
readings = { "cocoa.move_z" = -2.0 }
strength = 1.0
"""
PLACE = "rules/evidence/softs/cocoa_sold.toml"


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMENTARY_CACHE", str(tmp_path / "cache"))


def _problems(root: Path, files: dict[str, str]) -> list[str]:
    with pytest.raises(AuthoringError) as caught:
        load_rulebook(made.overlay(root / "rules_of_mine", files))
    return [str(problem) for problem in caught.value.problems]


def test_an_author_adds_one_file(tmp_path: Path) -> None:
    book = load_rulebook(made.overlay(tmp_path / "mine", {PLACE: ITEM}))
    item = next(item for item in book.items if item.name == "cocoa_sold")
    assert item.points == (0.2, 0, 0, 0, 0, 0)
    assert len(book.items) == len(made.rules().items) + 1


def test_all_mistakes_of_all_files_at_once(tmp_path: Path) -> None:
    wrong_key = ITEM.replace("misfires", "misfire")
    wrong_ramp = ITEM.replace("down(cocoa", "dwn(cocoa")
    no_examples = ITEM.split("[[examples]]")[0]
    wrong_verdict = ITEM.replace("forced_exit = 0.2", "forced_exits = 0.2")
    places = [f"rules/evidence/softs/item_{number}.toml" for number in range(4)]
    files = dict(zip(places, (wrong_key, wrong_ramp, no_examples, wrong_verdict), strict=True))
    text = "\n".join(_problems(tmp_path, files))
    assert "item_0.toml: misfire: " in text
    assert "did you mean 'misfires'?" in text
    assert "item_1.toml: strength: " in text
    assert "did you mean 'down'?" in text
    assert "item_2.toml: examples: got nothing" in text
    assert "item_3.toml: points: " in text
    assert "did you mean 'forced_exit'?" in text


def test_an_example_that_does_not_come_out(tmp_path: Path) -> None:
    (problem,) = _problems(tmp_path, {PLACE: ITEM.replace("strength = 0.5", "strength = 0.6")})
    assert problem.startswith(f"{PLACE}: examples.1.strength: got 0.6")
    assert "0.5" in problem


def test_a_threshold_without_its_pair(tmp_path: Path) -> None:
    without = ITEM.replace('readings = { "cocoa.move_z" = -1.5 }\nstrength = 0.5\n\n[[examples]]\n', "")
    assert "= -1.5" not in without
    found = load_rulebook(made.overlay(tmp_path / "two_ends", {PLACE: without}))
    assert found.items  # the ends of the ramp are a pair for both
    one_side = ITEM.replace('readings = { "cocoa.move_z" = -2.0 }\nstrength = 1.0', _example(-1.6, 0.6))
    (problem,) = _problems(tmp_path, {PLACE: one_side})
    assert "no pair for cocoa.move_z at -2" in problem


def _example(level: float, strength: float) -> str:
    return f'readings = {{ "cocoa.move_z" = {level} }}\nstrength = {strength}'


def test_a_pair_must_differ_in_one_reading_alone(tmp_path: Path) -> None:
    both = ITEM.replace(
        '"down(cocoa.move_z, -1, -2)"', '"down(cocoa.move_z, -1, -2) * up(sugar.move_z, 0, 1)"'
    )
    both = both.replace('"cocoa.move_z" = -1.0', '"cocoa.move_z" = -1.0, "sugar.move_z" = 0.0')
    both = both.replace('"cocoa.move_z" = -1.5', '"cocoa.move_z" = -1.5, "sugar.move_z" = 1.0')
    both = both.replace('"cocoa.move_z" = -2.0', '"cocoa.move_z" = -2.0, "sugar.move_z" = 1.0')
    problems = _problems(tmp_path, {PLACE: both})
    assert {problem.split("no pair for ")[1].split(";")[0] for problem in problems} == {
        "cocoa.move_z at -1",
        "sugar.move_z at 0",
        "sugar.move_z at 1",
    }


def test_items_that_need_one_another(tmp_path: Path) -> None:
    examples = '[[examples]]\nreadings = { "NAME" = 0.0 }\nstrength = 0.0\n'
    head = ITEM.split("[[examples]]")[0]
    files = {
        f"rules/evidence/softs/{name}.toml": head.replace(
            "down(cocoa.move_z, -1, -2)", f"1 * evidence.{other}"
        )
        + 2 * examples.replace("NAME", f"evidence.{other}")
        for name, other in (("first", "second"), ("second", "first"))
    }
    (problem,) = _problems(tmp_path, files)
    assert "evidence.first → evidence.second → evidence.first" in problem or (
        "evidence.second → evidence.first → evidence.second" in problem
    )


def test_a_strength_that_is_not_there(tmp_path: Path) -> None:
    text = ITEM.replace("down(cocoa.move_z, -1, -2)", "down(cocoa.move_z, -1, -2) * evidence.idx_solt")
    text = text.replace('"cocoa.move_z" =', '"evidence.idx_solt" = 1.0, "cocoa.move_z" =')
    (problem,) = _problems(tmp_path, {PLACE: text})
    assert "did you mean 'evidence.idx_sold'?" in problem


def test_the_channel_is_the_folder(tmp_path: Path) -> None:
    (problem,) = _problems(tmp_path, {PLACE: ITEM.replace('"softs"', '"hards"')})
    assert "channel: got 'hards'; wanted 'softs'" in problem


def test_a_why_of_four_sentences(tmp_path: Path) -> None:
    text = ITEM.replace("Who lends against cocoa sells it.", "One. Two. Three. Four.")
    (problem,) = _problems(tmp_path, {PLACE: text})
    assert "at most 3 sentences" in problem


def test_a_gate_that_is_none(tmp_path: Path) -> None:
    gate = 'title = "Quiet"\nsummary = "Nothing."\nbias = 1.2\ngate = "vix.level + 2"\n'
    (problem,) = _problems(tmp_path, {"rules/verdicts/quiet.toml": gate})
    assert problem.startswith("rules/verdicts/quiet.toml: gate: ")


def test_a_rule_that_names_an_item_that_is_not_there(tmp_path: Path) -> None:
    mixed = 'title = "Mixed"\nsummary = "Two."\nconfidence = "0.5"\nsupports = ["idx_sould"]\n'
    (problem,) = _problems(tmp_path, {"rules/verdicts/mixed.toml": mixed})
    assert "did you mean 'idx_sold'?" in problem


def test_the_same_name_in_two_channels(tmp_path: Path) -> None:
    again = ITEM.replace('"softs"', '"grains"')
    (problem,) = _problems(tmp_path, {PLACE: ITEM, "rules/evidence/grains/cocoa_sold.toml": again})
    assert "'cocoa_sold' again" in problem
