"""The scales that readings are measured on, and the pairs: ``rules/scale.toml`` and ``rules/pairs.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from commentary.errors import AuthoringError, Problem
from commentary.library import Library
from commentary.macro import Macro, load_macro

SCALE, PAIRS = "rules/scale.toml", "rules/pairs.toml"

Count = Annotated[int, Field(ge=1)]
Positive = Annotated[float, Field(gt=0)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class History(_Table):
    """The first session that is read, wherever the data begin."""

    first: date


class Sigma(_Table):
    """Windows in sessions, observations needed, and the clip of a move in its own σ.

    ``by_days`` are classes of session whose σ grows with the root of the days that a move spans.
    """

    short: Count
    long: Count
    short_minimum: Count
    long_minimum: Count
    clip: Positive
    by_days: tuple[str, ...] = ()


class _Refitted(_Table):
    refit_every: Count
    refit_phase: Annotated[int, Field(ge=0)]

    @model_validator(mode="after")
    def _phase_below_every(self) -> _Refitted:
        if self.refit_phase >= self.refit_every:
            raise ValueError(f"refit_phase must be below refit_every, {self.refit_every}")
        return self


class Unexplained(_Refitted):
    """Ridge regression of an instrument's z on other readings over the sessions before.

    The ``capped`` drivers together explain at most ``cap`` σ of a move, either way.
    """

    window: Count
    minimum: Count
    penalty: Positive
    input_clip: Positive
    share_above_z: Positive
    cap: Positive
    capped: tuple[str, ...]
    drivers: Mapping[str, tuple[str, ...]]  # instrument → readings


class Tension(_Refitted):
    """What stocks and yields leave unexplained of readings, over the size that it usually has.

    ``moves``: subject → reading; ``against``: what each is held against, ``instead``: what some are.
    """

    window: Count
    minimum: Count
    penalty: Positive
    input_clip: Positive
    against: Annotated[tuple[str, ...], Field(min_length=1)]
    moves: Mapping[str, str]
    instead: Mapping[str, tuple[str, ...]] = {}

    def drivers(self, subject: str) -> tuple[str, ...]:
        """Readings that a subject is held against."""
        return self.instead.get(subject, self.against)


class Turbulence(_Refitted):
    """Kritzman and Li's distance over moves of instruments, some of them bounded."""

    instruments: Annotated[tuple[str, ...], Field(min_length=2)]
    bounds: Mapping[str, float] = {}
    window: Count
    minimum: Count
    shrink: Annotated[float, Field(ge=0, le=1)]
    rank_window: Count
    rank_minimum: Count


class Absorption(_Table):
    """Kritzman's absorption ratio on the sectors and its standardised shift."""

    window: Count
    half_life: Positive
    vectors: Count
    recent: Count
    usual: Count
    usual_minimum: Count


class SoldShare(_Table):
    """Readings counted as sold at or below the threshold."""

    threshold: float
    minimum: Count
    readings: tuple[str, ...]


class Crowd(_Table):
    """Trailing winners whose sale is a reversal."""

    window: Count
    clip: Positive
    minimum: float
    instruments: tuple[str, ...]


class Havens(_Table):
    """Readings whose mean tells whether the hiding places worked."""

    minimum: Count
    readings: tuple[str, ...]


class Largest(_Table):
    """Mean of the ``largest`` weighted readings, each floored at nought."""

    largest: Count
    weights: Mapping[str, float]


class Pressure(Largest):
    """The same, and how many sessions ``before`` are looked back on."""

    before: Count


class Sleeve(_Table):
    """Levels of readings at which a sleeve is hit: any one suffices."""

    below: Mapping[str, float] = {}
    above: Mapping[str, float] = {}

    @property
    def readings(self) -> tuple[str, ...]:
        """Names of the readings that decide."""
        return (*self.below, *self.above)


class Episode(_Table):
    """Sleeves and how many sessions back a first hit is looked for."""

    window: Count
    sleeves: Mapping[str, Sleeve]


class Curve(_Table):
    """Basis points below which a change of slope, or a leg, is none."""

    parallel_bp: Positive
    unchanged_bp: Positive


class Excess(_Table):
    """Credit funds against Treasuries: durations in years of the funds, and of the fund they are held ``against``."""

    against: str
    duration: Positive
    durations: Mapping[str, Positive]

    def hedge(self, fund: str) -> float:
        """Share of the Treasury fund's return that a fund of this duration would have had."""
        return self.durations[fund] / self.duration


class Stocks(_Table):
    """Names that the stock list needs, the part called winners, sessions before a year has winners."""

    minimum: Count
    fifth: Annotated[float, Field(gt=0, lt=0.5)]
    year_sessions: Count


class Pair(_Table):
    """Two sides whose returns are compared; a side of several instruments is their mean."""

    long: Annotated[tuple[str, ...], Field(min_length=1)]
    short: Annotated[tuple[str, ...], Field(min_length=1)]
    full: str
    long_words: str
    short_words: str
    scored: bool = False
    counted: bool = False

    @property
    def instruments(self) -> tuple[str, ...]:
        """Ids of both sides."""
        return (*self.long, *self.short)


class _PairsFile(_Table):
    pairs: Mapping[str, Pair]


class _ScaleFile(_Table):
    history: History
    sigma: Sigma
    unexplained: Unexplained
    tension: Tension
    turbulence: Turbulence
    absorption: Absorption
    sold_share: SoldShare
    crowd: Crowd
    havens: Havens
    dumping: Largest
    pressure: Pressure
    episode: Episode
    curve: Curve
    excess: Excess
    stocks: Stocks
    carry: Mapping[str, object] = {}  # read and validated by the sources


class Scale(_ScaleFile):
    """Everything of both files, and what is published beside prices."""

    pairs: Mapping[str, Pair]
    macro: Macro


_File = TypeVar("_File", bound=_Table)


def load_scale(library: Library) -> Scale:
    """Read ``rules/scale.toml``, ``rules/pairs.toml`` and ``rules/macro.toml``.

    Raises AuthoringError with all the mistakes of the first two, or with those of the third.
    """
    found = {document.place: document.data for document in library.documents("rules")}
    problems: list[Problem] = []
    scale = _read(_ScaleFile, SCALE, found, problems)
    pairs = _read(_PairsFile, PAIRS, found, problems)
    if scale is None or pairs is None:
        raise AuthoringError(problems)
    return Scale(**dict(scale), pairs=pairs.pairs, macro=load_macro(library))


def _read(
    model: type[_File], place: str, found: Mapping[str, Mapping[str, object]], problems: list[Problem]
) -> _File | None:
    if place not in found:
        problems.append(Problem(place, "(file)", "no file", "the tables of scales and pairs"))
        return None
    try:
        return model.model_validate(found[place])
    except ValidationError as error:
        problems += [
            Problem(place, ".".join(map(str, item["loc"])), repr(item["input"])[:80], item["msg"])
            for item in error.errors()
        ]
        return None
