"""Whether a host can be reached at all, told within seconds."""

from __future__ import annotations

import socket
import threading
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from commentary.errors import SourceError

YAHOO = "query2.finance.yahoo.com"
SECONDS = 4.0


def probe(host: str = YAHOO, seconds: float = SECONDS) -> None:
    """Open one connection to a host, or to the proxy that leads there.

    Raises SourceError within ``seconds`` where that fails: a name server that does not answer would
    otherwise be waited for much longer, once a symbol.
    """
    address = _address(host)
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
        raise SourceError(f"{host} cannot be reached at {address[0]}:{address[1]}: {failure}")


def _address(host: str) -> tuple[str, int]:
    proxy = "" if proxy_bypass(host) else getproxies().get("https", "")
    if not proxy:
        return host, 443
    parts = urlsplit(proxy if "//" in proxy else f"//{proxy}")
    return parts.hostname or proxy, parts.port or 443
