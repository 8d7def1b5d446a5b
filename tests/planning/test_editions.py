"""Editions keep sections of a plan, say another's words or their own, and remember what says the same."""

from __future__ import annotations

from datetime import date

import pytest

from commentary.errors import UsageError
from commentary.extent import WHOLE, Extent
from commentary.library import Library
from commentary.model import Memory, PhraseUse, Plan, Section
from commentary.planning.editions import (
    EditionFile,
    abridged,
    edition_problems,
    load_editions,
    named,
    own_memory,
    speaker,
)
from tests.planning.made import choice

DAY = date(2024, 8, 5)
WHOLE_NOTE = EditionFile(about="", tables=(), rows=1)
SHORT = EditionFile(about="", tables=("moves",), rows=5, sections={"title": 1, "metals": 9}, words_of="whole")
OWN = EditionFile(about="", tables=(), rows=1, voice="dry")
EDITIONS = {"whole": WHOLE_NOTE, "short": SHORT, "own": OWN}


def plan() -> Plan:
    sections = tuple(
        Section(name, "A heading", (choice(f"{name}/a"), choice(f"{name}/b")), 3)
        for name in ("title", "metals", "credit")
    )
    return Plan("plain", (), sections, (), (), {})


def test_a_short_edition_keeps_what_it_names_without_headings() -> None:
    kept = abridged(plan(), SHORT).sections
    assert [(section.name, section.heading) for section in kept] == [("title", ""), ("metals", "")]
    assert SHORT.extent == Extent({"title": 1, "metals": 9})


def test_an_edition_that_names_no_sections_keeps_all() -> None:
    assert abridged(plan(), WHOLE_NOTE) == plan()
    assert WHOLE_NOTE.extent.whole
    assert WHOLE.whole


def test_an_unknown_edition_names_those_that_there_are() -> None:
    with pytest.raises(
        UsageError, match=r"no edition 'monthly'; there are ahead, audio, brief, daily, open,"
    ):
        named("monthly", load_editions(Library()))


def test_the_words_are_those_of_the_edition_that_is_cut_short() -> None:
    assert [speaker(name, EDITIONS) for name in ("whole", "short", "own", "gone")] == [
        "whole", "whole", "own", "gone",
    ]  # fmt: skip


def test_an_edition_remembers_what_says_the_same_words() -> None:
    uses = tuple(
        PhraseUse(f"title/a#{name}", DAY, "quiet", name) for name in ("whole", "short", "own", "gone")
    )
    memory = Memory(uses)
    assert [use.edition for use in own_memory(memory, "whole", EDITIONS).uses] == ["whole", "short"]
    assert own_memory(memory, "short", EDITIONS) == own_memory(memory, "whole", EDITIONS)
    assert [use.edition for use in own_memory(memory, "own", EDITIONS).uses] == ["own"]


def test_what_an_edition_names_must_be_there() -> None:
    wrong = EditionFile(
        about="", tables=("movse",), rows=1, sections={"titel": 1}, voice="dri", layout="weekli"
    )
    hosted = EditionFile(about="", tables=(), rows=1, words_of="short")
    known = {"layout": {"weekly"}, "voice": {"dry"}, "sections": {"title"}, "tables": {"moves"}}
    found = list(edition_problems({**EDITIONS, "wrong": wrong, "hosted": hosted}, known))
    told = [(problem.file, problem.key, problem.got) for problem in found]
    assert told == [
        ("rules/editions/short.toml", "sections", "'metals'"),
        ("rules/editions/wrong.toml", "layout", "'weekli'"),
        ("rules/editions/wrong.toml", "voice", "'dri'"),
        ("rules/editions/wrong.toml", "sections", "'titel'"),
        ("rules/editions/wrong.toml", "tables", "'movse'"),
        ("rules/editions/hosted.toml", "words_of", "'short'"),
    ]
    assert "did you mean 'title'?" in found[3].wanted
