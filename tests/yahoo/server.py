"""Yahoo and FRED on the loopback: a proxy that takes CONNECT and answers for the hosts, under a throw-away CA."""

from __future__ import annotations

import json
import socketserver
import ssl
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import trustme

from tests.yahoo import answers
from tests.yahoo.charts import Refused, chart
from tests.yahoo.faults import CONSENT, Fault, Faults, Reply
from tests.yahoo.twists import pause
from tests.yahoo.world import World

CRUMB = "loopback"
COOKIE = "A3=d=loopback&S=x; Domain=.yahoo.com; Path=/; Max-Age=31557600; SameSite=None; Secure; HttpOnly"
FRED = "fred.stlouisfed.org"
HOSTS = ("*.yahoo.com", "*.finance.yahoo.com", "finance.yahoo.com", "yahoo.com", FRED)
GUARDED = ("options", "info", "calendar")
"""Kinds that Yahoo answers only to who has a crumb."""

FORM = (
    '<html><form method="post" action="/v2/collectConsent?sessionId=1"><input type="hidden" name="csrfToken" value="t">'
    '<input type="hidden" name="sessionId" value="1"><input type="hidden" name="originalDoneUrl" value="{url}">'
    '<button name="agree" value="agree">Accept all</button></form></html>'
)


@dataclass(frozen=True)
class Request:
    """One request: host, path, what was asked in the address and in the body, headers in small letters."""

    method: str
    host: str
    target: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def path(self) -> str:
        """Path without what is asked."""
        return urlsplit(self.target).path

    @property
    def asked(self) -> dict[str, str]:
        """What is asked in the address."""
        return dict(parse_qsl(urlsplit(self.target).query, keep_blank_values=True))

    @property
    def symbol(self) -> str:
        """The last part of the path."""
        return unquote(self.path.rstrip("/").rsplit("/", 1)[-1])


ROUTES = (
    ("/v7/finance/options/", "options"), ("/v10/finance/quoteSummary/", "info"), ("/v7/finance/quote", "info"),
    ("/ws/fundamentals-timeseries/", "shares"), ("/v1/finance/visualization", "calendar"),
    ("/v1/finance/screener", "screener"), ("/xhr/ncp", "news"), ("/v1/finance/search", "news"),
    ("/v1/test/getcrumb", "crumb"),
)  # fmt: skip


def kind_of(request: Request) -> str:
    """What a request is for: one of Fault's kinds, screener, consent or nothing."""
    if request.host == FRED:
        return "fred"
    if "/v8/finance/chart/" in request.path:
        return "chart" if request.asked.get("interval", "1d") == "1d" else "hourly"
    for start, kind in ROUTES:
        if request.path.startswith(start):
            return kind
    if request.host.startswith("fc."):
        return "cookie"
    return "consent" if request.host.startswith(("consent.", "guce.")) else ""


@dataclass
class Yahoo:
    """What answers: a world, the faults in force, and the requests so far as (kind, symbol, target)."""

    world: World
    faults: Faults = field(default_factory=Faults)
    seen: list[tuple[str, str, str]] = field(default_factory=list)
    outage_after: int | None = None
    stopped: threading.Event = field(default_factory=threading.Event)

    @property
    def counts(self) -> Counter[str]:
        """Requests by kind."""
        return Counter(kind for kind, _, _ in self.seen)

    def put(self, *faults: Fault) -> None:
        """Put faults into force."""
        self.faults.put(*faults)

    def reset(self) -> None:
        """No faults, nothing seen."""
        self.faults.clear()
        self.seen.clear()
        self.outage_after = None

    def reply(self, request: Request) -> Reply:
        """The answer to a request, with the faults that it meets."""
        kind = kind_of(request)
        symbol = _subject(kind, request)
        self.seen.append((kind, symbol, request.target))
        due = self.faults.due(kind, symbol)
        if any(fault.name == CONSENT for fault in due) and "GUCS=" not in request.headers.get("cookie", ""):
            place = f"https://consent.yahoo.com/v2/collectConsent?sessionId=1&to=https://{request.host}{request.target}"
            return Reply(302, headers={"Location": place})
        answer = self._answer(kind, symbol, request, due)
        for fault in due:
            if fault.twist:
                answer = fault.twist(answer)
        return answer

    def _answer(self, kind: str, symbol: str, request: Request, due: list[Fault]) -> Reply:
        if kind in GUARDED and request.asked.get("crumb") != CRUMB:
            return _error(401, "Unauthorized", "Invalid Crumb", "finance")
        if kind in ("chart", "hourly"):
            return self._chart(symbol, request, due)
        try:
            return _OTHERS[kind](self.world, symbol, request) if kind in _OTHERS else Reply(404)
        except Refused as refusal:
            return _error(refusal.status, refusal.code, str(refusal), "quoteSummary")

    def _chart(self, symbol: str, request: Request, due: list[Fault]) -> Reply:
        try:
            found = chart(self.world, symbol, request.asked)
        except Refused as refusal:
            return _error(refusal.status, refusal.code, str(refusal), "chart")
        for fault in due:
            if fault.change:
                fault.change(found, self.world)
        return _json(found.body())


