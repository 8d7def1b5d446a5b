"""An unmodified yfinance gets from the loopback what it gets from Yahoo, and fails as it fails there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from typing import Any

import numpy as np
import pytest

from tests.yahoo.answers import nav, shares
from tests.yahoo.faults import Fault, made
from tests.yahoo.listings import NEW_YORK, listed
from tests.yahoo.server import Yahoo, serving
from tests.yahoo.using import environ

DAY = date(2026, 6, 10)


@pytest.fixture
def session(yahoo: Yahoo) -> Iterator[Any]:
    from curl_cffi import requests

    session: Any = requests.Session(impersonate="chrome")
    yield session
    session.close()


@pytest.fixture
def yf(yahoo: Yahoo, monkeypatch: pytest.MonkeyPatch) -> Any:
    import yfinance
    from yfinance import cache

    for symbol in ("SPY", "QQQ", "^VIX", "^TNX", "GC=F", "BTC-USD", "^N225", "BRK-B", "TLT", "NVDA", "GLD"):
        cache.get_tz_cache().store(symbol, str(listed(symbol).zone))  # others may have told it another one
    monkeypatch.setitem(yfinance.config.debug.data, "hide_exceptions", False)
    return yfinance


def history(yf: Any, session: Any, symbol: str = "SPY", **asked: Any) -> Any:
    asked = {"start": "2026-05-20"} | asked
    return yf.Ticker(symbol, session=session).history(auto_adjust=False, timeout=5, **asked)


@pytest.mark.parametrize("symbol", ["SPY", "^VIX", "^TNX", "GC=F", "BTC-USD", "^N225", "BRK-B"])
def test_daily_history(yf: Any, session: Any, yahoo: Yahoo, symbol: str) -> None:
    found = history(yf, session, symbol)
    series = yahoo.world[symbol]
    wanted = [day for day in series.days if date(2026, 5, 20) <= day <= DAY]
    assert [stamp.date() for stamp in found.index] == wanted
    expected = series.daily(yahoo.world.now)
    row = series.rows[DAY]
    for label in ("Open", "High", "Low", "Close", "Volume"):
        assert found[label].iloc[-1] == expected[label.lower()][row]


def test_a_range_and_a_period_are_the_same_bars(yf: Any, session: Any) -> None:
    month = history(yf, session, start=None, period="1mo")
    assert month.index[0].date() == date(2026, 5, 11)  # 31 days before the evening, after a weekend
    window = history(yf, session, start="2026-05-11", end="2026-06-05")
    assert window["Close"].tolist() == month["Close"][: len(window)].tolist()
    assert window.index[-1].date() == date(2026, 6, 4)


def test_hourly_history(yf: Any, session: Any, yahoo: Yahoo) -> None:
    found = history(yf, session, interval="1h", start="2026-06-09")
    assert len(found) == 14
    assert [f"{stamp:%H:%M}" for stamp in found.index[:7]] == [f"{hour:02}:30" for hour in range(9, 16)]
    assert found["Close"].iloc[-1] == history(yf, session)["Close"].iloc[-1]
    gold = history(yf, session, "GC=F", interval="60m", start="2026-06-09")
    assert gold.index[-1].hour == 16 and 18 in set(gold.index.hour)
    assert set(yahoo.counts) >= {"hourly", "chart"}


def test_hourly_history_goes_back_two_years(yf: Any, session: Any) -> None:
    with pytest.raises(yf.exceptions.YFPricesMissingError, match="within the last 730 days"):
        history(yf, session, interval="1h", start="2024-01-05", end="2024-02-01")


def test_dividends_splits_and_adjusted_closes(yf: Any, session: Any, yahoo: Yahoo) -> None:
    found = history(yf, session, "TLT", start="2025-06-01")
    paid = found[found["Dividends"] > 0]
    assert [stamp.month for stamp in paid.index] == [6, 9, 12, 3]
    assert found["Adj Close"].iloc[0] < found["Close"].iloc[0]
    assert found["Adj Close"].iloc[-1] == pytest.approx(found["Close"].iloc[-1], rel=1e-9)


def test_what_stands_beside_the_bars(yf: Any, session: Any) -> None:
    ticker = yf.Ticker("SPY", session=session)
    ticker.history(period="5d", auto_adjust=False)
    meta = ticker.history_metadata
    assert str(meta["regularMarketTime"]) == "2026-06-10 16:00:02-04:00"
    assert str(meta["currentTradingPeriod"]["regular"]["end"]) == "2026-06-10 16:00:00-04:00"
    assert meta["exchangeTimezoneName"] == "America/New_York"
    assert list(meta["tradingPeriods"].columns) == ["start", "end"]


def test_a_session_in_progress(yf: Any, session: Any, yahoo: Yahoo) -> None:
    yahoo.world.now = datetime(2026, 6, 10, 17, 45, tzinfo=UTC)
    found = history(yf, session)
    assert found.index[-1].date() == DAY
    final = yahoo.world["SPY"].columns["close"][yahoo.world["SPY"].rows[DAY]]
    assert found["Close"].iloc[-1] != pytest.approx(final, rel=1e-7)


def test_a_future_of_the_evening_is_dated_the_day_before_its_session(
    yf: Any, session: Any, yahoo: Yahoo
) -> None:
    """yfinance drops the day's settled bar for the live one, which belongs to the next session."""
    settled = history(yf, session, "GC=F")
    yahoo.world.now = datetime(2026, 6, 10, 19, 10, tzinfo=NEW_YORK).astimezone(UTC)
    evening = history(yf, session, "GC=F")
    assert evening.index[-1].date() == DAY == settled.index[-1].date()
    assert evening["Volume"].iloc[-1] < settled["Volume"].iloc[-1] / 5


