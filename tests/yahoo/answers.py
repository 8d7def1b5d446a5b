"""Yahoo's other answers: option chains, quotes and key figures, shares, calendars, news; and FRED's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zlib import crc32

from commentary import calendar
from tests.yahoo import events
from tests.yahoo.chains import Quote, expirations, quotes
from tests.yahoo.charts import Refused, meta_of
from tests.yahoo.listings import NEW_YORK
from tests.yahoo.world import World

Json = dict[str, Any]
Columns = tuple[tuple[str, str], ...]
UNIT = 50_000
"""Shares of a fund that are made or redeemed at once."""


def options(world: World, symbol: str, asked: Mapping[str, str]) -> Json:
    """``v7/finance/options``: the expiry asked for, else the first. A symbol without options has no result."""
    days = expirations(symbol, world.now) if symbol in world and world[symbol].listing.kind == "ETF" else []
    if not days:
        return {"optionChain": {"result": [], "error": None}}
    stamps = {int(datetime.combine(day, time(0), UTC).timestamp()): day for day in days}
    stamp = int(asked.get("date", min(stamps)))
    contracts: list[Json] = []
    if stamp in stamps:
        sides = {
            side: [
                _contract(symbol, stamps[stamp], (call, one), world)
                for one in quotes(world, symbol, stamps[stamp], call)
            ]
            for side, call in (("calls", True), ("puts", False))
        }
        contracts = [{"expirationDate": stamp, "hasMiniOptions": False, **sides}]
    strikes = [one["strike"] for one in contracts[0]["calls"]] if contracts else []
    result = {
        "underlyingSymbol": symbol,
        "expirationDates": sorted(stamps),
        "strikes": strikes,
        "hasMiniOptions": False,
        "quote": quote(world, symbol),
        "options": contracts,
    }
    return {"optionChain": {"result": [result], "error": None}}


def _contract(symbol: str, expiry: date, one: tuple[bool, Quote], world: World) -> Json:
    call, made = one
    spot = world.price(symbol)
    name = f"{symbol}{expiry:%y%m%d}{'C' if call else 'P'}{round(made.strike * 1000):08d}"
    traded = calendar.close_at(_last_session(world.now)) - timedelta(minutes=7)
    return {
        "contractSymbol": name,
        "strike": made.strike,
        "currency": "USD",
        "lastPrice": made.last,
        "change": 0.0,
        "percentChange": 0.0,
        "volume": made.volume,
        "openInterest": made.open_interest,
        "bid": made.bid,
        "ask": made.ask,
        "contractSize": "REGULAR",
        "expiration": int(datetime.combine(expiry, time(0), UTC).timestamp()),
        "lastTradeDate": int(traded.timestamp()),
        "impliedVolatility": 0.00001 if made.strike < spot * 0.9 else 5.0 + made.strike % 7,
        "inTheMoney": made.strike < spot if call else made.strike > spot,
    }


def _last_session(now: datetime) -> date:
    day = now.astimezone(NEW_YORK).date()
    session = day if calendar.is_session(day) else calendar.previous_session(day)
    return session if now >= calendar.close_at(session) else calendar.previous_session(session)


def quote(world: World, symbol: str) -> Json:
    """One entry of ``v7/finance/quote``."""
    series = world[symbol]
    meta = meta_of(world, series, "1d", {})
    kept = (
        "currency",
        "symbol",
        "regularMarketTime",
        "regularMarketPrice",
        "exchangeTimezoneName",
        "fullExchangeName",
    )
    found = {name: meta[name] for name in kept if name in meta}
    price = meta["regularMarketPrice"]
    found |= {
        "quoteType": meta["instrumentType"],
        "shortName": symbol,
        "exchange": meta["exchangeName"],
        "marketState": "POST",
        "regularMarketPreviousClose": meta["chartPreviousClose"],
        "regularMarketDayHigh": meta["regularMarketDayHigh"],
        "regularMarketDayLow": meta["regularMarketDayLow"],
        "regularMarketVolume": meta["regularMarketVolume"],
        "bid": round(price - 0.01, 2),
        "ask": round(price + 0.01, 2),
    }
    if meta["instrumentType"] == "EQUITY":
        found["sharesOutstanding"] = shares(world, symbol)
        found["marketCap"] = round(found["sharesOutstanding"] * price)
    elif meta["instrumentType"] == "ETF":
        found["netAssets"] = round(shares(world, symbol) * price)
        found["sharesOutstanding"] = shares(world, symbol)
    return found


def quote_response(world: World, symbols: str) -> Json:
    """``v7/finance/quote``: the symbols that there are."""
    found = [quote(world, symbol) for symbol in symbols.split(",") if symbol in world]
    return {"quoteResponse": {"result": found, "error": None}}


def summary(world: World, symbol: str, modules: str) -> Json:
    """``v10/finance/quoteSummary``: the modules asked for. Raises Refused for an unknown symbol."""
    if symbol not in world:
        raise Refused(404, "Not Found", f"Quote not found for symbol: {symbol}")
    facts = quote(world, symbol)
    price = facts["regularMarketPrice"]
    detail: Json = {
        "maxAge": 1,
        "previousClose": facts["regularMarketPreviousClose"],
        "currency": facts["currency"],
    }
    statistics: Json = {"maxAge": 1}
    if facts["quoteType"] == "ETF":
        value = nav(world, symbol)
        total = round(shares(world, symbol) * value)
        detail |= {"totalAssets": total, "navPrice": value, "yield": 0.013}
        statistics |= {"totalAssets": total, "category": "", "fundFamily": ""}
    if facts["quoteType"] == "EQUITY":
        statistics |= {"sharesOutstanding": facts["sharesOutstanding"], "trailingEps": round(price / 24, 2)}
    every = {
        "quoteType": {key: facts[key] for key in ("quoteType", "symbol", "shortName", "exchange")},
        "summaryDetail": detail,
        "defaultKeyStatistics": statistics,
        "assetProfile": {"maxAge": 86400},
        "financialData": {"maxAge": 86400, "currentPrice": price},
        "calendarEvents": _next_report(world, symbol),
        "price": {"regularMarketPrice": price, "regularMarketTime": facts["regularMarketTime"]},
    }
    found = {name: every[name] for name in modules.split(",") if name in every}
    return {"quoteSummary": {"result": [found], "error": None}}


def _next_report(world: World, symbol: str) -> Json:
    today = world.now.date()
    due = [one for one in events.reports(today, today + timedelta(100)) if one.symbol == symbol]
    dates = [int(one.at.timestamp()) for one in due[:1]]
    return {
        "maxAge": 1,
        "earnings": {"earningsDate": dates, "earningsAverage": due[0].expected if due else None},
    }


def nav(world: World, symbol: str) -> float:
    """Net asset value a share: the close of the last session to four digits."""
    return round(world.price(symbol) * world[symbol].unsplit(world.now), 4)


def shares(world: World, symbol: str) -> int:
    """Shares outstanding on the evening of the last session: a walk in whole creation units."""
    series = world[symbol]
    row = series.begun(world.now) - 1
    if row >= 0 and world.now < series.listing.closes(series.days[row]):
        row -= 1
    start = 2_000 + crc32(symbol.encode()) % 8_000
    steps = sum(
        crc32(f"{symbol}{day}".encode()) % 41 - 20 for day in series.days[max(0, row - 250) : row + 1]
    )
    return (start + steps) * UNIT


def share_counts(world: World, symbol: str) -> Json:
    """The shares of the time series; funds have no row, as at Yahoo."""
    result: list[Json] = []
    if symbol in world.stocks and symbol in world:
        days = world[symbol].days[: world[symbol].begun(world.now)][-30:]
        stamps = [int(datetime.combine(day, time(0), UTC).timestamp()) for day in days]
        meta = {"symbol": [symbol], "type": ["shares_out"]}
        result = [{"meta": meta, "timestamp": stamps, "shares_out": [shares(world, symbol)] * len(stamps)}]
    return {"timeseries": {"result": result, "error": None}}


def timeseries(world: World, symbol: str, asked: Mapping[str, str]) -> Json:
    """``ws/fundamentals-timeseries``: shares, or a figure that there is not."""
    if "type" not in asked:
        return share_counts(world, symbol)
    meta = {"meta": {"symbol": [symbol], "type": [asked["type"]]}}
    return {"timeseries": {"result": [meta], "error": None}}


ECONOMIC: Columns = (
    ("Event", "STRING"), ("Country Code", "STRING"), ("Event Time", "DATE"), ("Period", "STRING"), ("Actual", "NUMBER"),
    ("Market Expectation", "NUMBER"), ("Prior to This", "NUMBER"), ("Revised from", "NUMBER"),
)  # fmt: skip
EARNINGS: Columns = (
    ("Symbol", "STRING"), ("Company Name", "STRING"), ("Market Cap (Intraday)", "NUMBER"), ("Event Name", "STRING"),
    ("Event Start Date", "DATE"), ("Event Start Date", "STRING"), ("EPS Estimate", "NUMBER"),
    ("Reported EPS", "NUMBER"), ("Surprise (%)", "NUMBER"),
)  # fmt: skip


def visualization(world: World, asked: Mapping[str, Any]) -> Json:
    """``v1/finance/visualization``: a calendar's rows between the two dates of the query, a page of them."""
    kind = asked["entityIdType"]
    bounds = dict(_bounds(asked["query"]))
    first, last = (date.fromisoformat(bounds[name][:10]) for name in ("GTE", "LTE"))
    columns: Columns
    if kind == "economic_event":
        columns, rows = ECONOMIC, [_event_row(one, world.now) for one in events.between(first, last)]
    elif kind == "sp_earnings":
        columns, rows = EARNINGS, [_report_row(one, world.now) for one in events.reports(first, last)]
    else:
        columns, rows = (("Symbol", "STRING"),), []
    rows = rows if asked.get("sortType") == "ASC" else rows[::-1]
    page = rows[asked["offset"] : asked["offset"] + min(asked["size"], 100)]
    labels = [{"label": label, "type": sort} for label, sort in columns]
    document = {"entityIdType": kind, "rows": page, "columns": labels, "total": len(rows)}
    return {"finance": {"result": [{"total": len(rows), "documents": [document]}], "error": None}}


