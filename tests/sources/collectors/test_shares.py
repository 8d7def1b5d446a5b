"""Share counts collected from a client that answers with what Yahoo answers, and with less."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TypeVar, cast

import pytest

from commentary.errors import SourceError
from commentary.library import Library
from commentary.sources.collecting import Ask, Collected
from commentary.sources.collectors.shares import FUNDS, LEVERAGED, collect, number
from commentary.sources.observed import Observation
from commentary.sources.store import Store
from commentary.sources.yahoo import NoBars
from commentary.sources.yahoo_client import Client
from commentary.universe import load_universe

SESSION = date(2026, 3, 4)
EVENING = datetime(2026, 3, 4, 22, 30, tzinfo=UTC)
COUNTS = {"GLD": 4.1e8, "SLV": 5.0e8, "SPY": 1.1e9, "HYG": 2.2e8, "IBIT": 1.3e9}
T = TypeVar("T")


@dataclass
class Yahoo:
    """A client: quotes by symbol, details by symbol, and what it was asked."""

    quotes: dict[str, dict[str, Any]]
    details: dict[str, dict[str, Any]] = field(default_factory=dict)
    away: bool = False
    asked: list[str] = field(default_factory=list)
    session: Any = None

    @property
    def yfinance(self) -> Any:
        return SimpleNamespace(data=SimpleNamespace(YfData=lambda session: self))

    def get_raw_json(self, url: str, params: dict[str, str]) -> Any:
        self.asked.append(url.rpartition("/")[2])
        if "quoteSummary" in url:
            found = self.details[self.asked[-1]]
            return {"quoteSummary": {"result": [{"summaryDetail": found}], "error": None}}
        names = params["symbols"].split(",")
        return {"quoteResponse": {"result": [self.quotes[name] for name in names if name in self.quotes]}}

    def ask(self, what: str, question: Callable[[], T]) -> T:
        if self.away:
            raise SourceError(f"Yahoo refuses more requests for now (429, at {what})")
        try:
            return question()
        except (KeyError, IndexError, TypeError) as error:
            raise NoBars(f"an answer that cannot be read ({error!r})") from None


def quotes(**more: dict[str, Any]) -> dict[str, dict[str, Any]]:
    funds = {symbol: {"symbol": symbol, "sharesOutstanding": int(count)} for symbol, count in COUNTS.items()}
    geared = {
        symbol: {"symbol": symbol, "netAssets": 1e9} for parts in LEVERAGED.values() for symbol in parts
    }
    return {**funds, **geared, **more}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "store.db") as found:
        yield found


def run(store: Store, yahoo: Yahoo, session: date = SESSION) -> Collected:
    return collect(Ask(load_universe(Library()), session, EVENING, store, cast(Client, yahoo)))


def banked(store: Store) -> dict[str, Observation]:
    return {item.series: item for item in store.observations()}


def test_five_counts_and_two_sums_of_assets_in_one_request(store: Store) -> None:
    found = run(store, yahoo := Yahoo(quotes()))
    assert (found.kept, found.warnings, yahoo.asked) == (7, (), ["quote"])
    had = banked(store)
    for subject, symbol in FUNDS.items():
        item = had[f"{subject}.shares_outstanding"]
        assert (item.day, item.value, item.source) == (SESSION, COUNTS[symbol], "yahoo, as published")
    # L(L − 1) of 2, 3, 3, −1, −2, −3, −3 is 2 + 6 + 6 + 2 + 6 + 12 + 12; of 2, 3, −1, −2, −3 it is 28
    assert had["leveraged.sp500_gearing"].value == 46e9
    assert had["leveraged.nasdaq100_gearing"].value == 28e9
    assert had["leveraged.sp500_gearing"].source == "yahoo, net assets of 7 of 7 funds"


def test_a_session_that_is_banked_is_not_asked_for_again(store: Store) -> None:
    run(store, Yahoo(quotes()))
    before, stamp = banked(store), store.stamp()
    later = quotes(GLD={"symbol": "GLD", "sharesOutstanding": 1})
    yahoo = Yahoo(later)
    assert run(store, yahoo) == Collected(0)
    assert (yahoo.asked, banked(store), store.stamp()) == ([], before, stamp)
    run(store, yahoo, date(2026, 3, 5))
    assert yahoo.asked == ["quote"]


def test_assets_and_value_are_banked_apart_where_there_is_no_count(store: Store) -> None:
    detail = {"totalAssets": 150_000_000_000, "navPrice": 375.25}
    found = run(store, yahoo := Yahoo(quotes(GLD={"symbol": "GLD"}), {"GLD": detail}))
    assert (found.kept, found.warnings, yahoo.asked) == (8, (), ["quote", "GLD"])
    had = banked(store)
    assert "gold.shares_outstanding" not in had
    assert (had["gold.total_assets"].value, had["gold.net_asset_value"].value) == (150e9, 375.25)
    assert had["gold.total_assets"].source == "yahoo, assets over net asset value"
    assert run(store, yahoo) == Collected(0)


@pytest.mark.parametrize("detail", [{}, {"totalAssets": 1e9}, {"totalAssets": 1e9, "navPrice": 0}])
def test_what_cannot_be_had_is_a_warning(store: Store, detail: dict[str, Any]) -> None:
    found = run(store, Yahoo(quotes(SLV={"symbol": "SLV", "sharesOutstanding": None}), {"SLV": detail}))
    assert found.kept == 6
    (warning,) = found.warnings
    assert warning.startswith("SLV shares outstanding: neither a count")
    assert not any(name.startswith("silver.") for name in banked(store))


def test_a_fund_that_yahoo_does_not_know(store: Store) -> None:
    known = quotes()
    del known["IBIT"]
    found = run(store, Yahoo(known))
    assert found.kept == 6 and found.warnings[0].startswith("IBIT shares outstanding: an answer that cannot")


def test_an_answer_of_another_shape_banks_nothing(store: Store) -> None:
    class Odd(Yahoo):
        def get_raw_json(self, url: str, params: dict[str, str]) -> Any:
            return {"finance": {"result": None}}

    found = run(store, Odd({}))
    assert found.kept == 0
    assert found.warnings[0].startswith("shares outstanding: an answer that cannot be read")


def test_without_the_assets_of_leveraged_funds_the_counts_are_banked(store: Store) -> None:
    known = {symbol: quote for symbol, quote in quotes().items() if symbol in COUNTS}
    known["TQQQ"] = {"symbol": "TQQQ", "netAssets": 2.5e10}
    found = run(store, Yahoo(known))
    assert found.warnings == ("assets of leveraged funds on sp500: none in the quotes",)
    assert banked(store)["leveraged.nasdaq100_gearing"].value == 6 * 2.5e10
    assert banked(store)["leveraged.nasdaq100_gearing"].source.endswith("1 of 5 funds")


def test_a_feed_out_of_reach_is_said_and_nothing_is_banked(store: Store) -> None:
    with pytest.raises(SourceError, match="429"):
        run(store, Yahoo(quotes(), away=True))
    assert banked(store) == {}


def test_only_positive_finite_numbers_count() -> None:
    assert [number(value) for value in (5, 2.5, 0, -1, True, "5", None, float("nan"), float("inf"))] == [
        5.0, 2.5, None, None, None, None, None, None, None,
    ]  # fmt: skip