def test_option_chains(yf: Any, session: Any) -> None:
    ticker = yf.Ticker("SPY", session=session)
    assert "2026-07-17" in ticker.options
    chain = ticker.option_chain("2026-07-17")
    spot = chain.underlying["regularMarketPrice"]
    near = (chain.calls["strike"] - spot).abs().idxmin()
    assert 0 < chain.calls["bid"][near] < chain.calls["ask"][near]
    assert len(chain.calls) == len(chain.puts) > 50
    assert yf.Ticker("^GSPC", session=session).options == ()


def test_key_figures(yf: Any, session: Any, yahoo: Yahoo) -> None:
    info = yf.Ticker("GLD", session=session).info
    assert info["totalAssets"] / info["navPrice"] == pytest.approx(shares(yahoo.world, "GLD"), rel=1e-6)
    assert info["navPrice"] == nav(yahoo.world, "GLD")
    assert yf.Ticker("NVDA", session=session).info["sharesOutstanding"] == shares(yahoo.world, "NVDA")


def test_shares_of_a_company_and_of_a_fund(yf: Any, session: Any) -> None:
    assert len(yf.Ticker("NVDA", session=session).get_shares_full()) == 30
    with pytest.raises(IndexError):
        yf.Ticker("GLD", session=session).get_shares_full()


def test_calendars(yf: Any, session: Any) -> None:
    calendars = yf.Calendars(start="2026-06-08", end="2026-06-12", session=session)
    first = calendars.get_economic_events_calendar(limit=100)
    rest = calendars.get_economic_events_calendar(limit=100, offset=100)
    both = [(name, at) for page in (first, rest) for name, at in page["Event Time"].items()]
    assert len(first) == 100 and len(rest) > 0 and len(both) == len(set(both))
    claims = first[first.index == "Initial Jobless Clm"].iloc[0]
    assert str(claims["Event Time"]) == "2026-06-11 12:30:00+00:00" and np.isnan(claims["Actual"])
    earnings = calendars.get_earnings_calendar(start="2026-07-01", end="2026-07-31", limit=100)
    assert "AAPL" in earnings.index and earnings["EPS Estimate"].notna().all()


def test_a_true_zero_is_sent_and_lost_in_the_library(yf: Any, session: Any) -> None:
    calendars = yf.Calendars(start="2025-06-01", end="2025-06-30", session=session)
    sent = [row for row in _rows(yf, session, "2025-06-01", "2025-06-30") if row[4] == 0.0]
    assert sent
    frame = calendars.get_economic_events_calendar(limit=100)
    assert not (frame["Actual"] == 0).any()


