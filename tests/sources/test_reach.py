"""Whether a host can be reached, told within seconds."""

from __future__ import annotations

import socket
import time

import pytest

from commentary.errors import SourceError
from commentary.sources.reach import probe


def test_probe_says_what_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{port}")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    with pytest.raises(SourceError, match=rf"127\.0\.0\.1:{port}: .*refused") as caught:
        probe()
    assert caught.value.exit_status == 3


def test_probe_does_not_wait_for_a_name_server(monkeypatch: pytest.MonkeyPatch) -> None:
    def late(*args: object, **kwargs: object) -> None:
        time.sleep(1)
        raise OSError("no name")

    monkeypatch.setattr(socket, "create_connection", late)
    start = time.monotonic()
    with pytest.raises(SourceError, match=r"no answer in 0\.1 seconds"):
        probe(seconds=0.1)
    assert time.monotonic() - start < 0.6
