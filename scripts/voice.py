"""Prints what the prose of notes is held to, each figure beside its target. Needs the bars of COMMENTARY_MARKET_DATA.

    python scripts/voice.py [sessions] [year]

sessions: 48 fixed sessions without memory, against the bands of style; what the ten largest moves get; theses named.
year: 250 sessions in a row, each note remembering those before it; repetition, rests, the time that words take.
Without a word both. Ends with 1 where a target is missed.
"""

from __future__ import annotations

import atexit
import gc
import os
import sys
import time
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median

from voice_spoken import LARGEST, Ear

from commentary import calendar
from commentary.auditing.style import Row, shown, spelt, style_of
from commentary.auditing.style_bands import BandsFile, load_bands
from commentary.auditing.style_measures import MEASURES, UNHELD
from commentary.auditing.style_text import prose
from commentary.bank import Bank
from commentary.cli import PATIENCE
from commentary.condition_store import STORE
from commentary.evaluation.repetition import Printed, Spoken, broken_rests, masked, repeated, shared_runs
from commentary.evaluation.shares import Share
from commentary.library import Library
from commentary.model import Memory, Note
from commentary.pipeline import compose, set_out
from commentary.ranges import remembering
from commentary.rendering.surfaces import Draft
from commentary.tapes import Order, Tapes

SESSIONS = Path(__file__).parent.parent / "tests" / "style" / "sessions.toml"
HELD = 0.9
OFFENDERS, SHOWN = 3, 12
START, RUN = date(2024, 6, 3), 250
SPOKEN = 8
COMPOSED = 0.060
"""Seconds of CPU."""


@dataclass(frozen=True)
class Bench:
    """Readings of the bars, rules and phrases, bands."""

    tapes: Tapes
    bank: Bank
    bands: BandsFile

    @classmethod
    def open(cls) -> Bench:
        """The bars that the environment names. Raises SystemExit where it names none."""
        if "COMMENTARY_MARKET_DATA" not in os.environ:
            raise SystemExit("set COMMENTARY_MARKET_DATA to the folder of real bars")
        STORE.open()  # as the program does, whose runs keep what they have compiled
        atexit.register(STORE.keep)
        gc.set_threshold(*PATIENCE)
        bank = Bank(Library())
        return cls(Tapes.open(os.environ["COMMENTARY_MARKET_DATA"], bank), bank, load_bands(bank.library))

    def written(self, day: date, memory: Memory) -> Written:
        """A day's note after others, before its audit."""
        card = self.tapes.card(day, Order("daily", memory, {}, {}))
        started = time.process_time()
        draft = compose(card, self.bank)
        spent = time.process_time() - started
        return Written(draft, set_out(draft, self.bank), spent)


@dataclass(frozen=True)
class Written:
    """A note, and the seconds of CPU that its words took."""

    draft: Draft
    note: Note
    spent: float

    @property
    def about(self) -> str:
        """Session and verdict."""
        return f"{self.note.session} {self.note.verdict.label}"


# ---- Fixed sessions


def sessions(bench: Bench) -> Iterator[bool]:
    """The bands, then what the notes speak of."""
    wanted = tomllib.loads(SESSIONS.read_text(encoding="utf-8"))["sessions"]
    notes = [bench.written(date.fromisoformat(day), Memory()) for day in wanted]
    for item, entry in zip(notes, wanted.values(), strict=True):
        if item.note.verdict.label != entry["label"]:
            print(f"  {item.about}: was {entry['label']} when the sessions were chosen")
    styled = [(item, {row.name: row for row in style_of(item.note, bench.bands)}) for item in notes]
    print(
        f"{len(notes)} notes without memory; share of those that hold each band, median and share by group\n"
    )
    print(_line(("measure", "held", "target", "", *bench.bands.groups)))
    for name in MEASURES:
        yield from _measure(bench, name, [(item, rows[name]) for item, rows in styled])
    all_hold = [all(row.passed is not False for row in rows.values()) for _, rows in styled]
    print(f"\nnotes that hold every band: {sum(all_hold)} of {len(all_hold)}\n")
    yield from spoken_of(bench, notes)


Gauged = Sequence[tuple[Written, Row]]


def _measure(bench: Bench, name: str, gauged: Gauged) -> Iterator[bool]:
    held = [row.passed for _, row in gauged if row.passed is not None]
    share = sum(held) / len(held) if held else 0.0
    groups = [_group(bench, group, gauged) for group in bench.bands.groups]
    if name in UNHELD:
        print(_line((MEASURES[name].title, "–", "–", "", *groups)))
        return
    met = share >= HELD
    print(_line((MEASURES[name].title, f"{share:.1%}", f"≥ {HELD:.0%}", "met" if met else "MISSED", *groups)))
    if not met:
        worst = sorted((pair for pair in gauged if pair[1].passed is False), key=_distance, reverse=True)
        for item, row in worst[:OFFENDERS]:
            decimals = MEASURES[name].decimals
            print(f"      {item.about}: {shown(row.value, decimals)}, wanted {spelt(row.band, decimals)}")
    yield met


