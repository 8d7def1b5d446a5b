"""Headlines over the real protocol, and of a feed that refuses or answers something else."""

from __future__ import annotations

from datetime import timedelta

import pytest

from commentary.sources.headlines import headlines, impatient
from commentary.sources.pacing import Pace
from commentary.sources.yahoo_client import PAUSES, Client
from tests.yahoo.conftest import EVENING
from tests.yahoo.faults import made
from tests.yahoo.server import Yahoo

SPAN = (EVENING - timedelta(days=2), EVENING)


def hurried(seconds: float) -> None:
    """As ``impatient``, without the pauses between tries."""
    impatient(0.0 if seconds <= 2 * max(PAUSES) else seconds)


def test_headlines_come_over_the_wire(yahoo: Yahoo) -> None:
    found, reason = headlines(Client(Pace(100), hurried), ("SPY",), SPAN)
    assert reason == ""
    assert found
    assert all(SPAN[0] < item.at <= SPAN[1] and item.publisher and item.title for item in found)
    assert all(item.url.startswith("https://") for item in found)


@pytest.mark.parametrize("name", ["429", "403", "404", "500", "502", "html", "empty", "truncated", "cut"])
def test_a_feed_that_fails_gives_none_and_says_so(yahoo: Yahoo, name: str) -> None:
    yahoo.put(made(name, ["SPY"], kind="news"))
    found, reason = headlines(Client(Pace(100), hurried), ("SPY", "GLD"), SPAN)
    assert {item.symbol for item in found} <= {"GLD"}
    assert reason or name in ("404", "403")


def test_one_that_recovers_is_asked_again(yahoo: Yahoo) -> None:
    yahoo.put(made("empty", ["SPY"], kind="news", times=1))
    found, reason = headlines(Client(Pace(100), hurried), ("SPY",), SPAN)
    assert found
    assert reason == ""