def _subject(kind: str, request: Request) -> str:
    if kind == "fred":
        return request.asked.get("id", "")
    if kind == "calendar":
        return str(json.loads(request.body or b"{}").get("entityIdType", ""))
    if kind == "news" and request.method == "POST":
        return str(json.loads(request.body)["serviceConfig"]["s"][0])
    if kind == "info" and "symbols" in request.asked:
        return request.asked["symbols"]
    return request.asked.get("q", request.symbol)


def _json(content: Any) -> Reply:
    return Reply(body=json.dumps(content, separators=(",", ":")).encode())


def _error(status: int, code: str, said: str, room: str) -> Reply:
    return replace(
        _json({room: {"result": None, "error": {"code": code, "description": said}}}), status=status
    )


def _info(world: World, symbol: str, request: Request) -> Reply:
    if "symbols" in request.asked:
        return _json(answers.quote_response(world, request.asked["symbols"]))
    return _json(answers.summary(world, symbol, request.asked.get("modules", "")))


def _crumb(world: World, symbol: str, request: Request) -> Reply:
    if "A3=" not in request.headers.get("cookie", ""):
        return _error(401, "Unauthorized", "Invalid Cookie", "finance")
    return Reply(body=CRUMB.encode(), kind="text/plain;charset=utf-8")


def _cookie(world: World, symbol: str, request: Request) -> Reply:
    return Reply(404, b"<html></html>", "text/html", {"Set-Cookie": COOKIE})


def _consent(world: World, symbol: str, request: Request) -> Reply:
    given = {"Set-Cookie": "GUCS=yes; Domain=.yahoo.com; Path=/; Max-Age=3600; Secure"}
    if request.method == "POST":
        done = dict(parse_qsl(request.body.decode())).get("originalDoneUrl", "https://finance.yahoo.com/")
        return Reply(302, headers={**given, "Location": done})
    if "copyConsent" in request.path:
        return Reply(200, b"<html></html>", "text/html", {"Set-Cookie": COOKIE})
    url = request.target.partition("&to=")[2] or "https://finance.yahoo.com/"
    return Reply(200, FORM.format(url=unquote(url).replace("&", "&amp;")).encode(), "text/html")


def _fred(world: World, symbol: str, request: Request) -> Reply:
    found = answers.fred(world, request.asked)
    if found is None:
        return Reply(404, b"<!DOCTYPE html><html><body>Page not found</body></html>", "text/html")
    return Reply(body=found.encode(), kind="application/csv")


def _news(world: World, symbol: str, request: Request) -> Reply:
    asked = json.loads(request.body) if request.method == "POST" else {"serviceConfig": {"s": [symbol]}}
    found = answers.news(world, asked)
    return _json(found if request.method == "POST" else {"quotes": [], "news": [], "count": 0})


_OTHERS: Mapping[str, Callable[[World, str, Request], Reply]] = {
    "options": lambda world, symbol, request: _json(answers.options(world, symbol, request.asked)),
    "info": _info,
    "shares": lambda world, symbol, request: _json(answers.timeseries(world, symbol, request.asked)),
    "calendar": lambda world, symbol, request: _json(answers.visualization(world, json.loads(request.body))),
    "screener": lambda world, symbol, request: _json(answers.most_actives(world, 200)),
    "news": _news,
    "crumb": _crumb,
    "cookie": _cookie,
    "consent": _consent,
    "fred": _fred,
}


