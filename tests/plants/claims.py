"""Errors in what a figure is said to span, and in superlatives and streaks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from commentary.model import Note, Sentence, ShownNumber
from commentary.phrasing.numbers import ORDINALS, WORDS
from tests.plants.figures import figures
from tests.plants.world import (
    SUPPOSED,
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

FAMILIES = (
    ("return_1d", "return_5d", "return_21d", "return_ytd"),
    ("change_bp", "change_5d_bp", "change_21d_bp", "change_ytd_bp"),
    ("change_1d", "change_5d", "change_21d", "change_ytd"),
)
"""Measures of one thing over a day, a week, a month and the year so far."""

TIMES = {1: "on the week", 2: "on the month", 3: "for the year"}

SPANS = (
    ("on the week", ("on the day", "on the month", "for the year")),
    ("this week", ("today", "this month", "this year")),
    ("over the week", ("over the day", "over the month", "over the year")),
    ("of the week", ("of the day", "of the month", "of the year")),
    ("the week’s", ("the day’s", "the month’s", "the year’s")),
    ("on the month", ("on the week", "for the year")),
    ("for the year", ("on the month", "on the week", "on the day")),
    ("on the year", ("on the month", "on the week", "on the day")),
    ("this year", ("this month", "this week")),
)
PERIOD = {"day": 0, "today": 0, "week": 1, "month": 2, "year": 3}

SPOKEN_FOR = re.compile(
    r"\b(?:week|month|year|quarter|day|days|session|sessions|today|since|bell|bells|open|opened|gap|morning|"
    r"yesterday|before|hours|average|high|months|years|overnight|not|never|would|could|should|if|were)\b",
)
"""Words that already say over what a figure was made, or that make an insertion unclear."""

AFTER = re.compile(
    r"(?: (?:higher|lower|up|down))?(?=[,.;:]| and | while | as | beside | when | to \d| on the way|$)"
)


def wrong_window(note: Note, world: World) -> Changes:
    """Today’s figure said to be the week’s, the week’s said to be the day’s, the month ↔ the year."""
    for where, sentence, number in figures(note):
        for start, end, new in (*_respanned(number, sentence, note), *_spanned(number, sentence, note)):
            planted = reworded(sentence, start, end, new)
            old = sentence.text[start:end].strip() or "(nothing)"
            what = f"window of {number.shown}: {old} → {new.strip()}"
            yield sentence_change(note, world, where, what, planted)
        for reading, value in _other_slots(number, sentence, note):
            what = f"window slot of {number.reading}: {reading.partition('.')[2]} in its place"
            yield sentence_change(note, world, where, what, reslotted(sentence, number, reading, value))
        yield from _other_winners(note, world, (where, sentence, number))


def _other_slots(number: ShownNumber, sentence: Sentence, note: Note) -> Iterator[tuple[str, float]]:
    """The figure of another period, of the same sign, in a sentence that names its period or means the day."""
    subject, _, measure = number.reading.partition(".")
    family = next((family for family in FAMILIES if measure in family), ())
    days, spoken_for = measure == family[0] if family else False, bool(SPOKEN_FOR.search(sentence.text))
    if not family or days == spoken_for or not (days or "week" in sentence.text):
        return
    for period, other in enumerate(family):
        value = value_of(note, f"{subject}.{other}")
        if value is not None and value * number.value > 0 and _other_span(number, period, note):
            yield f"{subject}.{other}", value


def _other_span(number: ShownNumber, period: int, note: Note) -> bool:
    """True where the subject's figure over that period is known, and another."""
    subject, _, measure = number.reading.partition(".")
    family = next((family for family in FAMILIES if measure in family), ())
    value = value_of(note, f"{subject}.{family[period]}") if family and measure != family[period] else None
    form = form_of(number)
    if value is None or not form:
        return False
    return (
        worded(form, value, number.unit) != worded(form, number.value, number.unit)
        or value * number.value < 0
    )


def _respanned(number: ShownNumber, sentence: Sentence, note: Note) -> Iterator[tuple[int, int, str]]:
    """Words of the period exchanged for those of another."""
    for old, news in SPANS:
        for match in re.finditer(rf"\b{re.escape(old)}(?!\w)", sentence.text, re.IGNORECASE):
            for new in news:
                word = re.sub(r"’s$", "", new.split()[-1])
                if _other_span(number, PERIOD[word], note):
                    cased = new[0].upper() + new[1:] if match[0][0].isupper() else new
                    yield match.start(), match.end(), cased


def _spanned(number: ShownNumber, sentence: Sentence, note: Note) -> Iterator[tuple[int, int, str]]:
    """Words of a period put behind today's figure."""
    measure = number.reading.partition(".")[2]
    if measure not in [family[0] for family in FAMILIES] or SPOKEN_FOR.search(sentence.text):
        return
    match = AFTER.match(sentence.text, number.end)
    if match and sentence.section != "title":
        for period, words in TIMES.items():
            if _other_span(number, period, note):
                yield match.end(), match.end(), f" {words}"


