"""The client over an unmodified yfinance, against a Yahoo on the loopback."""

from __future__ import annotations

import threading
import time
import warnings
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from yfinance import exceptions

from commentary.errors import SourceError
from commentary.sources.pacing import Pace
from commentary.sources.reach import probe
from commentary.sources.yahoo import NoBars
from commentary.sources.yahoo_client import Client, _hush
from tests.sources.loopback import chart, yahoo

DAYS = [1722519000, 1722605400, 1722864600]  # 09:30 in New York on 2024-08-01, 02 and 05
FIRST = date(2024, 8, 1)
ANSWERS: dict[str, object] = {
    "SPY": chart("SPY", DAYS, [543.01, 532.9, 517.38]),
    "BRK-B": chart("BRK-B", DAYS, [434.6, 428.36, None]),
    "QQQ": b"<html>Will be right back</html>",
    "GLD": b"not JSON",
    "IWM": 429,
}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    folder = tmp_path_factory.mktemp("yahoo")
    with yahoo(ANSWERS, folder) as (_, environment), pytest.MonkeyPatch.context() as patch:  # type: ignore[arg-type]
        for name in ("NO_PROXY", "no_proxy", "https_proxy"):
            patch.delenv(name, raising=False)
        for name, value in environment.items():
            patch.setenv(name, value)
        patch.setenv("COMMENTARY_CACHE", str(folder / "cache"))
        probe()
        yield Client(Pace(1000), sleep=lambda seconds: None)


def test_history_as_quoted(client: Client) -> None:
    answer = client("SPY", FIRST)
    assert answer.frame["Close"].tolist() == [543.01, 532.9, 517.38]
    assert [str(stamp.date()) for stamp in answer.frame.index] == ["2024-08-01", "2024-08-02", "2024-08-05"]
    assert answer.quote.ends == datetime(2024, 8, 5, 20, tzinfo=UTC)
    assert answer.quote.at == datetime(2024, 8, 5, 13, 30, tzinfo=UTC)


def test_a_null_last_bar(client: Client) -> None:
    assert client("BRK-B", FIRST).frame["Close"].dropna().tolist() == [434.6, 428.36]


@pytest.mark.parametrize(
    ("symbol", "said"), [("ZZZZ", "No data found"), ("QQQ", "cannot be read"), ("GLD", "cannot be read")]
)
def test_an_answer_without_bars(client: Client, symbol: str, said: str) -> None:
    with pytest.raises(NoBars, match=said):
        client(symbol, FIRST)


def test_a_refusal_that_lasts(client: Client) -> None:
    with pytest.raises(SourceError, match=r"Yahoo refuses more requests for now \(429, at IWM\)"):
        client("IWM", FIRST)
    with pytest.raises(SourceError, match="Yahoo refuses"):
        client("SPY", FIRST)  # given up: nothing more is asked


def test_stopped_while_it_waits(client: Client) -> None:
    """Ctrl-C within the half minute that a refusal costs."""
    patient = Client(Pace(1000))
    threading.Timer(0.5, patient.stop).start()
    started = time.monotonic()
    with pytest.raises(SourceError, match="stopped before IWM"):
        patient.ask("IWM", refused)
    assert time.monotonic() - started < 10


def refused() -> None:
    raise exceptions.YFRateLimitError


def test_its_library_s_own_deprecations_are_no_lines_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []
    monkeypatch.setattr(warnings, "showwarning", lambda message, *rest: shown.append(str(message)))
    _hush("/library")
    for said, category, where in (
        ("inplace", DeprecationWarning, "/library/utils.py"),
        ("grave", UserWarning, "/library/utils.py"),
        ("another", DeprecationWarning, "/elsewhere.py"),
    ):
        warnings.showwarning(category(said), category, where, 1)
    assert shown == ["grave", "another"]
