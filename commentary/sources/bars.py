"""Daily bars as a source hands them over, and the checks that every source's bars must pass."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import numpy.typing as npt

from commentary.cross_checks import symbols
from commentary.universe import Universe, implied_by

FIELDS = ("open", "high", "low", "close", "adj_close", "volume")
PRICES = ("open", "high", "low", "close", "adj_close")

Floats = npt.NDArray[np.float64]
Days = npt.NDArray[np.datetime64]
Indices = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Bars:
    """Daily bars, long: one row a symbol and day, by symbol, then day.

    ``days`` datetime64[D] (n,), ``codes`` positions in ``symbols`` (n,), ``columns`` one float64 array (n,)
    for each of FIELDS, nan where there is none; every row has a close. ``own``: symbol → its days whose rows a
    user's folder put in the place of the source's.
    """

    days: Days
    codes: Indices
    symbols: tuple[str, ...]
    columns: Mapping[str, Floats]
    source: str
    warnings: tuple[str, ...] = ()
    own: Mapping[str, frozenset[date]] = field(default_factory=dict)


def wanted(universe: Universe, source: str) -> dict[str, bool]:
    """Symbols that the universe reads from a source → whether their values may be zero or below.

    Yields and spreads may, and so may a future (crude settled at −37.63 on 2020-04-20). For the yield that a
    fund implies, the fund is read. What second opinions are taken from is of the sign of what they are on.
    """
    found = dict.fromkeys(universe.stocks, False)
    for item in universe.instruments.values():
        signed = item.kind in ("yield", "spread")
        for symbol in item.listed(source):
            if implied := implied_by(symbol):
                found.setdefault(implied[0], False)
            else:
                found[symbol] = signed or symbol.endswith("=F")
    for symbol, check in symbols(universe.checks, source).items():
        found.setdefault(symbol, check.unit == "bp")
    return found


def joined(parts: Sequence[Bars], source: str, warnings: Sequence[str] = ()) -> Bars:
    """Several sources' parts as one, sorted by symbol and day. Symbols must not repeat between parts."""
    symbols = tuple(symbol for part in parts for symbol in part.symbols)
    offsets = np.cumsum([0, *(len(part.symbols) for part in parts)])
    codes = [part.codes + offset for part, offset in zip(parts, offsets, strict=False)]
    columns = {name: _joined([part.columns[name] for part in parts]) for name in FIELDS}
    days = np.concatenate([np.empty(0, "datetime64[D]"), *(part.days for part in parts)])
    said = tuple(warning for part in parts for warning in part.warnings)
    own = {symbol: days for part in parts for symbol, days in part.own.items()}
    return Bars(
        days,
        np.concatenate([np.empty(0, np.intp), *codes]),
        symbols,
        columns,
        source,
        (*said, *warnings),
        own,
    )


def _joined(arrays: list[Floats]) -> Floats:
    return np.concatenate([np.empty(0, np.float64), *arrays])


@dataclass(frozen=True)
class Fault:
    """One kind of mistake in a file: the first row that has it, what was got, and how many rows do."""

    row: int
    text: str
    count: int


def faults(bars: Bars, signed: Mapping[str, bool]) -> Iterator[Fault]:
    """What is wrong with bars in the order of their file: order of days, prices, volumes.

    One fault of each kind; nothing where all is well.
    """
    yield from _order(bars)
    may_be_negative = np.array([signed[symbol] for symbol in bars.symbols], bool)[bars.codes]
    for name in FIELDS:
        column = bars.columns[name]
        low = (column < 0) if name == "volume" else (column <= 0) & ~may_be_negative
        sign = "zero or above" if name == "volume" else "above zero"
        for bad, wanted_value in ((np.isinf(column), "a number"), (low & ~np.isinf(column), sign)):
            for row in _first(bad):
                yield Fault(row, f"{name} is {column[row]:g}; wanted {wanted_value}", int(bad.sum()))


def _order(bars: Bars) -> Iterator[Fault]:
    order = np.argsort(bars.codes, kind="stable")
    days, codes = bars.days[order].astype(np.int64), bars.codes[order]
    step, same = np.diff(days), np.diff(codes) == 0
    for pairs, text in (
        (same & (step == 0), "is there twice"),
        (same & (step < 0), "comes after a later day; wanted rows sorted by date"),
    ):
        bad = np.zeros(len(days), bool)
        bad[order[1:][pairs]] = True
        for row in _first(bad):
            yield Fault(row, f"date {bars.days[row]} {text}", int(bad.sum()))


def _first(bad: npt.NDArray[np.bool_]) -> Iterator[int]:
    if bad.any():
        yield int(bad.argmax())


def widened(values: npt.NDArray[np.float32]) -> Floats:
    """float32 prices as the shortest decimals that they stand for: 4.03, not 4.0300002098083496."""
    exact = values.astype(np.float64)
    found = _rounded(exact, 7)
    with np.errstate(over="ignore"):
        odd = found.astype(np.float32) != values
    odd &= ~np.isnan(exact)
    closer = _rounded(exact[odd], 8)
    found[odd] = np.where(closer.astype(np.float32) == values[odd], closer, exact[odd])
    return found


def _rounded(values: Floats, digits: int) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        places = digits - 1 - np.floor(np.log10(np.abs(values)))
        scale = 10.0 ** np.clip(np.where(np.isfinite(places), places, 0), -22, 22)
        return np.asarray(np.rint(values * scale) / scale)
