"""Every recipe of CONTRIBUTING.md, planted as it stands and seen used."""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.cli import ROOT, Program

TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
RECIPES = dict(re.findall(r"<!-- file: (\S+) -->\n```\w+\n(.*?)\n```\n", TEXT, re.DOTALL))
EPISODE = ("note", "--source", "episodes", "--date", "2024-08-05")


@pytest.fixture
def desk(program: Program) -> Program:
    """A working folder with every rule and template of the page."""
    assert program("init").status == 0
    for place, text in RECIPES.items():
        if not place.startswith("commentary/"):
            path = program.folder / place
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text + "\n", encoding="utf-8")
    return program


@pytest.fixture
def planted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page's modules, found in their packages as if they lay there."""
    for place, text in RECIPES.items():
        if place.startswith("commentary/"):
            path = tmp_path / "planted" / place
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text + "\n", encoding="utf-8")
            name = place.removesuffix(".py").replace("/", ".")
            package = importlib.import_module(name.rpartition(".")[0])
            monkeypatch.setattr(package, "__path__", [*package.__path__, str(path.parent)])
            monkeypatch.delitem(sys.modules, name, raising=False)


def test_there_is_a_recipe_for_every_kind_of_author() -> None:
    assert {place.rsplit("/", 2)[0] for place in RECIPES} >= {
        "rules/evidence",
        "rules/messages",
        "templates/phrases",
    }
    folders = {str(Path(place).parent) for place in RECIPES}
    assert folders >= {
        "rules/verdicts", "rules/claims", "rules/theses", "rules/themes", "rules/layouts", "rules/editions",
        "templates/notes",
        "commentary/readings", "commentary/sources", "commentary/publishers",
    }  # fmt: skip


def test_the_files_pass_the_check(desk: Program) -> None:
    found = desk("check")
    assert (found.status, found.err) == (0, "")


def test_the_evidence_item_and_the_gate_are_used(desk: Program) -> None:
    found = desk("explain", "--source", "episodes", "--date", "2020-03-18", "--format", "json")
    assert "long_bonds_sold" in found.out
    assert "leadership.spread_z >= 2.25" in found.out


@pytest.mark.slow
def test_the_evidence_item_goes_from_a_draft_to_one_that_counts(program: Program) -> None:
    place = "rules/evidence/rates/long_bonds_sold.toml"
    assert program("init").status == 0
    assert program("rules", "new", "rates/long_bonds_sold").status == 0
    drafted = (program.folder / place).read_text(encoding="utf-8")
    assert set(tomllib.loads(drafted)) == {*tomllib.loads(RECIPES[place]), "signed"}
    text = RECIPES[place] + "\n"
    (program.folder / place).write_text(text.replace('status = "live"', 'status = "draft"'), encoding="utf-8")
    found = program("check")
    assert (found.status, found.err) == (0, "")
    assert f"draft {place}: ready to be trial or live" in found.out
    (program.folder / place).write_text(text, encoding="utf-8")
    found = program("rules", "diff", "--source", "episodes")
    assert f"{place} added" in found.out
    assert found.status == 0


def test_the_message_is_said_in_its_phrases(desk: Program) -> None:
    found = desk("sample", "havens/gold_dip_in_good_week", "--source", "episodes", "--days", "40")
    assert found.status == 0
    # On 5 August 2024 the gold fund lost 1.3 percent and was up 1.0 percent over five sessions.
    said = [line for line in found.out.splitlines() if "2024-08-05" in line]
    assert any("lost 1.3 percent; over the week it is still up." in line for line in said)


def test_the_layout_makes_a_quiet_day_short(desk: Program) -> None:
    found = desk("note", "--source", "episodes", "--date", "2017-04-10")
    assert found.status == 0, found.err
    sections = {line["section"] for line in _facts(desk, "2017-04-10", "daily")["sentences"]}
    assert sections <= {"title", "standfirst", "verdict", "leader", "closing"}


def test_the_edition_is_a_telegram(desk: Program) -> None:
    found = desk(*EPISODE, "--edition", "telegram")
    assert found.status == 0, found.err
    assert found.out.count("\n| ") <= 1 + 3
    assert "### " not in found.out
    assert "> **Disclosure.**" in found.out


def _facts(desk: Program, day: str, edition: str) -> dict:  # type: ignore[type-arg]
    import json

    return json.loads((desk.folder / "output" / day / edition / "facts.json").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


@pytest.mark.usefixtures("planted")
def test_the_reading_is_declared_and_computed() -> None:
    from commentary.library import Library
    from commentary.readings import compute
    from commentary.scale import load_scale
    from commentary.universe import load_universe
    from tests.readings.synthetic import market

    universe, scale = load_universe(Library()), load_scale(Library())
    made = market(300)
    readings = compute(made, universe, scale)
    closes = made.close["gold"]
    got = readings.values["gold.low_252d_gap"]
    assert got.iloc[:251].isna().all()
    assert got.iloc[-1] == pytest.approx(closes.iloc[-1] / closes.iloc[-252:].min() - 1)
    assert readings.specs["gold.low_252d_gap"].window == "252 sessions"


@pytest.mark.usefixtures("planted")
def test_the_source_gives_a_note(program: Program, bars: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMENTARY_NOW", "2024-08-12T09:00:00-04:00")
    assert program("readings", "--source", "mirror").status == 3
    monkeypatch.setenv("MIRROR_FOLDER", str(bars))
    found = program("readings", "--source", "mirror", "--format", "csv")
    assert found.status == 0, found.err
    assert "sp500.return_1d" in found.out


@pytest.mark.usefixtures("planted")
def test_the_publisher_puts_a_copy_on_the_shelf_once(program: Program) -> None:
    program("init")
    assert program(*EPISODE, "--quiet").status == 0
    assert "shelf/2024-08-05-daily.md" in program("publish", "2024-08-05", "--to", "shelf", "--dry-run").out
    assert not (program.folder / "shelf").exists()
    assert program("publish", "2024-08-05", "--to", "shelf").status == 0
    copy = program.folder / "shelf" / "2024-08-05-daily.md"
    assert copy.read_bytes() == (program.folder / "output" / "2024-08-05" / "daily" / "note.md").read_bytes()
    assert "nothing to do" in program("publish", "2024-08-05", "--to", "shelf").out


def test_the_modules_keep_to_the_house_style(tmp_path: Path) -> None:
    for place, text in RECIPES.items():
        if place.endswith(".py"):
            (tmp_path / Path(place).name).write_text(text + "\n", encoding="utf-8")
    words = [sys.executable, "-m", "ruff", "check", "--config", str(ROOT / "pyproject.toml"), str(tmp_path)]
    done = subprocess.run(words, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
