"""One simulated market and one server a process; each test gets them clean, at the same evening."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from commentary.library import Library
from commentary.universe import Universe, load_universe
from tests.yahoo.server import Yahoo, serving
from tests.yahoo.simulated import Span
from tests.yahoo.using import environ, forget
from tests.yahoo.world import World, simulated

EVENING = datetime(2026, 6, 10, 21, 30, tzinfo=UTC)
"""17:30 in New York on a Wednesday."""


@pytest.fixture(scope="session")
def universe() -> Universe:
    """The shipped instruments."""
    return load_universe(Library())


@pytest.fixture(scope="session")
def market(universe: Universe) -> World:
    """Two and a half years of a simulated market."""
    return simulated(universe, Span(date(2024, 1, 2), date(2026, 11, 16)))


@pytest.fixture(scope="session")
def server(market: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Yahoo, dict[str, str]]]:
    """The loopback, up for the whole run."""
    with serving(market, tmp_path_factory.mktemp("loopback")) as found:
        yield found


@pytest.fixture
def yahoo(server: tuple[Yahoo, dict[str, str]], tmp_path: Path) -> Iterator[Yahoo]:
    """The loopback without faults at EVENING, this process led to it, yfinance without memory."""
    found, variables = server
    found.reset()
    found.world.now = EVENING
    found.world.gone.clear()
    with environ(variables):
        forget(Path(os.environ["COMMENTARY_CACHE"]) / "yfinance")
        yield found
    found.reset()
