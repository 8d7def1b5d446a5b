"""What rule files must say, key by key. The loader shows all that is wrong with a file at once."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from commentary.errors import Problem
from commentary.model import VERDICTS

Text = Annotated[str, Field(min_length=3)]
Texts = Annotated[tuple[Text, ...], Field(min_length=1)]
_SENTENCE_END = re.compile(r"[.!?](?=\s|$)")
_LONGEST_WHY = 3


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ExampleEntry(_File):
    """``[[examples]]`` of an evidence file."""

    readings: Annotated[Mapping[str, float | str], Field(min_length=1)]
    strength: Annotated[float, Field(ge=-1, le=1)]


class EvidenceFile(_File):
    """``rules/evidence/<channel>/<item>.toml``."""

    title: Text
    channel: Text
    status: Literal["live"]
    strength: Text
    signed: bool = False
    message: Text
    why: Text
    misfires: Texts
    references: Texts
    points: Annotated[Mapping[str, float], Field(min_length=1)]
    examples: Annotated[tuple[ExampleEntry, ...], Field(min_length=2)]

    @field_validator("points")
    @classmethod
    def _of_the_six(cls, points: Mapping[str, float]) -> Mapping[str, float]:
        for name in points:
            if name not in VERDICTS:
                close = difflib.get_close_matches(name, VERDICTS, n=1)
                hint = f"; did you mean {close[0]!r}?" if close else ""
                raise ValueError(f"no verdict {name!r}{hint} There are {', '.join(VERDICTS)}")
        return points

    @field_validator("why")
    @classmethod
    def _short(cls, why: str) -> str:
        if len(_SENTENCE_END.findall(why)) > _LONGEST_WHY:
            raise ValueError(f"at most {_LONGEST_WHY} sentences on who must sell or chooses to")
        return why


class ScoredFile(_File):
    """``rules/verdicts/<verdict>.toml`` of one of the six."""

    title: Text
    summary: Text
    bias: float
    gate: Text
    neighbour: str = ""


class RuledFile(_File):
    """``rules/verdicts/<verdict>.toml`` of a verdict reached by rule."""

    title: Text
    summary: Text
    when: Text | None = None
    closes: Mapping[str, Text] = {}
    confidence: Text
    leader: str = ""
    supports: tuple[str, ...] = ()
    opposes: tuple[str, ...] = ()


class _Undecided(_File):
    least: float
    lead: float
    standing: float


class _Conflict(_File):
    gap: float
    least: float


class _Confidence(_File):
    at_most: float
    second_at_most: float
    high: float
    moderate: float


class LedgerFile(_File):
    """``rules/ledger.toml``."""

    temperature: Annotated[float, Field(gt=0)]
    cap: Annotated[float, Field(gt=0)]
    caps: Mapping[str, float]
    undecided: _Undecided
    conflict: _Conflict
    confidence: _Confidence


class _NumberEntry(_File):
    title: Text
    value: Text


class DerivedFile(_File):
    """``rules/derived.toml``."""

    derived: Mapping[str, _NumberEntry]


class _SleeveEntry(_File):
    title: Text
    hit: Text
    depth: Text


class SeverityFile(_File):
    """``rules/severity.toml``."""

    raw: Text
    cuts: Annotated[tuple[float, ...], Field(min_length=4, max_length=4)]
    depth_cuts: Annotated[tuple[float, ...], Field(min_length=4, max_length=4)]
    graded: tuple[str, ...]
    sleeves: Mapping[str, _SleeveEntry]


class NamedEntry(_File):
    """A phase or a tag: what it is called and when it holds."""

    title: Text
    when: Text


class PhasesFile(_File):
    """``rules/phases.toml``."""

    phases: Mapping[str, NamedEntry]


class TagsFile(_File):
    """``rules/tags.toml``."""

    tags: Mapping[str, NamedEntry]


class _LeaderEntry(_File):
    sleeve: Text
    size: Text
    named_by: str = ""


class LeadersFile(_File):
    """``rules/leaders.toml``."""

    leaders: Mapping[str, _LeaderEntry]


Model = TypeVar("Model", bound=BaseModel)


def validated(
    model: type[Model], place: str, data: Mapping[str, object], problems: list[Problem]
) -> Model | None:
    """The file as its model, or None with every mistake added to ``problems``."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        problems += [_problem(model, place, dict(item)) for item in error.errors()]
        return None


def _problem(model: type[BaseModel], place: str, item: Mapping[str, Any]) -> Problem:
    keys, wanted = [str(part) for part in item["loc"]], str(item["msg"])
    if item["type"] == "extra_forbidden" and len(keys) == 1:
        close = difflib.get_close_matches(keys[0], model.model_fields, n=1)
        hint = f"did you mean {close[0]!r}? There are " if close else "one of "
        wanted = hint + ", ".join(model.model_fields)
    got = "nothing" if item["type"] == "missing" else repr(item["input"])[:80]
    return Problem(place, ".".join(keys), got, wanted)
