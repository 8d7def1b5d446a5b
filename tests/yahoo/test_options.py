"""Chains through an unmodified yfinance, against the loopback, whose surface of volatility is known."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from commentary.errors import SourceError
from commentary.sources.collecting import Ask, Collected
from commentary.sources.collectors.options import FUNDS, collect
from commentary.sources.pacing import Pace
from commentary.sources.store import Store
from commentary.sources.yahoo_client import Client
from commentary.universe import Universe
from tests.yahoo.chains import level
from tests.yahoo.conftest import EVENING
from tests.yahoo.faults import made
from tests.yahoo.server import Yahoo

SESSION = date(2026, 6, 10)
SYMBOLS = ("SPY", "QQQ", "GLD", "SLV", "IBIT")


def collected(store: Store, universe: Universe, later: timedelta = timedelta(0)) -> Collected:
    client = Client(Pace(1e6), lambda seconds: None)
    return collect(Ask(universe, SESSION + later, EVENING + later, store, client))


def observed(store: Store) -> dict[str, float]:
    return {item.series: item.value for item in store.observations()}


@pytest.mark.parametrize(
    ("days", "requests"), [(0, 10), (5, 15)]
)  # a month from the first is an expiry itself
def test_the_surface_is_read_back(
    yahoo: Yahoo, universe: Universe, tmp_path: Path, days: int, requests: int
) -> None:
    later = timedelta(days)
    yahoo.world.now = EVENING + later
    with Store(tmp_path / "store.db") as store:
        found = collected(store, universe, later)
        values = observed(store)
        chains = {symbol: store.quotes(symbol, SESSION + later)[1] for symbol in SYMBOLS}
    assert found.warnings == ()
    assert len(values) == 25
    assert yahoo.counts["options"] == requests
    for subject, symbol in zip(FUNDS, SYMBOLS, strict=True):
        wanted = 100 * level(yahoo.world, symbol)
        assert values[f"{subject}.iv_30d"] == pytest.approx(wanted, rel=0.01)
        assert values[f"{subject}.put_skew_30d"] > 0
        close = yahoo.world.price(symbol)
        assert values[f"{subject}.oi_put_strike"] <= close <= values[f"{subject}.oi_call_strike"]
    assert all(0 < len(chain) < 300 for chain in chains.values())


@pytest.mark.parametrize("fault", ["no_quotes", "crossed"])
def test_a_spoiled_chain_leaves_the_others(
    yahoo: Yahoo, universe: Universe, tmp_path: Path, fault: str
) -> None:
    yahoo.put(made(fault, ["GLD"], kind="options"))
    with Store(tmp_path / "store.db") as store:
        found = collected(store, universe)
        assert {name.partition(".")[0] for name in observed(store)} == set(FUNDS) - {"gold"}
        assert store.quotes("GLD", SESSION)[1] == []
    assert found.warnings == ("GLD options: no strike with a price for both its put and its call",)


def test_a_refusal_stops_the_run_and_keeps_what_there_is(
    yahoo: Yahoo, universe: Universe, tmp_path: Path
) -> None:
    yahoo.put(made("429", ["GLD"], kind="options"))
    with Store(tmp_path / "store.db") as store:
        with pytest.raises(SourceError, match="429"):
            collected(store, universe)
        assert {name.partition(".")[0] for name in observed(store)} == {"spy", "qqq"}


def test_a_run_in_the_next_session_banks_nothing(yahoo: Yahoo, universe: Universe, tmp_path: Path) -> None:
    noon = EVENING + timedelta(hours=20)
    yahoo.world.now = noon
    with Store(tmp_path / "store.db") as store:
        found = collect(Ask(universe, SESSION, noon, store, Client(Pace(1e6), lambda seconds: None)))
        assert observed(store) == {}
    assert found.kept == 0 and len(found.warnings) == 5
    assert yahoo.counts["options"] == 0
