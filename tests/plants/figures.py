"""Errors in figures: wrong digits, wrong units, figures of another session, wrong number words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from commentary.model import Note, Sentence, ShownNumber
from commentary.phrasing.numbers import ORDINALS, PARTS, WORDS
from commentary.units import half_up
from tests.plants.world import (
    Changes,
    World,
    draw,
    form_of,
    reslotted,
    reworded,
    sentence_change,
    value_of,
    worded,
)

DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")

UNITS = {
    "percent": ("basis points", "sigma"),
    "basis point": ("percent", "points"),
    "sigma": ("percent", "points"),
    "point": ("percent", "basis points"),
}

PAST = re.compile(
    r"[Yy]esterday|[Bb]efore|day’s|\bago\b|(?:Mon|Tues|Wednes|Thurs|Fri)day|had |earlier|previous"
)
"""Words that may make another session's figure right."""

EARLIER = {
    "return_1d": ("return_1d_prev", "return_1d_prev2"),
    "move_z": ("move_z_prev", "move_z_prev2"),
    "change_bp": ("change_bp_prev", "change_bp_prev2"),
    "level": ("level_prev",),
    "return_5d": ("return_5d_prev",),
    "return_ytd": ("return_ytd_prev",),
    "streak": ("streak_prev",),
    "spread_z": ("spread_z_prev",),
}
"""Readings of the tape that are another reading's value of an earlier session."""


def figures(note: Note) -> Iterator[tuple[int, Sentence, ShownNumber]]:
    """Every figure of the prose with its sentence and the sentence's place."""
    for where, sentence in enumerate(note.sentences):
        for number in sentence.numbers:
            yield where, sentence, number


def other_digits(shown: str, key: str) -> Iterator[tuple[str, str]]:
    """What is done to a figure in digits, and the figure afterwards."""
    match = DIGITS.search(shown)
    if not match:
        return
    for what, new in _mistyped(match[0], key):
        yield what, shown[: match.start()] + new + shown[match.end() :]


def _mistyped(figure: str, key: str) -> Iterator[tuple[str, str]]:
    step = (1, 5, -1, -2, 3)[draw(key, 5)]
    last = (int(figure[-1]) + step) % 10
    nudged = figure[:-1] + str(last)
    if nudged != figure and _amount(nudged) > 0:
        yield "last digit", nudged
    for place in range(len(figure) - 1):
        left, right = figure[place], figure[place + 1]
        if left.isdigit() and right.isdigit() and left != right and not (place == 0 and right == "0"):
            yield "transposed", figure[:place] + right + left + figure[place + 2 :]
            break
    if "." in figure and "," not in figure and _amount(figure) > 0:
        yield "decimal slipped", f"{int(figure.replace('.', '')):,}"
    elif len(figure) == 2:
        yield "decimal slipped", f"{figure[0]}.{figure[1]}"


def _amount(figure: str) -> float:
    return float(figure.replace(",", ""))


def wrong_digit(note: Note, world: World) -> Changes:
    """4.3 → 4.8, 27 → 72, 4.3 → 43."""
    for where, sentence, number in figures(note):
        if number.unit == "date" or number.reading.startswith("calendar."):
            continue
        for what, new in other_digits(number.shown, f"{note.session}{number.reading}"):
            if DIGITS.search(new)[0] == DIGITS.search(number.shown)[0]:  # type: ignore[index]
                continue
            planted = reworded(sentence, number.start, number.end, new)
            yield sentence_change(note, world, where, f"{what}: {number.shown} → {new}", planted)


def wrong_unit(note: Note, world: World) -> Changes:
    """Percent ↔ basis points, points ↔ percent, sigma ↔ percent."""
    for where, sentence, number in figures(note):
        amount, _, unit = number.shown.partition(" ")
        stem = next((stem for stem in UNITS if unit.rstrip("s") == stem), "")
        if not stem:
            continue
        for other in UNITS[stem]:
            if other == "percent" and number.unit == "fraction":
                continue  # a difference of two returns may pass for per cent
            new = other.rstrip("s") if amount.lower() in ("1", "one") else other
            planted = reworded(sentence, number.start, number.end, f"{amount} {new}")
            yield sentence_change(note, world, where, f"unit: {number.shown} → {amount} {new}", planted)


