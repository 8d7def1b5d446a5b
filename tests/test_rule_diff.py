"""``rules diff``: made-up bars judged under rules with one thing changed, and the real ones where they are."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from commentary.bank import Bank
from commentary.commands._common import open_desk
from commentary.library import Library, shipped_root
from commentary.rule_diff import READ_BY_READINGS, RuleDiff, Span, differing, rule_diff
from commentary.shipped import shipped_days
from tests.cli import ROOT, Program

MARKET = os.environ.get("COMMENTARY_MARKET_DATA", "")
QUIET = "rules/verdicts/quiet.toml"
ROTATION = "rules/verdicts/rotation.toml"
ITEM = "rules/evidence/index/any_fall.toml"
FALL = """
title = "The index fell"
channel = "index"
status = "live"
strength = "down(sp500.move_z, 0, -0.5)"
message = "The index fell."
why = "Whoever had to sell did."
misfires = ["Most of the time."]
references = ["By hand, for a test."]

[points]
forced_exit = 0.3
quiet = -0.2

[[examples]]
readings = { "sp500.move_z" = 0.0 }
strength = 0.0

[[examples]]
readings = { "sp500.move_z" = -0.5 }
strength = 1.0
"""


@pytest.fixture
def desk(program: Program, monkeypatch: pytest.MonkeyPatch) -> Program:
    monkeypatch.setenv("COMMENTARY_NOW", "2024-08-12T09:00:00-04:00")
    assert program("init").status == 0
    return program


def plant(folder: Path, place: str, text: str) -> None:
    path = folder / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def shipped(place: str) -> str:
    return (shipped_root() / place).read_text(encoding="utf-8")


def harder(place: str, condition: str) -> str:
    """A verdict's rule with a further condition in its gate."""
    data = dict(Library().document(place).data)
    data["gate"] = f"({data['gate']}) and {condition}"
    return "".join(f"{key} = {json.dumps(value)}\n" for key, value in data.items())


def asked(desk: Program, *words: str) -> dict:  # type: ignore[type-arg]
    found = desk("rules", "diff", "--format", "json", *words)
    assert found.status == 0, found.err
    return json.loads(found.out)  # type: ignore[no-any-return]


def labels(desk: Program, bars: Path) -> dict[str, str]:
    rows = desk(
        "verdicts", "--from", "2023-04-01", "--to", "2024-08-09", "--source", str(bars), "--format", "json"
    )
    return {row["session"]: row["label"] for row in json.loads(rows.out)}


def test_a_gate_that_nothing_passes(desk: Program, bars: Path) -> None:
    before = labels(desk, bars)
    plant(desk.folder, QUIET, harder(QUIET, "vix.level >= 149"))
    after = labels(desk, bars)
    found = asked(desk, "--source", str(bars))
    assert found["files"] == {QUIET: "changed"}
    moved = {day for day in before if before[day] != after[day]}
    assert moved
    assert {row["session"] for row in found["changed"]} == moved
    quiet = next(row for row in found["rates"] if row["label"] == "quiet")
    assert quiet["before"] == Counter(before.values())["quiet"] > 0
    assert quiet["after"] == 0
    assert all(row["gates"]["quiet"] == [True, False] for row in found["changed"])
    assert sum(row["sessions"] for row in found["transitions"]) == len(moved)
    assert found["sessions"] == len(before)


def test_an_item_more_is_named_by_its_points(desk: Program, bars: Path) -> None:
    plant(desk.folder, ITEM, FALL)
    found = asked(desk, "--source", str(bars))
    assert found["files"] == {ITEM: "added"}
    assert all(set(row["points"]) == {"any_fall"} for row in found["changed"])
    assert found["moves"]


def test_an_item_on_trial_changes_nothing(desk: Program, bars: Path) -> None:
    plant(desk.folder, ITEM, FALL.replace('"live"', '"trial"'))
    found = asked(desk, "--source", str(bars))
    assert (found["files"], found["changed"], found["moves"]) == ({ITEM: "added"}, [], [])


def test_a_span_of_sessions(desk: Program, bars: Path) -> None:
    plant(desk.folder, ITEM, FALL)
    words = ("--source", str(bars), "--from", "2024-07-01", "--to", "2024-07-31")
    assert asked(desk, *words)["sessions"] == 22  # 4 July is none
    found = desk("rules", "diff", "--source", str(bars), "--from", "2030-01-01")
    assert found.status == 3


def test_a_scale_of_ones_own_makes_other_readings(desk: Program, bars: Path) -> None:
    text = shipped("rules/scale.toml")
    assert re.search(r"^short = 63$", text, re.MULTILINE), text
    plant(desk.folder, "rules/scale.toml", text.replace("short = 63", "short = 41"))
    found = asked(desk, "--source", str(bars))
    assert found["files"] == {"rules/scale.toml": "changed"}
    assert found["moves"]


