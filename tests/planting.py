"""Plants one error in a finished note: in its Markdown and in its trace, as a faulty writer would have it.

The readings, the scene and the declarations stay true; what is said of them does not. Which error is planted
follows from the date of the note and the class alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby, islice

from commentary.bank import Bank
from commentary.model import Note
from tests.plants.cells import wrong_cell
from tests.plants.claims import false_superlative, wrong_window
from tests.plants.days import findings
from tests.plants.figures import number_words, stale_number, wrong_digit, wrong_unit
from tests.plants.inventions import invented_sentence
from tests.plants.state import wrong_state
from tests.plants.wording import swapped_subject, wrong_date, wrong_sign
from tests.plants.world import Change, Changes, World, draw

KINDS: Mapping[str, Callable[[Note, World], Changes]] = {
    "wrong digit": wrong_digit,
    "wrong sign word": wrong_sign,
    "wrong unit": wrong_unit,
    "stale number": stale_number,
    "swapped subject": swapped_subject,
    "wrong date": wrong_date,
    "wrong window": wrong_window,
    "wrong number word": number_words,
    "false superlative or streak": false_superlative,
    "table cell": wrong_cell,
    "invented sentence": invented_sentence,
    "line of state": wrong_state,
}
"""Classes of errors, and all errors of each that a note has room for."""


@dataclass(frozen=True, slots=True)
class Planted:
    """A note with one error: what it is, where, and the words before and after."""

    note: Note
    kind: str
    place: str
    what: str
    before: str
    after: str
    phrases: Mapping[str, str]  # as an author must have written them, where the error is his


def plant(note: Note, kind: str, world: World) -> Planted | None:
    """One error of a class; none where the note has no room for it."""
    changes = [change for change in KINDS[kind](note, world) if change.before != change.after]
    if not changes:
        return None
    chosen = _chosen(changes, f"{note.session}|{kind}")
    return Planted(
        chosen.apply(), kind, chosen.place, chosen.what, chosen.before, chosen.after, chosen.phrases
    )


@dataclass(frozen=True, slots=True)
class Tally:
    """Errors of one class, found and not found."""

    kind: str
    caught: tuple[Planted, ...]
    missed: tuple[Planted, ...]


def tally(kind: str, notes: Iterable[tuple[Note, World]], bank: Bank, most: int | None = None) -> Tally:
    """Plants one error of a class in each note that has room for it, in ``most`` notes at most, and asks the
    auditor. The notes must be clean: in others an old finding would pass for a new one."""
    planted = (made for note, world in notes if (made := plant(note, kind, world)) is not None)
    found = [(item, bool(findings(item.note, bank, item.phrases))) for item in islice(planted, most)]
    caught = tuple(item for item, seen in found if seen)
    return Tally(kind, caught, tuple(item for item, seen in found if not seen))


def _chosen(changes: list[Change], key: str) -> Change:
    """Places first, then sorts of error, then errors: a long section or table takes no more than its turn, and
    the title, which seldom has room, takes every second."""
    titles = [change for change in changes if change.place == "title"]
    if titles and draw(f"{key}|title", 2) == 0:
        changes = titles
    for part in (_place, _sort):
        groups = [list(group) for _, group in groupby(sorted(changes, key=part), key=part)]
        changes = groups[draw(f"{key}|{part.__name__}", len(groups))]
    return changes[draw(key, len(changes))]


def _place(change: Change) -> str:
    return change.place


def _sort(change: Change) -> str:
    return change.what.split(":")[0].split(",")[0]
