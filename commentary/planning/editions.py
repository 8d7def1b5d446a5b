"""Editions: which sections and tables a shorter edition keeps. ``rules/editions/<edition>.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pydantic import BaseModel, ConfigDict

from commentary.authored import validated
from commentary.errors import UsageError
from commentary.library import Library
from commentary.model import Plan


class EditionFile(BaseModel):
    """Keys of an edition file. Without ``sections`` the whole plan is kept."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    about: str
    tables: tuple[str, ...]
    rows: int  # of the table of moves
    sections: Mapping[str, int] = {}  # section → how many messages at most


def load_edition(edition: str, library: Library) -> EditionFile:
    """Read an edition. Raises UsageError naming the editions there are, AuthoringError for its file's mistakes."""
    found = {document.name: document for document in library.documents("rules/editions")}
    if edition not in found:
        raise UsageError(f"no edition {edition!r}; there are {', '.join(sorted(found))}")
    ((_, file),) = validated([found[edition]], EditionFile)
    return file


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