class _Handler(socketserver.StreamRequestHandler):
    disable_nagle_algorithm = True
    server: _Server

    def handle(self) -> None:
        with suppress(OSError, ValueError):
            tunnel = self._request("")
            if tunnel is None or tunnel.method != "CONNECT":
                return
            self.wfile.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            with self.server.context.wrap_socket(self.request, server_side=True) as secure:
                self._served(secure, tunnel.target.partition(":")[0])

    def _served(self, secure: ssl.SSLSocket, host: str) -> None:
        """Answers until the client hangs up; whatever happens nothing stays open."""
        with secure.makefile("rb") as self.rfile, secure.makefile("wb", 0) as self.wfile:  # type: ignore[assignment]
            while (request := self._request(host)) is not None and self._answered(request):
                pass

    def finish(self) -> None:
        """What is closed already stays so."""
        with suppress(OSError, ValueError):
            super().finish()

    def _request(self, host: str) -> Request | None:
        line = self.rfile.readline().decode("latin-1").split()
        if len(line) != 3:
            return None
        headers: dict[str, str] = {}
        while (header := self.rfile.readline().strip()) != b"":
            name, _, value = header.decode("latin-1").partition(":")
            headers[name.lower()] = value.strip()
        body = self.rfile.read(int(headers.get("content-length", 0)))
        return Request(line[0], host, line[1], headers, body)

    def _answered(self, request: Request) -> bool:
        """Whether the line can be kept."""
        yahoo = self.server.yahoo
        if yahoo.outage_after is not None and len(yahoo.seen) >= yahoo.outage_after:
            self.server.stop()
            return False
        reply = yahoo.reply(request)
        if reply.delay:
            pause(reply.delay, yahoo.stopped)
        lines = [
            f"HTTP/1.1 {reply.status} {HTTPStatus(reply.status).phrase}",
            f"Content-Type: {reply.kind}",
            f"Content-Length: {len(reply.body)}",
            *(f"{name}: {value}" for name, value in reply.headers.items()),
        ]
        head = ("\r\n".join(lines) + "\r\n\r\n").encode()
        self.wfile.write(head + (reply.body if reply.cut < 0 else reply.body[: reply.cut]))
        return reply.cut < 0


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64
    allow_reuse_address = True

    def __init__(self, yahoo: Yahoo, context: ssl.SSLContext) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.yahoo, self.context = yahoo, context

    def stop(self) -> None:
        """Take no more connections: whoever calls is refused."""
        self.yahoo.stopped.set()
        self.socket.close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is no news; anything else is the test's."""


@cache
def _authority() -> tuple[trustme.CA, ssl.SSLContext]:
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_alpn_protocols(["http/1.1"])
    authority.issue_cert(*HOSTS).configure_cert(context)
    return authority, context


@contextmanager
def serving(world: World, folder: Path, *faults: Fault) -> Iterator[tuple[Yahoo, dict[str, str]]]:
    """A server of a world, and the environment that leads a client to it, in this process or another.

    ``folder`` takes the CA's certificate.
    """
    authority, context = _authority()
    certificates = folder / "ca.pem"
    authority.cert_pem.write_to_path(certificates)
    yahoo = Yahoo(world, Faults(faults))
    with _Server(yahoo, context) as server:
        thread = threading.Thread(target=_serve, args=(server,), daemon=True)
        port = server.server_address[1]
        thread.start()
        try:
            yield yahoo, environment(f"http://127.0.0.1:{port}", certificates)
        finally:
            yahoo.stopped.set()
            with suppress(OSError, ValueError):
                server.shutdown()


def _serve(server: _Server) -> None:
    with suppress(OSError, ValueError):
        server.serve_forever(poll_interval=0.02)


def environment(proxy: str, certificates: Path) -> dict[str, str]:
    """Variables that lead curl, requests and urllib through a proxy and let them trust its certificates."""
    bundle = str(certificates)
    return {
        "HTTPS_PROXY": proxy,
        "https_proxy": proxy,
        "CURL_CA_BUNDLE": bundle,
        "REQUESTS_CA_BUNDLE": bundle,
        "SSL_CERT_FILE": bundle,
        "NO_PROXY": "",
        "no_proxy": "",
    }
