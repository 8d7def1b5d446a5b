"""The keys of ``rules/cross_checks.toml``. Loaded when the file is held to account."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from commentary.authored import validated
from commentary.cross_checks import MOST_SESSIONS, Comparison, CrossCheck, Second, Unit
from commentary.library import Document

Symbol = Annotated[str, Field(pattern=r"^\S+$")]


class _Yahoo(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, title="Yahoo")

    yahoo: Symbol


class _Fred(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, title="FRED")

    fred: Annotated[str, Field(pattern="^[A-Z0-9]+$")]


class CheckFile(BaseModel):
    """One second opinion. A side is ``{ yahoo = "…" }`` or ``{ fred = "…" }``."""

    model_config = ConfigDict(extra="forbid", frozen=True, title="CrossCheck")

    name: Annotated[str, Field(min_length=1, pattern="^[^;:|]+$")]
    left: _Yahoo | _Fred
    right: _Yahoo | _Fred
    on: Comparison
    unit: Unit
    tolerance: Annotated[float, Field(gt=0)]
    lag: Annotated[int, Field(ge=0, le=MOST_SESSIONS)] = 0
    why: Annotated[str, Field(min_length=1)]


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    checks: Mapping[Annotated[str, Field(pattern="^[a-z][a-z0-9_]*$")], CheckFile]


def read(document: Document) -> tuple[CrossCheck, ...]:
    """The file's checks in its order. Raises AuthoringError with every mistake in it."""
    ((_, file),) = validated([document], _File)
    return tuple(_made(key, check) for key, check in file.checks.items())


def _made(key: str, check: CheckFile) -> CrossCheck:
    given = check.model_dump(exclude={"left", "right"})
    return CrossCheck(id=key, left=_side(check.left), right=_side(check.right), **given)


def _side(side: _Yahoo | _Fred) -> Second:
    return Second("yahoo", side.yahoo) if isinstance(side, _Yahoo) else Second("fred", side.fred)