def _rows(yf: Any, session: Any, first: str, last: str) -> list[list[Any]]:
    asked = {
        "entityIdType": "economic_event", "size": 100, "offset": 0, "sortType": "DESC",
        "query": {"operator": "AND", "operands": [
            {"operator": "GTE", "operands": ["startdatetime", first]},
            {"operator": "LTE", "operands": ["startdatetime", last]},
        ]},
    }  # fmt: skip
    data = yf.data.YfData(session=session)
    answer = data.post("https://query1.finance.yahoo.com/v1/finance/visualization", body=asked).json()
    rows: list[list[Any]] = answer["finance"]["result"][0]["documents"][0]["rows"]
    return rows


def test_news(yf: Any, session: Any) -> None:
    found = yf.Ticker("GLD", session=session).get_news(count=3)
    assert len(found) == 3
    assert found[0]["content"]["title"].startswith("GLD headline") and found[0]["content"][
        "pubDate"
    ].startswith("2026-06-10")


def test_fred_through_urllib_and_curl(yahoo: Yahoo, session: Any) -> None:
    address = "https://fred.stlouisfed.org/graph/fredgraph.csv?id=DGS2,VIXCLS&cosd=2026-06-01"
    text = urllib.request.urlopen(address, timeout=5).read().decode()
    assert text == session.get(address).text
    assert text.splitlines()[0] == "observation_date,DGS2,VIXCLS"
    assert text.splitlines()[-1].startswith("2026-06-09,")
    assert session.get(address.replace("DGS2", "XYZ")).status_code == 404


def test_in_another_process(server: tuple[Yahoo, dict[str, str]], yahoo: Yahoo, tmp_path: Any) -> None:
    code = (
        "import json, sys, yfinance\n"
        f"yfinance.set_tz_cache_location({str(tmp_path)!r})\n"
        "found = yfinance.Ticker('SPY').history(start='2026-06-01', auto_adjust=False)\n"
        "print(json.dumps(found['Close'].tolist()))"
    )
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        capture_output=True,
        text=True,
        env={**os.environ, **server[1]},
        check=True,
    )
    assert len(json.loads(done.stdout)) == 8


FAILURES = [
    ("429", "YFRateLimitError"),
    ("404", "YFPricesMissingError"),
    ("500", "JSONDecodeError"),
    ("502", "JSONDecodeError"),
    ("html", "YFDataException"),
    ("empty", "JSONDecodeError"),
    ("truncated", "JSONDecodeError"),
    ("no_result", "YFPricesMissingError"),
    ("null_result", "YFPricesMissingError"),
    ("cut", "ChunkedEncodingError|IncompleteRead|RequestException|Partial"),
    ("no_meta", "KeyError"),
]


@pytest.mark.parametrize(("name", "error"), FAILURES, ids=[name for name, _ in FAILURES])
def test_failures_are_the_librarys_own(yf: Any, session: Any, yahoo: Yahoo, name: str, error: str) -> None:
    yahoo.put(made(name, ["SPY"]))
    with pytest.raises(Exception) as caught:
        history(yf, session)
    kinds = [one.__name__ for one in type(caught.value).__mro__]
    assert any(part in kind for part in error.split("|") for kind in kinds), kinds
    assert len(history(yf, session, "QQQ")) == 15


def test_a_slow_answer(yf: Any, session: Any, yahoo: Yahoo) -> None:
    yahoo.put(made("stuck", ["SPY"]))
    started = time.monotonic()
    with pytest.raises(OSError, match="timed out"):
        yf.Ticker("SPY", session=session).history(start="2026-05-20", auto_adjust=False, timeout=0.3)
    assert time.monotonic() - started < 2


def test_one_bad_answer_is_kept_by_the_library(yf: Any, session: Any, yahoo: Yahoo) -> None:
    """A closed range goes through an lru_cache: a second try sends nothing until it is cleared."""
    yahoo.put(made("empty", ["SPY"], times=1))
    asked = {"start": "2026-05-20", "end": "2026-06-05"}
    for _ in range(2):
        with pytest.raises(ValueError):
            history(yf, session, **asked)
    sent = yahoo.counts["chart"]
    yf.data.YfData.cache_get.cache_clear()
    assert len(history(yf, session, **asked)) == 11
    assert yahoo.counts["chart"] == sent + 1


