"""Editions: which sections and tables a shorter edition keeps. ``rules/editions/<edition>.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace

from commentary.authored import STRICT, validated
from commentary.errors import UsageError
from commentary.library import Library
from commentary.model import Plan
from commentary.shapes import dataclass


@dataclass(frozen=True)
class EditionFile:
    """Keys of an edition file. Without ``sections`` the whole plan is kept."""

    __pydantic_config__ = STRICT

    about: str
    tables: tuple[str, ...]
    rows: int  # of the table of moves
    sections: Mapping[str, int] = field(default_factory=dict)  # section → how many messages at most


def load_editions(library: Library) -> dict[str, EditionFile]:
    """Editions by name. Raises AuthoringError with every mistake of every file."""
    return {
        document.name: file for document, file in validated(library.documents("rules/editions"), EditionFile)
    }


def named(edition: str, editions: Mapping[str, EditionFile]) -> EditionFile:
    """One edition. Raises UsageError naming those that there are."""
    if edition not in editions:
        raise UsageError(f"no edition {edition!r}; there are {', '.join(sorted(editions))}")
    return editions[edition]


def abridged(plan: Plan, edition: EditionFile) -> Plan:
    """The plan with only the sections of an edition, each within its quota."""
    quotas = edition.sections
    if not quotas:
        return plan
    kept = tuple(
        replace(section, quota=min(quotas[section.name], section.quota), heading="")
        for section in plan.sections
        if section.name in quotas
    )
    return replace(plan, sections=kept)
