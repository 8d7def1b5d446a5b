"""The only module that touches yfinance: one paced session, and its failures in the program's own words."""

from __future__ import annotations

import socket
import threading
import time
import warnings
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from commentary.errors import SourceError
from commentary.folders import cache_folder
from commentary.sources.yahoo import Answer, NoBars

HOST = "query2.finance.yahoo.com"
PROBE_SECONDS = 4.0
REQUEST_SECONDS = 10
REQUESTS_A_SECOND = 4.0
HISTORY = "10y"

_OTHERS = "use a folder of bars (--source FOLDER) or the shipped days (--source episodes)"


def probe(seconds: float = PROBE_SECONDS) -> None:
    """Open one connection to Yahoo, or to the proxy that leads there.

    Raises SourceError within ``seconds`` where that fails: a name server that does not answer would
    otherwise be waited for much longer, once a symbol.
    """
    address = _address()
    outcome: list[str] = []

    def connect() -> None:
        try:
            socket.create_connection(address, timeout=seconds).close()
            outcome.append("")
        except OSError as error:
            outcome.append(str(error))

    thread = threading.Thread(target=connect, daemon=True)
    thread.start()
    thread.join(seconds)
    failure = outcome[0] if outcome else f"no answer in {seconds:g} seconds"
    if failure:
        raise SourceError(f"Yahoo cannot be reached at {address[0]}:{address[1]}: {failure}; {_OTHERS}")


def _address() -> tuple[str, int]:
    proxy = "" if proxy_bypass(HOST) else getproxies().get("https", "")
    if not proxy:
        return HOST, 443
    parts = urlsplit(proxy if "//" in proxy else f"//{proxy}")
    return parts.hostname or proxy, parts.port or 443


class Pace:
    """Lets callers through at most so many times a second."""

    def __init__(self, a_second: float) -> None:
        self.step = 1 / a_second
        self.lock = threading.Lock()
        self.next = 0.0

    def wait(self) -> None:
        """Return when it is the caller's turn."""
        with self.lock:
            turn = max(self.next, time.monotonic())
            self.next = turn + self.step
        time.sleep(max(0.0, turn - time.monotonic()))


class Client:
    """Histories by symbol over one long-lived session.

    Prices as quoted, not adjusted. No end is asked for: yfinance keeps the answer to a closed range for the
    life of the process, a bad one too.
    """

    def __init__(self, pace: Pace | None = None) -> None:
        import yfinance
        from curl_cffi import requests

        folder = cache_folder() / "yfinance"
        folder.mkdir(parents=True, exist_ok=True)
        yfinance.set_tz_cache_location(str(folder))
        yfinance.config.debug.hide_exceptions = False
        # yfinance turns the deprecations that its own code raises into lines on the terminal.
        warnings.filterwarnings("ignore", category=DeprecationWarning, module="yfinance")
        self.yfinance = yfinance
        self.session: requests.Session[Any] = requests.Session(impersonate="chrome")
        self.pace = pace or Pace(REQUESTS_A_SECOND)

    def __call__(self, symbol: str) -> Answer:
        """History of one symbol. Raises NoBars, SourceError where Yahoo refuses or cannot be reached."""
        from yfinance import exceptions

        self.pace.wait()
        self._know_zone(symbol)
        try:
            ticker = self.yfinance.Ticker(symbol, session=self.session)
            frame = ticker.history(period=HISTORY, auto_adjust=False, actions=False, timeout=REQUEST_SECONDS)
            return Answer(frame, _end(ticker.history_metadata))
        except exceptions.YFRateLimitError:
            raise SourceError(
                f"Yahoo refuses more requests for now (429, at {symbol}); wait, or {_OTHERS}"
            ) from None
        except exceptions.YFTickerMissingError as error:
            raise NoBars(str(error)) from None
        except (exceptions.YFException, ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
            raise NoBars(
                f"an answer that cannot be read ({type(error).__name__}: {str(error)[:80]})"
            ) from None
        except OSError as error:
            raise SourceError(f"Yahoo failed at {symbol}: {str(error)[:160]}; {_OTHERS}") from None

    def _know_zone(self, symbol: str) -> None:
        """Save yfinance a request: it asks for a zone that it needs only where a first day is given."""
        from yfinance import cache

        zones = cache.get_tz_cache()
        if zones.lookup(symbol) is None:
            zones.store(symbol, "America/New_York")


def _end(metadata: Mapping[str, Any] | None) -> datetime | None:
    """End of the regular session that Yahoo is in or had last; seconds or a time stamp."""
    try:
        end = (metadata or {})["currentTradingPeriod"]["regular"]["end"]
    except (KeyError, TypeError):
        return None
    found: datetime = (
        datetime.fromtimestamp(end, UTC) if isinstance(end, (int, float)) else end.to_pydatetime()
    )
    return found
