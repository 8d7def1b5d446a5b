"""How fast Yahoo is asked, and what is done when it asks for patience."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any

from commentary.errors import SourceError

JITTER = 0.2


class Pace:
    """Lets callers through at most so many times a second, and counts them."""

    def __init__(self, a_second: float) -> None:
        self.step = 1 / a_second
        self.lock = threading.Lock()
        self.next, self.count = 0.0, 0

    def wait(self) -> None:
        """Return when it is the caller's turn."""
        with self.lock:
            turn = max(self.next, time.monotonic())
            self.next = turn + self.step
            self.count += 1
        time.sleep(max(0.0, turn - time.monotonic()))


def paced_session(pace: Pace) -> Any:
    """A curl_cffi session as Chrome's, each request of which waits for its turn."""
    from curl_cffi import requests

    class Session(requests.Session):  # type: ignore[type-arg]
        def request(self, *args: Any, **kwargs: Any) -> Any:
            pace.wait()
            return super().request(*args, **kwargs)

    return Session(impersonate="chrome")


class Waiting:
    """What all threads share of a refusal: until when nothing is asked, and how often that has been."""

    def __init__(
        self, steps: Sequence[float], sleep: Callable[[float], object], tell: Callable[[str], None]
    ) -> None:
        self.steps, self.sleep, self.tell = steps, sleep, tell
        self.lock = threading.Lock()
        self.turn = 0
        self.given_up = ""

    def pass_through(self, what: str) -> int:
        """Wait out a refusal under way; the answer is how many there have been. Raises SourceError where Yahoo
        was given up."""
        with self.lock:
            if self.given_up:
                raise SourceError(self.given_up)
            return self.turn

    def refused(self, seen: int, why: str) -> None:
        """Yahoo refused a request that was made after ``seen`` refusals.

        The first to be refused waits for all: the others find the lock taken. Raises SourceError where the
        last step has been waited.
        """
        with self.lock:
            if self.given_up:
                raise SourceError(self.given_up)
            if seen < self.turn:
                return
            if self.turn == len(self.steps):
                self.given_up = why
                raise SourceError(why)
            pause = self.steps[self.turn] * (1 + random.uniform(0, JITTER))
            self.tell(f"Yahoo asks for patience (429): waiting {pause:.0f} seconds")
            self.sleep(pause)
            self.turn += 1
