"""The sessions of a source, each read from the set of inputs that was asked for, or that the clock decides."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import cached_property

from commentary import calendar
from commentary.bank import Bank
from commentary.input_sets import ARCHIVE, AUTO, EVENING, decided
from commentary.model import Card, Verdict
from commentary.shapes import dataclass
from commentary.sources import is_live
from commentary.tapes import Order, Tapes
from commentary.variants import Variant, open_variant


@dataclass(frozen=True)
class Drawn:
    """``inputs`` is one of ``input_sets.CHOICES``; ``now`` the clock, with a time zone.

    A folder of bars is read as what it is, the archive's; a store's newest sessions from what there is in the
    evening, until the clock has passed ``available_at`` of every input.
    """

    where: str
    bank: Bank
    now: datetime
    inputs: str = AUTO
    recompute: bool = False

    def of(self, session: date) -> Tapes:
        """Readings from which a session is written. Raises SourceError where the source cannot be had."""
        return self._opened[self._set_of(session)]

    def open(self) -> Tapes:
        """Readings of every session from the set of the newest. Raises SourceError where the source cannot be had."""
        return self._opened[self._newest_set]

    def newest(self) -> date:
        """Newest settled session: by the clock where values still come out, whether the data have it or not, else
        of the data. Raises HeldError where there is none."""
        return calendar.latest_settled(self.now) if is_live(self.where) else self.open().latest()

    @property
    def sessions(self) -> Sequence[date]:
        """Sessions in the data, oldest first."""
        return self.open().sessions

    def card(self, session: date, order: Order) -> Card:
        """Card of a session. Raises HeldError where it cannot be right."""
        return self.of(session).card(session, order)

    def judged(self, first: date, last: date) -> list[Verdict]:
        """Verdicts of the sessions from ``first`` to ``last``, each of its own set."""
        days = [day for day in self.sessions if first <= day <= last]
        runs = [[day for day in days if self._set_of(day) == name] for name in (ARCHIVE, EVENING)]
        return [verdict for run in runs if run for verdict in self.of(run[0]).judged(run[0], run[-1])]

    def _set_of(self, session: date) -> str:
        return decided(self.bank.universe, session, self.now) if self._by_the_clock else self._fixed

    @property
    def _newest_set(self) -> str:
        return self._set_of(calendar.latest_settled(self.now)) if self._by_the_clock else self._fixed

    @property
    def _fixed(self) -> str:
        return ARCHIVE if self.inputs == AUTO else self.inputs

    @cached_property
    def _by_the_clock(self) -> bool:
        return self.inputs == AUTO and is_live(self.where)

    @cached_property
    def _opened(self) -> _Opened:
        return _Opened(self)


class _Opened(dict[str, Tapes]):
    """Readings of each set, opened when they are first asked for."""

    def __init__(self, drawn: Drawn) -> None:
        super().__init__()
        self._drawn = drawn

    def __missing__(self, name: str) -> Tapes:
        drawn = self._drawn
        variant = Variant(evening=name == EVENING)
        self[name] = open_variant(drawn.where, drawn.bank, variant, now=drawn.now, recompute=drawn.recompute)
        return self[name]
