"""Every figure of a note shown once more from readings of the same session as they are now."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from commentary.bank import Bank
from commentary.conditions import parse
from commentary.model import Card, Scalar, Sentence, ShownNumber, Table
from commentary.phrasing.lexicon import Lexicon
from commentary.phrasing.numbers import FORMATS
from commentary.phrasing.trace import Figure, NothingToSayError, Recorder, unmarked
from commentary.rendering import tables as build
from commentary.rendering.cases import Told, case_table
from commentary.rendering.tables import Tabulated
from commentary.shapes import dataclass
from commentary.shown import MISSING, Showing, figure
from commentary.units import Unit, half_up
from commentary.verification.again import Again, cells
from commentary.verification.printed import Printed

REVISED, LATER = "revised", "later"
"""Why a figure changed: the values that it was read from were revised; it is read from a series that came later."""

LEAST = 0.005
"""Share of a runner-up below which the line of state prints none."""

FIGURE, CLAIM, VERDICT = "figure", "claim", "verdict"

_SLOT = re.compile(r"\{\{\s*(?P<reading>[\w.]+)\s*\|\s*(?P<form>\w+)")
_EVERYWHERE = 1e9


@dataclass(frozen=True)
class Change:
    """A figure that shows otherwise now, a sentence that is no longer borne out, or a part of the verdict.

    ``kind`` is figure, claim or verdict; ``title`` names the reading as tables do; ``old`` and ``new`` are what was
    printed and what would be now, in the same format; ``where`` the sentence, or the table's row and column.
    """

    kind: str
    reading: str
    title: str
    old: str
    new: str
    where: str
    cause: str = REVISED


@dataclass(frozen=True)
class Hands:
    """What figures are shown with."""

    bank: Bank
    showing: Showing


def changes(printed: Printed, again: Again, hands: Hands) -> list[Change]:
    """All that would be printed otherwise, in the order of the note."""
    found = list(_verdict(printed, again, hands))
    for sentence in printed.sentences:
        found += _figures(sentence, (printed.card, again), hands)
    for sentence in printed.sentences:
        found += _claims(sentence, (printed.card, again))
    return found + list(_cells(printed, again, hands))


def _verdict(printed: Printed, again: Again, hands: Hands) -> Iterator[Change]:
    """What the line of state says."""
    old, verdict, showing = printed.verdict, again.verdict, hands.showing
    now = {
        "label": verdict.label, "confidence": verdict.confidence, "confidence_word": verdict.confidence_word,
        "runner_up": verdict.runner_up, "shares": verdict.shares, "severity": verdict.severity,
        "phase": verdict.phase, "leader": verdict.leader, "tags": verdict.tags,
    }  # fmt: skip
    for name, said in _said(old, showing).items():
        if said != (new := _said(now, showing)[name]):
            yield Change(
                VERDICT, name, name.replace("_", "-"), said or "none", new or "none", "line of state"
            )


def _said(facts: Mapping[str, object], showing: Showing) -> dict[str, str]:
    """Parts of the line of state as it words them."""
    rival, shares = str(facts["runner_up"] or ""), facts.get("shares") or {}
    share = shares.get(rival, 0.0) if isinstance(shares, Mapping) else 0.0
    tags = facts["tags"]
    return {
        "verdict": showing.label(str(facts["label"])),
        "confidence": f"{facts['confidence_word']}, {half_up(float(str(facts['confidence'])) * 100, 0):.0f} %",
        "runner_up": f"{showing.label(rival)}, {_share(share)}" if rival else "",
        "severity": str(facts["severity"] or ""),
        "phase": str(facts["phase"] or ""),
        "leader": showing.label(str(facts["leader"]))
        if facts["leader"] and facts["label"] == "ordinary"
        else "",
        "tags": ", ".join(str(tag).replace("_", " ") for tag in tags) if isinstance(tags, Iterable) else "",
    }


_WINDOWS = {
    "level": "close", "return_1d": "the session", "change_bp": "the session", "change_1d": "the session",
    "return_5d": "five sessions", "change_5d_bp": "five sessions", "change_5d": "five sessions",
    "return_21d": "a month", "change_21d_bp": "a month", "return_ytd": "the year", "change_ytd_bp": "the year",
    "move_z": "in its own sigma", "change_z": "in its own sigma",
}  # fmt: skip


def _title(hands: Hands, reading: str) -> str:
    """A reading as a correction names it: the row's label and, of what tables print, the column in words."""
    subject, _, measure = reading.partition(".")
    if measure in _WINDOWS:
        return f"{hands.showing.label(subject)}, {_WINDOWS[measure]}"
    return hands.showing.title(reading)


