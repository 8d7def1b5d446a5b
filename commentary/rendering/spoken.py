"""A written text as it is read aloud: figures, dates and names in words, without marks that nobody hears.

What comes out has no digit. ``commentary/auditing/heard.py`` reads it back, with a grammar of its own.
"""

from __future__ import annotations

import re

ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
SCALES = ((1_000_000_000, "billion"), (1_000_000, "million"), (1_000, "thousand"), (100, "hundred"))
ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth",
}  # fmt: skip
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
MARKS = {
    "&": " and ",
    "%": " percent",
    "σ": " sigma",
    "/": " over ",
    "·": ",",
    "–": ",",
    "—": ",",
    "²": " squared",
}
"""Marks that are said as words, or as a pause."""

_MONTH = "|".join(MONTHS)
_ISO = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")
_DAY = re.compile(rf"\b(\d{{1,2}}) ({_MONTH})\b")
_TICKER = re.compile(r"(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Z])")
_FIGURE = re.compile(
    r"(?P<sign>[−+]|(?<![\w.])-)?(?P<dollar>\$)?(?P<digits>\d[\d,]*(?:\.\d+)?)(?P<end>st|nd|rd|th)?"
)
_ASIDE = re.compile(r"\s*\(([^()]*)\)")
_AFTER = re.compile(r"\s+(?=[^\W_])")
_CLOCK = re.compile(r"\b(\d\d):(\d\d)\b")


def spell(text: str) -> str:
    """A text in words. Its figures are read as they are written: ``2.10`` is two point one zero."""
    text = _ISO.sub(lambda found: f"{int(found[3])} {MONTHS[int(found[2]) - 1]} {found[1]}", text)
    text = _CLOCK.sub(lambda found: _clock(int(found[1]), int(found[2])), text)
    text = _DAY.sub(lambda found: f"the {_ordinal(int(found[1]))} of {found[2]}", text)
    text = _ASIDE.sub(lambda found: f", {found[1]}," if found.start() else found[1], text)
    for mark in "“”()[]*_`":
        text = text.replace(mark, "")
    text = _TICKER.sub(" ", text.replace("S&P", "S and P"))
    text = _figures(text)
    for mark, word in MARKS.items():
        text = text.replace(mark, word)
    text = re.sub(r",+(?=[,.;:!?])", "", re.sub(r"\s+", " ", text))
    return re.sub(r"\s+([,.;:!?])", r"\1", text).strip()


def cardinal(number: int) -> str:
    """``one hundred eighty-seven``."""
    if number < 20:
        return ONES[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return TENS[tens] + (f"-{ONES[ones]}" if ones else "")
    size, name = next(pair for pair in SCALES if number >= pair[0])
    whole, rest = divmod(number, size)
    return f"{cardinal(whole)} {name}" + (f" {cardinal(rest)}" if rest else "")


def year(number: int) -> str:
    """``twenty twenty-four``, ``two thousand eight``, ``nineteen ninety-nine``."""
    century, rest = divmod(number, 100)
    if not 1010 <= number <= 2999 or rest < 10:
        return cardinal(number)
    return f"{cardinal(century)} {cardinal(rest)}"


def _clock(hour: int, minute: int) -> str:
    return f"{cardinal(hour)} hundred" + (f" {cardinal(minute)}" if minute else "")


def _ordinal(number: int) -> str:
    head, mark, last = cardinal(number).rpartition("-")
    if not mark:
        head, mark, last = cardinal(number).rpartition(" ")
    ending = ORDINALS.get(last) or (f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th")
    return f"{head}{mark}{ending}"


def _figures(text: str) -> str:
    """Every figure in words. A comma parts two that stand side by side, or they would be heard as one."""
    parts: list[str] = []
    last = 0
    for found in _FIGURE.finditer(text):
        parts.append(text[last : found.start()])
        parts.append(_said(found, text))
        last = found.end()
        if (after := _AFTER.match(text, last)) and _counts(text[after.end() :]):
            parts.append(",")
    return "".join(parts) + text[last:]


def _said(found: re.Match[str], text: str) -> str:
    digits = found["digits"].rstrip(",")
    comma = found["digits"][len(digits) :]
    sign = {"−": "minus ", "-": "minus ", "+": "plus "}.get(found["sign"] or "", "")
    whole, point, places = digits.partition(".")
    if found["end"]:
        words = _ordinal(int(whole.replace(",", "")))
    elif point:
        words = (
            f"{cardinal(int(whole.replace(',', '')))} point {' '.join(ONES[int(digit)] for digit in places)}"
        )
    elif len(whole) == 4 and "," not in whole and not text[: found.start()].endswith("Russell "):
        words = year(int(whole))  # levels and counts from a thousand on are written with a comma
    else:
        words = cardinal(int(whole.replace(",", "")))
    tied = text[found.end() : found.end() + 1] == "-"
    dollars = " dollars" if found["dollar"] else ""
    return f"{sign}{words.replace(' ', '-') if tied else words}{dollars}{comma}"


def _counts(text: str) -> bool:
    """Whether a text begins with a figure, in digits or words."""
    first = re.match(r"[\w$]+", text)
    word = first[0].lower() if first else ""
    return word[:1].isdigit() or word in (*ONES, *TENS[2:], "hundred", "thousand", "point")
