"""Pace, and what a refusal makes all threads do."""

from __future__ import annotations

import threading
import time

import pytest

from commentary.errors import SourceError
from commentary.sources.pacing import Pace, Waiting


def test_so_many_a_second_and_counted() -> None:
    pace = Pace(50)
    start = time.monotonic()
    for _ in range(6):
        pace.wait()
    assert time.monotonic() - start >= 5 / 50 and pace.count == 6


def test_a_refusal_is_waited_out_once_for_all_threads() -> None:
    slept: list[float] = []
    waiting = Waiting((30.0, 120.0), slept.append, lambda line: None)
    seen = [waiting.pass_through("SPY") for _ in range(3)]
    threads = [threading.Thread(target=waiting.refused, args=(turn, "no more")) for turn in seen]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(slept) == 1 and 30 <= slept[0] <= 36


def test_the_steps_grow_and_then_yahoo_is_given_up() -> None:
    slept: list[float] = []
    told: list[str] = []
    waiting = Waiting((30.0, 120.0), slept.append, told.append)
    for _ in range(2):
        waiting.refused(waiting.pass_through("SPY"), "no more")
    with pytest.raises(SourceError, match="no more"):
        waiting.refused(waiting.pass_through("SPY"), "no more")
    with pytest.raises(SourceError, match="no more"):
        waiting.pass_through("QQQ")
    assert 30 <= slept[0] <= 36 and 120 <= slept[1] <= 144
    assert told[0].startswith("Yahoo asks for patience (429): waiting 3")