def _share(share: float) -> str:
    return f"{half_up(share * 100, 0):.0f} %" if share >= LEAST else "below 1 %"


def _figures(sentence: Sentence, read: tuple[Card, Again], hands: Hands) -> Iterator[Change]:
    card, again = read
    for number in sentence.numbers:
        if number.reading not in card.tape.values:
            continue  # the calendar's, the desk's and the verdict's own
        new = shown_again(number, again.scene.get(number.reading), _forms(sentence, hands.bank.lexicon))
        if new != number.shown:
            title = _title(hands, number.reading)
            yield Change(FIGURE, number.reading, title, number.shown, new, sentence.text)


def _forms(sentence: Sentence, lexicon: Lexicon) -> Mapping[str, list[str]]:
    """Formats of a phrase's slots by the measure that they show."""
    text = next((item.file.text for item in lexicon.of(sentence.message) if item.name == sentence.phrase), "")
    found: dict[str, list[str]] = {}
    for slot in _SLOT.finditer(text):
        found.setdefault(slot["reading"].rpartition(".")[2], []).append(slot["form"])
    return found


def shown_again(number: ShownNumber, value: Scalar | None, forms: Mapping[str, list[str]]) -> str:
    """A printed figure as its format words another value of its reading; as tables do where that words none.

    A change of sign is said: the words around the figure carry it.
    """
    if not isinstance(value, float):
        return MISSING
    meant = forms.get(number.reading.rpartition(".")[2], [])
    named = [name for name in (*meant, *FORMATS) if name in FORMATS]
    form = next(
        (name for name in named if _like(_worded(name, number, number.value), number) == number.shown), ""
    )
    said = (_like(_worded(form, number, value), number) if form else "") or figure(value, number.unit)
    turned = value * number.value < 0 and Unit(number.unit) != Unit.DATE
    return f"{said}, the other way" if turned else said


def _like(text: str, number: ShownNumber) -> str:
    """With a capital where the printed figure begins its sentence."""
    return text[:1].upper() + text[1:] if number.shown[:1].isupper() else text


def _worded(form: str, number: ShownNumber, value: float) -> str:
    recorder = Recorder()
    try:
        text = FORMATS[form](Figure(number.reading, value, Unit(number.unit), recorder))
    except (NothingToSayError, ValueError, OverflowError):
        return ""
    return unmarked(text, recorder)[0]


def _claims(sentence: Sentence, read: tuple[Card, Again]) -> Iterator[Change]:
    """A sentence whose condition fails, among the readings that the note had: what came later makes none false."""
    card, again = read
    known = {
        name: value
        for name, value in again.scene.items()
        if name in card.tape.values or name not in again.tape.values
    }
    if sentence.when and parse(sentence.when).holds(known) is False:
        yield Change(CLAIM, "", "", sentence.text, "no longer borne out", sentence.when)


def _cells(printed: Printed, again: Again, hands: Hands) -> Iterator[Change]:
    made = cells(_tables(printed.tables, again, hands))
    for place, (old, reading) in cells(printed.tables).items():
        if place[0] == "case" and place not in made:
            continue  # another item, gate or turn stands there now: the verdict's part says so
        new = made.get(place, (MISSING, ""))[0]
        if new != old:
            where = " | ".join(part for part in place if part)
            title = f"{place[1]}, {place[2]}" if place[2] else _title(hands, reading)
            yield Change(FIGURE, reading, title, _bare(old), _bare(new), where)


def _bare(shown: str) -> str:
    """A cell of the case without the title before its figure."""
    return shown.rpartition(": ")[2]


def _tables(printed: tuple[Table, ...], again: Again, hands: Hands) -> tuple[Table, ...]:
    """The same rows from the readings as they are now."""
    bank, file = hands.bank, hands.bank.tables
    idents = tuple(dict.fromkeys(_subjects(printed)))
    moves = replace(file.moves, core=idents, movers=(), rows=len(idents))
    levels = tuple(replace(level, within=_EVERYWHERE) for level in file.levels)
    source = Tabulated(replace(file, moves=moves, levels=levels), bank.universe, again.scene)
    told = Told(again.case, again.verdict, again.scene, bank.words, hands.showing)
    return (build.moves(source), build.levels(source), case_table(told))


def _subjects(printed: tuple[Table, ...]) -> Iterator[str]:
    for table in printed:
        if table.name == "moves":
            yield from (cell.reading.partition(".")[0] for row in table.rows for cell in row if cell.reading)
