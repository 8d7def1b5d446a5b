"""Which values a note was written from, in words that are true of each: part of the data line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from commentary.model import Card, InputStatus
from commentary.universe import implied_by, marked_by

YIELDS = {
    "ust3m": "three-month", "ust2y": "two-year", "ust5y": "five-year", "ust10y": "ten-year", "ust30y": "thirty-year",
}  # fmt: skip
SPREADS = ("high_yield_spread", "grade_spread")

PAR, FIXED, FUTURE, IMPLIED = range(4)
_WORDS = {
    FIXED: "as fixed at 15:00 New York",
    FUTURE: "by its future",
    IMPLIED: "implied by prices of Treasury funds",
}
_FUNDS = {"IBIT": "bitcoin by its fund", "BITO": "bitcoin by the fund of its future"}


def set_of(card: Card) -> str:
    """``archive set (…)`` or ``evening set (…)``, as the card says; from the symbols where it does not."""
    inputs = [item for item in card.tape.inputs if item.last_bar]
    if not card.inputs:
        return _guessed(inputs)
    parts = [*_yields(inputs), *_bitcoin(inputs), *_credit(inputs, card.inputs)]
    return f"{card.inputs} set" + (f" ({'; '.join(parts)})" if parts else "")


def _guessed(inputs: Sequence[InputStatus]) -> str:
    """Treasury par yields come the next day, the fixes of the afternoon do not."""
    yields = {item.symbol for item in inputs if item.instrument in ("ust2y", "ust10y")}
    if {symbol[:3] for symbol in yields} == {"DGS"}:
        return "archive set (Treasury par yields and spreads as published the next day)"
    implied = ", or implied by prices of Treasury funds" if any("/" in symbol for symbol in yields) else ""
    return f"evening set (yields as fixed at 15:00 New York{implied})"


def _yields(inputs: Sequence[InputStatus]) -> Iterator[str]:
    kinds: dict[int, list[str]] = {}
    for item in inputs:
        if item.instrument in YIELDS:
            kinds.setdefault(_kind(item.symbol), []).append(YIELDS[item.instrument])
    spreads = any(item.instrument in SPREADS and item.status in ("fresh", "carried") for item in inputs)
    for kind, which in sorted(kinds.items()):
        if kind == PAR:
            yield f"Treasury par yields{' and spreads' if spreads else ''} as published the next day"
        else:
            named = "yields" if len(kinds) == 1 else f"{_listed(which)} yield{'s' if len(which) > 1 else ''}"
            yield f"{named} {_WORDS[kind]}"


def _kind(symbol: str) -> int:
    if implied_by(symbol):
        return IMPLIED
    if symbol.endswith("=F"):
        return FUTURE
    return FIXED if symbol.startswith("^") else PAR


def _bitcoin(inputs: Sequence[InputStatus]) -> Iterator[str]:
    for item in inputs:
        if item.instrument == "bitcoin" and (mark := marked_by(item.symbol)):
            yield f"bitcoin at {mark[1]} New York"
        elif item.instrument == "bitcoin" and item.symbol in _FUNDS:
            yield _FUNDS[item.symbol]


def _credit(inputs: Sequence[InputStatus], drawn: str) -> Iterator[str]:
    known = {item.instrument for item in inputs if item.status in ("fresh", "carried")}
    if drawn == "evening" and not known & {*SPREADS} and known & {"high_yield", "grade"}:
        yield "credit by its funds"


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
