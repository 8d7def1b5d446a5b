"""How often messages were true and phrases printed over a range of sessions, and where a bank is too thin.

A slot is a message. Sessions are running numbers, oldest first. A slot's need is counted, not guessed: on each
session on which it asked for words, the sessions before it within a wording's rest had each spent one, so that
it takes one more. Where fewer were true that day the slot is thin.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate


@dataclass(frozen=True, slots=True)
class Rested:
    """A rest: sessions after a use, and notes of the day's verdict after it; both must have passed."""

    sessions: int
    notes: int


@dataclass(frozen=True, slots=True)
class Wording:
    """A phrase: its kind of rest, the sessions on which it was true, and those on which it was printed.

    ``lacking`` are readings that it rests on and that the source never has.
    """

    name: str
    tier: str
    eligible: Collection[int]
    used: Sequence[int] = ()
    lacking: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Slot:
    """A message over a range: on how many sessions it was true and chosen, on which it was printed.

    ``wanted`` are sessions on which it stood among the first of its section and was not printed; of these
    ``short`` are those on which the section stayed short of its quota.
    """

    message: str
    wordings: tuple[Wording, ...]
    true: int
    chosen: int
    printed: Sequence[int]
    wanted: Sequence[int] = ()
    short: Collection[int] = ()


@dataclass(frozen=True, slots=True)
class Need:
    """``need`` variants on the worst session, of which it had ``have``.

    ``starved``: sessions on which every true wording rested, and the section stayed short or a rest was broken;
    ``replaced``: those on which another message was printed instead.
    """

    need: int
    have: int
    starved: int
    replaced: int

    @property
    def thin(self) -> bool:
        """Whether it ever needed more than it had."""
        return self.need > self.have


class Calendar:
    """The verdict of every session, and how many notes of it stand between two."""

    def __init__(self, labels: Sequence[str]) -> None:
        self.labels = labels
        self._until = {label: [0, *accumulate(each == label for each in labels)] for label in set(labels)}

    def resting(self, used: int, today: int, rest: Rested) -> bool:
        """Whether what was used on one session may not be used on a later one."""
        if today - used <= rest.sessions:
            return True
        return self.labels[used] == self.labels[today] and self._notes(used, today) < rest.notes

    def over(self, used: int, today: int, rest: Rested) -> bool:
        """Whether nothing used on a session or before it can rest on a later one."""
        return today - used > rest.sessions and self._notes(used, today) >= rest.notes

    def _notes(self, used: int, today: int) -> int:
        """Notes of today's verdict after one session and before another."""
        until = self._until[self.labels[today]]
        return until[today] - until[used + 1]


def need_of(slot: Slot, rests: Mapping[str, Rested], calendar: Calendar) -> Need:
    """Need and supply on the session that lacked most, by the rest of the tier that most of its wordings have."""
    asleep = {today for today in (*slot.printed, *slot.wanted) if _all_rest(slot, today, rests, calendar)}
    printed = set(slot.printed)
    starved = asleep & (printed | set(slot.short))
    need, have = _worst(slot, sorted(printed | starved), rests, calendar)
    return Need(need, have, len(starved), len(asleep - starved))


def _worst(
    slot: Slot, asked: Sequence[int], rests: Mapping[str, Rested], calendar: Calendar
) -> tuple[int, int]:
    tiers = Counter(wording.tier for wording in slot.wordings)
    if not tiers or not asked:
        return 0, len(slot.wordings)
    rest = rests[max(tiers, key=lambda tier: (tiers[tier], rests[tier].sessions))]
    found = [
        (1 + _spent(asked[:place], today, rest, calendar), len(_eligible(slot, today)))
        for place, today in enumerate(asked)
    ]
    return max(found, key=lambda pair: (pair[0] - pair[1], pair[0]))


def _spent(asked: Sequence[int], today: int, rest: Rested, calendar: Calendar) -> int:
    count = 0
    for used in reversed(asked):
        if calendar.over(used, today, rest):
            break
        count += calendar.resting(used, today, rest)
    return count


def _all_rest(slot: Slot, today: int, rests: Mapping[str, Rested], calendar: Calendar) -> bool:
    """Whether every wording that was true had been printed within its rest; true where none was."""
    for wording in _eligible(slot, today):
        place = bisect_left(wording.used, today)
        if not any(calendar.resting(used, today, rests[wording.tier]) for used in wording.used[:place]):
            return False
    return True


def _eligible(slot: Slot, today: int) -> list[Wording]:
    return [wording for wording in slot.wordings if today in wording.eligible]
