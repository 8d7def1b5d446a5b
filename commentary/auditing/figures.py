"""Figures in a text, in digits or in words, and whether a value may be printed as one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from commentary.auditing.words import HEDGES, MULTIPLES, ONES, ORDINALS, PARTS, TENS
from commentary.shapes import dataclass

_CARDINALS = {word: float(value) for value, word in enumerate(ONES)} | {k: float(v) for k, v in TENS.items()}
_CARDINALS |= {"dozen": 12.0, "hundred": 100.0, "thousand": 1000.0}
_ORDINAL = {word: float(value) for value, word in enumerate(ORDINALS, start=1)}
_ANY_CARDINAL = "|".join(sorted(_CARDINALS, key=len, reverse=True))
_ANY_ORDINAL = "|".join(sorted(ORDINALS, key=len, reverse=True))
_TENS = "|".join(TENS)
_COUNT = rf"(?:(?:{_TENS})-(?:{'|'.join(ONES[1:10])})|{_ANY_CARDINAL})"
_PART = "|".join(sorted(PARTS, key=len, reverse=True))
_WORDS = re.compile(
    rf"(?<![\w-])(?:(?P<every>{_COUNT})(?: [a-z]+){{0,2}} in (?P<of>{_COUNT})"
    rf"|(?P<mixed>(?:{_COUNT}) and (?:a half|a quarter|three quarters))"
    rf"|(?:(?P<over>a|an|{_COUNT})[ -])?(?P<part>{_PART})"
    rf"|(?P<multiple>{'|'.join(MULTIPLES)}|(?:{_COUNT}) times)"
    rf"|(?P<scale>a dozen|a hundred|a thousand|(?:{_COUNT}) (?:hundred|thousand|dozen))"
    rf"|(?P<ordinal>{_ANY_ORDINAL}|(?:{_TENS})-(?:{'|'.join(ORDINALS[:9])}))"
    rf"|(?P<count>{_COUNT}))(?![\w-])",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[^a-z]+")
_NUMBER_WORDS = frozenset({*_CARDINALS, *_ORDINAL, *PARTS, *MULTIPLES})
"""One of them is in every figure in words: the pattern is dear, most sentences have none."""
_HEDGE = re.compile(rf"(?<!\w)({'|'.join(sorted(HEDGES, key=len, reverse=True))})$")
SIMPLE = (0.1, 0.125, 0.2, 0.25, 1 / 3, 0.4, 0.5, 0.6, 2 / 3, 0.75, 0.8, 0.9)
"""Fractions that have a plain word."""
DIGITS = re.compile(r"(?P<sign>[−+-])?(?<![\w.])(?P<digits>\d[\d,]*(?:\.\d+)?)(?P<suffix>st|nd|rd|th)?")


_SIGNS = {"": 0, "−": -1, "-": -1, "+": 1}


@dataclass(frozen=True)
class Figure:
    """A figure as read: ``kind`` digits, count, ordinal, part or multiple; ``sign`` as printed or 0."""

    start: int
    end: int
    quantity: float
    kind: str
    decimals: int = 0
    sign: int = 0


def figures(text: str) -> list[Figure]:
    """Every figure of a text in digits or words, in order of place, overlaps to the first."""
    found = sorted([*_digits(text), *_worded(text)], key=lambda figure: (figure.start, -figure.end))
    kept: list[Figure] = []
    for figure in found:
        if not kept or figure.start >= kept[-1].end:
            kept.append(figure)
    return kept


def half_up(value: float, decimals: int) -> Decimal:
    """Round half away from zero after taking the value at ten significant digits."""
    exact = Decimal(f"{value:.10g}")
    return exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def agrees(figure: Figure, value: float, hedge: str) -> bool:
    """Whether ``value`` (in the printed unit) may be said as ``figure``; unsigned figures give magnitudes.

    ``hedge`` is less ("nearly"), more, fewer, about, above or below (which may be a place), or "". Digits
    and counts are rounded half up at the printed precision; a part must be the nearest simple fraction
    and within 0.03, a multiple within an eighth of one. After "nearly" the value lies below the figure,
    after "more than" above it: by at most 0.065 for a part, a half for a multiple, a last place for digits.
    """
    target = figure.quantity * (figure.sign or 1)
    seen = value if figure.sign else abs(value)
    if hedge in ("above", "below") and _rounds(figure, seen):
        return True
    if hedge and hedge != "about":
        beyond = seen - target if hedge in ("more", "above") else target - seen
        return (0 < beyond <= _room(figure) and _nearest(figure, seen)) or (
            _rounds(figure, seen) and beyond >= 0
        )
    if figure.kind in ("part", "multiple"):
        slack = 0.03 if figure.kind == "part" else 0.125
        return abs(seen - target) <= slack * (2 if hedge == "about" else 1) and _nearest(figure, seen)
    return _rounds(figure, seen)


def hedge_before(text: str, start: int) -> str:
    """The hedge that stands right before a place in the text, as ``agrees`` takes it."""
    before = re.sub(r"\b(?:an?|the|as|only|as much as)$", "", text[:start].lower().rstrip()).rstrip()
    match = _HEDGE.search(before)
    return HEDGES[match[1]] if match else ""


def _rounds(figure: Figure, seen: float) -> bool:
    if figure.kind in ("part", "multiple"):
        return False
    target = figure.quantity * (figure.sign or 1)
    return half_up(seen, figure.decimals) == Decimal(f"{target:.{figure.decimals}f}")


def _nearest(figure: Figure, seen: float) -> bool:
    """True unless another simple fraction lies nearer than the one said."""
    if figure.kind != "part":
        return True
    return abs(figure.quantity - seen) <= min(abs(part - seen) for part in SIMPLE) + 1e-9 or all(
        abs(figure.quantity - part) > 1e-9 for part in SIMPLE
    )


def _room(figure: Figure) -> float:
    if figure.kind in ("part", "multiple"):
        return 0.065 if figure.kind == "part" else 0.5
    return 10.0**-figure.decimals


def _digits(text: str) -> Iterator[Figure]:
    for match in DIGITS.finditer(text):
        digits = match["digits"].rstrip(",")
        whole, _, places = digits.partition(".")
        before = text[match.start() - 1 : match.start()]
        sign = 0 if before.isalnum() or before == "_" else _SIGNS[match["sign"] or ""]
        start = match.start() if sign else match.start("digits")
        suffix = match["suffix"] or ""
        end = match.start("digits") + len(digits) + len(suffix)
        quantity = float(f"{whole.replace(',', '')}.{places or 0}")
        yield Figure(start, end, quantity, "ordinal" if suffix else "digits", len(places), sign)


def _worded(text: str) -> Iterator[Figure]:
    if _NUMBER_WORDS.isdisjoint(_LETTERS.split(text.lower())):
        return
    for match in _WORDS.finditer(text):
        parts = {key: value.lower() for key, value in match.groupdict().items() if value}
        quantity, kind = _quantity(parts)
        yield Figure(match.start(), match.end(), quantity, kind, decimals=1 if "mixed" in parts else 0)


def _quantity(parts: dict[str, str]) -> tuple[float, str]:
    if "of" in parts:
        return _number(parts["every"]) / _number(parts["of"]), "part"
    if "mixed" in parts:
        whole, _, rest = parts["mixed"].partition(" and ")
        return _number(whole) + {"a half": 0.5, "a quarter": 0.25}.get(rest, 0.75), "count"
    if "part" in parts:
        over, part = parts.get("over", ""), parts["part"]
        if not over and part in _ORDINAL:
            return _ORDINAL[part], "ordinal"
        return (_number(over) if over not in ("", "a", "an") else 1.0) / PARTS[part], "part"
    if "multiple" in parts:
        word = parts["multiple"].removesuffix(" times")
        return MULTIPLES.get(word) or _number(word), "multiple"
    if "ordinal" in parts:
        return _ordinal(parts["ordinal"]), "ordinal"
    return _number(parts.get("scale") or parts["count"]), "count"


def _number(words: str) -> float:
    total = 1.0 if words.startswith(("a ", "an ")) else 0.0
    for word in re.split(r"[ -]", words):
        value = _CARDINALS.get(word, 0.0)
        total = max(total, 1.0) * value if word in ("dozen", "hundred", "thousand") else total + value
    return total


def _ordinal(words: str) -> float:
    tens, _, last = words.rpartition("-")
    return float(TENS.get(tens, 0)) + _ORDINAL[last]
