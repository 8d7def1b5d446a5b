"""Answers with something wrong in them: what a chart of bars may have that a clean feed's has not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

from tests.yahoo.charts import NAMES, Chart
from tests.yahoo.world import World

PRICES = ("open", "high", "low", "close", "adjclose")

Change = Callable[[Chart, World], None]


def _day_of(chart: Chart, world: World, place: int) -> date:
    return world[chart.symbol].listing.local_day(datetime.fromtimestamp(chart.stamps[place], UTC))


def _put(chart: Chart, place: int, values: Mapping[str, float | None]) -> None:
    for name, value in values.items():
        if name in chart.columns:
            chart.columns[name][place] = value


def _row(chart: Chart, place: int) -> dict[str, float | None]:
    return {name: column[place] for name, column in chart.columns.items()}


def _drop(chart: Chart, place: int) -> None:
    del chart.stamps[place]
    for column in chart.columns.values():
        del column[place]


def _add(chart: Chart, stamp: int, values: Mapping[str, float | None]) -> None:
    chart.stamps.append(stamp)
    for name, column in chart.columns.items():
        column.append(values.get(name))


def _scale(chart: Chart, places: Sequence[int], factor: float) -> None:
    for place in places:
        for name in PRICES:
            value = chart.columns[name][place] if name in chart.columns else None
            if value is not None:
                chart.columns[name][place] = value * factor


def all_null(chart: Chart, world: World) -> None:
    """Every value of every bar is null."""
    for column in chart.columns.values():
        column[:] = [None] * len(column)


def null_last(chart: Chart, world: World) -> None:
    """The newest bar is there, and empty."""
    if chart.stamps:
        _put(chart, -1, dict.fromkeys((*NAMES, "adjclose")))


def null_close(chart: Chart, world: World) -> None:
    """The newest bar has everything but its close."""
    if chart.stamps:
        _put(chart, -1, {"close": None, "adjclose": None})


def null_range(chart: Chart, world: World) -> None:
    """The newest bar has a close and nothing else."""
    if chart.stamps:
        _put(chart, -1, dict.fromkeys(("open", "high", "low", "volume")))


def stale(chart: Chart, world: World) -> None:
    """The newest bar is not there, and the quote is that of the day before."""
    if chart.stamps:
        _drop(chart, -1)
    _yesterdays_quote(chart, world)


def no_last(chart: Chart, world: World) -> None:
    """The newest bar is not there, though the quote is of today."""
    if chart.stamps:
        _drop(chart, -1)


def repeated(chart: Chart, world: World) -> None:
    """The newest bar has yesterday's prices and volume under today's date."""
    if len(chart.stamps) > 1:
        _put(chart, -1, _row(chart, -2))
        chart.meta["regularMarketPrice"] = chart.columns["close"][-1]


def stale_quote(chart: Chart, world: World) -> None:
    """The newest bar is that of two hours before the close, dressed as the day's; the quote says so."""
    series = world[chart.symbol]
    if not chart.stamps:
        return
    day = series.days[series.begun(world.now) - 1]
    moment = series.listing.closes(day) - timedelta(hours=2)
    bar = series.at(day, min(moment, world.now))
    factor = series.unsplit(world.now)
    last = {name: getattr(bar, name) * (1 / factor if name == "volume" else factor) for name in NAMES}
    _put(chart, -1, last | {"adjclose": last["close"]})
    chart.stamps[-1] = int(moment.timestamp())
    chart.meta["regularMarketTime"] = int(moment.timestamp())
    chart.meta["regularMarketPrice"] = last["close"]


def partial_bar(chart: Chart, world: World) -> None:
    """The newest bar is that of two hours before the close, while the quote is the close's."""
    meta = dict(chart.meta)
    stamp = chart.stamps[-1] if chart.stamps else 0
    stale_quote(chart, world)
    chart.meta.update(meta)
    if chart.stamps:
        chart.stamps[-1] = stamp


