"""``commentary style`` and ``commentary note --strict``: what is printed, how a call ends."""

from __future__ import annotations

import json

import pytest

from commentary.auditing.style_bands import PLACE
from commentary.auditing.style_measures import MEASURES
from tests.cli import ROOT, Program

PLAIN = "Gold fell. Silver, which had risen for two weeks, fell as well.\n"
WIDE = """
[short]
sentences = 40
one_part_in = 3
[groups]
all = [
  "forced_exit", "flight_to_safety", "rotation", "rates_led", "relief_rally", "melt_up", "ordinary", "mixed", "quiet",
]
[from_words]
[unheld]
[bands]
"""


def lay(program: Program, width: float) -> None:
    """Bands of the user's own: every measure at most so much."""
    (program.folder / "commentary.toml").write_text('brand = "x"\n', encoding="utf-8")
    path = program.folder / PLACE
    path.parent.mkdir(parents=True)
    names = [name for name in MEASURES if name != "figurative_lexicon"]
    path.write_text(
        WIDE + "".join(f"{name}.all = {{ most = {width} }}\n" for name in names), encoding="utf-8"
    )


HEAD = """---
title: "The \\"exit\\""
date: 2024-08-05
edition: {edition}
verdict: forced_exit
---

# The "exit"

**Forced exit** · confidence **{word}**, 61 %

"""
TRACE = {
    "session": "2024-08-05",
    "edition": "daily",
    "title": 'The "exit"',
    "sentences": [
        {"section": "title", "family": "fire"},
        {"section": "verdict", "family": "water"},
        {"section": "verdict", "family": "none"},
    ],
}


def written(program: Program, edition: str = "daily", word: str = "high", **changed: object) -> str:
    """A note with its trace beside it."""
    (program.folder / "note.md").write_text(HEAD.format(edition=edition, word=word) + PLAIN, encoding="utf-8")
    facts = json.dumps({**TRACE, "edition": edition, **changed})
    (program.folder / "facts.json").write_text(facts, encoding="utf-8")
    return "note.md"


def row(out: str, title: str) -> list[str]:
    return next(line for line in out.splitlines() if line.strip().startswith(title)).split()


def test_a_foreign_text_is_held_to_the_bands_of_a_verdict(program: Program) -> None:
    (program.folder / "column.md").write_text(PLAIN, encoding="utf-8")
    called = program("style", "column.md", "--verdict", "rotation")
    assert called.status == 1
    assert called.out.startswith("column.md: ")
    assert row(called.out, "words") == [
        "words",
        "12",
        "400–1,200",
        "FAIL",
    ]  # 500–1,100 and a sixth of it either way
    assert row(called.out, "mean sentence") == ["mean", "sentence", "length", "6.0", "9.67–20.33", "FAIL"]
    assert row(called.out, "sentences ≤ 10")[-1] == "FAIL"  # both of them
    assert row(called.out, "sentences > 30")[-2:] == ["13.3", "pass"]


def test_every_file_is_printed_and_one_that_fails_is_enough(program: Program) -> None:
    lay(program, 1e6)
    (program.folder / "a.md").write_text(PLAIN, encoding="utf-8")
    (program.folder / "b.md").write_text("# Title\n\nGold fell.\n", encoding="utf-8")
    called = program("style", "a.md", "b.md", "--verdict", "quiet")
    assert called.status == 0
    assert [line for line in called.out.splitlines() if ".md: " in line] == [
        "a.md: 18 of 18 rows hold", "b.md: 16 of 16 rows hold",
    ]  # fmt: skip


def test_a_note_says_its_verdict_and_its_images(program: Program) -> None:
    out = program("style", written(program)).out
    assert row(out, "words") == ["words", "12", "666.7–1,733.3", "FAIL"]  # 800–1,600 and a sixth
    assert row(out, "figurative per 100  ")[3:] == ["8.33", "1.50–5.50", "FAIL"]  # one image in 12 words
    assert row(out, "figurative per 100, by lexicon")[5:] == ["0.00", "–", "–"]
    assert row(out, "modal hedges")[5:7] == ["≤", "0.80"]


