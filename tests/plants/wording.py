"""Errors in words: signs, subjects, dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from commentary.model import Note, Sentence, ShownNumber
from commentary.phrasing.numbers import MONTHS, WEEKDAYS
from tests.plants.figures import figures
from tests.plants.world import (
    SUPPOSED,
    Change,
    Changes,
    Name,
    World,
    draw,
    form_of,
    line_change,
    name_change,
    reslotted,
    reworded,
    sentence_change,
    value_of,
    worded,
)

UP_DOWN = (
    ("rose", "fell"), ("risen", "fallen"), ("rise", "fall"), ("gained", "lost"), ("gain", "loss"),
    ("higher", "lower"), ("up", "down"), ("added", "shed"), ("bought", "sold"), ("beat", "trailed"),
    ("ahead of", "behind"), ("dearer", "cheaper"), ("advance", "decline"), ("upward", "downward"),
)  # fmt: skip
OPPOSITE = {**dict(UP_DOWN), **{down: up for up, down in UP_DOWN}}
UPWARD = {up for up, _ in UP_DOWN}
SIGN_WORDS = re.compile(rf"\b(?:{'|'.join(sorted(OPPOSITE, key=len, reverse=True))})\b", re.IGNORECASE)
BESIDE = re.compile(r"\b(?<!from )(above|below|beneath)\b|(?<=stands )(over|under)\b")
OTHER_SIDE = {"above": "below", "below": "above", "over": "under", "under": "over", "beneath": "above"}

SIGNED = {
    "return_1d", "return_5d", "return_21d", "return_ytd", "return_1d_prev", "change_bp", "change_bp_prev",
    "change_5d_bp", "change_1d", "gap_1d", "intraday_1d", "move_z", "change_z", "unexplained_z", "spread_1d",
    "spread_5d", "spread_z", "streak", "low_excursion", "high_excursion",
}  # fmt: skip
"""Readings whose sign the words of the sentence carry."""

TODAY = {"percent": "change_bp", "points": "change_1d"}
"""Today's change of an instrument, by its unit; the others have a return."""

TWINS = (
    {"sp500", "spy"}, {"nasdaq100", "qqq"}, {"gold", "gold_future"}, {"oil", "crude_future"},
    {"russell", "small_caps"}, {"bitcoin", "bitcoin_fund"},
)  # fmt: skip
"""Two names of nearly one thing: to exchange them is hardly an error."""

PHRASAL = ("opened ", "picked ", "gave ", "made ")
"""Verbs whose ``up`` is no direction."""

SAME_DAY = "(?:has |have |was |were |is )?(?:even |also |duly )?"


def wrong_sign(note: Note, world: World) -> Changes:
    """Rose ↔ fell, gained ↔ lost, higher ↔ lower, above ↔ below, bought ↔ sold."""
    for where, sentence in enumerate(note.sentences):
        if SUPPOSED.search(sentence.text):
            continue
        places = {match.start(): match for match in _governing(sentence)}
        places |= {match.start(): match for match in _told(sentence, note, world)}
        for match in places.values():
            new = _cased(OPPOSITE[match[0].lower()], match[0])
            if new == "ahead of" and not sentence.text[match.end() :].startswith(" "):
                new = "ahead"
            planted = reworded(sentence, match.start(), match.end(), new)
            yield sentence_change(note, world, where, f"sign: {match[0]} → {new}", planted)
        for match in _levels(sentence, world):
            new = OTHER_SIDE[match[0]]
            planted = reworded(sentence, match.start(), match.end(), new)
            yield sentence_change(note, world, where, f"side: {match[0]} → {new}", planted)


def _cased(new: str, old: str) -> str:
    return new[0].upper() + new[1:] if old[0].isupper() else new


