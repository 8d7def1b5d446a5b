"""Share counts through an unmodified yfinance, against the loopback."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from commentary.sources.collecting import Ask, Collected
from commentary.sources.collectors.shares import FUNDS, collect
from commentary.sources.pacing import Pace
from commentary.sources.store import Store
from commentary.sources.yahoo_client import Client
from commentary.universe import Universe
from tests.yahoo import answers
from tests.yahoo.answers import nav, shares
from tests.yahoo.conftest import EVENING
from tests.yahoo.server import Yahoo
from tests.yahoo.world import World

SESSION = date(2026, 6, 10)


def collected(store: Store, universe: Universe) -> Collected:
    return collect(Ask(universe, SESSION, EVENING, store, Client(Pace(1e6), lambda seconds: None)))


def test_counts_are_those_that_yahoo_has(yahoo: Yahoo, universe: Universe, tmp_path: Path) -> None:
    with Store(tmp_path / "store.db") as store:
        found = collected(store, universe)
        had = {item.series: item.value for item in store.observations()}
    assert had == {
        f"{subject}.shares_outstanding": shares(yahoo.world, symbol) for subject, symbol in FUNDS.items()
    }
    # the loopback has no leveraged funds
    assert [warning.partition(":")[0] for warning in found.warnings] == [
        "assets of leveraged funds on sp500", "assets of leveraged funds on nasdaq100",
    ]  # fmt: skip
    assert yahoo.counts["info"] == 1


def test_assets_stand_in_for_counts(
    yahoo: Yahoo, universe: Universe, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = answers.quote

    def without(world: World, symbol: str) -> answers.Json:
        return {name: value for name, value in plain(world, symbol).items() if name != "sharesOutstanding"}

    monkeypatch.setattr(answers, "quote", without)
    with Store(tmp_path / "store.db") as store:
        collected(store, universe)
        had = {item.series: item.value for item in store.observations()}
    assert len(had) == 10 and yahoo.counts["info"] == 6
    for subject, symbol in FUNDS.items():
        assert had[f"{subject}.net_asset_value"] == nav(yahoo.world, symbol)
        count = had[f"{subject}.total_assets"] / had[f"{subject}.net_asset_value"]
        assert count == pytest.approx(shares(yahoo.world, symbol), rel=1e-6)
