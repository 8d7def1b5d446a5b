"""The only module that touches yfinance: one paced session, and its failures in the program's own words."""

from __future__ import annotations

import random
import threading
import warnings
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar

from commentary.errors import SourceError
from commentary.folders import cache_folder
from commentary.sources.last_bar import Quote
from commentary.sources.pacing import JITTER, Pace, Waiting, paced_session
from commentary.sources.reach import probe
from commentary.sources.yahoo import Answer, NoBars

REQUEST_SECONDS = 10
PAUSES = (0.5, 2.0)
"""Seconds before an answer that could not be read, or a connection that broke, is tried again."""

BACK_OFF = (30.0, 120.0, 600.0)
"""Seconds for which nothing is asked after each refusal (429), before Yahoo is given up."""

OTHERS = "use what is kept (--source store), a folder of bars (--source FOLDER) or the shipped days (--source episodes)"

T = TypeVar("T")


class Client:
    """Yahoo over one long-lived session; for several threads.

    Every answer is asked for by ``ask``, which paces, waits out refusals and tries again what broke.
    ``sleep`` is what waiting is done with, until ``stop`` without it; ``tell`` is told of a wait.
    """

    def __init__(
        self,
        pace: Pace,
        sleep: Callable[[float], object] | None = None,
        tell: Callable[[str], None] = lambda line: None,
    ) -> None:
        import yfinance

        folder = cache_folder() / "yfinance"
        folder.mkdir(parents=True, exist_ok=True)
        yfinance.set_tz_cache_location(str(folder))
        yfinance.config.debug.hide_exceptions = False
        _hush(str(Path(yfinance.__file__).parent))
        self.yfinance, self.pace, self.stopped = yfinance, pace, threading.Event()
        self.sleep = sleep or self.stopped.wait
        self.session: Any = paced_session(pace)
        self.waiting = Waiting(BACK_OFF, self.sleep, tell)
        self.zones = threading.Lock()

    def ticker(self, symbol: str) -> Any:
        """yfinance's ticker over the session. Ask it from within ``ask`` only."""
        self._know_zone(symbol)
        return self.yfinance.Ticker(symbol, session=self.session)

    def stop(self) -> None:
        """End every wait: threads that ask are refused, so that nothing keeps the program from ending."""
        self.stopped.set()

    def ask(self, what: str, question: Callable[[], T]) -> T:
        """The answer to a question that talks to Yahoo.

        Raises NoBars where Yahoo answered nothing that can be read, SourceError where it refuses after
        every back-off, where it can no longer be reached, and after ``stop``.
        """
        from yfinance import exceptions

        pauses = iter(PAUSES)
        while True:
            seen = self.waiting.pass_through(what)
            if self.stopped.is_set():
                raise SourceError(f"stopped before {what} was asked for")
            try:
                return question()
            except exceptions.YFRateLimitError:
                self.waiting.refused(seen, f"Yahoo refuses more requests for now (429, at {what}); {OTHERS}")
            except exceptions.YFTickerMissingError as error:
                raise NoBars(str(error)[:160]) from None
            except (exceptions.YFException, OSError, *_UNREADABLE) as error:
                self._forget()
                if (pause := next(pauses, None)) is None:
                    if isinstance(error, OSError):
                        probe()
                    raise NoBars(_said(error)) from None
                self.sleep(pause * (1 + random.uniform(0, JITTER)))

    def __call__(self, symbol: str, first: date) -> Answer:
        """Daily history of one symbol from a day on, as quoted, not adjusted. Raises as ``ask``."""
        ticker = self.ticker(symbol)

        def question() -> Answer:
            frame = ticker.history(
                start=first.isoformat(), auto_adjust=False, actions=True, timeout=REQUEST_SECONDS
            )
            _is_of(symbol, ticker.history_metadata)
            return Answer(frame, _quote(ticker.history_metadata))

        return self.ask(symbol, question)

    def _know_zone(self, symbol: str) -> None:
        """Save yfinance a request: it asks for a zone that it needs only to place the first day."""
        from yfinance import cache

        with self.zones:
            zones = cache.get_tz_cache()
            if zones.lookup(symbol) is None:
                zones.store(symbol, "America/New_York")

    def _forget(self) -> None:
        """yfinance keeps a bad answer for the life of the process, and answers with it again."""
        self.yfinance.data.YfData().cache_get.cache_clear()


def _hush(folder: str) -> None:
    """Drop the lines that deprecations in a folder's code would be on the terminal.

    A filter does not hold: pandas' ``catch_warnings`` in one thread undoes it for the others.
    """
    before = warnings.showwarning
    if getattr(before, "hushed", ""):
        return

    def shown(message: Any, category: type[Warning], filename: str, *rest: Any, **more: Any) -> None:
        if not (filename.startswith(folder) and issubclass(category, DeprecationWarning)):
            before(message, category, filename, *rest, **more)

    shown.hushed = folder  # type: ignore[attr-defined]
    warnings.showwarning = shown


_UNREADABLE = (ValueError, KeyError, IndexError, TypeError, AttributeError)
"""What yfinance raises, besides its own, over an answer of another shape than it expects."""


def _said(error: Exception) -> str:
    if isinstance(error, OSError):
        return f"the connection failed ({str(error)[:120]})"
    return f"an answer that cannot be read ({type(error).__name__}: {str(error)[:80]})"


def _is_of(symbol: str, metadata: Mapping[str, Any] | None) -> None:
    """Raises NoBars where the answer says that it is another symbol's, as after a change of name."""
    said = (metadata or {}).get("symbol")
    if isinstance(said, str) and said.upper() != symbol.upper():
        raise NoBars(f"an answer for {said}")


def _quote(metadata: Mapping[str, Any] | None) -> Quote:
    """Yahoo's quote in a history's metadata; a part that is missing or absurd is none."""
    found = metadata or {}
    try:
        ends = found["currentTradingPeriod"]["regular"]["end"]
    except (KeyError, TypeError):
        ends = None
    price = found.get("regularMarketPrice")
    quoted = float(price) if isinstance(price, (int, float)) and price == price else None
    return Quote(quoted, _moment(found.get("regularMarketTime")), _moment(ends))


def _moment(value: Any) -> datetime | None:
    """A time that yfinance gives in seconds, or as a time stamp."""
    try:
        if isinstance(value, (int, float)):
            return datetime.fromtimestamp(value, UTC)
        found: datetime = value.to_pydatetime()
    except (AttributeError, ValueError, OverflowError, OSError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
