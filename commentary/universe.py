"""The instruments: symbols by source, names in prose, class, unit, session, role. ``rules/universe.toml``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cached_property
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from commentary.errors import AuthoringError, Problem
from commentary.library import Library

PLACE = "rules/universe.toml"

Kind = Literal[
    "index", "fund", "sector", "factor", "metal", "commodity", "crypto", "currency", "credit", "spread",
    "yield", "bond_fund", "volatility", "correlation", "abroad", "stock",
]  # fmt: skip

Session = Literal["XNYS", "CME", "SIFMA", "UTC", "FX", "XTKS", "XLON", "XSHG"]
SESSIONS: tuple[str, ...] = get_args(Session)

EVENING = "17:30"
"""New York time at which an evening note is written."""

SETS = ("archive", "evening")
"""Which values an instrument is read from: those that were ever published, or those there are at EVENING."""

MOST_YEARS = 100
"""No bond fund has a longer duration."""

UNITS = {"yield": "percent", "spread": "percent", "volatility": "points", "correlation": "points"}
"""Units that a kind of instrument must have; the others have a price."""

Symbols = Annotated[tuple[Annotated[str, Field(min_length=1)], ...], Field(min_length=1)]


class Instrument(BaseModel):
    """One instrument as ``universe.toml`` declares it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Annotated[str, Field(pattern="^[a-z][a-z0-9_]*$")]
    full: str  # "the S&P 500"
    short: str  # "the S&P"
    label: str  # row of a table: "Gold (GLD)"
    number: Literal["singular", "plural"] = "singular"
    kind: Kind
    sleeve: str = ""  # equities, metals, crypto, credit, commodities, rates, carry, emerging, options
    unit: Literal["price", "percent", "points", "ratio"] = "price"
    inverse: bool = False  # move_z takes the opposite sign (the yen, quoted as dollars bought)
    session: Session = "XNYS"
    role: str = ""
    must: bool = False
    spoken: bool = True  # gets the full family of readings
    available_at: Annotated[str, Field(pattern="^(next )?[0-2][0-9]:[0-5][0-9]$")] = (
        "16:00"  # New York time of the session, or "next 09:00" for the morning after
    )
    stand_in: str = ""  # instrument id used before available_at
    evening: Mapping[str, Symbols] = {}  # source → symbols used before it, after those of the stand-in
    symbols: Mapping[str, Symbols]  # source → symbols in order of preference

    @property
    def late(self) -> bool:
        """Whether the value comes after the evening note."""
        return self.available_at.startswith("next") or self.available_at > EVENING


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
    inputs: str = "archive"  # one of SETS

    def __getitem__(self, name: str) -> Instrument:
        return self.instruments[name]

    def of(self, *kinds: str) -> tuple[str, ...]:
        """Ids of the instruments of these kinds, in the file's order."""
        return tuple(key for key, item in self.instruments.items() if item.kind in kinds)

    @cached_property
    def spoken(self) -> tuple[str, ...]:
        """Ids that get the full family of readings."""
        return tuple(key for key, item in self.instruments.items() if item.spoken)


def in_the_evening(universe: Universe) -> Universe:
    """The instruments with the symbols that an evening note has.

    What comes later is read from its stand-in where that is of the same kind, and from the symbols of its
    ``evening``; where there is neither, it is missing.
    """
    instruments = {
        key: item.model_copy(update={"symbols": _before(item, universe)}) if item.late else item
        for key, item in universe.instruments.items()
    }
    return replace(universe, instruments=instruments, inputs="evening")


def _before(item: Instrument, universe: Universe) -> dict[str, Symbols]:
    other = universe.instruments.get(item.stand_in)
    lent = other.symbols if other is not None and other.kind == item.kind else {}
    return {
        source: (*lent.get(source, ()), *item.evening.get(source, ())) for source in (*lent, *item.evening)
    }


def implied_by(symbol: str) -> tuple[str, float] | None:
    """Fund and duration in years of a symbol such as ``SHY/1.85``: the yield that a bond fund implies.

    None for any other symbol. Raises ValueError where what follows the stroke is no duration.
    """
    fund, stroke, years = symbol.partition("/")
    if not stroke:
        return None
    duration = float(years)
    if not (fund and 0 < duration < MOST_YEARS):
        raise ValueError(symbol)
    return fund, duration


def load_universe(library: Library) -> Universe:
    """Read ``rules/universe.toml``. Raises AuthoringError with every mistake in it."""
    return _validated(library.document(PLACE).data)