def stale_price(chart: Chart, world: World) -> None:
    """The quote beside the bars is 2 % from the newest close, at the same moment."""
    if chart.stamps and chart.columns["close"][-1] is not None:
        chart.meta["regularMarketPrice"] = chart.columns["close"][-1] * 1.02


def no_yesterday(chart: Chart, world: World) -> None:
    """The bar before the newest is not there."""
    if len(chart.stamps) > 2:
        _drop(chart, -2)


def null_yesterday(chart: Chart, world: World) -> None:
    """The bar before the newest is empty."""
    if len(chart.stamps) > 2:
        _put(chart, -2, dict.fromkeys((*NAMES, "adjclose")))


def no_volume(chart: Chart, world: World) -> None:
    """The newest bar says that nothing was traded."""
    if chart.stamps:
        _put(chart, -1, {"volume": 0})


def negative(chart: Chart, world: World) -> None:
    """The newest close is below zero."""
    if chart.stamps:
        _put(chart, -1, {"close": -1.0, "low": -1.0, "adjclose": -1.0})


def zero(chart: Chart, world: World) -> None:
    """The newest bar's prices are zero."""
    if chart.stamps:
        _put(chart, -1, dict.fromkeys(PRICES, 0.0))


def hundredfold(chart: Chart, world: World) -> None:
    """The newest bar is in another unit."""
    _scale(chart, [-1] if chart.stamps else [], 100.0)
    chart.meta["regularMarketPrice"] = chart.meta.get("regularMarketPrice", 0.0) * 100


def all_hundredfold(chart: Chart, world: World) -> None:
    """Every bar is in another unit."""
    _scale(chart, range(len(chart.stamps)), 100.0)
    chart.meta["regularMarketPrice"] = chart.meta.get("regularMarketPrice", 0.0) * 100


def live_row(chart: Chart, world: World) -> None:
    """Beside the day's bar stands the live one, stamped with the last price, which counts a little more volume."""
    if chart.stamps:
        row = _row(chart, -1)
        usual = world[chart.symbol].listing.stamp(_day_of(chart, world, -1))
        live = max(chart.stamps[-1], usual + 60)
        chart.stamps[-1] = usual
        _put(chart, -1, {"volume": max(0, (row["volume"] or 0) - 1311)})
        _add(chart, live, row)


def doubled(chart: Chart, world: World) -> None:
    """The newest row is there twice, stamp and all."""
    if chart.stamps:
        _add(chart, chart.stamps[-1], _row(chart, -1))


def future_row(chart: Chart, world: World) -> None:
    """A row is dated tomorrow, with a price of its own."""
    if chart.stamps:
        row = _row(chart, -1)
        _add(chart, chart.stamps[-1] + 86400, row)
        _scale(chart, [-1], 1.03)


def weekend_row(chart: Chart, world: World) -> None:
    """A row is dated Saturday, with the last price."""
    for place in range(len(chart.stamps) - 1, 0, -1):
        day = _day_of(chart, world, place - 1)
        if day.weekday() == 4:
            row, stamp = _row(chart, place - 1), chart.stamps[place - 1] + 86400
            chart.stamps.insert(place, stamp)
            for name, column in chart.columns.items():
                column.insert(place, row[name] if name == "volume" else (row[name] or 0) * 1.01)
            return


def wild_period(chart: Chart, world: World) -> None:
    """The trading day that the answer names is a year away."""
    for part in chart.meta["currentTradingPeriod"].values():
        part["start"], part["end"] = part["start"] + 31_536_000, part["end"] + 31_536_000


def wrong_zone(chart: Chart, world: World) -> None:
    """The answer claims to come from Tokyo."""
    chart.meta.update(exchangeTimezoneName="Asia/Tokyo", timezone="JST", gmtoffset=32400)


