"""Measures how long labels last and what the episode makes of them, over twenty years of real bars.

    python scripts/flicker.py [BARS]

BARS is a folder of bars, ``COMMENTARY_MARKET_DATA`` by default. Prints lines for ``figures.py`` and a table of
episodes under other rules of when one is over. Exits 1 where a target is missed.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise
from statistics import median

from commentary.bank import Bank
from commentary.episode import CALM, FORCED, REMEMBERED, STRESS, is_stress, remembered, running
from commentary.library import Library
from commentary.listing import shown
from commentary.model import PastSession
from commentary.tapes import Tapes

FIRST, LAST = date(2005, 1, 3), date(2025, 12, 31)
GRAVE = 3
"""Severity from which an episode is one that a desk would remember."""

NEAR = 10
"""Sessions within which a grave episode that follows another was the same one: METHOD's window of relief."""

Patience = Callable[[int], int]
OTHERS: dict[str, Patience] = {
    "as shipped": lambda severity: CALM[max(severity, 1) - 1],
    "its severity": lambda severity: max(severity, 1),
    "its severity and one": lambda severity: severity + 1,
    "twice its severity": lambda severity: 2 * max(severity, 1),
    "3 sessions": lambda severity: 3,
    "5 sessions": lambda severity: 5,
    "7 sessions": lambda severity: 7,
    "10 sessions": lambda severity: 10,
}
"""Rules for how many sessions without stress end an episode; the first is the shipped one."""


@dataclass(frozen=True, slots=True)
class Span:
    """An episode from its first day of stress to its last: places among the sessions, and its severity."""

    first: int
    last: int
    severity: int

    @property
    def length(self) -> int:
        """Sessions from its first day of stress to its last, both counted."""
        return self.last - self.first + 1


def spans(days: Sequence[PastSession], patience: Patience, opens: int = 1) -> list[Span]:
    """Every episode under a rule of patience; ``opens`` is the severity at which a flight opens one."""
    found: list[Span] = []
    for place, day in enumerate(days):
        if not is_stress(day):
            continue
        if found and place - found[-1].last <= patience(found[-1].severity):
            last = found[-1]
            found[-1] = Span(last.first, place, max(last.severity, day.severity))
        elif day.label == FORCED or ((day.label in STRESS or day.severity) and day.severity >= opens):
            found.append(Span(place, place, day.severity))
    return found


def runs(days: Sequence[PastSession]) -> list[tuple[str, int]]:
    """Each label with the sessions in a row that it lasted."""
    return [(label, len(list(group))) for label, group in groupby(day.label for day in days)]


def returning(found: Sequence[tuple[str, int]]) -> float:
    """Share of labels that last one day and give way to the one before."""
    inner = zip(found, found[1:], found[2:], strict=False)
    return sum(one[1] == 1 and before[0] == after[0] for before, one, after in inner) / len(found)


def headlines(days: Sequence[PastSession]) -> tuple[list[str], list[bool]]:
    """The headline of every session: its episode's name and first day, else its label; and which are inside."""
    found: list[str] = []
    inside: list[bool] = []
    for place, day in enumerate(days):
        episode = running(days[max(place - REMEMBERED, 0) : place + 1])
        found.append(f"{episode.label} {episode.first.session}" if episode else day.label)
        inside.append(episode is not None)
    return found, inside


def broken(days: Sequence[PastSession]) -> int:
    """Sessions on which an episode's count does not go on from the day before."""
    wrong = 0
    before = None
    for place in range(len(days)):
        now = running(days[max(place - REMEMBERED, 0) : place + 1])
        if now is not None and now.day > 1:
            same = before is not None and before.first.session == now.first.session
            wrong += not (same and before is not None and before.day == now.day - 1)
        before = now
    return wrong


def changes(lines: Sequence[str], kept: Sequence[bool]) -> float:
    """Changes of the headline a month of 21 sessions, among sessions that are kept."""
    changed = [new != old for (old, new), keep in zip(pairwise(lines), kept[1:], strict=True) if keep]
    return 21 * sum(changed) / len(changed)


