"""The store: what is kept, what supersedes what, and what a killed run leaves."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentary.errors import SourceError
from commentary.sources.observed import Observation
from commentary.sources.store import Store
from commentary.sources.store_bars import Daily, factors
from commentary.sources.store_shapes import Event, Hour, Quote, Reply

SEEN = datetime(2024, 8, 5, 21, 30, tzinfo=UTC)
MONDAY, TUESDAY = date(2024, 8, 5), date(2024, 8, 6)
NAN = float("nan")


def daily(closes: dict[date, float], *, symbol: str = "SPY", paid: dict[date, float] | None = None) -> Daily:
    rows = [(day, (close, close + 1, close - 1, close, 100.0)) for day, close in closes.items()]
    return Daily(symbol, "yahoo", rows, paid or {}, Reply(SEEN, MONDAY, "fresh"))


def test_bars_come_back_as_they_went_in(tmp_path: Path) -> None:
    with Store(tmp_path / "market.db") as store:
        assert store.keep_daily(daily({MONDAY: 517.38, TUESDAY: 522.15})) == 2
        bars = store.bars(["SPY", "QQQ"])
    assert bars.symbols == ("SPY",)
    assert [str(day) for day in bars.days] == ["2024-08-05", "2024-08-06"]
    assert bars.columns["close"].tolist() == [517.38, 522.15]
    assert bars.columns["high"].tolist() == [518.38, 523.15]
    assert bars.columns["adj_close"].tolist() == [517.38, 522.15]


def test_a_bar_that_changes_is_superseded_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "market.db"
    with Store(path) as store:
        store.keep_daily(daily({MONDAY: 20.37}, symbol="^VIX"))
        assert store.keep_daily(daily({MONDAY: 20.37}, symbol="^VIX")) == 0
        assert store.keep_daily(daily({MONDAY: 17.76}, symbol="^VIX")) == 1
        assert store.closes("^VIX", MONDAY) == {MONDAY: 17.76}
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT revision, close FROM superseded_bars").fetchall() == [(0, 20.37)]
        assert connection.execute("SELECT revision, close FROM bars").fetchall() == [(1, 17.76)]
        sources = connection.execute(
            "SELECT source, at FROM fetches JOIN bars ON fetches.id = bars.fetch"
        ).fetchall()
    assert sources == [("yahoo", "2024-08-05T21:30:00+00:00")]


def test_the_stamp_moves_only_with_what_is_new(tmp_path: Path) -> None:
    with Store(tmp_path / "market.db") as store:
        store.keep_daily(daily({MONDAY: 1.0}))
        before = store.stamp()
        store.keep_daily(daily({MONDAY: 1.0}))
        assert store.stamp() == before
        store.keep_daily(daily({TUESDAY: 1.0}))
        assert store.stamp() > before


def test_a_missing_field_stays_missing(tmp_path: Path) -> None:
    rows = [(MONDAY, (NAN, NAN, NAN, 3.78, NAN))]
    with Store(tmp_path / "market.db") as store:
        store.keep_daily(Daily("DGS10", "fred", rows, {}, Reply(SEEN, MONDAY, "fresh")))
        bars = store.bars(["DGS10"])
    assert np.isnan(bars.columns["open"]).all() and np.isnan(bars.columns["volume"]).all()


def test_total_returns_by_hand() -> None:
    """Close 100, then 98 ex a dividend of 2: the day's total return is nought, 100 · 0.98 = 98."""
    days = np.array(["2024-08-02", "2024-08-05", "2024-08-06"], "datetime64[D]")
    close = np.array([100.0, 98.0, 99.0])
    number = (MONDAY - date(1970, 1, 1)).days
    assert (close * factors(days, close, {number: 2.0})).tolist() == [98.0, 98.0, 99.0]


def test_a_dividend_is_paid_once_however_often_it_is_told(tmp_path: Path) -> None:
    with Store(tmp_path / "market.db") as store:
        for _ in range(2):
            store.keep_daily(daily({date(2024, 8, 2): 100.0, MONDAY: 98.0}, paid={MONDAY: 2.0}))
        assert store.bars(["SPY"]).columns["adj_close"].tolist() == [98.0, 98.0]


@given(st.lists(st.floats(0.01, 50, allow_nan=False), max_size=6))
def test_factors_never_rise_backwards(dividends: list[float]) -> None:
    days = np.arange("2024-01-01", "2024-01-11", dtype="datetime64[D]")
    close = np.full(len(days), 100.0)
    start = int(days[0].astype(np.int64))
    found = factors(days, close, {start + 1 + place: value for place, value in enumerate(dividends)})
    assert (np.diff(found) >= 0).all() and found[-1] == 1.0 and (found > 0).all()


