"""Shares outstanding of funds, and the assets of leveraged ones, banked once a session.

One request for the quotes of all funds, and one more of each whose quote has no count: ``Ticker.info`` asks for
the same two and for a third that has neither. ``get_shares_full`` has no row of a fund.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from commentary.sources.collecting import Ask, Collected
from commentary.sources.observed import Observation
from commentary.sources.yahoo import NoBars

NAME = "shares"

FUNDS = {"gold": "GLD", "silver": "SLV", "spy": "SPY", "high_yield": "HYG", "bitcoin_fund": "IBIT"}
"""Subject of the observation → the fund that is counted."""

LEVERAGED = {
    "sp500": {"SSO": 2, "UPRO": 3, "SPXL": 3, "SH": -1, "SDS": -2, "SPXU": -3, "SPXS": -3},
    "nasdaq100": {"QLD": 2, "TQQQ": 3, "PSQ": -1, "QID": -2, "SQQQ": -3},
}
"""Index → funds on it, with the multiple of the day that each aims at."""

QUOTES = "https://query1.finance.yahoo.com/v7/finance/quote"
SUMMARY = "https://query2.finance.yahoo.com/v10/finance/quoteSummary/"

COUNT, ASSETS, VALUE = "shares_outstanding", "total_assets", "net_asset_value"

Facts = Mapping[str, Any]


def collect(ask: Ask) -> Collected:
    """Bank what is not yet banked for the session; what cannot be had is a warning.

    A fund's count, or where none is published its assets and net asset value, which say nothing of their day:
    a count made from them is never mixed with published ones. Raises SourceError where Yahoo cannot be reached.
    """
    had = {item.series for item in ask.store.observations() if item.day == ask.session}
    funds = {
        subject: symbol
        for subject, symbol in FUNDS.items()
        if not had & {f"{subject}.{COUNT}", f"{subject}.{ASSETS}"}
    }
    geared = {index: parts for index, parts in LEVERAGED.items() if f"leveraged.{index}_gearing" not in had}
    symbols = [*funds.values(), *(symbol for parts in geared.values() for symbol in parts)]
    if not symbols:
        return Collected(0)
    try:
        quotes = ask.client.ask("fund quotes", partial(_quotes, _raw(ask), symbols))
    except NoBars as error:
        return Collected(0, (f"shares outstanding: {error}",))
    warnings: list[str] = []
    found = [*_counted(ask, funds, quotes, warnings), *_geared(ask, geared, quotes, warnings)]
    return Collected(ask.store.observe(found, ask.now, NAME), tuple(warnings))


def _raw(ask: Ask) -> Callable[..., Any]:
    """yfinance's own way to ask for JSON, with its cookie and its crumb, over the client's session."""
    asking: Callable[..., Any] = ask.client.yfinance.data.YfData(session=ask.client.session).get_raw_json
    return asking


def _quotes(asking: Callable[..., Any], symbols: Iterable[str]) -> dict[str, Facts]:
    """Quotes by symbol. Raises as yfinance does, and KeyError for an answer of another shape."""
    answer = asking(QUOTES, params={"symbols": ",".join(symbols), "formatted": "false"})
    return {quote["symbol"]: quote for quote in answer["quoteResponse"]["result"]}


def _summary(asking: Callable[..., Any], symbol: str) -> Facts:
    answer = asking(f"{SUMMARY}{symbol}", params={"modules": "summaryDetail", "formatted": "false"})
    detail: Facts = answer["quoteSummary"]["result"][0]["summaryDetail"]
    return detail


def _counted(
    ask: Ask, funds: Mapping[str, str], quotes: Mapping[str, Facts], warnings: list[str]
) -> Iterator[Observation]:
    for subject, symbol in funds.items():
        count = number(quotes.get(symbol, {}).get("sharesOutstanding"))
        if count is not None:
            yield Observation(f"{subject}.{COUNT}", ask.session, count, "yahoo, as published")
            continue
        try:
            yield from _from_assets(ask, subject, symbol)
        except NoBars as error:
            warnings.append(f"{symbol} shares outstanding: {error}")


def _from_assets(ask: Ask, subject: str, symbol: str) -> Iterator[Observation]:
    detail = ask.client.ask(f"{symbol} assets", partial(_summary, _raw(ask), symbol))
    assets, value = number(detail.get("totalAssets")), number(detail.get("navPrice"))
    if assets is None or value is None:
        raise NoBars("neither a count nor assets with their net asset value")
    source = "yahoo, assets over net asset value"
    yield Observation(f"{subject}.{ASSETS}", ask.session, assets, source)
    yield Observation(f"{subject}.{VALUE}", ask.session, value, source)


def _geared(
    ask: Ask, geared: Mapping[str, Mapping[str, int]], quotes: Mapping[str, Facts], warnings: list[str]
) -> Iterator[Observation]:
    """Sum of L(L − 1) times assets over the funds on an index (Cheng and Madhavan 2009)."""
    for index, parts in geared.items():
        assets = {symbol: number(quotes.get(symbol, {}).get("netAssets")) for symbol in parts}
        known = {symbol: value for symbol, value in assets.items() if value is not None}
        if known:
            total = sum(parts[symbol] * (parts[symbol] - 1) * value for symbol, value in known.items())
            source = f"yahoo, net assets of {len(known)} of {len(parts)} funds"
            yield Observation(f"leveraged.{index}_gearing", ask.session, total, source)
        else:
            warnings.append(f"assets of leveraged funds on {index}: none in the quotes")


def number(value: object) -> float | None:
    """A positive finite number, else nothing."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return float(value) if math.isfinite(value) and value > 0 else None
