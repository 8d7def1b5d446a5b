"""Chains collected from a client that answers as yfinance does, with chains written out by another's formula."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TypeVar, cast

import pandas as pd
import pytest

from commentary.errors import SourceError
from commentary.library import Library
from commentary.sources.collecting import Ask, Collected
from commentary.sources.collectors.options import FUNDS, collect
from commentary.sources.store import Store
from commentary.sources.store_bars import Daily
from commentary.sources.store_shapes import Reply
from commentary.sources.yahoo import NoBars
from commentary.sources.yahoo_client import Client
from commentary.universe import load_universe
from tests.yahoo.chains import black_scholes

SESSION = date(2026, 3, 4)  # a Wednesday; New York is five hours behind Greenwich
CLOSE = datetime(2026, 3, 4, 21, tzinfo=UTC)
EVENING = datetime(2026, 3, 4, 22, 30, tzinfo=UTC)
DAYS = (2, 9, 16, 23, 30 + 7, 51)
PRICES = {"SPY": 600.0, "QQQ": 520.0, "GLD": 380.0, "SLV": 45.0, "IBIT": 60.0}
LEVELS = {"SPY": 0.16, "QQQ": 0.2, "GLD": 0.22, "SLV": 0.35, "IBIT": 0.5}
T = TypeVar("T")


@dataclass
class Yahoo:
    """A client; a symbol's chain can be changed, its time moved, or the client be out of reach for it."""

    at: datetime = CLOSE
    change: Callable[[str, pd.DataFrame], pd.DataFrame] = lambda symbol, frame: frame
    quote: Callable[[str, dict[str, Any]], dict[str, Any]] = lambda symbol, quote: quote
    days: tuple[int, ...] = DAYS
    away: str = ""
    asked: list[str] = field(default_factory=list)

    def ticker(self, symbol: str) -> Any:
        return Chains(symbol, self)

    def ask(self, what: str, question: Callable[[], T]) -> T:
        self.asked.append(what)
        if self.away and what.startswith(self.away):
            raise SourceError(f"Yahoo refuses more requests for now (429, at {what})")
        try:
            return question()
        except ValueError as error:
            raise NoBars(str(error)) from None


@dataclass
class Chains:
    ticker: str
    yahoo: Yahoo

    @property
    def options(self) -> tuple[str, ...]:
        return tuple((SESSION + timedelta(count)).isoformat() for count in self.yahoo.days)

    def option_chain(self, text: str) -> Any:
        spot, days = PRICES[self.ticker], (date.fromisoformat(text) - SESSION).days
        step = 1.0 if spot > 100 else 0.5
        strikes = [place * step for place in range(round(spot * 0.7 / step), round(spot * 1.3 / step))]
        sides = [
            self.yahoo.change(self.ticker, pd.DataFrame(self._rows(call, spot, days, strikes)))
            for call in (True, False)
        ]
        quote = {"regularMarketPrice": spot, "regularMarketTime": int(self.yahoo.at.timestamp())}
        return SimpleNamespace(calls=sides[0], puts=sides[1], underlying=self.yahoo.quote(self.ticker, quote))

    def _rows(self, call: bool, spot: float, days: int, strikes: list[float]) -> Iterator[dict[str, float]]:
        for strike in strikes:
            level = LEVELS[self.ticker] * (1 - 0.8 * math.log(strike / spot))
            price = black_scholes(call, spot, strike, level * math.sqrt(days / 365))
            held = 5000 if strike in (round(spot * 0.95), round(spot * 1.04)) else 100
            yield {
                "strike": strike, "bid": price * 0.99, "ask": price * 1.01, "openInterest": held,
                "impliedVolatility": 17.3,
            }  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "store.db") as found:
        yield found


def run(store: Store, yahoo: Yahoo, now: datetime = EVENING) -> Collected:
    return collect(Ask(load_universe(Library()), SESSION, now, store, cast(Client, yahoo)))


def observed(store: Store) -> dict[str, float]:
    assert {item.day for item in store.observations()} <= {SESSION}
    return {item.series: item.value for item in store.observations()}