def test_the_line_of_state_says_that_it_leans(program: Program) -> None:
    assert row(program("style", written(program, word="lean")).out, "modal hedges")[5:7] == ["≤", "1.60"]


def test_a_short_edition_says_that_it_is_one(program: Program) -> None:
    assert row(program("style", written(program, "brief")).out, "words") == ["words", "12", "–", "–"]


def test_a_trace_of_another_note_is_left_aside(program: Program) -> None:
    out = program("style", written(program, session="2024-08-06")).out
    assert row(out, "figurative per 100  ")[3] == "0.00"


@pytest.mark.parametrize("spoilt", ["[]", "{", '{"session": "2024-08-05", "edition": "daily"}'])
def test_a_trace_that_cannot_be_read(program: Program, spoilt: str) -> None:
    note = written(program)
    (program.folder / "facts.json").write_text(spoilt, encoding="utf-8")
    called = program("style", note)
    assert (called.status, "not the facts of a note" in called.err) == (2, True)


@pytest.mark.parametrize(
    ("text", "words", "said"),
    [
        (b"Gold fell.", (), "no verdict in its front matter; say with --verdict"),
        (b"# Title\n\n| a |\n|---|\n", ("--verdict", "quiet"), "no prose to measure"),
        (b"Gold fell\xff.", ("--verdict", "quiet"), "not text in UTF-8"),
        (b"---\nverdict: calm\n---\nGold fell.", (), "got verdict 'calm'; wanted one of forced_exit"),
        (b"Gold fell.", ("--verdict", "calm"), "'calm' is not one of"),
    ],
)  # fmt: skip
def test_what_cannot_be_measured(program: Program, text: bytes, words: tuple[str, ...], said: str) -> None:
    (program.folder / "a.md").write_bytes(text)
    called = program("style", "a.md", *words)
    assert called.status == 2
    assert said in called.err
    assert called.out == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [((), "Missing argument"), (("none.md",), "none.md: cannot be read (No such file or directory)")],
)
def test_files_that_are_missing(program: Program, words: tuple[str, ...], said: str) -> None:
    called = program("style", *words)
    assert (called.status, said in called.err) == (2, True)


def test_a_strict_note_is_held_and_not_written(program: Program) -> None:
    lay(program, -1)
    called = program("note", "--source", "episodes", "--date", "2024-08-05", "--strict")
    assert called.status == 3
    assert "fails the gate of style in" in called.err
    assert "  - words: got " in called.err
    assert program.files("output") == []


@pytest.mark.parametrize("edition", ["wire", "brief", "audio", "weekly"])
def test_only_whole_notes_in_the_banks_voice_are_judged(program: Program, edition: str) -> None:
    called = program("note", "--source", "episodes", "--date", "2024-08-05", "--strict", "--edition", edition)
    assert called.status == 2
    assert f"whole notes in the bank's voice (daily), not {edition}" in called.err


def test_a_strict_note_that_passes_is_written(program: Program) -> None:
    lay(program, 1e6)
    assert program("note", "--source", "episodes", "--date", "2024-08-05", "--strict", "--quiet").status == 0
    assert "output/2024-08-05/daily/note.md" in program.files("output")


def test_mistakes_in_bands_are_an_authors(program: Program) -> None:
    lay(program, 1)
    path = program.folder / PLACE
    path.write_text(path.read_text(encoding="utf-8").replace("mattr.all", "mttr.all"), encoding="utf-8")
    assert "did you mean 'mattr'?" in program("check").err
    (program.folder / "a.md").write_text(PLAIN, encoding="utf-8")
    assert program("style", "a.md", "--verdict", "quiet").status == 4


def test_the_shipped_bands_are_the_ones_of_the_page() -> None:
    page = (ROOT / "docs" / "style.md").read_text(encoding="utf-8")
    assert [measure.title for measure in MEASURES.values() if measure.title not in page] == []
