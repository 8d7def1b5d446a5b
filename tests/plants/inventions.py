"""Sentences that nobody's readings bear out, put among the true ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from commentary.model import Note, ShownNumber
from commentary.phrasing.numbers import MONTHS, WORDS
from tests.plants.world import Change, Changes, World, draw, published, value_of, worded

TOLD = (
    "sp500", "nasdaq", "russell", "gold", "silver", "copper", "oil", "bitcoin", "yen", "dollar", "high_yield",
    "semis", "software", "regional_banks", "emerging", "energy",
)  # fmt: skip
YIELDS = ("ust2y", "ust10y", "ust30y")
GAUGES = ("vix", "vvix", "move", "gold_vol")

UNSEEN = (
    "The Federal Reserve’s statement set off the selling.",
    "Funds that follow trends sold 14 billion dollars of futures.",
    "Dealers expect a rebound tomorrow.",
    "A pension fund was the seller.",
    "Payrolls missed by 40,000, and the bond market noticed.",
    "It was the busiest expiry of the decade.",
    "Margins on silver were raised at noon.",
    "The decline began at 10.30 and ended at two.",
)
"""Claims of causes, actors, forecasts and hours: nothing on the tape can show them."""


@dataclass(frozen=True)
class Untruth:
    """An invented sentence, and the figure that it would be traced to."""

    text: str
    reading: str = ""
    shown: str = ""
    unit: str = ""
    value: float = 0.0


def invented_sentence(note: Note, world: World) -> Changes:
    """A false sentence behind a true one, with a trace of its own or with none."""
    for untruth in _unseen(note) or _untruths(note, world):
        places = [
            where for where, item in enumerate(note.sentences) if item.section not in ("title", "standfirst")
        ]
        if places:
            where = places[draw(f"{note.session}{untruth.text}", len(places))]
            yield _inserted(note, world, where, untruth)


def _inserted(note: Note, world: World, where: int, untruth: Untruth) -> Change:
    host = note.sentences[where]
    while where + 1 < len(note.sentences) and note.sentences[where + 1].phrase == host.phrase:
        where += 1
    subject = untruth.reading.split(".")[0]
    made = replace(host, text=untruth.text, numbers=_traced(untruth), subjects=(*host.subjects, subject))
    whole = (*note.sentences[: where + 1], made, *note.sentences[where + 1 :])
    traced = "traced" if made.numbers else "untraced"
    kind = "unseen" if untruth.text in UNSEEN else traced
    what = f"invented ({kind}): {untruth.text}"
    phrases = {host.phrase: f"{world.phrase(host)} {_written(untruth, made.numbers)}"}
    return Change(host.section, what, host.text, untruth.text, lambda: published(note, world, whole), phrases)


def _written(untruth: Untruth, numbers: tuple[ShownNumber, ...]) -> str:
    """The sentence in its author's hand, with a slot where it has a trace."""
    if not numbers:
        return untruth.text
    form = {"fraction": "percent", "basis_points": "basis_points", "points": "level", "ratio": "times"}
    slot = f"{{{{ {untruth.reading} | {form.get(untruth.unit, 'count')} }}}}"
    return untruth.text.replace(untruth.shown, slot, 1)


def _traced(untruth: Untruth) -> tuple[ShownNumber, ...]:
    """Every second figure has a trace, as a slot with a faulty format would leave it."""
    start = untruth.text.find(untruth.shown)
    if not untruth.shown or start < 0 or draw(untruth.text, 2):
        return ()
    end = start + len(untruth.shown)
    return (ShownNumber(untruth.shown, untruth.value, untruth.unit, untruth.reading, start, end),)


def _untruths(note: Note, world: World) -> Iterator[Untruth]:
    yield from _returns(note, world)
    yield from _levels(note, world)
    yield from _crowns(note, world)
    yield from _counts(note)


def _unseen(note: Note) -> tuple[Untruth, ...]:
    """In one note of four, what no tape can show."""
    key = note.session.isoformat()
    return () if draw(f"{key}|unseen", 4) else (Untruth(UNSEEN[draw(key, len(UNSEEN))]),)


def _full(world: World, ident: str) -> str:
    full = world.bank.names[ident].full
    return full[0].upper() + full[1:]


def _returns(note: Note, world: World) -> Iterator[Untruth]:
    for ident in TOLD:
        reading = f"{ident}.return_1d"
        value = value_of(note, reading)
        if value is None:
            continue
        wrong = value + (0.013 if value > 0 else -0.013)
        shown = worded("percent", wrong, "fraction")
        told = ("rose", "higher") if value > 0 else ("fell", "lower")
        false = ("fell", "lower") if value > 0 else ("rose", "higher")
        yield Untruth(f"{_full(world, ident)} {told[0]} {shown}.", reading, shown, "fraction", value)
        if abs(value) >= 0.003:
            yield Untruth(f"{_full(world, ident)} {false[0]} as well.", reading)
            right = worded("percent", value, "fraction")
            text = f"{_full(world, ident)} ended {right} {false[1]}."
            yield Untruth(text, reading, right, "fraction", value)


def _levels(note: Note, world: World) -> Iterator[Untruth]:
    for ident in YIELDS:
        value = value_of(note, f"{ident}.change_bp")
        if value is not None:
            shown = worded("basis_points", value + (7 if value >= 0 else -7), "basis_points")
            text = f"{_full(world, ident)} {'rose' if value >= 0 else 'fell'} {shown}."
            yield Untruth(text, f"{ident}.change_bp", shown, "basis_points", value)
    for ident in GAUGES:
        value = value_of(note, f"{ident}.level")
        if value is not None:
            shown = worded("level", value * 1.07, "points")
            yield Untruth(
                f"{_full(world, ident)} closed at {shown}.", f"{ident}.level", shown, "points", value
            )


def _crowns(note: Note, world: World) -> Iterator[Untruth]:
    month = MONTHS[draw(note.session.isoformat(), 12)]
    for ident in TOLD:
        value = value_of(note, f"{ident}.return_1d")
        since = value_of(note, f"{ident}.best_since")
        if value is not None and (value < 0 or (since is not None and since < 250)):
            year = note.session.year - 3
            yield Untruth(
                f"It was the best day for {world.bank.names[ident].full} since {month} {year}.",
                f"{ident}.best_since_date",
            )
        if value_of(note, f"{ident}.at_record") == 0.0:
            yield Untruth(f"{_full(world, ident)} closed at a record.", f"{ident}.level")
        run = value_of(note, f"{ident}.streak")
        if run is not None and abs(run) < 7:
            word = WORDS[int(abs(run)) + 2]
            name = _full(world, ident)
            have = "have" if name.endswith("s") else "has"
            text = f"{name} {have} {'risen' if run > 0 else 'fallen'} {word} sessions in a row."
            yield Untruth(text, f"{ident}.streak", word, "sessions", run)


def _counts(note: Note) -> Iterator[Untruth]:
    volume = value_of(note, "spy.volume_ratio")
    if volume is not None:
        times = "four times" if volume < 2.5 else "nine times" if volume < 6 else "twice"
        yield Untruth(f"SPY traded {times} its usual dollars.", "spy.volume_ratio", times, "ratio", volume)
    rose = value_of(note, "breadth.count_up")
    if rose is not None:
        shown = str(int(rose) + 13)
        yield Untruth(f"Of our large stocks {shown} rose.", "breadth.count_up", shown, "count", rose)