def test_the_other_tables_keep_every_revision(tmp_path: Path) -> None:
    shares = Observation("gold.shares_outstanding", MONDAY, 280e6, "Yahoo, info")
    quote = Quote(date(2024, 9, 6), 517.0, True, 9.8, 10.0, NAN)
    event = Event(MONDAY, "economic", "ISM services", "2024-08-05T14:00:00+00:00", 51.4, 51.0, 48.8)
    with Store(tmp_path / "market.db") as store:
        assert store.observe([shares, shares], SEEN) == 1
        assert store.observe([Observation(shares.series, MONDAY, 281e6, "Yahoo, info")], SEEN) == 1
        assert store.observations() == [Observation(shares.series, MONDAY, 281e6, "Yahoo, info")]
        hour = Hour(1722866400, 1.0, 2.0, 0.5, 1.5, 10.0)
        assert (store.keep_hourly("GC=F", [hour], SEEN), store.keep_hourly("GC=F", [hour], SEEN)) == (1, 0)
        assert store.hourly("GC=F") == [hour] and store.hourly("SI=F") == []
        store.keep_quotes("SPY", MONDAY, (517.38, [quote]), SEEN)
        spot, chain = store.quotes("SPY", MONDAY)
        assert (spot, chain[0].strike, chain[0].bid) == (517.38, 517.0, 9.8)
        assert np.isnan(store.quotes("SPY", TUESDAY)[0])
        assert (store.keep_events([event], SEEN, "yahoo"), store.keep_events([event], SEEN, "yahoo")) == (
            1,
            0,
        )
        assert store.events() == [event]


def test_a_file_that_is_no_store_is_named(tmp_path: Path) -> None:
    path = tmp_path / "market.db"
    path.write_text("not a database, but long enough to be read as one " * 40, encoding="utf-8")
    with pytest.raises(SourceError, match=r"market\.db: the store cannot be opened"):
        Store(path)


def test_a_store_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    with Store(tmp_path / "market.db") as store:
        path = store.path
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(SourceError, match="schema 99"):
        Store(path)


WRITER = """
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from commentary.sources.store import Store
from commentary.sources.store_bars import Daily
from commentary.sources.store_shapes import Reply
seen = datetime(2024, 8, 5, tzinfo=UTC)
with Store(Path(sys.argv[1])) as store:
    print("open", flush=True)
    for turn in range(100000):
        rows = [(date(2020, 1, 1) + timedelta(i), (turn, turn, turn, turn, turn)) for i in range(400)]
        store.keep_daily(Daily(f"S{turn % 7}", "yahoo", rows, {}, Reply(seen, date(2020, 1, 1), "fresh")))
"""


@pytest.mark.parametrize("after", [0.0, 0.05, 0.15, 0.3])
def test_a_kill_at_any_moment_leaves_a_store_that_opens(tmp_path: Path, after: float) -> None:
    path = tmp_path / "market.db"
    with subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(after)
        os.kill(writer.pid, signal.SIGKILL)
    with Store(path) as store:
        assert store.integrity() == "ok"
        bars = store.bars([f"S{number}" for number in range(7)])
    for code in range(len(bars.symbols)):
        closes = bars.columns["close"][bars.codes == code]
        assert (
            len(closes) == 400 and len(set(closes.tolist())) == 1
        )  # one turn's bars, never two turns' mixed


def test_a_store_damaged_inside_says_so(tmp_path: Path) -> None:
    path = tmp_path / "market.db"
    with Store(path) as store:
        store.keep_daily(daily({date.fromordinal(730_000 + day): 1.0 + day for day in range(4000)}))
    content = bytearray(path.read_bytes())
    content[20_000:-4096] = b"Z" * (len(content) - 24_096)
    path.write_bytes(content)
    with (
        pytest.raises(SourceError, match=r"the store cannot be read \(.*malformed.*move the file away"),
        Store(path) as store,
    ):
        store.bars(["SPY"])


def test_a_full_disk_is_no_reason_to_move_the_store_away(tmp_path: Path) -> None:
    with Store(tmp_path / "market.db") as store:
        store._db.execute("PRAGMA max_page_count = 30")
        with pytest.raises(SourceError, match=r"cannot be written \(.*full\); make room on the disk"):
            store.keep_daily(daily({date.fromordinal(730_000 + day): 1.0 + day for day in range(4000)}))
