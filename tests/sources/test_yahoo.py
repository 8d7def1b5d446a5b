"""Yahoo with a fetch of our own, and the ways in which it cannot be reached."""

from __future__ import annotations

import socket
import time
from datetime import UTC, date, datetime

import numpy as np
import pandas as pd
import pytest

from commentary.errors import SourceError
from commentary.sources import yahoo, yahoo_client
from commentary.sources.yahoo import COLUMNS, Answer, NoBars, collected, settled
from tests.sources.made import universe

UNIVERSE = universe()
MONDAY = date(2024, 8, 5)
EVENING = datetime(2024, 8, 5, 21, 30, tzinfo=UTC)  # 17:30 in New York


def frame(closes: dict[str, float], zone: str = "America/New_York") -> pd.DataFrame:
    index = pd.DatetimeIndex(list(closes), name="Date").tz_localize(zone)
    return pd.DataFrame({name: np.array(list(closes.values())) for name in COLUMNS}, index=index)


CLOSES = {"2024-08-01": 10.0, "2024-08-02": 11.0, "2024-08-05": 12.0}


def days_of(symbol: str, now: datetime, answer: Answer | None = None) -> list[str]:
    def fetch(asked: str) -> Answer:
        if asked != symbol:
            raise NoBars("no data found")
        return answer or Answer(frame(CLOSES))

    return [str(day) for day in collected(UNIVERSE, now, fetch).days]


def test_prices_and_days_as_yahoo_has_them() -> None:
    bars = collected(UNIVERSE, EVENING, lambda symbol: Answer(frame(CLOSES)))
    assert bars.source == "yahoo"
    assert len(bars.days) == 3 * len(bars.symbols) - 2  # the coins have two days: theirs ends in Greenwich
    assert bars.columns["close"][:3].tolist() == [10.0, 11.0, 12.0]
    assert bars.warnings == ()


@pytest.mark.parametrize(
    ("symbol", "now", "count"),
    [
        ("^GSPC", datetime(2024, 8, 5, 19, 59, tzinfo=UTC), 2),  # 15:59 in New York
        ("^GSPC", datetime(2024, 8, 5, 20, 15, tzinfo=UTC), 3),
        ("^TNX", datetime(2024, 8, 5, 20, 15, tzinfo=UTC), 3),
        ("HG=F", datetime(2024, 8, 5, 20, 15, tzinfo=UTC), 2),
        ("HG=F", datetime(2024, 8, 5, 21, 15, tzinfo=UTC), 3),
        ("BTC-USD", datetime(2024, 8, 5, 23, 59, tzinfo=UTC), 2),
        ("BTC-USD", datetime(2024, 8, 6, 0, 0, tzinfo=UTC), 3),
        ("^N225", datetime(2024, 8, 5, 5, 0, tzinfo=UTC), 2),  # 14:00 in Tokyo
        ("^N225", datetime(2024, 8, 5, 12, 0, tzinfo=UTC), 3),
    ],
)
def test_a_session_in_progress_is_no_bar(symbol: str, now: datetime, count: int) -> None:
    assert len(days_of(symbol, now)) == count


def test_yahoo_itself_says_that_the_session_runs() -> None:
    ends = datetime(2024, 8, 5, 22, tzinfo=UTC)
    assert days_of("SPY", EVENING, Answer(frame(CLOSES), ends)) == ["2024-08-01", "2024-08-02"]
    assert len(days_of("SPY", ends, Answer(frame(CLOSES), ends))) == 3


def test_a_day_that_is_no_session_ends_at_midnight() -> None:
    saturday = date(2024, 8, 3)
    assert not settled(saturday, "XNYS", datetime(2024, 8, 4, 3, 59, tzinfo=UTC))
    assert settled(saturday, "XNYS", datetime(2024, 8, 4, 4, 0, tzinfo=UTC))


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Answer(pd.DataFrame()), "SPY: no bars"),
        (Answer(frame(CLOSES).drop(columns="Adj Close")), "SPY: an answer without Adj Close"),
        (Answer(frame({**CLOSES, "2024-08-02": -1.0})), "SPY: 2024-08-02: open is -1; wanted above zero"),
        (
            Answer(pd.concat([frame(CLOSES), frame({"2024-08-05": 12.5})])),
            "SPY: 2024-08-05: date 2024-08-05 is there",
        ),
    ],
)
def test_an_answer_that_is_no_history_is_a_warning(answer: Answer, said: str) -> None:
    bars = collected(UNIVERSE, EVENING, lambda symbol: answer if symbol == "SPY" else Answer(frame(CLOSES)))
    assert "SPY" not in bars.symbols
    assert [warning[: len(said)] for warning in bars.warnings] == [said]


def test_a_null_last_row_is_no_bar() -> None:
    assert days_of("SPY", EVENING, Answer(frame({**CLOSES, "2024-08-05": np.nan}))) == [
        "2024-08-01",
        "2024-08-02",
    ]


def test_no_symbol_at_all() -> None:
    def fetch(symbol: str) -> Answer:
        raise NoBars("no data found")

    with pytest.raises(SourceError, match=r"Yahoo has none of \d+ symbols; the first answers: AAPL: no data"):
        collected(UNIVERSE, EVENING, fetch)


def test_a_refusal_stops_all() -> None:
    calls: list[str] = []

    def fetch(symbol: str) -> Answer:
        calls.append(symbol)
        if len(calls) > 3:
            raise SourceError("Yahoo refuses")
        time.sleep(0.01)
        return Answer(frame(CLOSES))

    with pytest.raises(SourceError, match="Yahoo refuses"):
        collected(UNIVERSE, EVENING, fetch)
    assert len(calls) <= 3 + yahoo.THREADS


def test_probe_says_what_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{port}")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    with pytest.raises(
        SourceError, match=rf"127\.0\.0\.1:{port}: .*refused.*--source FOLDER.*--source episodes"
    ) as caught:
        yahoo_client.probe()
    assert caught.value.exit_status == 3


def test_probe_does_not_wait_for_a_name_server(monkeypatch: pytest.MonkeyPatch) -> None:
    def late(*args: object, **kwargs: object) -> None:
        time.sleep(1)
        raise OSError("no name")

    monkeypatch.setattr(socket, "create_connection", late)
    start = time.monotonic()
    with pytest.raises(SourceError, match=r"no answer in 0\.1 seconds"):
        yahoo_client.probe(0.1)
    assert time.monotonic() - start < 0.6


def test_probe_of_what_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        monkeypatch.setattr(yahoo_client, "_address", server.getsockname)
        yahoo_client.probe()


def test_pace() -> None:
    pace = yahoo_client.Pace(100)
    start = time.monotonic()
    for _ in range(6):
        pace.wait()
    assert time.monotonic() - start >= 0.05


def test_end_of_the_trading_period() -> None:
    seconds = {"currentTradingPeriod": {"regular": {"end": 1722888000}}}
    stamp = {
        "currentTradingPeriod": {"regular": {"end": pd.Timestamp("2024-08-05 16:00", tz="America/New_York")}}
    }
    expected = datetime(2024, 8, 5, 20, tzinfo=UTC)
    assert yahoo_client._end(seconds) == yahoo_client._end(stamp) == expected
    assert yahoo_client._end({}) is yahoo_client._end(None) is None
