"""Faults of a feed, as small things that are put onto a symbol, from which request on, for how many."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tests.yahoo.changes import CHANGES, Change
from tests.yahoo.twists import CONSENT as CONSENT
from tests.yahoo.twists import EVERY as EVERY
from tests.yahoo.twists import TWISTS, Twist
from tests.yahoo.twists import Reply as Reply


@dataclass(frozen=True)
class Fault:
    """A fault of the answers of one kind to one symbol.

    ``kind``: chart, hourly, options, info, shares, calendar, news, fred, crumb, cookie or EVERY. ``symbol``: one,
    or EVERY (a calendar's is its entity, FRED's its id). ``after`` requests of that symbol and kind go well
    before it, ``times`` go wrong (None: all); ``together``: of all its symbols taken together. ``change`` is made to
    a chart, ``twist`` to any reply.
    """

    name: str
    symbols: tuple[str, ...] = (EVERY,)
    kind: str = "chart"
    after: int = 0
    times: int | None = None
    together: bool = False
    change: Change | None = None
    twist: Twist | None = None

    def meets(self, kind: str, symbol: str) -> bool:
        """Whether a request is one that the fault is for."""
        return self.kind in (kind, EVERY) and (EVERY in self.symbols or symbol in self.symbols)


class Faults:
    """The faults in force, each counting the requests that it meets."""

    def __init__(self, faults: Sequence[Fault] = ()) -> None:
        self.faults = list(faults)
        self.met: Counter[tuple[int, str]] = Counter()
        self.lock = threading.Lock()

    def put(self, *faults: Fault) -> None:
        """Put faults into force, beside those that are."""
        with self.lock:
            self.faults.extend(faults)

    def clear(self) -> None:
        """End all faults."""
        with self.lock:
            self.faults.clear()
            self.met.clear()

    def due(self, kind: str, symbol: str) -> list[Fault]:
        """The faults that this request meets, now that it is counted."""
        found = []
        with self.lock:
            for place, fault in enumerate(self.faults):
                if not fault.meets(kind, symbol):
                    continue
                key = (place, EVERY if fault.together else symbol)
                self.met[key] += 1
                number = self.met[key] - fault.after
                if number > 0 and (fault.times is None or number <= fault.times):
                    found.append(fault)
        return found


def made(name: str, symbols: Sequence[str] = (EVERY,), **more: Any) -> Fault:
    """The fault of a name. Raises KeyError for a name that there is not."""
    if name in CHANGES:
        return Fault(name, tuple(symbols), **({"change": CHANGES[name]} | more))
    return Fault(name, tuple(symbols), **({"twist": TWISTS[name]} | more))
