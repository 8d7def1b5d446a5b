"""How figures are worded: market formats, number words, dates. Magnitudes only: the words carry the sign."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from commentary.phrasing.trace import Figure, NothingToSayError
from commentary.units import Unit, half_up

WORDS = (
    "none",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
ORDINALS = (
    "zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth",
)  # fmt: skip
PARTS = (
    (0.1, "a tenth"), (0.125, "an eighth"), (0.2, "a fifth"), (0.25, "a quarter"), (1 / 3, "a third"),
    (0.4, "two-fifths"), (0.5, "half"), (0.6, "three-fifths"), (2 / 3, "two-thirds"), (0.75, "three-quarters"),
    (0.8, "four-fifths"), (0.9, "nine-tenths"),
)  # fmt: skip
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

WORDED_BELOW = 0.025
"""A share within this distance of a simple fraction is worded as that fraction."""


def _shown(value: float, decimals: int) -> str:
    """Magnitude at a precision, trailing zeros dropped. Raises NothingToSayError where it rounds to zero."""
    rounded = abs(half_up(value, decimals))
    if rounded == 0:
        raise NothingToSayError
    text = f"{rounded:,.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(figure: Figure) -> str:
    """``4.3 percent``; whole from ten on."""
    value = figure.value * 100 if figure.unit in (Unit.FRACTION, Unit.SHARE) else figure.value
    return figure.recorder.show(figure, f"{_shown(value, 0 if abs(value) >= 9.95 else 1)} percent")


def whole_percent(figure: Figure) -> str:
    """``4 percent``."""
    return figure.recorder.show(figure, f"{_shown(figure.value * 100, 0)} percent")


def yield_level(figure: Figure) -> str:
    """``3.75 percent``, for a yield or spread."""
    return figure.recorder.show(figure, f"{half_up(figure.value, 2):.2f} percent")


def basis_points(figure: Figure) -> str:
    """``28 basis points``, ``one basis point``; words up to ten."""
    count = int(abs(half_up(figure.value, 0)))
    if count == 0:
        raise NothingToSayError
    shown = WORDS[count] if count <= 10 else f"{count:,}"
    return figure.recorder.show(figure, f"{shown} basis point{'' if count == 1 else 's'}")


def sigmas(figure: Figure) -> str:
    """``3.2 sigma``."""
    return figure.recorder.show(figure, f"{_shown(figure.value, 1)} sigma")


def points(figure: Figure) -> str:
    """``2.4 points``: of a volatility index, or between two returns."""
    value = figure.value * 100 if figure.unit == Unit.FRACTION else figure.value
    shown = _shown(value, 0 if abs(value) >= 9.95 else 1)
    return figure.recorder.show(figure, f"{shown} point{'' if shown == '1' else 's'}")


def level(figure: Figure) -> str:
    """``5,186`` from a thousand on, ``187.86`` below."""
    decimals = 0 if abs(figure.value) >= 1000 else 2
    return figure.recorder.show(figure, f"{half_up(figure.value, decimals):,.{decimals}f}")


def handle(figure: Figure) -> str:
    """``39``: a level without its decimals."""
    return figure.recorder.show(figure, f"{half_up(figure.value, 0):,.0f}")


def strike(figure: Figure) -> str:
    """``570``, ``57.5``: a price that contracts are written on, as listed."""
    return figure.recorder.show(figure, _shown(figure.value, 2))


def count(figure: Figure) -> str:
    """``three``, ``69``: words up to twelve."""
    number = int(abs(half_up(figure.value, 0)))
    return figure.recorder.show(figure, WORDS[number] if number < len(WORDS) else f"{number:,}")


def millions(figure: Figure) -> str:
    """``7.7 million``."""
    return figure.recorder.show(figure, f"{_shown(figure.value / 1e6, 1)} million")


def nth(figure: Figure) -> str:
    """``fifth``; ``21st`` beyond twelve."""
    number = int(abs(half_up(figure.value, 0)))
    if 0 < number < len(ORDINALS):
        return figure.recorder.show(figure, ORDINALS[number])
    suffix = "th" if 10 < number % 100 < 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return figure.recorder.show(figure, f"{number}{suffix}")


def part(figure: Figure) -> str:
    """``a third``, ``nearly half``: a share in words. Raises NothingToSayError below a sixteenth."""
    share = abs(figure.value)
    nearest, word = min(PARTS, key=lambda pair: abs(pair[0] - share))
    if abs(nearest - share) > 0.06 or share < 0.0625:
        raise NothingToSayError
    if abs(nearest - share) <= WORDED_BELOW:
        return figure.recorder.show(figure, word)
    return figure.recorder.show(figure, f"{'nearly' if share < nearest else 'more than'} {word}")


def times(figure: Figure) -> str:
    """``twice``, ``nearly three times``, ``more than four times``: a ratio in words."""
    ratio = abs(figure.value)
    whole = int(half_up(ratio, 0))
    if whole < 2 or whole >= len(WORDS):
        raise NothingToSayError
    word = "twice" if whole == 2 else f"{WORDS[whole]} times"
    if abs(ratio - whole) <= 0.1:
        return figure.recorder.show(figure, word)
    return figure.recorder.show(figure, f"{'nearly' if ratio < whole else 'more than'} {word}")


def month_year(figure: Figure) -> str:
    """``March 2020``."""
    day = date.fromordinal(int(figure.value))
    return figure.recorder.show(figure, f"{MONTHS[day.month - 1]} {day.year}")


def full_date(figure: Figure) -> str:
    """``5 August 2024``."""
    day = date.fromordinal(int(figure.value))
    return figure.recorder.show(figure, f"{day.day} {MONTHS[day.month - 1]} {day.year}")


def day_month(figure: Figure) -> str:
    """``5 August``, for a day of the last year."""
    day = date.fromordinal(int(figure.value))
    return figure.recorder.show(figure, f"{day.day} {MONTHS[day.month - 1]}")


def year(figure: Figure) -> str:
    """``2020``."""
    return figure.recorder.show(figure, str(date.fromordinal(int(figure.value)).year))


def weekday(figure: Figure) -> str:
    """``Monday``, of a date."""
    return figure.recorder.show(figure, WEEKDAYS[date.fromordinal(int(figure.value)).weekday()])


FORMATS: dict[str, Callable[[Figure], str]] = {
    "percent": percent, "whole_percent": whole_percent, "yield_level": yield_level,
    "basis_points": basis_points, "sigmas": sigmas, "points": points, "level": level, "handle": handle,
    "strike": strike,
    "count": count, "millions": millions, "nth": nth, "part": part, "times": times, "month_year": month_year,
    "full_date": full_date, "day_month": day_month, "year": year, "weekday": weekday,
}  # fmt: skip
"""Formats by the name that a phrase uses: ``{{ gold.return_1d | percent }}``."""
