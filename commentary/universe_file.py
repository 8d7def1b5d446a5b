"""Holds ``rules/universe.toml`` to account: every mistake at once, each with its key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from commentary.errors import AuthoringError, Problem
from commentary.universe import PLACE, Instrument, Kind, Session, Universe, implied_by

UNITS = {"yield": "percent", "spread": "percent", "volatility": "points", "correlation": "points"}
"""Units that a kind of instrument must have; the others have a price."""

Symbols = Annotated[tuple[Annotated[str, Field(min_length=1)], ...], Field(min_length=1)]


class InstrumentFile(BaseModel):
    """Keys of one instrument, in the order in which authors are told them; the file gives ``id`` as its table."""

    model_config = ConfigDict(extra="forbid", frozen=True, title="Instrument")

    id: Annotated[str, Field(pattern="^[a-z][a-z0-9_]*$")]
    full: str
    short: str
    label: str
    number: Literal["singular", "plural"] = "singular"
    kind: Kind
    sleeve: str = ""
    unit: Literal["price", "percent", "points", "ratio"] = "price"
    inverse: bool = False
    session: Session = "XNYS"
    role: str = ""
    must: bool = False
    spoken: bool = True
    available_at: Annotated[str, Field(pattern="^(next )?[0-2][0-9]:[0-5][0-9]$")] = "16:00"
    stand_in: str = ""
    evening: Mapping[str, Symbols] = {}
    symbols: Mapping[str, Symbols]


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    stocks: Annotated[tuple[str, ...], Field(min_length=40)]
    must_any: Mapping[str, tuple[str, ...]] = {}  # name of a need → instruments, any one suffices
    instruments: Mapping[str, dict[str, object]]


def read(data: Mapping[str, object]) -> Universe:
    """The universe of a file's keys. Raises AuthoringError with every mistake in it."""
    problems: list[Problem] = []
    instruments: dict[str, Instrument] = {}
    entries = data.get("instruments")
    for key, entry in entries.items() if isinstance(entries, dict) else ():
        try:
            given = {"id": key, **entry} if isinstance(entry, dict) else entry
            instruments[key] = Instrument(**dict(InstrumentFile.model_validate(given)))
        except ValidationError as error:
            problems += _problems(f"instruments.{key}.", error, InstrumentFile)
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
