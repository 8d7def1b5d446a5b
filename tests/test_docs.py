"""Pages that cannot go stale: generated ones are as the program writes them, links lead somewhere, commands parse."""

from __future__ import annotations

import importlib
import re
import shlex
import sys
from pathlib import Path

import click
import pytest

from commentary.cli import COMMANDS, group
from tests.cli import ROOT

PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "CHANGELOG.md",
    *sorted((ROOT / "docs").rglob("*.md")),
]
SHELL = re.compile(r"```bash\n(.*?)```", re.DOTALL)
LINK = re.compile(r"\[[^\]]+\]\(([^)\s]+)\)")


def test_the_generated_pages_are_current(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    monkeypatch.delitem(sys.modules, "make_docs", raising=False)
    for path, text in importlib.import_module("make_docs").pages().items():
        assert path.read_text(encoding="utf-8") == text, f"{path.relative_to(ROOT)}: make docs"


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_every_link_leads_somewhere(path: Path) -> None:
    for target in LINK.findall(path.read_text(encoding="utf-8")):
        if not target.startswith(("https://", "mailto:")):
            place, _, anchor = target.partition("#")
            found = (path.parent / place).resolve() if place else path
            assert found.exists(), target
            if anchor:
                headings = re.findall(r"^#+ (.+)$", found.read_text(encoding="utf-8"), re.MULTILINE)
                assert anchor in {
                    re.sub(r"[^a-z0-9 -]", "", text.lower()).replace(" ", "-") for text in headings
                }


def commands(path: Path) -> list[list[str]]:
    """Every call of the program in the page's shell blocks and code spans, as words."""
    text = path.read_text(encoding="utf-8")
    lines = [
        part for block in SHELL.findall(text) for line in block.splitlines() for part in line.split("&&")
    ]
    lines += re.findall(r"`(commentary [a-z][^`…]*)`", text)
    found = [shlex.split(line, comments=True) for line in lines]
    return [words[1:] for words in found if words and words[0].endswith("commentary") and len(words) > 1]


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_every_command_parses(path: Path) -> None:
    for name, *words in commands(path):
        assert name in COMMANDS, name
        context = click.Context(group, info_name="commentary")
        command = group.get_command(context, name)
        assert command is not None
        if any(word.isupper() and word.isalpha() for word in words):
            words = ["2024-08-05" if word == "D" else word for word in words]
        if words:
            command.make_context(name, words, parent=context)


def test_every_target_of_make_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for path in PAGES:
        assert set(re.findall(r"`make ([a-z]+)`", path.read_text(encoding="utf-8"))) <= targets


@pytest.mark.parametrize("name", ["newcomer", "tests"])
def test_the_two_commands_are_one_line_each_and_stand_where_ci_looks(name: str) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    (line,) = re.findall(rf"^<!-- {name} -->\n```bash\n(.+)\n```$", text, re.MULTILINE)
    assert line.startswith("python3 -m venv .venv && .venv/bin/pip install -q ")
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert f"command_of {name}" in script


def test_the_modules_that_the_architecture_names_are_there() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    for name in re.findall(r"`([a-z_]+\.py)`", text):
        assert (ROOT / "commentary" / name).is_file(), name
    for place in re.findall(r"`((?:commentary|tests)/[a-z_/.]+)`", text):
        assert (ROOT / place).exists(), place


def test_every_stage_and_shape_is_named() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    for stage in (
        "sources",
        "readings",
        "rulebook",
        "planning",
        "phrasing",
        "rendering",
        "auditing",
        "publishers",
    ):
        assert f"`commentary/{stage}/`" in text
    model = (ROOT / "commentary" / "model.py").read_text(encoding="utf-8")
    shapes = set(re.findall(r"^class (\w+):", model, re.MULTILINE))
    small = {"ReadingSpec", "InputStatus", "EvidenceLine", "GateLine", "Flip"}
    assert {name for name in shapes - small if f"`{name}`" not in text} <= {"Sentence"}
    assert "`Sentence`s" in text
