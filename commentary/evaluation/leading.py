"""What led on days that no story won: the sleeve, what in it, and the years."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from commentary.model import Verdict

ORDINARY = "ordinary"


@dataclass(frozen=True, slots=True)
class Leading:
    """One sleeve: the ordinary days that it led, their share of all ordinary days, by what and when.

    ``by_leader`` is id → days, most first; ``by_year`` has every year of the range, also those at zero.
    """

    sleeve: str
    days: int
    share: float
    by_leader: tuple[tuple[str, int], ...]
    by_year: Mapping[int, int]


def what_led(verdicts: Sequence[Verdict], sleeve_of: Callable[[str], str]) -> tuple[Leading, ...]:
    """Sleeves by the ordinary days that they led, most first. ``sleeve_of`` knows a leader's sleeve.

    A day on which nothing is known to have moved has the leader "", which is asked for like any other.
    """
    ordinary = [verdict for verdict in verdicts if verdict.label == ORDINARY]
    years = sorted({verdict.session.year for verdict in verdicts})
    led: dict[str, list[Verdict]] = {}
    for verdict in ordinary:
        led.setdefault(sleeve_of(verdict.leader), []).append(verdict)
    found = [_leading(sleeve, own, len(ordinary), years) for sleeve, own in led.items()]
    return tuple(sorted(found, key=lambda each: (-each.days, each.sleeve)))


def _leading(sleeve: str, own: Sequence[Verdict], of: int, years: Sequence[int]) -> Leading:
    when = Counter(verdict.session.year for verdict in own)
    what = Counter(verdict.leader for verdict in own)
    leaders = tuple(sorted(what.items(), key=lambda pair: (-pair[1], pair[0])))
    return Leading(sleeve, len(own), len(own) / of, leaders, {year: when[year] for year in years})