def test_the_readings_are_computed_by_these_rules_alone() -> None:
    text = (ROOT / "commentary" / "reading_frame.py").read_text(encoding="utf-8")
    assert set(re.findall(r'"(rules/[a-z]+\.toml)"', text)) == set(READ_BY_READINGS)


@pytest.mark.parametrize("form", ["table", "md"])
def test_for_reading(desk: Program, bars: Path, form: str) -> None:
    plant(desk.folder, QUIET, harder(QUIET, "vix.level >= 149"))
    found = desk("rules", "diff", "--source", str(bars), "--format", form)
    assert (found.status, found.err) == (0, "")
    assert f"{QUIET}" in found.out
    assert "sessions change their verdict." in found.out
    assert "quiet passed → failed" in found.out
    assert ("| label | before | after |" in found.out) == (form == "md")


def test_the_shipped_days_need_no_data(desk: Program) -> None:
    plant(desk.folder, ITEM, FALL)
    found = desk("rules", "diff", "--source", "episodes")
    assert found.status == 0
    assert f"{len(shipped_days())} sessions" in found.out


def test_rules_that_are_the_same(desk: Program) -> None:
    plant(desk.folder, "rules/messages/closing/own.toml", 'about = "By hand."\nwhen = "gold.move_z < 0"\n')
    found = desk("rules", "diff", "--source", "nowhere")
    assert found.status == 0
    assert "no file that decides verdicts differs" in found.out


def test_a_whole_set_of_rules_stands_alone(desk: Program, bars: Path, tmp_path: Path) -> None:
    other = tmp_path / "before"
    shutil.copytree(shipped_root() / "rules", other / "rules")
    (other / "rules" / "evidence" / "volatility" / "vvix_high.toml").rename(tmp_path / "gone.toml")
    for folder in (other, other / "rules"):
        found = asked(desk, "--source", str(bars), "--against", str(folder), "--from", "2024-06-01")
        assert found["files"] == {"rules/evidence/volatility/vvix_high.toml": "added"}
        assert found["before"] == f"the rules of {folder}"


def test_a_folder_of_a_few_rules_lies_over_the_shipped_ones(
    desk: Program, bars: Path, tmp_path: Path
) -> None:
    plant(tmp_path / "other", ITEM, FALL)
    words = ("--source", str(bars), "--against", str(tmp_path / "other"), "--from", "2024-06-01")
    found = asked(desk, *words)
    assert found["files"] == {ITEM: "missing"}
    assert desk("rules", "diff", "--against", str(tmp_path)).status == 2


def test_mistakes_of_both_end_with_four(desk: Program, tmp_path: Path) -> None:
    plant(
        desk.folder, ITEM, FALL.replace("sp500.move_z, 0", "sp500.mov_z, 0").replace("forced_exit", "forced")
    )
    plant(desk.folder, QUIET, harder(QUIET, "vix.level >= 1490"))
    plant(tmp_path / "other", ITEM, FALL.replace('"live"', '"alive"'))
    found = desk("rules", "diff", "--against", str(tmp_path / "other"))
    assert (found.status, found.out) == (4, "")
    assert f"  {ITEM}: points" in found.err
    assert f"  {tmp_path / 'other'}: {ITEM}: status" in found.err


def test_files_are_told_apart_by_their_text(tmp_path: Path) -> None:
    plant(tmp_path, ROTATION, shipped(ROTATION))
    plant(tmp_path, QUIET, shipped(QUIET) + "\n")
    assert differing(Library(), Library((tmp_path,))) == {QUIET: "changed"}


def real(folder: Path, files: dict[str, str]) -> RuleDiff:
    for place, text in files.items():
        plant(folder, place, text)
    span = Span(MARKET, date(2016, 1, 1), date(2024, 12, 31), datetime.now(UTC))
    return rule_diff(Bank(Library((folder,))), None, span)


@pytest.mark.slow
@pytest.mark.market
@pytest.mark.skipif(not MARKET, reason="COMMENTARY_MARKET_DATA is not set")
def test_a_narrower_gate_makes_no_rotation(tmp_path: Path) -> None:
    open_desk()  # conditions compiled before
    found = real(tmp_path, {ROTATION: harder(ROTATION, "leadership.spread_z >= 4")})
    moved = [change for change in found.changes if change.relabelled]
    assert moved
    assert all(change.after.label != "rotation" for change in moved)
    assert all(change.gates().get("rotation") == (True, False) for change in moved)
    assert all(change.points() == {} for change in found.changes)
    assert any(change.after.label == "rotation" for change in found.changes)
