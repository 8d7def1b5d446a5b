"""What rule files must say, key by key. The loader shows all that is wrong with a file at once."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)

from commentary.errors import Problem
from commentary.model import VERDICTS

Text = Annotated[str, Field(min_length=3)]
_PLACEHOLDER = re.compile(r"<.*>", re.DOTALL)
_SINCE = re.compile(r"\d{4}-\d{2}-\d{2}: \S")
_SENTENCE_END = re.compile(r"[.!?](?=\s|$)")
_LONGEST_WHY = 3


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def _filled(text: str) -> str:
    if _PLACEHOLDER.fullmatch(text.strip()):
        raise ValueError("the author's own in place of the scaffold's <…>")
    return text


def _least(count: int) -> AfterValidator:
    """Like ``min_length``, which would count only those that have no mistake of their own."""

    def counted(found: tuple[object, ...]) -> tuple[object, ...]:
        if len(found) < count:
            raise ValueError(f"at least {count}, not {len(found)}")
        return found

    return AfterValidator(counted)


Own = Annotated[Text, AfterValidator(_filled)]
Owns = Annotated[tuple[Own, ...], _least(1)]


class ExampleEntry(_File):
    """``[[examples]]`` of an evidence file."""

    readings: Annotated[Mapping[Own, float | str], Field(min_length=1)]
    strength: Annotated[float, Field(ge=-1, le=1)]


class EvidenceFile(_File):
    """``rules/evidence/<channel>/<item>.toml``."""

    title: Own
    channel: Text
    status: Literal["draft", "trial", "live", "retired"]
    retired: str = ""
    strength: Own
    signed: bool = False
    message: Own
    why: Own
    misfires: Owns
    references: Owns
    points: Annotated[Mapping[str, float], Field(min_length=1)]
    examples: Annotated[tuple[ExampleEntry, ...], _least(2)]

    @field_validator("points")
    @classmethod
    def _of_the_six(cls, points: Mapping[str, float]) -> Mapping[str, float]:
        for name in points:
            if name not in VERDICTS:
                close = difflib.get_close_matches(name, VERDICTS, n=1)
                hint = f"; did you mean {close[0]!r}?" if close else ""
                raise ValueError(f"no verdict {name!r}{hint} There are {', '.join(VERDICTS)}")
        return points

    @field_validator("retired")
    @classmethod
    def _dated(cls, retired: str, info: ValidationInfo) -> str:
        if info.data.get("status") != "retired":
            raise ValueError("this key beside status = 'retired' alone")
        if not _SINCE.match(retired):
            raise ValueError("since when and why: '2025-01-31: …'")
        return retired

    @model_validator(mode="after")
    def _reasoned(self) -> EvidenceFile:
        if self.status == "retired" and not self.retired:
            raise ValueError("the key retired beside status = 'retired': since when and why, '2025-01-31: …'")
        return self

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
    at_most: Text | None = None


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


class _Lean(_File):
    when: Text
    verdicts: Annotated[tuple[str, ...], Field(min_length=1)]
    at_most: Annotated[float, Field(gt=0, lt=1)]


class LedgerFile(_File):
    """``rules/ledger.toml``."""

    temperature: Annotated[float, Field(gt=0)]
    cap: Annotated[float, Field(gt=0)]
    caps: Mapping[str, float]
    undecided: _Undecided
    conflict: _Conflict
    confidence: _Confidence
    lean: _Lean


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


def unknown_keys(model: type[BaseModel], place: str, data: Mapping[str, object]) -> list[Problem]:
    """The keys of a file that its model does not have, whatever else is wrong with it."""
    try:
        model.model_validate(data)
    except ValidationError as error:
        strange = [dict(item) for item in error.errors() if item["type"] == "extra_forbidden"]
        return [_problem(model, place, item) for item in strange]
    return []


def _problem(model: type[BaseModel], place: str, item: Mapping[str, Any]) -> Problem:
    keys = [str(part) for part in item["loc"] if part != "[key]"]
    wanted = str(item["msg"]).removeprefix("Value error, ")
    if item["type"] == "extra_forbidden" and len(keys) == 1:
        close = difflib.get_close_matches(keys[0], model.model_fields, n=1)
        hint = f"did you mean {close[0]!r}? There are " if close else "one of "
        wanted = hint + ", ".join(model.model_fields)
    got = "nothing" if item["type"] == "missing" else repr(item["input"])[:80]
    return Problem(place, ".".join(keys), got, wanted)
