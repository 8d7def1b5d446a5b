"""The instruments: symbols by source, names in prose, class, unit, session, role. ``rules/universe.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from commentary.errors import AuthoringError, Problem
from commentary.library import Library

PLACE = "rules/universe.toml"

Kind = Literal[
    "index", "fund", "sector", "factor", "metal", "commodity", "crypto", "currency", "credit", "spread",
    "yield", "bond_fund", "volatility", "correlation", "abroad", "stock",
]  # fmt: skip


class Instrument(BaseModel):
    """One instrument as ``universe.toml`` declares it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    full: str  # "the S&P 500"
    short: str  # "the S&P"
    label: str  # row of a table: "Gold (GLD)"
    number: Literal["singular", "plural"] = "singular"
    kind: Kind
    sleeve: str = ""  # equities, metals, crypto, credit, commodities, rates, carry, emerging, options
    unit: Literal["price", "percent", "points", "ratio"] = "price"
    inverse: bool = False  # move_z takes the opposite sign (the yen, quoted as dollars bought)
    session: Literal["XNYS", "CME", "SIFMA", "UTC", "FX", "XTKS", "XLON", "XSHG"] = "XNYS"
    role: str = ""
    must: bool = False
    spoken: bool = True  # gets the full family of readings
    available_at: str = "16:00"  # New York time of the session, or "next 09:00" for the morning after
    stand_in: str = ""  # instrument id used before available_at
    symbols: Mapping[str, tuple[str, ...]]  # source → symbols in order of preference


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    stocks: Annotated[tuple[str, ...], Field(min_length=40)]
    must_any: Mapping[str, tuple[str, ...]] = {}  # name of a need → instruments, any one suffices
    instruments: Mapping[str, dict[str, object]]


@dataclass(frozen=True)
class Universe:
    """Every instrument by id, and the stock list by symbol."""

    instruments: Mapping[str, Instrument]
    stocks: tuple[str, ...]
    must_any: Mapping[str, tuple[str, ...]]

    def __getitem__(self, name: str) -> Instrument:
        return self.instruments[name]

    def of(self, *kinds: str) -> tuple[str, ...]:
        """Ids of the instruments of these kinds, in the file's order."""
        return tuple(key for key, item in self.instruments.items() if item.kind in kinds)

    @cached_property
    def spoken(self) -> tuple[str, ...]:
        """Ids that get the full family of readings."""
        return tuple(key for key, item in self.instruments.items() if item.spoken)


def load_universe(library: Library) -> Universe:
    """Read ``rules/universe.toml``. Raises AuthoringError with every mistake in it."""
    for document in library.documents("rules"):
        if document.place == PLACE:
            return _validated(document.data)
    raise AuthoringError([Problem(PLACE, "(file)", "no file", "the table of instruments")])


def _validated(data: Mapping[str, object]) -> Universe:
    problems: list[Problem] = []
    try:
        file = _File.model_validate(data)
    except ValidationError as error:
        raise AuthoringError(_problems("", error)) from None
    instruments: dict[str, Instrument] = {}
    for key, entry in file.instruments.items():
        try:
            instruments[key] = Instrument.model_validate({"id": key, **entry})
        except ValidationError as error:
            problems += _problems(f"instruments.{key}.", error)
    if problems:
        raise AuthoringError(problems)
    return Universe(instruments, file.stocks, file.must_any)


def _problems(prefix: str, error: ValidationError) -> list[Problem]:
    return [
        Problem(PLACE, prefix + ".".join(map(str, item["loc"])), repr(item["input"])[:80], item["msg"])
        for item in error.errors()
    ]
