"""From a source to the tapes and cards of its sessions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from commentary.bank import Bank
from commentary.cards import FORMAT
from commentary.episode import REMEMBERED, remembered
from commentary.model import Card, Memory, PastSession, ReadingSpec, Tape, Verdict
from commentary.rulebook.judge import judge

if TYPE_CHECKING:
    from commentary.reading_frame import ReadingFrame

CHARTED = ("sp500", "gold", "bitcoin", "long_bonds")
"""Series of the page's chart."""

CHART_SESSIONS = 60


@dataclass(frozen=True)
class Order:
    """What a card is asked for."""

    edition: str
    memory: Memory
    settings: Mapping[str, object]
    desk: Mapping[str, object]


@dataclass(frozen=True)
class Tapes:
    """Readings of a source, session by session."""

    frame: ReadingFrame
    bank: Bank

    @classmethod
    def open(cls, where: str, bank: Bank, *, now: datetime | None = None, recompute: bool = False) -> Tapes:
        """Read a source. Raises SourceError where it cannot be had."""
        from commentary.reading_frame import open_frame

        return cls(open_frame(where, bank.library, now or datetime.now(UTC), recompute=recompute), bank)

    @property
    def sessions(self) -> Sequence[date]:
        """Sessions in the data, oldest first."""
        return self.frame.sessions

    def latest(self) -> date:
        """Newest session that the data cover and that is settled."""
        return self.frame.latest()

    def tape(self, session: date | None = None) -> Tape:
        """Tape of a session, gated. Raises HeldError with every reason for which it cannot be right."""
        day = session or self.latest()
        inputs = self.frame.gate(day)
        return replace(self.ungated(day), inputs=inputs, disputes=self.frame.disputes(day))

    def ungated(self, session: date, names: Sequence[str] | None = None) -> Tape:
        """Tape of a session without a look at its inputs, as verdicts of many sessions read it."""
        return Tape(session, self.frame.row(session, names), self.specs, (), self.frame.carried(session))

    @property
    def specs(self) -> Mapping[str, ReadingSpec]:
        """What each reading declares."""
        return self.frame.specs

    @cached_property
    def _needed(self) -> Sequence[str]:
        return [
            name
            for name in self.bank.rulebook.readings
            if name in self.frame.columns or name in self.frame.words
        ]

    def judged(self, first: date, last: date) -> list[Verdict]:
        """Verdicts of the sessions from ``first`` to ``last``, each knowing the ones before it."""
        start = self._position(first)
        earlier = self.sessions[max(start - REMEMBERED, 0) : start]
        wanted = [day for day in self.sessions[start:] if day <= last]
        past: list[PastSession] = []
        found: list[Verdict] = []
        for day in (*earlier, *wanted):
            verdict = judge(self.bank.rulebook, self.ungated(day, self._needed), past[-REMEMBERED:])
            past.append(remembered(verdict))
            if day >= first:
                found.append(verdict)
        return found

    def before(self, session: date) -> tuple[PastSession, ...]:
        """The sessions before one, oldest first."""
        place = self._position(session)
        if place == 0:
            return ()
        days = self.sessions[max(place - REMEMBERED, 0) : place]
        return tuple(remembered(verdict) for verdict in self.judged(days[0], days[-1]))

    def card(self, session: date, order: Order) -> Card:
        """Card of a session: all that its note is written from. Raises HeldError where it cannot be right."""
        tape = self.tape(session)
        return Card(
            format=FORMAT,
            edition=order.edition,
            tape=tape,
            before=self.before(session),
            memory=order.memory,
            desk=order.desk,
            settings=order.settings,
            charts={"rebased": self._rebased(session)},
            versions=self.bank.versions,
            inputs=self.frame.universe.inputs,
        )

    def _position(self, session: date) -> int:
        from bisect import bisect_left

        return bisect_left(self.sessions, session)

    def _rebased(self, session: date) -> dict[str, list[float]]:
        """Levels of a few series over the last sessions, 100 at the start."""
        series: dict[str, list[float]] = {}
        for ident in CHARTED:
            returns = self.frame.history(f"{ident}.return_1d", session, CHART_SESSIONS)
            if returns and all(value == value for value in returns):
                levels = [100.0]
                for value in returns:
                    levels.append(levels[-1] * (1 + value))
                series[self.bank.universe[ident].short] = [round(value, 3) for value in levels]
        return series