def keep_close(store: Store, symbol: str, close: float) -> None:
    rows = [(SESSION, (close, close, close, close, 1.0))]
    store.keep_daily(Daily(symbol, "yahoo", rows, {}, Reply(EVENING, SESSION, "fresh")))


def test_chains_of_five_funds_are_banked_and_read(store: Store) -> None:
    found = run(store, yahoo := Yahoo())
    assert found.warnings == ()
    values = observed(store)
    for subject, symbol in zip(FUNDS, PRICES, strict=True):
        assert abs(values[f"{subject}.iv_30d"] - 100 * LEVELS[symbol]) < 0.02
        assert values[f"{subject}.put_skew_30d"] > 0.1
        assert values[f"{subject}.oi_put_strike"] < PRICES[symbol] < values[f"{subject}.oi_call_strike"]
    assert values["spy.oi_put_strike"] == 570
    assert values["spy.oi_call_strike"] == 624
    assert len(values) == 25
    assert len(yahoo.asked) == 15
    spot, chain = store.quotes("SPY", SESSION)
    assert spot == 600
    assert {(item.expiry - SESSION).days for item in chain} == {23, 37}


def test_a_second_run_asks_for_nothing_and_changes_nothing(store: Store) -> None:
    run(store, Yahoo())
    before, stamp = observed(store), store.stamp()
    found = run(store, yahoo := Yahoo(away="SPY"), EVENING + timedelta(days=1))
    assert (found, yahoo.asked) == (Collected(0), [])
    assert (observed(store), store.stamp()) == (before, stamp)


def test_a_run_that_was_killed_is_taken_up(store: Store) -> None:
    with pytest.raises(SourceError, match="429"):
        run(store, Yahoo(away="GLD"))
    assert "qqq.iv_30d" in observed(store)
    assert "gold.iv_30d" not in observed(store)
    run(store, yahoo := Yahoo())
    assert len(observed(store)) == 25
    assert [what for what in yahoo.asked if what.startswith(("SPY", "QQQ"))] == []


def test_the_banked_chain_leads_to_the_same_figures(store: Store, tmp_path: Path) -> None:
    run(store, Yahoo())
    with Store(tmp_path / "other.db") as other:
        for symbol in PRICES:
            other.keep_quotes(symbol, SESSION, store.quotes(symbol, SESSION), EVENING)
        run(other, Yahoo(away="SPY"))
        assert observed(other) == observed(store)


def refused(store: Store, yahoo: Yahoo, now: datetime = EVENING) -> str:
    found = run(store, yahoo, now)
    assert found.kept == 0
    assert observed(store) == {}
    assert len(found.warnings) == len(FUNDS)
    return found.warnings[0]


@pytest.mark.parametrize(
    "now", [datetime(2026, 3, 5, 14, 30, tzinfo=UTC), datetime(2026, 3, 5, 20, tzinfo=UTC)]
)
def test_quotes_of_the_next_session_do_not_pass_for_the_last(store: Store, now: datetime) -> None:
    yahoo = Yahoo(at=now)
    assert refused(store, yahoo, now) == (
        "SPY options: asked for after the close of 2026-03-04 was over; nothing banked"
    )
    assert yahoo.asked == []


def test_quotes_of_the_morning_after_do(store: Store) -> None:
    assert run(store, Yahoo(), datetime(2026, 3, 5, 14, 29, tzinfo=UTC)).warnings == ()


@pytest.mark.parametrize("early", [timedelta(minutes=31), timedelta(days=1)])
def test_a_chain_from_before_the_close_is_refused(store: Store, early: timedelta) -> None:
    assert "before the close of 2026-03-04" in refused(store, Yahoo(at=CLOSE - early))
    assert run(store, Yahoo(at=CLOSE - timedelta(minutes=30))).warnings == ()


