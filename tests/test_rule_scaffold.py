"""``rules new``: a draft with every key, filled by hand or from another item, held to account once it is done."""

from __future__ import annotations

import importlib
import sys
import tomllib
from itertools import takewhile
from pathlib import Path

import pytest

from commentary.bank import Bank
from commentary.checking import unfinished
from commentary.files import write_text
from commentary.library import Library
from tests.cli import ROOT, Program

PLACE = "rules/evidence/havens/silver_sold.toml"
FILLED = {
    "<what was seen, in a few words>": "Silver was sold",
    "<down(gold.move_z, -0.5, -2)>": "down(silver.move_z, -1, -2.5)",
    "<the same as a sentence>": "Silver fell hard.",
    "<who must sell, or chooses to>": "Silver is held on margin, and margins are called.",
    "<a day on which this fires and means something else>": "A mine reopens.",
    "<a paper, a page, or: by hand>": "By hand, for a test.",
    '{ "<gold.move_z>" = -0.5 }': '{ "silver.move_z" = -1.0 }',
    '{ "<gold.move_z>" = -2.0 }': '{ "silver.move_z" = -2.5 }',
    "forced_exit = 0.0": "forced_exit = 0.2",
}


@pytest.fixture
def desk(program: Program) -> Program:
    assert program("init").status == 0
    return program


def fill(desk: Program, place: str = PLACE, **changes: str) -> None:
    path = desk.folder / place
    text = path.read_text(encoding="utf-8")
    for old, new in {**FILLED, **changes}.items():
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def status(desk: Program, word: str, place: str = PLACE) -> None:
    path = desk.folder / place
    text = path.read_text(encoding="utf-8").replace('status = "draft"', f'status = "{word}"')
    path.write_text(text, encoding="utf-8")


def wanted(desk: Program) -> list[str]:
    """What ``check`` says of drafts."""
    return list(unfinished(Bank(Library((desk.folder,)))))


def keys(lines: list[str]) -> list[str]:
    """What a draft still wants: the lines under it."""
    begins = next((place for place, line in enumerate(lines) if line.startswith("draft ")), len(lines))
    wanting = takewhile(lambda line: line.startswith("  "), lines[begins + 1 :])
    return [line.split(":")[0].strip() for line in wanting]


def test_a_draft_has_every_key_and_says_what_it_wants(desk: Program) -> None:
    found = desk("rules", "new", "havens/silver_sold")
    assert (found.status, found.err) == (0, "")
    assert str(desk.folder / PLACE) in found.out
    given = tomllib.loads((desk.folder / PLACE).read_text(encoding="utf-8")).keys()
    shipped = Library().document("rules/evidence/havens/gold_sold.toml").data.keys()
    assert set(given) == {*shipped, "signed"}
    checked = desk("check")
    assert (checked.status, checked.err) == (0, "")
    assert "1 draft, 0 retired" in checked.out
    assert keys(checked.out.splitlines()) == [
        "title", "strength", "message", "why", "misfires.0", "references.0",
        "examples.0.readings.<gold.move_z>", "examples.1.readings.<gold.move_z>",
    ]  # fmt: skip


def test_a_live_scaffold_is_refused_key_by_key(desk: Program) -> None:
    desk("rules", "new", "havens/silver_sold")
    status(desk, "live")
    found = desk("verdicts", "--from", "2024-08-05", "--to", "2024-08-05", "--source", "episodes")
    assert (found.status, found.out) == (4, "")
    assert len([line for line in found.err.splitlines() if line.startswith(f"  {PLACE}: ")]) == 8


def test_points_are_asked_for_when_the_words_are_there(desk: Program) -> None:
    desk("rules", "new", "havens/silver_sold")
    fill(desk, **{"forced_exit = 0.0": "forced_exit = 0.0"})
    assert any(line.startswith("  points: got none but zeros") for line in wanted(desk))