def _governing(sentence: Sentence) -> Iterator[re.Match[str]]:
    """Words of direction nearest to a signed figure, in its clause, that agree with its sign."""
    for number in sentence.numbers:
        if number.reading.partition(".")[2] not in SIGNED:
            continue
        left = max((sentence.text.rfind(mark, 0, number.start) for mark in ",;:("), default=-1) + 1
        ends = [place for mark in ",;:." if (place := sentence.text.find(mark, number.end)) >= 0]
        found = list(SIGN_WORDS.finditer(sentence.text, left, min(ends, default=len(sentence.text))))
        found = [match for match in found if not sentence.text[: match.start()].endswith(PHRASAL)]
        near = min(found, key=lambda match: _gap(match, number), default=None)
        if near is not None and (near[0].lower() in UPWARD) == (number.value > 0):
            yield near


def _gap(match: re.Match[str], number: ShownNumber) -> int:
    return max(match.start() - number.end, number.start - match.end())


def _told(sentence: Sentence, note: Note, world: World) -> Iterator[re.Match[str]]:
    """Words of direction right behind a name whose day they tell truly, or a title's about the index."""
    if sentence.section == "title":
        yield from _headlined(sentence, note, world)
    for name in world.named(sentence.text):
        match = re.compile(f" {SAME_DAY}").match(sentence.text, name.end)
        verb = SIGN_WORDS.match(sentence.text, match.end()) if match else None
        change = todays(note, world, name.ident)
        if verb and change is not None and (verb[0].lower() in UPWARD) == (change > 0):
            yield verb


def _headlined(sentence: Sentence, note: Note, world: World) -> Iterator[re.Match[str]]:
    if re.search(r"\b(?:not|no|never)\b", sentence.text):
        return
    names = world.named(sentence.text)
    change = todays(note, world, names[0].ident if names else "sp500")
    for word in SIGN_WORDS.finditer(sentence.text):
        if change is not None and (word[0].lower() in UPWARD) == (change > 0):
            yield word


def todays(note: Note, world: World, ident: str) -> float | None:
    """Today's change of an instrument where it is large enough to have a direction."""
    kind = world.bank.universe[ident].unit
    value = value_of(note, f"{ident}.{TODAY.get(kind, 'return_1d')}")
    least = {"percent": 1.5, "points": 0.2}.get(kind, 0.002)
    return value if value is not None and abs(value) >= least else None


def _levels(sentence: Sentence, world: World) -> Iterator[re.Match[str]]:
    """Above and below, where the sentence measures an instrument against something."""
    if sentence.section in ("closing", "definition", "through", "question") or not world.named(sentence.text):
        return
    if sentence.numbers or re.search(r"\b(?:average|stands?|closed|three-month)\b", sentence.text):
        yield from BESIDE.finditer(sentence.text)


def swapped_subject(note: Note, world: World) -> Changes:
    """Gold ↔ silver, the Nasdaq ↔ the Russell, two-year ↔ ten-year, chips ↔ software."""
    for where, sentence in enumerate(note.sentences):
        names = world.named(sentence.text)
        for name in names:
            part = sentence.text[name.end :].startswith((" shares", " companies", " stocks"))
            if part or sum(other.ident == name.ident for other in names) > 1:
                continue
            for ident in _strangers(name, names, world):
                if _false_of(ident, name, (note, sentence), world):
                    yield _renamed(note, world, where, name, ident)
                    yield from _misread(note, world, where, name, ident)


def _misread(note: Note, world: World, where: int, name: Name, ident: str) -> Changes:
    """One instrument named, another's figure in the slot, on the same side of nothing."""
    sentence = note.sentences[where]
    for number in sentence.numbers:
        subject, _, measure = number.reading.partition(".")
        value, form = value_of(note, f"{ident}.{measure}"), form_of(number)
        if subject != name.ident or value is None or not form or value * number.value <= 0:
            continue
        if worded(form, value, number.unit) and _differs(number, ident, note):
            planted = reslotted(sentence, number, f"{ident}.{measure}", value)
            what = f"subject slot: {number.reading} → {ident}.{measure}"
            yield sentence_change(note, world, where, what, planted)