def _group(bench: Bench, group: str, gauged: Gauged) -> str:
    own = [row for item, row in gauged if bench.bands.group(item.note.verdict.label) == group]
    values = [row.value for row in own if row.value is not None]
    held = [row.passed for row in own if row.passed is not None]
    middle = shown(median(values), MEASURES[own[0].name].decimals) if values else "–"
    return f"{middle} ({sum(held)}/{len(held)})" if held else middle


def _distance(pair: tuple[Written, Row]) -> float:
    """How far outside its band a value lies, as a part of the limit."""
    value, band = pair[1].value, pair[1].band
    if value is None or band is None:
        return 0.0
    limit = band.least if band.least is not None and value < band.least else band.most
    return abs(value - limit) / (abs(limit) or 1.0) if limit is not None else 0.0


def _line(cells: Sequence[str]) -> str:
    title, held, target, word, *groups = cells
    return f"{title:34} {held:>6}  {target:7} {word:7}" + "".join(f"{group:>17}" for group in groups)


def spoken_of(bench: Bench, notes: Sequence[Written]) -> Iterator[bool]:
    """The ten largest moves, and the pair of the thesis."""
    ear = Ear(bench.bank)
    counts = sorted((ear.told(item.note), item.about) for item in notes)
    enough = sum(told >= SPOKEN for told, _ in counts)
    mean = sum(told for told, _ in counts) / len(counts)
    said = f"{enough} of {len(counts)}; mean {mean:.1f}, least {counts[0][0]} ({counts[0][1]})"
    yield _print(
        f"{SPOKEN} of the {LARGEST} largest moves spoken of or shown", "all", said, enough == len(counts)
    )
    argued = [item for item in notes if item.note.plan.pair]
    silent = [
        f"{item.about} ({', '.join(missing)})" for item in argued if (missing := ear.unnamed(item.note))
    ]
    said = f"{len(argued) - len(silent)} of {len(argued)}" + "".join(
        f"\n      not {each}" for each in silent[:SHOWN]
    )
    yield _print("thesis pair named in title or standfirst", "always", said, not silent)


# ---- A year


def year(bench: Bench) -> Iterator[bool]:
    """Repetition, rests and times over sessions in a row."""
    first = bench.tapes.sessions.index(START)
    days = bench.tapes.sessions[first : first + RUN]
    memory, notes = Memory(), []
    for day in days:
        notes.append(bench.written(day, memory))
        memory = remembering(memory, notes[-1].draft)
    texts = [masked(prose(item.note.markdown).paragraphs) for item in notes]
    print(f"{len(notes)} notes from {days[0]} to {days[-1]}, each remembering those before it\n")
    yield _at_most("sentences of the day before", repeated(texts, 1), 0.05)
    yield _at_most("sentences of the last five notes", repeated(texts, 5), 0.10)
    share, often = shared_runs(texts, 20)
    yield _at_most("5-grams of the last twenty notes", share, 0.02)
    for run, count in often.most_common(SHOWN):
        print(f"      {count:4} {' '.join(run)}")
    yield _rests(bench, notes)
    spent = sorted(item.spent for item in notes)
    p95 = spent[int(0.95 * len(spent))]
    said = f"{1000 * p95:.0f} ms; median {1000 * median(spent):.0f} ms"
    yield _print("words from a tape, p95, CPU", f"≤ {1000 * COMPOSED:.0f} ms", said, p95 <= COMPOSED)
    yield from spoken_of(bench, notes)


def _rests(bench: Bench, notes: Sequence[Written]) -> bool:
    carries = {
        phrase.name: phrase.file.family != "none"
        for group in bench.bank.lexicon.phrases.values()
        for phrase in group
    }
    printed = [
        Printed(
            calendar.session_number(item.note.session),
            item.note.verdict.label,
            tuple(Spoken(each.phrase, each.tier, carries[each.phrase]) for each in item.note.sentences),
        )
        for item in notes
    ]
    broken = broken_rests(printed)
    said = f"{len(broken)}" + "".join(
        f"; {calendar_day(notes, number)} {name}" for number, name in broken[:3]
    )
    return _print("rests broken", "0", said, not broken)


def calendar_day(notes: Sequence[Written], number: int) -> date:
    """The session of a running number."""
    return next(item.note.session for item in notes if calendar.session_number(item.note.session) == number)


def _at_most(name: str, share: Share, most: float) -> bool:
    value = share.value or 0.0
    return _print(name, f"≤ {most:.0%}", f"{value:.1%} = {share.hits}/{share.of}", value <= most)


def _print(name: str, target: str, measured: str, met: bool) -> bool:
    print(f"{'met   ' if met else 'MISSED'}  {name:52} target {target:8} measured {measured}", flush=True)
    return met


GROUPS: Mapping[str, Callable[[Bench], Iterator[bool]]] = {"sessions": sessions, "year": year}


def main(names: Sequence[str]) -> int:
    """Print the groups named, or both; return 1 where a target is missed."""
    if unknown := [name for name in names if name not in GROUPS]:
        raise SystemExit(f"no group {', '.join(unknown)}; there are {', '.join(GROUPS)}")
    bench = Bench.open()
    met = [each for name in names or GROUPS for each in GROUPS[name](bench)]
    print(f"\n{sum(met)} of {len(met)} targets met")
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