def test_a_filled_draft_is_ready_and_then_counts(desk: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    desk("rules", "new", "havens/silver_sold")
    fill(desk)
    assert wanted(desk) == [f"draft {PLACE}: ready to be trial or live"]
    explain = ("explain", "--source", "episodes", "--date", "2020-03-18")
    assert "Silver was sold" not in desk(*explain).out
    status(desk, "trial")
    assert "Silver was sold" in desk(*explain).out.split("\nOn trial\n")[1]
    assert ", on trial: no points)" in rules_page(desk.folder, monkeypatch)
    path = desk.folder / PLACE
    path.write_text(path.read_text(encoding="utf-8").replace('"trial"', '"live"'), encoding="utf-8")
    assert "Silver was sold" in desk(*explain).out.split("\nTotals of the six\n")[0]
    assert "#### Silver was sold (`silver_sold`)" in rules_page(desk.folder, monkeypatch)


def rules_page(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    monkeypatch.delitem(sys.modules, "make_docs", raising=False)
    return "\n".join(importlib.import_module("make_docs").rules(Library((folder,))))


def test_another_item_to_start_from(desk: Program) -> None:
    assert desk("rules", "new", "havens/silver_sold", "--from", "havens/gold_sold").status == 0
    made = tomllib.loads((desk.folder / PLACE).read_text(encoding="utf-8"))
    other = Library().document("rules/evidence/havens/gold_sold.toml").data
    for key in ("channel", "strength", "misfires", "references", "examples"):
        assert made[key] == other[key], key
    assert made["points"] == {**dict.fromkeys(made["points"], 0.0), **other["points"]}
    assert made["title"] == f"<as gold_sold: {other['title']}>"
    assert keys(wanted(desk)) == ["title", "message", "why"]


def test_every_shipped_item_can_be_started_from(desk: Program) -> None:
    from commentary.rule_scaffold import scaffold

    for document in Library().documents("rules/evidence"):
        made = tomllib.loads(scaffold(document.folder, document))
        assert made["strength"] == document.data["strength"], document.place
        assert made["examples"] == document.data["examples"], document.place
        assert made["signed"] == document.data.get("signed", False), document.place


def test_a_new_channel_is_said_to_be_new(desk: Program) -> None:
    found = desk("rules", "new", "softs/cocoa_sold")
    assert found.status == 0
    assert "channel 'softs' is new" in found.out
    assert "is new" not in desk("rules", "new", "softs/sugar_sold").out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("havens/gold_sold",), "'gold_sold' is there already"),
        (("metals/gold_sold",), "'gold_sold' is there already"),
        (("haven/silver_sold",), "did you mean 'havens'?"),
        (("silver_sold",), "wanted CHANNEL/ITEM"),
        (("Metal/Silver-Sold",), "such as metals/silver-sold"),
        (("havens/silver_sold", "--from", "gold_sould"), "did you mean gold_sold"),
    ],
)
def test_a_name_that_cannot_be_meant_is_refused(desk: Program, words: tuple[str, ...], said: str) -> None:
    found = desk("rules", "new", *words)
    assert found.status == 2
    assert said in found.err
    assert desk.files("rules") == []


def test_rules_are_written_only_where_they_are_read(program: Program) -> None:
    found = program("rules", "new", "havens/silver_sold")
    assert found.status == 2
    assert "commentary init" in found.err
    assert program.files() == []


def test_a_message_may_not_name_a_draft(desk: Program) -> None:
    desk("rules", "new", "havens/silver_sold")
    place = "rules/messages/closing/own.toml"
    write_text(
        desk.folder / place,
        'about = "By hand."\nwhen = "evidence.silver_sold > 0.5"\nevidence = "silver_sold"\n',
    )
    write_text(
        desk.folder / place.replace("rules/messages", "templates/phrases"),
        '[[phrases]]\nid = "one"\ntext = "Silver closed lower."\n',
    )
    lines = [line for line in desk("check").err.splitlines() if line.startswith(f"  {place}: ")]
    assert [line.split(": ")[1] for line in lines] == ["when", "evidence"]
    assert all("silver_sold is a draft" in line for line in lines)