def figures(days: Sequence[PastSession]) -> Iterator[tuple[str, str, float, bool]]:
    """Name, target, measured, met."""
    labels = runs(days)
    single = sum(length == 1 for _, length in labels)
    yield "sessions whose label lasts one day, share", "prototype 0.43", single / len(days), True
    yield "labels that last one day, share", "prototype 0.68", single / len(labels), True
    back = returning(labels)
    yield "labels that last one day and return, share", "prototype 0.29", back, back <= 0.29
    lines, inside = headlines(days)
    everywhere = [True] * len(days)
    by_label = changes([day.label for day in days], everywhere)
    by_episode = changes(lines, everywhere)
    yield "headlines changed a month, by label", "–", by_label, True
    yield "headlines changed a month, by episode", "fewer", by_episode, by_episode < by_label
    within, told = changes([day.label for day in days], inside), changes(lines, inside)
    yield "headlines changed a month inside episodes, by label", "–", within, True
    yield "headlines changed a month inside episodes, by episode", "≤ half", told, told <= within / 2
    yield from _of_episodes(days, sum(inside) / len(days))


def _of_episodes(days: Sequence[PastSession], share: float) -> Iterator[tuple[str, str, float, bool]]:
    found = spans(days, OTHERS["as shipped"])
    years = len(days) / 252
    grave = [span for span in found if span.severity >= GRAVE]
    longer = [span for span in found if span.length > 1]
    yield "episodes a year", "–", len(found) / years, True
    yield "of them longer than a day, a year", "2–8", len(longer) / years, 2 <= len(longer) / years <= 8
    yield "their median length in sessions", "–", median(span.length for span in longer), True
    yield "sessions inside an episode, share", "≤ 0.20", share, share <= 0.20
    yield f"episodes of severity {GRAVE} or more", "–", float(len(grave)), True
    yield (
        f"median length of those of severity {GRAVE} or more",
        "–",
        median(span.length for span in grave),
        True,
    )
    again = reopened(grave) / len(grave)
    yield f"of them followed by another within {NEAR} sessions, share", "≤ 0.25", again, again <= 0.25
    count = float(broken(days))
    yield "sessions on which an episode's count breaks", "0", count, count == 0


def reopened(grave: Sequence[Span]) -> int:
    """Grave episodes that another follows so soon that it was the same."""
    return sum(after.first - before.last <= NEAR for before, after in pairwise(grave))


def shared(found: Sequence[Span], patience: Patience) -> int:
    """Sessions that stand in an episode: from its first day to the session before the one that ends it."""
    return sum(span.length + patience(span.severity) - 1 for span in found)


def choices(days: Sequence[PastSession]) -> str:
    """Episodes under each rule of patience, as a table."""
    rows: list[dict[str, object]] = []
    for opens in (1, 2):
        for name, patience in OTHERS.items():
            found = spans(days, patience, opens)
            grave = [span for span in found if span.severity >= GRAVE]
            rows.append(
                {
                    "ended by": name,
                    "opens at severity": opens,
                    "a year": round(252 * len(found) / len(days), 1),
                    "of one day": f"{sum(span.length == 1 for span in found) / len(found):.0%}",
                    "longest": max(span.length for span in found),
                    "sessions in one": f"{shared(found, patience) / len(days):.0%}",
                    f"severity {GRAVE}+": len(grave),
                    "their median": median(span.length for span in grave),
                    f"reopened within {NEAR}": reopened(grave),
                }
            )
    return shown(tuple(rows[0]), rows, "table")


def main(arguments: list[str]) -> int:
    """Measure; the answer is the exit status."""
    given = arguments[0] if arguments else os.environ.get("COMMENTARY_MARKET_DATA", "")
    if not given:
        print("no folder of bars: give one, or set COMMENTARY_MARKET_DATA", file=sys.stderr)
        return 2
    tapes = Tapes.open(given, Bank(Library()))
    days = [remembered(verdict) for verdict in tapes.judged(FIRST, LAST)]
    missed = 0
    for name, target, measured, met in figures(days):
        missed += not met
        print(f"FIGURE {name} | {target} | {measured:.4g} | {'yes' if met else 'no'}")
    print(choices(days))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