def _validated(data: Mapping[str, object]) -> Universe:
    problems: list[Problem] = []
    instruments: dict[str, Instrument] = {}
    entries = data.get("instruments")
    for key, entry in entries.items() if isinstance(entries, dict) else ():
        try:
            instruments[key] = Instrument.model_validate(
                {"id": key, **entry} if isinstance(entry, dict) else entry
            )
        except ValidationError as error:
            problems += _problems(f"instruments.{key}.", error, Instrument)
    try:
        file = _File.model_validate(data)
    except ValidationError as error:
        raise AuthoringError(_problems("", error, _File) + problems) from None
    universe = Universe(instruments, file.stocks, file.must_any)
    problems += _mistakes(universe, set(file.instruments))
    if problems:
        raise AuthoringError(problems)
    return universe


def _mistakes(universe: Universe, declared: set[str]) -> Iterator[Problem]:
    """What is wrong between the entries; ``declared`` are the ids that the file gives an entry to."""
    for symbol, count in Counter(universe.stocks).items():
        if count > 1:
            yield Problem(PLACE, "stocks", f"{symbol} {count} times", "every stock once")
    for need, members in universe.must_any.items():
        if not members:
            yield Problem(PLACE, f"must_any.{need}", "an empty list", "ids of instruments")
        for member in sorted(set(members) - declared):
            yield Problem(PLACE, f"must_any.{need}", repr(member), f"an instrument{_meant(member, declared)}")
    for key, item in universe.instruments.items():
        if item.stand_in and item.stand_in not in declared:
            wanted = f"an instrument{_meant(item.stand_in, declared)}"
            yield Problem(PLACE, f"instruments.{key}.stand_in", repr(item.stand_in), wanted)
        if item.unit != (unit := UNITS.get(item.kind, "price")):
            yield Problem(
                PLACE, f"instruments.{key}.unit", repr(item.unit), f"{unit!r}, as its kind is {item.kind}"
            )
        yield from _wrong_evening(item)
    yield from _misspelt_sources(universe)


def _wrong_evening(item: Instrument) -> Iterator[Problem]:
    """Symbols for an evening that the instrument's own are there for, and funds without a duration."""
    if item.evening and not item.late:
        wanted = f"no symbols for the evening, as available_at is {item.available_at}"
        yield Problem(PLACE, f"instruments.{item.id}.evening", repr(dict(item.evening)), wanted)
    for key, lists in (("symbols", item.symbols), ("evening", item.evening)):
        for symbol in (symbol for symbols in lists.values() for symbol in symbols):
            try:
                implied = implied_by(symbol)
            except ValueError:
                wanted = "a symbol, or for a yield a bond fund's over its duration in years, such as SHY/1.85"
                yield Problem(PLACE, f"instruments.{item.id}.{key}", repr(symbol), wanted)
                continue
            if implied and item.kind != "yield":
                wanted = f"a symbol; a fund implies a yield, and its kind is {item.kind}"
                yield Problem(PLACE, f"instruments.{item.id}.{key}", repr(symbol), wanted)


def _misspelt_sources(universe: Universe) -> Iterator[Problem]:
    """A source named by few instruments and spelt almost like one that most have is that one."""
    counts = Counter(source for item in universe.instruments.values() for source in item.symbols)
    common = [source for source, count in counts.items() if count * 2 > len(universe.instruments)]
    for key, item in universe.instruments.items():
        for lists, given in (("symbols", item.symbols), ("evening", item.evening)):
            for source in sorted(set(given) - set(common)):
                if meant := _meant(source, common):
                    yield Problem(PLACE, f"instruments.{key}.{lists}", repr(source), f"a source{meant}")


def _meant(got: str, known: Iterable[str]) -> str:
    close = get_close_matches(got, sorted(known), 1, 0.7)
    return f"; did you mean {close[0]!r}?" if close else ""


def _problems(prefix: str, error: ValidationError, model: type[BaseModel]) -> list[Problem]:
    problems = []
    for item in error.errors():
        wanted = item["msg"]
        if item["type"] == "extra_forbidden":
            keys = [name for name in model.model_fields if name != "id"]
            wanted = f"one of {', '.join(keys)}{_meant(str(item['loc'][-1]), keys)}"
        key = prefix + ".".join(map(str, item["loc"]))
        problems.append(Problem(PLACE, key, repr(item["input"])[:80], wanted))
    return problems
