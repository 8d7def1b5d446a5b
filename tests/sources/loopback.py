"""Yahoo on the loopback: a proxy that takes CONNECT and answers for the host itself, under a throw-away CA."""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import trustme

PERIOD = {"start": 1722864600, "end": 1722888000, "timezone": "EDT", "gmtoffset": -14400}
"""The regular session of 2024-08-05 in New York."""


def chart(symbol: str, stamps: list[int], closes: list[float | None]) -> dict[str, Any]:
    """Yahoo's answer for a symbol's daily bars."""
    meta = {
        "symbol": symbol,
        "currency": "USD",
        "instrumentType": "ETF",
        "exchangeTimezoneName": "America/New_York",
        "timezone": "EDT",
        "gmtoffset": -14400,
        "dataGranularity": "1d",
        "range": "10y",
        "priceHint": 2,
        "validRanges": ["1d", "10y", "max"],
        "firstTradeDate": stamps[0],
        "regularMarketTime": stamps[-1],
        "currentTradingPeriod": {"pre": PERIOD, "regular": PERIOD, "post": PERIOD},
    }
    quote = dict.fromkeys(("open", "high", "low", "close"), closes) | {"volume": [100] * len(closes)}
    result = {
        "meta": meta,
        "timestamp": stamps,
        "indicators": {"quote": [quote], "adjclose": [{"adjclose": closes}]},
    }
    return {"chart": {"result": [result], "error": None}}


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_CONNECT(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.connection = self.server.context.wrap_socket(self.connection, server_side=True)
        self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb", 0)
        self.close_connection = False

    def finish(self) -> None:
        """The wrapped connection too: nobody else closes it."""
        with suppress(OSError, ValueError):
            super().finish()
        self.connection.close()

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        self.server.asked.append(self.path)
        status, body = 200, b"crumb" if "getcrumb" in path else b"<html></html>"
        if "/v8/finance/chart/" in path:
            status, body = self.server.answer(unquote(path.rsplit("/", 1)[1]))
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Set-Cookie", "A3=x; Domain=.yahoo.com; Path=/; Max-Age=31536000; Secure")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Nothing on the terminal of a test."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, answers: dict[str, dict[str, Any] | int | bytes], folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers, self.asked = answers, list[str]()
        authority = trustme.CA()
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.set_alpn_protocols(["http/1.1"])
        authority.issue_cert("*.finance.yahoo.com", "finance.yahoo.com", "*.yahoo.com").configure_cert(
            self.context
        )
        authority.cert_pem.write_to_path(folder / "ca.pem")

    def answer(self, symbol: str) -> tuple[int, bytes]:
        found = self.answers.get(symbol, 404)
        if isinstance(found, int):
            error = {"code": "Not Found", "description": "No data found, symbol may be delisted"}
            return found, json.dumps({"chart": {"result": None, "error": error}}).encode()
        return 200, found if isinstance(found, bytes) else json.dumps(found).encode()


@contextmanager
def yahoo(
    answers: dict[str, dict[str, Any] | int | bytes], folder: Path
) -> Iterator[tuple[_Server, dict[str, str]]]:
    """A server of answers (a status, or a body) by symbol, and the environment that leads a client to it."""
    with _Server(answers, folder) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        certificates = str(folder / "ca.pem")
        proxy = f"http://127.0.0.1:{server.server_address[1]}"
        yield (
            server,
            {"HTTPS_PROXY": proxy, "CURL_CA_BUNDLE": certificates, "REQUESTS_CA_BUNDLE": certificates},
        )
        server.shutdown()
