"""The instruments: symbols by source, names in prose, class, unit, session, role. ``rules/universe.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from functools import cached_property
from typing import Literal, get_args

from commentary.cross_checks import CrossCheck, load_checks
from commentary.library import Library
from commentary.shapes import dataclass

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

STORE = "store"
FEEDS = ("fred", "yahoo")
"""Feeds that fill the store, the one of record first."""

MOST_YEARS = 100
"""No bond fund has a longer duration."""

Symbols = tuple[str, ...]


@dataclass(frozen=True)
class Instrument:
    """One instrument as ``universe.toml`` declares it."""

    id: str
    full: str  # "the S&P 500"
    short: str  # "the S&P"
    label: str  # row of a table: "Gold (GLD)"
    kind: Kind
    symbols: Mapping[str, Symbols]  # source → symbols in order of preference
    number: Literal["singular", "plural"] = "singular"
    sleeve: str = ""  # equities, metals, crypto, credit, commodities, rates, carry, emerging, options
    unit: Literal["price", "percent", "points", "ratio"] = "price"
    inverse: bool = False  # move_z takes the opposite sign (the yen, quoted as dollars bought)
    session: Session = "XNYS"
    role: str = ""
    must: bool = False
    spoken: bool = True  # gets the full family of readings
    available_at: str = "16:00"  # New York time of the session, or "next 09:00" for the morning after
    stand_in: str = ""  # instrument id used before available_at
    evening: Mapping[str, Symbols] = field(default_factory=dict)  # used before it, after the stand-in's
    archived: Mapping[str, Symbols] = field(
        default_factory=dict
    )  # where ``symbols`` are the evening's: the others

    def listed(self, source: str) -> Symbols:
        """Symbols in a source, in order of preference; the store has those of every feed that fills it."""
        feeds = FEEDS if source == STORE else (source,)
        return tuple(symbol for feed in feeds for symbol in self.symbols.get(feed, ()))

    def feed(self, symbol: str) -> str:
        """Feed that the store has a symbol from; empty where the instrument has no such symbol there."""
        return next((feed for feed in FEEDS if symbol in self.symbols.get(feed, ())), "")

    def is_level(self, symbol: str) -> bool:
        """Whether a symbol's close is a level of this instrument, and not that of what moves with it: a fund that
        stands in for a coin, a future for the metal's fund, the yield that a fund implies."""
        if implied_by(symbol) is not None:
            return False
        marked = marked_by(symbol)
        base, listed = marked[0] if marked else symbol, (self.archived or self.symbols).values()
        return any(base in (names[:1] if self.unit == "price" else names) for names in listed)

    @property
    def late(self) -> bool:
        """Whether the value comes after the evening note."""
        return self.available_at.startswith("next") or self.available_at > EVENING


@dataclass(frozen=True)
class Universe:
    """Every instrument by id, and the stock list by symbol."""

    instruments: Mapping[str, Instrument]
    stocks: tuple[str, ...]
    must_any: Mapping[str, tuple[str, ...]]
    inputs: str = "archive"  # one of SETS
    checks: tuple[CrossCheck, ...] = ()  # second opinions on what it reads

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
        key: replace(item, symbols=_before(item, universe), archived=item.symbols) if item.late else item
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


def marked_by(symbol: str) -> tuple[str, str] | None:
    """Symbol and New York time of a symbol such as ``BTC-USD@16:00``: a price at a time of the day, from hourly
    bars. None for any other symbol."""
    base, at, clock = symbol.partition("@")
    return (base, clock) if at else None


def load_universe(library: Library) -> Universe:
    """Read ``rules/universe.toml`` and ``rules/cross_checks.toml``. Raises AuthoringError with every mistake of
    either."""
    from commentary.universe_file import read

    universe = read(library.document(PLACE).data)
    return replace(universe, checks=load_checks(library, universe))