def _strangers(name: Name, names: list[Name], world: World) -> Iterator[str]:
    own, taken = world.bank.universe[name.ident], {other.ident for other in names}
    for ident, item in world.bank.universe.instruments.items():
        same = item.number == own.number and item.unit == own.unit and item.session == own.session
        kin = {item.kind, own.kind}
        alike = len(kin) == 1 or kin <= {"index", "fund", "sector", "factor"} or kin <= {"metal", "commodity"}
        twins = any({ident, name.ident} == pair for pair in TWINS)
        if same and alike and ident not in taken and item.spoken and not twins:
            yield ident


def _false_of(ident: str, name: Name, place: tuple[Note, Sentence], world: World) -> bool:
    """True where what the sentence says of one instrument is not so of the other."""
    note, sentence = place
    own = [number for number in sentence.numbers if number.reading.split(".")[0] == name.ident]
    if own:
        return any(_differs(number, ident, note) for number in own)
    verb = SIGN_WORDS.match(sentence.text, min(name.end + 1, len(sentence.text)))
    ours, theirs = todays(note, world, name.ident), todays(note, world, ident)
    if sentence.section == "title":
        return _untitled(name.ident, ident, note, world)
    if not verb or ours is None or theirs is None:
        return False
    return (verb[0].lower() in UPWARD) == (ours > 0) != (theirs > 0)


def _untitled(ours: str, theirs: str, note: Note, world: World) -> bool:
    """True where one moved far and the other hardly or the other way: no title fits both."""
    size, other = (abs(value_of(note, f"{ident}.move_z") or 0.0) for ident in (ours, theirs))
    own, change = todays(note, world, ours), todays(note, world, theirs)
    apart = own is not None and change is not None and (own > 0) != (change > 0)
    return size >= 1.2 and (apart or other < 0.5) and value_of(note, f"{theirs}.move_z") is not None


def _differs(number: ShownNumber, ident: str, note: Note) -> bool:
    measure, form = number.reading.partition(".")[2], form_of(number)
    value = value_of(note, f"{ident}.{measure}")
    if value is None:
        known = value_of(note, f"{ident}.level") is not None
        return known and measure.endswith("_since_date")  # it did not move that way at all
    return bool(form) and worded(form, value, number.unit).lower() != number.shown.lower()


def _renamed(note: Note, world: World, where: int, name: Name, ident: str) -> Change:
    sentence, naming = note.sentences[where], world.bank.names[ident]
    text = _cased(naming.full if name.form == "full" else naming.short, sentence.text[name.start])
    if name.start > 0:
        text = naming.full if name.form == "full" else naming.short
    planted = reworded(sentence, name.start, name.end, text)
    what = f"subject: {sentence.text[name.start : name.end]} → {text}"
    return name_change(note, world, where, what, (planted, name.ident, ident))


def wrong_date(note: Note, world: World) -> Changes:
    """Another weekday, another month of the same year, another day of the note."""
    room = False
    for where, sentence, number in figures(note):
        new = _other_date(number, f"{note.session}{number.reading}")
        if new:
            room = True
            planted = reworded(sentence, number.start, number.end, new)
            yield sentence_change(note, world, where, f"date: {number.shown} → {new}", planted)
    if room and draw(note.session.isoformat(), 4):
        return
    right, wrong = note.session.isoformat(), _near(note.session).isoformat()
    for old in (f"\ndate: {right}\n", f"Session {right},"):
        edit = (old, old.replace(right, wrong))
        yield line_change(note, world, "front and foot", f"date: {right} → {wrong}", edit)


def _near(session: date) -> date:
    return session + timedelta(days=(-1, 1, -7, 30)[draw(session.isoformat(), 4)])


def _other_date(number: ShownNumber, key: str) -> str:
    if number.shown in WEEKDAYS[:5]:
        return WEEKDAYS[(WEEKDAYS.index(number.shown) + 1 + draw(key, 4)) % 5]
    for month in MONTHS:
        if month in number.shown:
            return number.shown.replace(month, MONTHS[(MONTHS.index(month) + 1 + draw(key, 11)) % 12])
    return ""
