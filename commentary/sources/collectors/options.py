"""Option chains about a month out, banked once a session, and what they price.

Of each fund the list of expiries and two chains: three requests. Quotes count for a session only from half an
hour before its close to the next one's open, and only with the price at which the session closed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from commentary import calendar
from commentary.sources.chain_volatility import Moment, NoVolatility, measures, near_money, straddling
from commentary.sources.collecting import Ask, Collected
from commentary.sources.observed import Observation
from commentary.sources.store_shapes import Quote
from commentary.sources.yahoo import NoBars

if TYPE_CHECKING:
    import pandas as pd

NAME = "options"
SOURCE = "yahoo option chain"

FUNDS = ("spy", "qqq", "gold", "silver", "bitcoin_fund")
"""Instruments whose first symbol is a fund with options."""

BILLS, BILL_DAYS = "ust3m", 10
"""Whose yield quotes are discounted with, and the days that it may be old; without one nothing is discounted,
which moves a month's volatility by less than a tenth of the yield, as a share of itself."""

OPENS = time(9, 30)
EARLY = timedelta(minutes=30)
OFF = 0.01
"""Share by which a chain's price may differ from the session's close."""


def collect(ask: Ask) -> Collected:
    """Bank the chains of the session and what they price; what cannot be read is a warning.

    A chain banked before is not asked for again. Raises SourceError where Yahoo cannot be reached.
    """
    kept, warnings = 0, []
    for subject in FUNDS:
        symbols = ask.universe.instruments[subject].symbols if subject in ask.universe.instruments else {}
        for symbol in symbols.get("yahoo", ())[:1]:
            try:
                kept += _kept(ask, subject, symbol)
            except (NoBars, NoVolatility) as error:
                warnings.append(f"{symbol} options: {error}")
    return Collected(kept, tuple(warnings))


def _kept(ask: Ask, subject: str, symbol: str) -> int:
    """How many quotes and observations were banked."""
    spot, chain = ask.store.quotes(symbol, ask.session)
    fresh, rate, kept = not chain, _rate(ask), 0
    if fresh:
        spot, chain = _asked(ask, symbol)
        chain = near_money(chain, Moment(ask.session, spot, rate))
    found = measures(chain, Moment(ask.session, spot, rate))
    if fresh:
        kept = ask.store.keep_quotes(symbol, ask.session, (spot, chain), ask.now)
    rows = [
        Observation(f"{subject}.{measure}", ask.session, value, SOURCE)
        for measure, value in found.items()
        if value == value
    ]
    return kept + ask.store.observe(rows, ask.now, NAME)


def _asked(ask: Ask, symbol: str) -> tuple[float, list[Quote]]:
    """Price and quotes of the expiries about a month out, as Yahoo shows them now."""
    opens = datetime.combine(calendar.next_session(ask.session), OPENS, ZoneInfo(calendar.NEW_YORK))
    if ask.now >= opens:
        raise NoVolatility(f"asked for after the close of {ask.session} was over; nothing banked")
    ticker = ask.client.ticker(symbol)
    listed = ask.client.ask(f"{symbol} options", lambda: tuple(ticker.options))
    spot, found = float("nan"), list[Quote]()
    for expiry in straddling([date.fromisoformat(text) for text in listed], ask.session):
        chain = _chain(ask, ticker, expiry)
        spot = _spot(ask, symbol, chain.underlying or {})
        found += _quotes(expiry, chain)
    return spot, found


def _chain(ask: Ask, ticker: Any, expiry: date) -> Any:
    what = f"{ticker.ticker} options of {expiry}"
    return ask.client.ask(what, lambda: ticker.option_chain(expiry.isoformat()))


def _spot(ask: Ask, symbol: str, quote: Mapping[str, Any]) -> float:
    """The chain's price of what it is on, if that is the session's close. Raises NoVolatility otherwise."""
    price, seconds = quote.get("regularMarketPrice"), quote.get("regularMarketTime")
    if not isinstance(price, (int, float)) or not isinstance(seconds, (int, float)) or not price > 0:
        raise NoVolatility("a chain that does not say at which price, or when, it stood")
    at = datetime.fromtimestamp(seconds, UTC)
    if at < calendar.close_at(ask.session) - EARLY:
        raise NoVolatility(f"a chain of {at:%Y-%m-%d %H:%M} UTC, before the close of {ask.session}")
    close = ask.store.closes(symbol, ask.session).get(ask.session)
    if close is not None and abs(price / close - 1) > OFF:
        raise NoVolatility(f"a chain at {price:.2f}, where the close of {ask.session} was {close:.2f}")
    return float(price)


def _quotes(expiry: date, chain: Any) -> Iterator[Quote]:
    for call, side in ((True, chain.calls), (False, chain.puts)):
        yield from _side(expiry, call, side) if side is not None else ()


def _side(expiry: date, call: bool, frame: pd.DataFrame) -> Iterator[Quote]:
    columns = (frame[name].to_numpy(float) for name in ("strike", "bid", "ask", "openInterest"))
    for strike, bid, ask, held in zip(*columns, strict=True):
        if strike > 0:
            yield Quote(expiry, float(strike), call, float(bid), float(ask), float(held))


def _rate(ask: Ask) -> float:
    """Yield of three-month bills last known at the session, as a fraction; 0 where there is none."""
    bills = ask.universe.instruments.get(BILLS)
    for symbol in bills.listed("store") if bills else ():
        closes = ask.store.closes(symbol, ask.session - timedelta(BILL_DAYS))
        if known := [day for day in closes if day <= ask.session]:
            return closes[max(known)] / 100
    return 0.0