def _bounds(query: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    operands = query["operands"]
    if operands and operands[0] == "startdatetime":
        yield query["operator"].upper(), str(operands[1])
    for operand in operands:
        if isinstance(operand, dict):
            yield from _bounds(operand)


def _event_row(one: events.Release, now: datetime) -> list[Any]:
    actual = one.actual if one.at <= now else None
    return [
        one.name,
        one.country,
        f"{one.at:%Y-%m-%dT%H:%M:%S.000Z}",
        one.period,
        actual,
        one.consensus,
        one.previous,
        None,
    ]


def _report_row(one: events.Report, now: datetime) -> list[Any]:
    out = one.at <= now
    surprise = round((one.actual / one.expected - 1) * 100, 2)
    return [
        one.symbol, f"{one.symbol} Inc.", one.worth, "Earnings Announcement", f"{one.at:%Y-%m-%dT%H:%M:%S.000Z}",
        one.timing, one.expected, one.actual if out else None, surprise if out else None,
    ]  # fmt: skip


def most_actives(world: World, count: int) -> Json:
    """The screener that the earnings calendar asks for."""
    found = [{"symbol": symbol, "marketCap": int(1e12)} for symbol in sorted(world.stocks) if symbol in world]
    return {"finance": {"result": [{"quotes": found[:count], "total": len(found)}], "error": None}}


def news(world: World, asked: Mapping[str, Any]) -> Json:
    """``xhr/ncp``: the ticker stream, one advertisement among the articles."""
    setting = asked["serviceConfig"]
    symbol = setting["s"][0]
    stream: list[Json] = []
    for title, publisher, at in events.headlines(symbol, world.now, setting.get("snippetCount", 10)):
        number = f"{crc32(title.encode()):08x}"
        link = {"url": f"https://finance.yahoo.com/news/{number}.html"}
        content = {
            "id": number,
            "contentType": "STORY",
            "title": title,
            "summary": f"What moved {symbol}.",
            "pubDate": f"{at:%Y-%m-%dT%H:%M:%SZ}",
            "provider": {"displayName": publisher, "url": "https://example.com/"},
            "canonicalUrl": link,
            "clickThroughUrl": link,
        }
        stream.append({"id": number, "content": content})
    stream.insert(1, {"id": "ad", "ad": [{"title": "An advertisement"}], "content": {}})
    return {"data": {"tickerStream": {"stream": stream}}, "status": "OK"}


def fred(world: World, asked: Mapping[str, str]) -> str | None:
    """``fredgraph.csv``: the series by day from ``cosd``; "." where a day has none. None: no such series."""
    names = asked.get("id", "").split(",")
    found = {name: world.published(name) for name in names}
    if not all(values is not None for values in found.values()):
        return None
    first = date.fromisoformat(asked.get("cosd", "1776-07-04"))
    last = date.fromisoformat(asked.get("coed", "9999-12-31"))
    by_day = {name: dict(values or ()) for name, values in found.items()}
    days = sorted({day for values in by_day.values() for day in values if first <= day <= last})
    lines = [",".join(["observation_date", *names])]
    for day in days:
        cells = [by_day[name].get(day, "") for name in names]
        lines.append(",".join([str(day), *("." if cell is None else str(cell) for cell in cells)]))
    return "\n".join(lines) + "\n"