@pytest.mark.parametrize(
    "quote",
    [
        {}, {"regularMarketPrice": 600.0}, {"regularMarketTime": 1}, {"regularMarketPrice": math.nan},
        {"regularMarketPrice": "600", "regularMarketTime": CLOSE.timestamp()},
        {"regularMarketPrice": 0.0, "regularMarketTime": CLOSE.timestamp()},
    ],
)  # fmt: skip
def test_a_chain_that_does_not_say_when_it_stood_is_refused(store: Store, quote: dict[str, Any]) -> None:
    said = refused(store, Yahoo(quote=lambda symbol, known: quote))
    assert "does not say at which price, or when" in said


def test_a_chain_at_another_price_than_the_close_is_refused(store: Store) -> None:
    keep_close(store, "SPY", 590.0)
    keep_close(store, "QQQ", 521.0)
    found = run(store, Yahoo())
    assert found.warnings == ("SPY options: a chain at 600.00, where the close of 2026-03-04 was 590.00",)
    assert "qqq.iv_30d" in observed(store)


def unbid(symbol: str, frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(bid=0.0)


def one_sided(symbol: str, frame: pd.DataFrame) -> pd.DataFrame:
    return frame.iloc[:0] if frame["bid"].iloc[0] > 1 else frame  # calls far below the price are dear


def crossed(symbol: str, frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(bid=frame["ask"] * 1.1)


def empty(symbol: str, frame: pd.DataFrame) -> pd.DataFrame:
    return frame.iloc[:0]


def stale(symbol: str, frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(strike=frame["strike"] * 1.05)


@pytest.mark.parametrize("fault", [unbid, one_sided, crossed, empty, stale])
def test_a_spoiled_chain_is_a_warning_and_no_figure(
    store: Store, fault: Callable[[str, pd.DataFrame], pd.DataFrame]
) -> None:
    assert refused(store, Yahoo(change=fault)).startswith("SPY options: ")
    assert store.quotes("SPY", SESSION)[1] == []


def test_one_spoiled_chain_leaves_the_others_alone(store: Store) -> None:
    found = run(store, Yahoo(change=lambda symbol, frame: unbid(symbol, frame) if symbol == "SLV" else frame))
    assert [line.split(" options")[0] for line in found.warnings] == ["SLV"]
    assert len(observed(store)) == 20


def test_without_open_interest_the_rest_is_read(store: Store) -> None:
    run(store, Yahoo(change=lambda symbol, frame: frame.assign(openInterest=math.nan)))
    assert {name.partition(".")[2] for name in observed(store)} == {"iv_30d", "put_skew_30d"}


@pytest.mark.parametrize("days", [(), (2, 9), (16, 90)])
def test_without_expiries_about_a_month_out_nothing_is_read(store: Store, days: tuple[int, ...]) -> None:
    assert "no expiries 14 to 60 days away" in refused(store, Yahoo(days=days))


def test_answers_that_cannot_be_read_are_warnings(store: Store) -> None:
    def broken(symbol: str, frame: pd.DataFrame) -> pd.DataFrame:
        raise ValueError("Expiration cannot be found")

    assert refused(store, Yahoo(change=broken)) == "SPY options: Expiration cannot be found"


def test_bills_discount_the_quotes(store: Store) -> None:
    keep_close(store, "^IRX", 5.0)
    run(store, Yahoo())
    assert 0.01 < observed(store)["spy.iv_30d"] - 16 < 16 * 0.05 / 10  # quotes without interest, read with it


def test_a_universe_without_a_fund_is_asked_for_the_others(store: Store) -> None:
    universe = load_universe(Library())
    fewer = {key: item for key, item in universe.instruments.items() if key not in ("silver", "ust3m")}
    yahoo = Yahoo()
    collect(Ask(replace(universe, instruments=fewer), SESSION, EVENING, store, cast(Client, yahoo)))
    assert len(observed(store)) == 20


def test_what_a_day_of_chains_takes(store: Store) -> None:
    run(store, Yahoo())
    counts = {symbol: len(store.quotes(symbol, SESSION)[1]) for symbol in PRICES}
    assert sum(counts.values()) < 700