def test_faults_begin_and_end(yf: Any, session: Any, yahoo: Yahoo) -> None:
    yahoo.put(made("404", ["SPY"], after=1, times=1))
    assert len(history(yf, session)) == 15
    # yfinance asks once more under another cookie, and gets the good answer.
    assert len(history(yf, session)) == 15
    assert sum(symbol == "SPY" for _, symbol, _ in yahoo.seen) == 3


def test_a_page_of_consent_is_agreed_to(yf: Any, session: Any, yahoo: Yahoo) -> None:
    yahoo.put(made("consent"))
    assert len(history(yf, session)) == 15
    assert yahoo.counts["consent"] >= 2


def test_a_crumb_that_is_refused(yf: Any, session: Any, yahoo: Yahoo) -> None:
    yahoo.put(made("401", kind="options"))
    assert yf.Ticker("SPY", session=session).options == ()


def test_refused_after_a_number_of_requests(yf: Any, session: Any, yahoo: Yahoo, tmp_path: Any) -> None:
    with serving(yahoo.world, tmp_path) as (gone, variables), environ(variables):
        gone.outage_after = 2
        assert len(history(yf, session)) == 15
        for _ in range(2):
            with pytest.raises(OSError):
                history(yf, session, "QQQ")


ROWS = [
    ("null_last", 14), ("stale", 14), ("no_last", 14), ("no_yesterday", 14), ("live_row", 15), ("doubled", 15),
    ("future_row", 16), ("null_close", 15), ("short_history", 10), ("hour_off", 15), ("weekend_row", 16),
]  # fmt: skip


@pytest.mark.parametrize(("name", "rows"), ROWS, ids=[name for name, _ in ROWS])
def test_rows_that_are_wrong(yf: Any, session: Any, yahoo: Yahoo, name: str, rows: int) -> None:
    yahoo.put(made(name, ["SPY"]))
    assert len(history(yf, session)) == rows


def test_values_that_are_wrong(yf: Any, session: Any, yahoo: Yahoo) -> None:
    clean = history(yf, session)["Close"]
    for name, factor in (("hundredfold", 100.0), ("far_close", None), ("unadjusted_split", 0.25)):
        yahoo.reset()
        yahoo.put(made(name, ["SPY"]))
        close = history(yf, session)["Close"]
        assert close.iloc[-1] != clean.iloc[-1] and close.iloc[-2] == clean.iloc[-2]
        if factor:
            assert close.iloc[-1] == pytest.approx(clean.iloc[-1] * factor)
    yahoo.reset()
    yahoo.put(made("all_null", ["SPY"]))
    assert history(yf, session).empty


@pytest.mark.parametrize("name", ["no_quotes", "crossed", "no_chain"])
def test_chains_that_are_wrong(yf: Any, session: Any, yahoo: Yahoo, name: str) -> None:
    yahoo.put(made(name, ["GLD"], kind="options"))
    ticker = yf.Ticker("GLD", session=session)
    if name == "no_chain":
        assert ticker.options == ()
        return
    calls = ticker.option_chain(ticker.options[3]).calls
    assert (calls["bid"] == 0).all() if name == "no_quotes" else (calls["bid"] > calls["ask"]).all()


def test_fred_that_is_wrong(yahoo: Yahoo) -> None:
    address = "https://fred.stlouisfed.org/graph/fredgraph.csv?id=DGS10&cosd=2026-05-20"
    yahoo.put(made("points", kind="fred"))
    lines = urllib.request.urlopen(address, timeout=5).read().decode().splitlines()
    assert lines[-1] == "2026-06-09,." and not lines[1].endswith(".")
    yahoo.reset()
    yahoo.put(made("html", kind="fred"))
    assert urllib.request.urlopen(address, timeout=5).read().startswith(b"<!DOCTYPE html>")


def test_it_is_quick(session: Any, yahoo: Yahoo) -> None:
    """300 requests a second on two cores with four clients; half of that is asked for here, beside other tests."""
    address = "https://query2.finance.yahoo.com/v8/finance/chart/SPY?range=1mo&interval=1d"

    def ask(_: int) -> int:
        status: int = session.get(address).status_code
        return status

    started = time.perf_counter()
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(ask, range(300))) == {200}
    assert 300 / (time.perf_counter() - started) > 150


def test_every_fault_has_a_name() -> None:
    with pytest.raises(KeyError):
        made("nonsense")
    assert isinstance(made("stale"), Fault)