def stale_number(note: Note, world: World) -> Changes:
    """The reading's value of another session in today's sentence, printed by mistake or by a mistaken slot."""
    for where, sentence, number in figures(note):
        form = form_of(number)
        for name, value in _earlier_values(note, world, number.reading).items():
            shown = worded(form, value, number.unit) if form else ""
            if not shown or shown.lower() == number.shown.lower() or shown.startswith("none"):
                continue
            new = shown[0].upper() + shown[1:] if number.start == 0 else shown
            planted = reworded(sentence, number.start, number.end, new)
            yield sentence_change(note, world, where, f"stale ({name}): {number.shown} → {new}", planted)
            slot = f"{number.reading.partition('.')[0]}.{name}"
            if slot in note.plan.scene and not PAST.search(sentence.text):
                planted = reslotted(sentence, number, slot, value)
                yield sentence_change(
                    note, world, where, f"stale slot ({name}): {number.shown} → {new}", planted
                )


def _earlier_values(note: Note, world: World, reading: str) -> Mapping[str, float]:
    subject, _, measure = reading.partition(".")
    found: dict[str, float] = {}
    for name in EARLIER.get(measure, ()):
        value = value_of(note, f"{subject}.{name}")
        if value is not None:
            found[name] = value
    level, change = value_of(note, f"{subject}.level"), value_of(note, f"{subject}.return_1d")
    if measure == "level" and level is not None and change is not None:
        found["level_prev"] = level / (1 + change)
    if reading == "severity" and note.card.before:
        found["yesterday’s"] = float(note.card.before[-1].severity)
    before = world.earlier.get(reading)
    if isinstance(before, float) and not reading.startswith(("calendar.", "yesterday.", "episode.")):
        found["the session before"] = before
    return found


def number_words(note: Note, world: World) -> Changes:
    """Three → four, fifth → sixth, a third → a quarter, twice → three times, nearly ↔ more than."""
    for where, sentence, number in figures(note):
        for new in _other_words(number, f"{note.session}{number.reading}"):
            shown = new[0].upper() + new[1:] if number.shown[0].isupper() else new
            planted = reworded(sentence, number.start, number.end, shown)
            yield sentence_change(note, world, where, f"number word: {number.shown} → {shown}", planted)


def _other_words(number: ShownNumber, key: str) -> Iterator[str]:
    form, up = form_of(number), draw(key, 2) == 0
    first, _, rest = number.shown.lower().partition(" ")
    if form in ("count", "basis_points") and first in WORDS:
        place = WORDS.index(first)
        moved = place + 1 if (up and place < 10) or place <= 2 else place - 1
        yield f"{WORDS[moved]} {rest}".strip()
    elif form == "nth" and first in ORDINALS:
        place = ORDINALS.index(first)
        yield ORDINALS[place + 1 if (up and place < 12) or place <= 1 else place - 1]
    elif form == "part":
        yield from _other_parts(number)
    elif form == "times":
        yield from _other_times(number, 1 if up else -1)


def _other_parts(number: ShownNumber) -> Iterator[str]:
    share = abs(number.value)
    far = [word for part, word in PARTS if 0.08 < abs(part - share) < 0.3]
    yield far[draw(number.reading, len(far))]
    yield from _turned(number.shown)


def _other_times(number: ShownNumber, step: int) -> Iterator[str]:
    whole = int(half_up(abs(number.value), 0)) + step
    if 2 < whole < len(WORDS):
        yield f"{WORDS[whole]} times"
    yield from _turned(number.shown)


def _turned(shown: str) -> Iterator[str]:
    for one, other in (("nearly", "more than"), ("more than", "nearly")):
        if shown.lower().startswith(one):
            yield other + shown[len(one) :]
