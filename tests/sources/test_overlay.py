"""A user's own bars over the store's: symbol by symbol, day by day, and said."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from commentary.errors import SourceError
from commentary.sources import gate, is_live, load_market, over
from commentary.sources.align import aligned
from commentary.sources.store import Store
from commentary.sources.store_bars import Daily
from commentary.sources.store_shapes import Reply
from tests.sources.made import CARRY, MUSTS, NOW, bars, row, scale, sessions, universe, write_csv

DAYS = sessions("2024-07-29", 6)
DAY = DAYS[-1]
UNIVERSE = universe()
SEEN = datetime(2024, 8, 6, tzinfo=UTC)


@pytest.fixture(autouse=True)
def apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMENTARY_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def where(tmp_path: Path) -> str:
    """A store of the must-haves: closes of 100 and a quarter more a day, a dividend in between."""
    path = tmp_path / "market.db"
    with Store(path) as store:
        for symbol in (*MUSTS, "IWM", "SHY"):
            rows = [
                (day, (100.0, 101.0, 99.0, 100 + step / 4, 1000.0 + step)) for step, day in enumerate(DAYS)
            ]
            paid = {DAYS[3]: 1.0} if symbol == "IWM" else {}
            feed = "fred" if symbol.startswith("DGS") else "yahoo"
            store.keep_daily(Daily(symbol, feed, rows, paid, Reply(SEEN, DAYS[0], "fresh")))
    return str(path)


def test_without_a_folder_it_is_the_store(where: str) -> None:
    assert over(where, None) == where
    assert is_live(where)
    assert is_live(over(where, Path("own")))


def test_own_bars_take_the_place_day_by_day(where: str, tmp_path: Path) -> None:
    own = tmp_path / "own"
    write_csv(own, "GLD", [row(DAYS[4], 250.0), row(DAY, 251.0)])
    market = load_market(over(where, own), UNIVERSE, scale(), NOW)
    assert market.close["gold"].tolist() == [100.0, 100.25, 100.5, 100.75, 250.0, 251.0]
    assert (
        market.close["sp500"].tolist() == load_market(where, UNIVERSE, scale(), NOW).close["sp500"].tolist()
    )
    assert market.own == {"gold": frozenset({DAYS[4], DAY})}
    assert market.source == "store"


def test_the_input_says_that_it_is_ones_own(where: str, tmp_path: Path) -> None:
    write_csv(tmp_path / "own", "GLD", [row(DAY, 101.5)])
    write_csv(tmp_path / "own", "DGS10", [row(DAYS[4], 101.0)])
    market = load_market(over(where, tmp_path / "own"), UNIVERSE, scale(), NOW)
    for day, gold, yields in ((DAY, "own", "fred"), (DAYS[4], "yahoo", "own")):
        states = {item.instrument: item.source for item in gate(market, UNIVERSE, day, NOW)}
        assert (states["gold"], states["ust10y"], states["sp500"]) == (gold, yields, "yahoo")


def test_a_day_that_the_feed_lacks_is_filled(where: str, tmp_path: Path) -> None:
    next_day = sessions("2024-07-29", 7)[-1]
    for symbol in MUSTS:
        write_csv(tmp_path / "own", symbol, [row(next_day, 102.0)])
    market = load_market(over(where, tmp_path / "own"), UNIVERSE, scale(), NOW)
    assert market.sessions[-1].date() == next_day
    assert market.returns["sp500"].iloc[-1] == pytest.approx(102 / 101.25 - 1)


def test_a_symbol_of_ones_own_alone(where: str, tmp_path: Path) -> None:
    write_csv(tmp_path / "own", "SLV", [row(day, 26.0 + step) for step, day in enumerate(DAYS)])
    market = load_market(over(where, tmp_path / "own"), UNIVERSE, scale(), NOW)
    assert market.close["silver"].tolist() == [26.0, 27.0, 28.0, 29.0, 30.0, 31.0]


def test_total_returns_stay_on_the_stores_scale(where: str, tmp_path: Path) -> None:
    """The file's adjusted close is its close, which knows no dividend; the store's stands one below before it."""
    write_csv(tmp_path / "own", "IWM", [row(DAYS[1], 110.0)])
    small = replace(UNIVERSE, stocks=("IWM",))
    had = load_market(where, small, scale(), NOW).stock_close["IWM"].tolist()
    found = load_market(over(where, tmp_path / "own"), small, scale(), NOW).stock_close["IWM"].tolist()
    factor = 1 - 1 / 100.5
    assert had[1] == pytest.approx(100.25 * factor)
    assert found[1] == pytest.approx(110.0 * factor)
    assert [*found[:1], *found[2:]] == [*had[:1], *had[2:]]


def test_a_yield_that_a_fund_of_ones_own_implies_is_ones_own() -> None:
    days = sessions("2024-01-02", 120)
    made = bars(
        {"^GSPC": dict.fromkeys(days, 5000.0), "SHY": {day: 82 + day.day / 100 for day in days}}, "store"
    )
    made.columns["adj_close"][:] = made.columns["close"]
    item = replace(UNIVERSE["ust2y"], symbols={"yahoo": ("SHY/1.85",)})
    some = replace(UNIVERSE, instruments={**UNIVERSE.instruments, "ust2y": item})
    found = aligned(replace(made, own={"SHY": frozenset({days[-1]})}), some, CARRY)
    assert found.symbols["ust2y"] == "SHY/1.85"
    assert found.own == {"ust2y": frozenset({days[-1]}), "short_bonds": frozenset({days[-1]})}


def test_observations_of_ones_own_come_last(where: str, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    line = f"spy.shares_outstanding,{DAY},900.0,own\n"
    (own / "observations.csv").write_text(f"series,date,value,source\n{line}", encoding="utf-8")
    market = load_market(over(where, own), UNIVERSE, scale(), NOW)
    assert market.observed["spy.shares_outstanding"].iloc[-1] == 900.0


def test_a_change_of_a_file_is_seen(where: str, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    name = over(where, own)
    assert load_market(name, UNIVERSE, scale(), NOW).own == {}
    write_csv(own, "GLD", [row(DAY, 101.5)])
    assert load_market(name, UNIVERSE, scale(), NOW).own == {"gold": frozenset({DAY})}


@pytest.mark.parametrize(
    ("prepare", "told"),
    [
        (lambda own: None, "is no folder"),
        (lambda own: write_csv(own, "GLD", [f"{DAY},,,,-1,,"]), "close is -1; wanted above zero"),
        (lambda own: write_csv(own, "GLD", ["x"], "Close"), "wanted Date"),
    ],
)
def test_mistakes_are_named(where: str, tmp_path: Path, prepare: object, told: str) -> None:
    prepare(tmp_path / "own")  # type: ignore[operator]
    with pytest.raises(SourceError, match=told):
        load_market(over(where, tmp_path / "own"), UNIVERSE, scale(), NOW)


def test_a_disputed_bar_of_ones_own_is_called_so(where: str, tmp_path: Path) -> None:
    write_csv(tmp_path / "own", "DGS10", [row(DAY, 4.5)])
    with Store(Path(where)) as store:
        rows = [(DAY, (float("nan"), float("nan"), float("nan"), 4.2, float("nan")))]
        store.keep_daily(Daily("^TNX", "yahoo", rows, {}, Reply(SEEN, DAYS[0], "fresh")))
        store.keep_daily(Daily("DGS10", "fred", rows, {}, Reply(SEEN, DAYS[0], "fresh")))
    found = load_market(over(where, tmp_path / "own"), UNIVERSE, scale(), NOW).disputes
    (one,) = [item for item in found if item.name == "Ten-year yield"]
    assert (one.day, one.right.source, one.left.source) == (date(2024, 8, 5), "own", "yahoo")
