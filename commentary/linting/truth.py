"""Conditions that cannot hold, that hold on every session, or on too many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import numpy as np

from commentary.condition_narrowing import narrowed
from commentary.linting.bench import Bench, Entry, phrases_of
from commentary.linting.doubts import Doubt
from commentary.planning.messages import Message

if TYPE_CHECKING:
    from commentary.truths import Truths

NEVER = "never true"
ALWAYS = "always true"
UNSEEN = "true on no session of the data"
OFTEN = "true on too many sessions"

MOST = 0.4
"""Share of sessions on which a condition may be true: what holds more often says little of a day."""

EXCEPTED = ("verdict", "definition", "definitions")
"""Sections whose lines follow from the verdict: they are as frequent as it is."""


def impossible(bench: Bench, entries: Iterable[Entry]) -> Iterator[Doubt]:
    """Phrases whose conditions exclude each other, over whatever subject."""
    for entry in phrases_of(entries):
        if bench.left(entry, kin=False).empty and all(
            _empty(bench, Entry(message, entry.phrase)) for message in _bindings(bench, entry)
        ):
            yield Doubt(
                NEVER, entry.place, f"{entry.key}.when", entry.asks, "conditions that can be true together"
            )


def constant(bench: Bench) -> Iterator[Doubt]:
    """Messages whose condition cannot be false, whatever the verdict."""
    for message in bench.messages:
        if not message.file.verdicts and message.when.bounds(bench.ranges).always:
            place = f"rules/messages/{message.name}.toml"
            yield Doubt(ALWAYS, place, "when", message.when.source, "a condition that can be false")


def frequencies(truths: Truths) -> Iterator[Doubt]:
    """Messages and phrases that no session of the data bears out, or too many do."""
    counted: dict[str, np.ndarray] = {}
    phrased: dict[str, dict[str, np.ndarray]] = defaultdict(dict)
    lacking: set[str] = set()
    for message in truths.messages:
        true = truths.of(message)
        counted[message.name] = counted.get(message.name, False) | true
        for phrase in truths.bank.lexicon.of(message.name):
            found = true & truths.of_phrase(message, phrase)
            phrased[message.name][phrase.name] = phrased[message.name].get(phrase.name, False) | found
            if truths.lacking(message, phrase):
                lacking.add(phrase.name)
    for name, true in counted.items():
        yield from _counted(name, true, phrased[name], lacking)


def _counted(
    name: str, true: np.ndarray, phrases: Mapping[str, np.ndarray], lacking: set[str]
) -> Iterator[Doubt]:
    share = float(true.mean())
    if share > MOST and name.split("/")[0] not in EXCEPTED:
        got, wanted = f"{share:.0%} of {len(true)} sessions", f"at most {MOST:.0%}"
        yield Doubt(OFTEN, f"rules/messages/{name}.toml", "when", got, wanted)
    unseen = [each for each, found in phrases.items() if not found.any() and each not in lacking]
    if len(unseen) == len(phrases) and unseen:
        yield Doubt(
            UNSEEN, f"rules/messages/{name}.toml", "when", f"none of {len(true)}", "a day that has been"
        )
        return
    for each in unseen:
        place, key = f"templates/phrases/{name}.toml", f"phrases.{each.partition('#')[2]}.when"
        yield Doubt(UNSEEN, place, key, f"none of {len(true)}", "a day that has been")


def _bindings(bench: Bench, entry: Entry) -> Iterator[Message]:
    return (message for message in bench.bank.planner.messages if message.name == entry.message.name)


def _empty(bench: Bench, entry: Entry) -> bool:
    return narrowed(entry.asks, bench.ranges).empty