def _other_winners(note: Note, world: World, place: tuple[int, Sentence, ShownNumber]) -> Changes:
    """The quarter's winners and losers taken for the year's."""
    where, sentence, number = place
    for old, new in (("quarter’s", "year’s"), ("year’s", "quarter’s")):
        group = number.reading.partition(".")[0]
        other = group.replace("_3m", "_ytd") if old == "quarter’s" else group.replace("_ytd", "_3m")
        value = value_of(note, f"{other}.return_1d") if other != group else None
        spot = re.search(rf"(?<=[Tt]he ){old} (?=losers|winners)", sentence.text)
        if (
            value is None
            or not spot
            or worded(form_of(number) or "percent", value, "fraction") == number.shown
        ):
            continue
        planted = reworded(sentence, spot.start(), spot.end(), f"{new} ")
        yield sentence_change(note, world, where, f"window: {old} → {new}", planted)


MOST = (
    ("largest", "smallest"), ("highest", "lowest"), ("best", "worst"), ("widest", "narrowest"),
    ("biggest", "smallest"), ("higher", "lower"), ("most", "least"), ("strongest", "weakest"),
)  # fmt: skip
CONTRARY = {**{low: high for high, low in reversed(MOST)}, **dict(MOST)}
SUPERLATIVES = re.compile(
    r"\b(largest|smallest|highest|lowest|best|worst|widest|narrowest|biggest|strongest)\b"
)
RANKED = re.compile(r"\b(?:since|curve|sector|close|record|records|ever|habit|habits|in a year)\b")
"""What a superlative without a figure may be measured against."""

RUNS = re.compile(r"\b(?:in a row|running|straight|session in a row|th of the episode|of the episode)\b")


def false_superlative(note: Note, world: World) -> Changes:
    """Since 2020 → since 2009, largest → smallest, a record where there is none, a streak too long."""
    for where, sentence in enumerate(note.sentences):
        yield from _older(note, world, where)
        yield from _contrary(note, world, where)
        yield from _longer(note, world, where)
        for end, claim in _crowned(sentence, note, world):
            planted = reworded(sentence, end, end, claim)
            yield sentence_change(note, world, where, f"superlative added: {claim.strip(', ')}", planted)


def _older(note: Note, world: World, where: int) -> Changes:
    """The last move as large dated years before."""
    sentence = note.sentences[where]
    for number in sentence.numbers:
        if number.unit != "date" or not re.search(r"\d{4}", number.shown):
            continue
        year = int(number.shown[-4:]) - (1, 2, 5, 11)[draw(f"{note.session}{number.reading}", 4)]
        new = f"{number.shown[:-4]}{year}"
        planted = reworded(sentence, number.start, number.end, new)
        yield sentence_change(note, world, where, f"since: {number.shown} → {new}", planted)


def _contrary(note: Note, world: World, where: int) -> Changes:
    sentence = note.sentences[where]
    told = sentence.numbers or (world.named(sentence.text) and RANKED.search(sentence.text))
    if not told or sentence.section in ("closing", "definition"):
        return
    match = SUPERLATIVES.search(sentence.text)
    if match and not SUPPOSED.search(sentence.text) and CONTRARY[match[0]] not in sentence.text:
        new = CONTRARY[match[0]]
        planted = reworded(sentence, match.start(), match.end(), new)
        yield sentence_change(note, world, where, f"superlative: {match[0]} → {new}", planted)


def _longer(note: Note, world: World, where: int) -> Changes:
    """Streaks and counts of sessions, too long by a few."""
    sentence = note.sentences[where]
    for number in sentence.numbers:
        if not RUNS.search(sentence.text, number.end):
            continue
        words = ORDINALS if form_of(number) == "nth" else WORDS
        place = words.index(number.shown.lower()) if number.shown.lower() in words else 0
        more = place + 1 + draw(number.reading, 3)
        if place and more < len(words):
            new = words[more].capitalize() if number.shown[0].isupper() else words[more]
            planted = reworded(sentence, number.start, number.end, new)
            yield sentence_change(note, world, where, f"streak: {number.shown} → {new}", planted)


def _crowned(sentence: Sentence, note: Note, world: World) -> Iterator[tuple[int, str]]:
    """Superlatives that today's only figure of the sentence does not deserve, at the sentence's end."""
    names, numbers = world.named(sentence.text), sentence.numbers
    if len(numbers) != 1 or {name.ident for name in names} != {numbers[0].reading.partition(".")[0]}:
        return
    subject, _, measure = numbers[0].reading.partition(".")
    end = len(sentence.text.rstrip(".")) if sentence.text.endswith(".") else 0
    if measure not in ("return_1d", "change_bp") or not end or SPOKEN_FOR.search(sentence.text):
        return
    if sentence.section == "title" or numbers[0].end < end - 45:
        return
    for claim in _undeserved(subject, numbers[0].value > 0, note):
        yield end, f", {claim}"


def _undeserved(subject: str, up: bool, note: Note) -> Iterator[str]:
    side, move, edge = ("best", "rise", "highest") if up else ("worst", "fall", "lowest")
    if subject.startswith(("ust", "tips")):
        side = "rise" if up else "fall"
    sessions = value_of(note, f"{subject}.{side}_since")
    if sessions is not None and sessions < 100:
        last = date.fromordinal(int(value_of(note, f"{subject}.{side}_since_date") or 1))
        if last.year == note.session.year:
            yield f"the largest {move} of the year"
        yield f"the largest {move} since March {last.year - 2}"
    at = "high" if up else "low"
    if value_of(note, f"{subject}.at_{at}_252d") == 0.0:
        yield f"the {edge} close in a year"
    if up and value_of(note, f"{subject}.at_record") == 0.0:
        yield "a record close"
