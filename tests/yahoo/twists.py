"""Replies that are no answer: refusals, pages, cuts, delays, and answers emptied of what was asked for."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

EVERY = "*"


@dataclass(frozen=True)
class Reply:
    """What goes back: status, body, headers; after how long; after how many bytes the line is cut (−1: never)."""

    status: int = 200
    body: bytes = b""
    kind: str = "application/json;charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0
    cut: int = -1


Twist = Callable[[Reply], Reply]


def _status(status: int, code: str, said: str) -> Twist:
    body = json.dumps({"chart": {"result": None, "error": {"code": code, "description": said}}}).encode()
    return lambda reply: replace(reply, status=status, body=body)


def _plain(status: int, text: str, kind: str = "text/html", **headers: str) -> Twist:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda reply: Reply(status, text.encode(), kind, named)


def _cut_half(reply: Reply) -> Reply:
    return replace(reply, cut=len(reply.body) // 2)


def _truncated(reply: Reply) -> Reply:
    return replace(reply, body=reply.body[: len(reply.body) * 2 // 3])


def _delayed(seconds: float) -> Twist:
    return lambda reply: replace(reply, delay=seconds)


def _no_result(reply: Reply) -> Reply:
    return replace(reply, body=b'{"chart":{"result":[],"error":null}}')


def _null_result(reply: Reply) -> Reply:
    return replace(reply, body=b'{"chart":{"result":null,"error":null}}')


def _points(reply: Reply) -> Reply:
    """FRED: every value of the last ten days is a point."""
    lines = reply.body.decode().splitlines()
    kept = [lines[0], *(line for line in lines[1:-7])]
    dots = [",".join([line.split(",")[0], *("." for _ in line.split(",")[1:])]) for line in lines[-7:]]
    return replace(reply, body=("\n".join([*kept, *dots]) + "\n").encode())


def _no_quotes(reply: Reply) -> Reply:
    """Options: every bid and ask is zero, as at night."""
    return _each_contract(reply, lambda one: one | {"bid": 0.0, "ask": 0.0})


def _crossed(reply: Reply) -> Reply:
    """Options: every bid is above its ask."""
    return _each_contract(reply, lambda one: one | {"bid": one["ask"] + 1, "ask": one["bid"]})


def _each_contract(reply: Reply, change: Callable[[dict[str, Any]], dict[str, Any]]) -> Reply:
    found = json.loads(reply.body)
    for result in found["optionChain"]["result"]:
        for chain in result["options"]:
            for side in ("calls", "puts"):
                chain[side] = [change(one) for one in chain[side]]
    return replace(reply, body=json.dumps(found).encode())


def _no_chain(reply: Reply) -> Reply:
    return replace(reply, body=b'{"optionChain":{"result":[],"error":null}}')


def _no_facts(reply: Reply) -> Reply:
    """Key figures: an answer without any."""
    return replace(
        reply,
        body=b'{"quoteSummary":{"result":[{}],"error":null},"quoteResponse":{"result":[],"error":null}}',
    )


def _no_rows(reply: Reply) -> Reply:
    found = json.loads(reply.body)
    for result in found["finance"]["result"]:
        for document in result["documents"]:
            document["rows"] = []
    return replace(reply, body=json.dumps(found).encode())


HTML = "<!DOCTYPE html><html><body><h1>Will be right back...</h1>Thank you for your patience.</body></html>"
LIMIT = "Edge: Too Many Requests"
CONSENT = "consent"
"""Handled by the server: the request is led away to a page that asks for a consent, which lasts once given."""

TWISTS: Mapping[str, Twist] = {
    "429": _plain(429, LIMIT),
    "429_retry_after": _plain(429, LIMIT, Retry_After="2"),
    "404": _status(404, "Not Found", "No data found, symbol may be delisted"),
    "500": _plain(500, "Internal Server Error", "text/plain"),
    "502": _plain(502, "<html><body>502 Bad Gateway</body></html>"),
    "401": _plain(
        401,
        '{"finance":{"result":null,"error":{"code":"Unauthorized","description":"Invalid Crumb"}}}',
        "application/json",
    ),
    "403": _plain(403, "Forbidden", "text/plain"),
    "html": _plain(200, HTML),
    "empty": _plain(200, ""),
    "truncated": _truncated,
    "cut": _cut_half,
    "slow": _delayed(0.25),
    "stuck": _delayed(30.0),
    "no_result": _no_result,
    "null_result": _null_result,
    "points": _points,
    "no_quotes": _no_quotes,
    "crossed": _crossed,
    "no_chain": _no_chain,
    "no_facts": _no_facts,
    "no_rows": _no_rows,
    CONSENT: lambda reply: reply,
}


def pause(seconds: float, stopped: threading.Event) -> None:
    """Wait, unless the server stops."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and not stopped.is_set():
        stopped.wait(min(0.2, end - time.monotonic()))