def other_symbol(chart: Chart, world: World) -> None:
    """The answer is for another symbol, and has its prices."""
    name = "XLP" if chart.symbol != "XLP" else "XLK"
    other = world[name]
    found = other.daily(world.now)
    chart.meta["symbol"] = name
    for place in range(len(chart.stamps)):
        row = other.rows.get(_day_of(chart, world, place))
        for column in PRICES[:4] if row is not None and row < len(found["close"]) else ():
            chart.columns[column][place] = float(found[column][row])
    chart.meta["regularMarketPrice"] = chart.columns["close"][-1] if chart.stamps else None


def unadjusted_split(chart: Chart, world: World) -> None:
    """Today is the first day after a split of four for one: the newest bar knows it, the history does not."""
    if chart.stamps:
        _scale(chart, [-1], 0.25)
        volume = chart.columns["volume"][-1]
        _put(chart, -1, {"volume": (volume or 0) * 4})
        chart.meta["regularMarketPrice"] = chart.columns["close"][-1]
        stamp = world[chart.symbol].listing.stamp(_day_of(chart, world, -1))
        chart.events.setdefault("splits", {})[str(stamp)] = {
            "date": stamp, "numerator": 4.0, "denominator": 1.0, "splitRatio": "4:1",
        }  # fmt: skip


def short_history(chart: Chart, world: World) -> None:
    """The answer starts ten bars ago, whatever was asked for."""
    for _ in range(max(0, len(chart.stamps) - 10)):
        _drop(chart, 0)


def no_meta(chart: Chart, world: World) -> None:
    """What stands beside the bars is missing but for the symbol."""
    kept = ("symbol",)
    chart.meta = {name: chart.meta[name] for name in kept}


def bare_meta(chart: Chart, world: World) -> None:
    """Neither the last price, nor its time, nor the trading day stand beside the bars."""
    for name in ("regularMarketTime", "regularMarketPrice", "currentTradingPeriod"):
        chart.meta.pop(name, None)


def hour_off(chart: Chart, world: World) -> None:
    """Stamps are of the other side of a change of clocks: an hour late."""
    chart.stamps[:] = [stamp + 3600 for stamp in chart.stamps]


def text_prices(chart: Chart, world: World) -> None:
    """Prices are strings."""
    for name in PRICES:
        if name in chart.columns:
            chart.columns[name] = [str(value) for value in chart.columns[name]]  # type: ignore[misc]


def infinite(chart: Chart, world: World) -> None:
    """The newest adjusted close is beyond all bounds."""
    if chart.stamps:
        _put(chart, -1, {"adjclose": float("inf")})


def revised(chart: Chart, world: World) -> None:
    """The bar before the newest has a close 1 % above what was sent the day before."""
    if len(chart.stamps) > 1:
        for name in ("close", "adjclose", "high"):
            value = chart.columns[name][-2] if name in chart.columns else None
            if value is not None:
                chart.columns[name][-2] = value * 1.01


def far_close(chart: Chart, world: World) -> None:
    """The newest close lies 4 % outside the newest bar's own range."""
    if chart.stamps and chart.columns["high"][-1] is not None:
        value = (chart.columns["high"][-1] or 0) * 1.04
        _put(chart, -1, {"close": value, "adjclose": value})


def _yesterdays_quote(chart: Chart, world: World) -> None:
    series = world[chart.symbol]
    if not chart.stamps:
        return
    before = series.days[max(series.begun(world.now) - 2, 0)]
    chart.meta["regularMarketTime"] = int(series.listing.closes(before).timestamp())
    chart.meta["regularMarketPrice"] = chart.columns["close"][-1]


CHANGES: Mapping[str, Change] = {
    change.__name__: change
    for change in (
        all_null, null_last, null_close, null_range, stale, no_last, repeated, stale_quote, partial_bar, stale_price,
        no_yesterday, null_yesterday, no_volume, negative, zero, hundredfold, all_hundredfold, live_row, doubled,
        future_row, weekend_row, wild_period, wrong_zone, other_symbol, unadjusted_split, short_history, no_meta,
        bare_meta, hour_off, text_prices, infinite, revised, far_close,
    )
}  # fmt: skip
