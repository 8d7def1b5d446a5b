"""Reads a text as it is heard: figures in words, in digits and half in each come out as the same numbers.

A note that is read aloud has a written twin, which the other checks prove; this grammar reads the two, and where they
come out alike every figure, date and name that is heard is one that was proved.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from commentary.auditing.words import MONTHS, ONES, ORDINALS, TENS

_UNITS = {word: value for value, word in enumerate(ONES)}
_SIZES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_NTH = {word: value for value, word in enumerate(ORDINALS, start=1)} | {
    f"{word[:-1]}ieth": value for word, value in TENS.items()
}
_NTH_SIZES = {f"{word}th": size for word, size in _SIZES.items()}
_ISO = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")
_PIECE = re.compile(
    r"[−+$]|(?<![\w.])-(?=\d)|\d[\d,]*(?:\.\d+)?(?:st|nd|rd|th)?|[^\W\d_]+(?:[’'][^\W\d_]+)*|%|σ|&|/|[,.;:!?·–—]"
)
_SAID = {"%": "percent", "σ": "sigma", "&": "and", "/": "over", "−": "minus", "-": "minus", "+": "plus"}
_STOPS = frozenset(",.;:!?·–—")

Heard = str | float


def heard(text: str) -> list[Heard]:
    """Words in small letters and numbers, in order; marks are left out, days are the number before the month."""
    text = _ISO.sub(lambda found: f"{int(found[3])} {MONTHS[int(found[2]) - 1]} {found[1]}", text)
    text = re.sub(r"\b(\d\d):(\d\d)\b", r"\1\2", text).replace("S&P", "S and P")
    pieces = [piece.lower() for piece in _PIECE.findall(text)]
    return list(_dated([item for item in _numbers(_dollars(pieces)) if item not in _STOPS]))


def _dollars(pieces: Sequence[str]) -> list[str]:
    """``$ 5`` is heard as ``5 dollars``."""
    found: list[str] = []
    for place, piece in enumerate(pieces):
        if piece != "$":
            found += [piece, *(["dollars"] if place and pieces[place - 1] == "$" else [])]
    return found


def _numbers(pieces: Sequence[str]) -> Iterator[Heard]:
    place = 0
    while place < len(pieces):
        value, used = _digits(pieces[place]) if pieces[place][0].isdigit() else _worded(pieces, place)
        if used and 10 <= value <= 29 and value == int(value):
            tail, more = _worded(pieces, place + used) if used + place < len(pieces) else (0.0, 0)
            if more and 10 <= tail <= 99 and not pieces[place][0].isdigit():
                value, used = value * 100 + tail, used + more  # "twenty twenty-four"
        while used and place + used < len(pieces) and pieces[place + used] in ("million", "billion"):
            value, used = value * _SIZES[pieces[place + used]], used + 1  # "7.7 million"
        if used:
            yield value
        else:
            yield _SAID.get(pieces[place], pieces[place])
        place += used or 1


def _digits(piece: str) -> tuple[float, int]:
    return float(piece.rstrip("stndrh").replace(",", "") or 0), 1


def _worded(pieces: Sequence[str], start: int) -> tuple[float, int]:
    """A number in words from ``start`` on and how many words it takes; none of them where there is no number."""
    total = group = 0
    place, last = start, ""
    while place < len(pieces) and (kind := _kind(pieces[place], last, group)):
        word = pieces[place]
        if kind == "nth":
            group += _NTH.get(word, 0)
            group = max(group, 1) * _NTH_SIZES[word] if word in _NTH_SIZES else group
            return float(total + group), place + 1 - start
        if kind == "size" and word != "hundred":
            total, group = total + max(group, 1) * _SIZES[word], 0
        else:
            group = max(group, 1) * 100 if kind == "size" else group + _UNITS.get(word, TENS.get(word, 0))
        place, last = place + 1, kind
    if place == start:
        return 0.0, 0
    return _pointed(pieces, place, float(total + group), start)


def _pointed(pieces: Sequence[str], place: int, whole: float, start: int) -> tuple[float, int]:
    """The digits after a point, where there is one."""
    digits = ""
    if place < len(pieces) and pieces[place] == "point":
        for word in pieces[place + 1 :]:
            if _UNITS.get(word, 10) > 9:
                break
            digits += str(_UNITS[word])
    if not digits:
        return whole, place - start
    return float(f"{whole:.0f}.{digits}"), place + 1 + len(digits) - start


def _kind(word: str, last: str, group: int) -> str:
    """What a word may be after the one before it in a number: units, teens, tens, size or nth; "" ends the number."""
    if word in _SIZES:
        return "size" if last else ""
    if word in _UNITS:
        teen = _UNITS[word] > 9 or not _UNITS[word]
        fits = last in ("", "size") or (last == "tens" and not teen)
        return ("teens" if teen else "units") if fits else ""
    if word in TENS:
        return "tens" if last in ("", "size") else ""
    if word in _NTH or word in _NTH_SIZES:
        return "nth" if last in ("", "size", "tens") or word in _NTH_SIZES else ""
    return ""


def _dated(items: Sequence[Heard]) -> Iterator[Heard]:
    """``the 5 of august`` is ``5 august``."""
    place = 0
    while place < len(items):
        run = items[place : place + 4]
        if (
            len(run) == 4
            and (run[0], run[2]) == ("the", "of")
            and isinstance(run[1], float)
            and run[3] in MONTHS
        ):
            yield from (run[1], run[3])
            place += 4
        else:
            yield items[place]
            place += 1
