"""Plants errors in finished notes and counts those that the auditor finds; counts its alarms on clean notes too.

    python scripts/plant_errors.py [BARS]

The notes are those of the shipped days and, where BARS is given, of some 250 days of real bars over all verdicts,
every fourth of which gets its errors as well. Exits 1 where a target is missed.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from commentary.bank import Bank
from commentary.library import Library
from commentary.model import Note
from tests.planting import KINDS, Tally, tally
from tests.plants.days import BarNotes, findings, shipped_notes
from tests.plants.world import World

TARGET, LEAST = 0.98, 250
DAYS = 256
"""Days of bars that are asked for; a few of them may be held."""

EVERY = 4
"""Of the days of bars, which get errors."""

Notes = list[tuple[Note, World]]


def main(arguments: Sequence[str]) -> int:
    """Print shares by class, misses, false alarms and the two figures; return 1 where a target is missed."""
    bank = Bank(Library())
    shipped = shipped_notes(bank)
    bars = list(BarNotes.open(arguments[0], bank).notes(DAYS)) if arguments else []
    alarms = {note.session: found for note, _ in (*shipped, *bars) if (found := findings(note, bank))}
    known = {note.session for note, _ in shipped}
    others = [pair for pair in bars if pair[0].session not in known]
    clean = [pair for pair in (*shipped, *others[::EVERY]) if pair[0].session not in alarms]
    tallies = [tally(kind, clean, bank) for kind in KINDS]
    _print_classes(tallies)
    _print_misses(tallies)
    for session, found in sorted(alarms.items()):
        for finding in found:
            print(f"false alarm  {session}  {finding}")
    met = _errors_figure(tallies)
    return 0 if _alarms_figure(bars or shipped, set(alarms)) and met else 1


def _print_classes(tallies: Sequence[Tally]) -> None:
    for found in tallies:
        print(f"{found.kind:28} {len(found.caught):4} of {len(found.caught) + len(found.missed):4}")


def _print_misses(tallies: Sequence[Tally]) -> None:
    for found in tallies:
        for planted in found.missed:
            print(f"\nmissed  {planted.note.session} [{planted.kind} | {planted.place}] {planted.what}")
            print(f"    {planted.before}\n    → {planted.after}")


def _errors_figure(tallies: Sequence[Tally]) -> bool:
    caught = sum(len(found.caught) for found in tallies)
    total = caught + sum(len(found.missed) for found in tallies)
    share = caught / total if total else 0.0
    met = share >= TARGET and total >= LEAST
    print(f"FIGURE planted errors caught | ≥ {TARGET} of {LEAST} | {share:.3f} of {total} | {_yes(met)}")
    return met


def _alarms_figure(notes: Notes, alarmed: set[object]) -> bool:
    count = sum(note.session in alarmed for note, _ in notes)
    print(f"FIGURE false alarms on {len(notes)} clean notes | 0 | {count} | {_yes(count == 0)}")
    return count == 0


def _yes(met: bool) -> str:
    return "yes" if met else "no"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
