"""Editions keep sections of a plan, each within its quota."""

from __future__ import annotations

import pytest

from commentary.errors import UsageError
from commentary.library import Library
from commentary.model import Plan, Section
from commentary.planning.editions import EditionFile, abridged, load_editions, named
from tests.planning.made import choice


def plan() -> Plan:
    sections = tuple(
        Section(name, "A heading", (choice(f"{name}/a"), choice(f"{name}/b")), 3)
        for name in ("title", "metals", "credit")
    )
    return Plan("plain", (), sections, (), (), {})


def test_a_short_edition_keeps_what_it_names_without_headings() -> None:
    short = EditionFile(about="", tables=("moves",), rows=5, sections={"title": 1, "metals": 9})
    kept = abridged(plan(), short).sections
    assert [(section.name, section.quota, section.heading) for section in kept] == [
        ("title", 1, ""), ("metals", 3, ""),
    ]  # fmt: skip


def test_an_edition_that_names_no_sections_keeps_all() -> None:
    assert abridged(plan(), EditionFile(about="", tables=(), rows=1)) == plan()


def test_an_unknown_edition_names_those_that_there_are() -> None:
    with pytest.raises(UsageError, match=r"no edition 'weekly'; there are brief, daily"):
        named("weekly", load_editions(Library()))
