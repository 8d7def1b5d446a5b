"""Yahoo's chart answers: daily and hourly bars of a window as ``v8/finance/chart`` sends them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import numpy as np

from tests.yahoo.listings import NEW_YORK, Listing
from tests.yahoo.series import Bar, Series
from tests.yahoo.world import World

DAY = timedelta(1)
RANGES = {
    "1d": 1, "5d": 7, "1mo": 31, "3mo": 92, "6mo": 183, "1y": 366, "2y": 731, "5y": 1827, "10y": 3653, "max": 40000,
}  # fmt: skip
HOURLY_DAYS = 730
KINDS = {"1d": "1d", "1h": "1h", "60m": "1h"}
EXCHANGES = {
    "XNYS": ("PCX", "NYSEArca"), "CBOE": ("WCB", "Cboe US"), "SIFMA": ("CGI", "Cboe Indices"), "CME": ("CMX", "COMEX"),
    "XTKS": ("OSA", "Osaka"), "UTC": ("CCC", "CCC"), "FX": ("CCY", "CCY"),
}  # fmt: skip
NAMES = ("open", "high", "low", "close", "volume")


class Refused(Exception):  # noqa: N818 - an answer of Yahoo's own
    """Yahoo answers with an error: status, code, description."""

    def __init__(self, status: int, code: str, description: str) -> None:
        super().__init__(description)
        self.status, self.code = status, code


@dataclass
class Chart:
    """One answer before it is written as JSON; faults change it in place."""

    symbol: str
    interval: str
    meta: dict[str, Any]
    stamps: list[int]
    columns: dict[str, list[float | None]]  # NAMES, and adjclose for daily bars
    events: dict[str, dict[str, Any]] = field(default_factory=dict)

    def body(self) -> dict[str, Any]:
        """The answer as it is sent."""
        quote = {name: self.columns[name] for name in NAMES}
        indicators: dict[str, Any] = {"quote": [quote]}
        if "adjclose" in self.columns:
            indicators["adjclose"] = [{"adjclose": self.columns["adjclose"]}]
        result: dict[str, Any] = {"meta": self.meta, "timestamp": self.stamps, "indicators": indicators}
        if self.events:
            result["events"] = self.events
        if not self.stamps:
            result.pop("timestamp")
            result["indicators"] = {"quote": [{}], "adjclose": [{}]}
        return {"chart": {"result": [result], "error": None}}


def chart(world: World, symbol: str, asked: Mapping[str, str]) -> Chart:
    """Answer to a request. Raises Refused for a symbol, an interval or a range that Yahoo does not have."""
    if symbol not in world:
        raise Refused(404, "Not Found", "No data found, symbol may be delisted")
    kind = KINDS.get(asked.get("interval", "1d"))
    if kind is None:
        raise Refused(
            422, "Unprocessable Entity", f"Invalid input - interval={asked['interval']} is not supported"
        )
    first, last = window(world.now, asked)
    if kind == "1d":
        return _daily(world, world[symbol], (first, last), asked)
    return _hourly(world, world[symbol], (first, last), asked)


def window(now: datetime, asked: Mapping[str, str]) -> tuple[int, int]:
    """First and last second asked for: of a range, or of period1 and period2."""
    end = int(now.timestamp())
    if "period1" in asked:
        return int(asked["period1"]), min(int(asked.get("period2", end)), end + 1)
    named = asked.get("range", "1mo")
    if named in RANGES:
        return end - RANGES[named] * 86400, end + 1
    if named == "ytd":
        return int(datetime(now.year, 1, 1, tzinfo=NEW_YORK).timestamp()), end + 1
    amount, unit = named.rstrip("dwkmoy"), named.lstrip("0123456789")
    days = {"d": 1, "wk": 7, "mo": 31, "y": 366}.get(unit)
    if days is None or not amount:
        raise Refused(422, "Unprocessable Entity", f"Invalid input - range={named} is not supported")
    return end - int(amount) * days * 86400, end + 1


def _daily(world: World, series: Series, span: tuple[int, int], asked: Mapping[str, str]) -> Chart:
    found = series.daily(world.now)
    stamps = series.stamps[: series.begun(world.now)].copy()
    if len(stamps):
        stamps[-1] = live_stamp(series, world.now)
    low, high = (int(np.searchsorted(stamps, edge)) for edge in span)
    digits = max(series.listing.digits + 4, 6)
    columns: dict[str, list[float | None]] = {
        name: found[name][low:high].tolist() for name in ("open", "high", "low", "close")
    }
    columns["volume"] = found["volume"][low:high].astype(np.int64).tolist()
    columns["adjclose"] = found["adj_close"][low:high].round(digits + 4).tolist()
    meta = meta_of(world, series, "1d", asked)
    before = found["close"][low - 1] if low else found["close"][:1].sum()
    meta["chartPreviousClose"] = round(float(before), 3)
    events = _events(series, stamps[low:high].tolist(), world.now)
    return Chart(series.listing.symbol, "1d", meta, stamps[low:high].tolist(), columns, events)


def live_stamp(series: Series, now: datetime) -> int:
    """Stamp of the newest bar: the last price's while its day lasts where it is listed, then the usual one.

    A future's session of the evening is stamped with the evening, which lies on the day before its own.
    """
    day = series.days[series.begun(now) - 1]
    listing = series.listing
    traded = _traded_at(listing, day, now)
    if listing.local_day(now) <= day and listing.hours not in ("UTC", "FX"):
        return int(traded.timestamp())
    running = now < listing.closes(day)
    return int(traded.timestamp()) if running else listing.stamp(day)


def _traded_at(listing: Listing, day: date, now: datetime) -> datetime:
    """Moment of the last price: now while a session runs, else a second or two from its close."""
    close = listing.closes(day)
    if now < close:
        return now.replace(microsecond=0)
    return min(now, close) + (
        timedelta(seconds=-1) if listing.hours in ("CME", "UTC", "FX") else timedelta(seconds=2)
    )


def _hourly(world: World, series: Series, span: tuple[int, int], asked: Mapping[str, str]) -> Chart:
    first, last = span
    oldest = int(world.now.timestamp()) - HOURLY_DAYS * 86400
    if first < oldest and "period1" in asked:
        said = f"1h data not available for startTime={first} and endTime={last}. "
        said += "The requested range must be within the last 730 days."
        raise Refused(422, "Unprocessable Entity", said)
    begun = series.begun(world.now)
    low = max(0, int(np.searchsorted(series.openings[:begun], first)) - 1)
    bars: list[Bar] = [
        bar
        for day in series.days[low:begun]
        for bar in series.hours(day, world.now)
        if first <= bar.stamp < last
    ]
    factor = series.unsplit(world.now)
    columns: dict[str, list[float | None]] = {
        name: [float(np.float32(getattr(bar, name) * factor)) for bar in bars]
        for name in ("open", "high", "low", "close")
    }
    columns["volume"] = [round(bar.volume / factor) for bar in bars]
    meta = meta_of(world, series, "1h", asked)
    meta["previousClose"] = meta["chartPreviousClose"]
    days = sorted({series.listing.local_day(datetime.fromtimestamp(bar.stamp, UTC)) for bar in bars})
    meta["tradingPeriods"] = [[period(series.listing, day)["regular"]] for day in days]
    return Chart(series.listing.symbol, "1h", meta, [bar.stamp for bar in bars], columns)


def meta_of(world: World, series: Series, interval: str, asked: Mapping[str, str]) -> dict[str, Any]:
    """What Yahoo says of a symbol beside its bars."""
    listing, now = series.listing, world.now
    zone = now.astimezone(listing.zone)
    code, name = EXCHANGES[listing.hours]
    meta: dict[str, Any] = {
        "currency": "JPY" if listing.hours == "XTKS" else "USD",
        "symbol": listing.symbol,
        "exchangeName": code,
        "fullExchangeName": name,
        "instrumentType": "EQUITY" if listing.symbol in world.stocks else listing.kind,
        "firstTradeDate": int(series.stamps[0]) if len(series.stamps) else None,
        "hasPrePostMarketData": listing.hours == "XNYS",
        "gmtoffset": int(zone.utcoffset().total_seconds()),  # type: ignore[union-attr]
        "timezone": zone.tzname(),
        "exchangeTimezoneName": str(listing.zone),
        "priceHint": listing.digits,
        "currentTradingPeriod": period(listing, _trading_day(listing, now)),
        "dataGranularity": interval,
        "range": asked.get("range", ""),
        "validRanges": [*list(RANGES)[:-1], "ytd", "max"],
    }
    begun = series.begun(now)
    if begun:
        day = series.days[begun - 1]
        factor = series.unsplit(now)
        last = series.at(day, now)
        meta["regularMarketTime"] = int(_traded_at(listing, day, now).timestamp())
        meta["regularMarketPrice"] = float(np.float32(last.close * factor))
        meta["regularMarketDayHigh"] = float(np.float32(last.high * factor))
        meta["regularMarketDayLow"] = float(np.float32(last.low * factor))
        meta["regularMarketVolume"] = round(last.volume / factor)
        before = series.columns["close"][max(begun - 2, 0)]
        meta["chartPreviousClose"] = round(float(before) * factor, 3)
    return meta


def _trading_day(listing: Listing, now: datetime) -> date:
    day = listing.local_day(now)
    while not listing.trades(day):
        day -= DAY
    return day


def period(listing: Listing, day: date) -> dict[str, dict[str, Any]]:
    """A day's trading hours as Yahoo has them: futures, coins and currencies from midnight to midnight."""
    if listing.hours in ("CME", "UTC", "FX"):
        start = int(datetime.combine(day, time(0), listing.zone).timestamp())
        bounds = {
            "pre": (start, start),
            "regular": (start, start + 86340),
            "post": (start + 86340, start + 86340),
        }
    elif not listing.trades(day):
        start = int(datetime.combine(day, time(9, 30), listing.zone).timestamp())
        bounds = {"pre": (start, start), "regular": (start, start + 23400), "post": (start, start)}
    else:
        start, end = int(listing.opens(day).timestamp()), int(listing.closes(day).timestamp())
        reach = 19800 if listing.hours == "XNYS" else 0
        bounds = {
            "pre": (start - reach, start),
            "regular": (start, end),
            "post": (end, end + min(reach, 14400)),
        }
    local = datetime.combine(day, time(12), listing.zone)
    zone = {"timezone": local.tzname(), "gmtoffset": int(local.utcoffset().total_seconds())}  # type: ignore[union-attr]
    return {name: {**zone, "start": low, "end": high} for name, (low, high) in bounds.items()}


def _events(series: Series, stamps: list[int], now: datetime) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    if not stamps:
        return found
    today = series.listing.local_day(now)
    for day, amount in series.dividends.items():
        stamp = series.listing.stamp(day)
        if stamps[0] <= stamp <= stamps[-1] and day <= today:
            factor = np.prod([ratio for split, ratio in series.splits.items() if split > today])
            found.setdefault("dividends", {})[str(stamp)] = {
                "amount": round(amount * float(factor), 6),
                "date": stamp,
            }
    for day, ratio in series.splits.items():
        stamp = series.listing.stamp(day)
        if stamps[0] <= stamp <= int(now.timestamp()) and day <= today:
            found.setdefault("splits", {})[str(stamp)] = {
                "date": stamp,
                "numerator": ratio,
                "denominator": 1.0,
                "splitRatio": f"{ratio:g}:1",
            }
    return found
