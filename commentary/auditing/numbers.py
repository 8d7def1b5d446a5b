"""Every figure and number word resolves to a traced number that the tape bears out."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from commentary.auditing.figures import Figure, agrees, figures, hedge_before
from commentary.auditing.proof import Finding, Proof
from commentary.auditing.statement import Statement
from commentary.auditing.words import HEDGES, UNIT_WORDS
from commentary.condition_writing import ConditionError
from commentary.conditions import parse
from commentary.model import ShownNumber
from commentary.units import Unit

ALLOWED: dict[str, frozenset[str]] = {
    Unit.FRACTION: frozenset({"percent"}),
    Unit.SHARE: frozenset({"percent", "percentile"}),
    Unit.SIGMA: frozenset({"sigma"}),
    Unit.BASIS_POINTS: frozenset({"bp"}),
    Unit.PERCENT: frozenset({"percent"}),
    Unit.POINTS: frozenset({"points"}),
    Unit.PERCENT_POINTS: frozenset({"points"}),
    Unit.PRICE: frozenset({"dollars"}),
    Unit.RATIO: frozenset({"times"}),
    Unit.COUNT: frozenset({"sessions", "times", "million"}),
    Unit.SESSIONS: frozenset({"sessions"}),
}
"""Unit of a reading → words that may follow its figure; none may, too."""
SCALES = {Unit.FRACTION: 100.0, Unit.SHARE: 100.0}

_ANY_UNIT = "|".join(sorted(map(re.escape, UNIT_WORDS), key=len, reverse=True))
_UNIT = re.compile(rf"\s*(?:-|of an? |an? )?({_ANY_UNIT})(?![\w-])", re.IGNORECASE)
_MEASURED = re.compile(r" (?:percent|percentage|basis|points?\b|sigma)")
_DAYS = re.compile(r"[- ](?:day|session)s?(?![\w-])")
_TIMED = re.compile(r" (?:day|session|week|month|year|time|straight|consecutive|loss|gain|fall|rise|close)\b")
_LEVELS = re.compile(r"\.(?:level|average_\d+d|low_20d|high_20d|open)(?:_prev)?$")
"""Readings whose figure is a place: "above 165.67" is that level and no hedge."""

_HOURS = re.compile(r"\.(?:half_done_hour|hours_apart)$")
"""Counts of hours, and of nothing else."""

_FIFTHS = re.compile(r"\b(?:best|worst|weakest|strongest|top|bottom|hardest)\s+$", re.IGNORECASE)
_HALVES = re.compile(r"\b(?:first|second|other|the [a-z-]+)\s+$", re.IGNORECASE)


def is_date(number: ShownNumber) -> bool:
    """True where a shown number is a day: a weekday, month or year."""
    day = number.reading.startswith(("calendar.date", "calendar.weekday"))
    return day or number.unit == Unit.DATE or number.reading.endswith("_date")


def trace(statement: Statement) -> Iterator[Finding]:
    """The trace agrees with the text at its offsets and with the tape's value and unit."""
    for number in statement.sentence.numbers:
        placed = statement.text[number.start : number.end]
        if placed != number.shown:
            yield statement.finding(
                "numbers", f"{placed!r} where the trace has {number.shown!r}", "the traced text"
            )
        if not number.reading.startswith("calendar.weekday"):
            yield from _tape(statement, number)


def shown(statement: Statement) -> Iterator[Finding]:
    """Each printed figure is its traced value at the printed precision, in a right unit."""
    for number in statement.sentence.numbers:
        if not is_date(number):
            yield from _printed(statement, number)


def untraced(statement: Statement) -> Iterator[Finding]:
    """No figure or number word stands outside the trace, but for names and idioms."""
    spans = [(token.start, token.end) for token in statement.tokens if token.kind != "word"]
    for figure in figures(statement.text):
        if any(figure.start < end and figure.end > start for start, end in spans):
            continue
        if not _idiom(statement, figure):
            yield statement.finding(
                "numbers", f"untraced {statement.text[figure.start : figure.end]!r}", "a reading"
            )


def tape_value(proof: Proof, reading: str) -> float | None:
    """Value of a reading, or of an expression over readings; None where it is unknown."""
    value = proof.scene.get(reading)
    if isinstance(value, (int, float)):
        return float(value)
    try:
        number = math.nan if value is not None else parse(reading).number(proof.scene)
    except ConditionError:
        return None
    return None if math.isnan(number) else number


def same(first: float, second: float) -> bool:
    """Equal at the ten significant digits at which readings leave their room."""
    return math.isclose(first, second, rel_tol=1e-8, abs_tol=1e-12)


def _tape(statement: Statement, number: ShownNumber) -> Iterator[Finding]:
    wanted = tape_value(statement.proof, number.reading)
    if wanted is None:
        yield statement.finding(
            "numbers", f"{number.shown!r} from unknown {number.reading}", "a reading of the tape"
        )
    elif not same(wanted, number.value):
        yield statement.finding("numbers", f"{number.reading} = {number.value:g}", f"{wanted:g} on the tape")
    spec = statement.proof.specs.get(number.reading)
    if spec is not None and spec.unit != number.unit and not is_date(number):
        yield statement.finding("units", f"{number.reading} in {number.unit}", str(spec.unit))


def _printed(statement: Statement, number: ShownNumber) -> Iterator[Finding]:
    found = figures(statement.text[number.start : number.end])
    if len(found) != 1:
        yield statement.finding("numbers", f"{number.shown!r}", "one figure")
        return
    figure = found[0]
    if not _worded_right(statement.text[number.start : number.end], figure):
        yield statement.finding("units", f"{number.shown!r}", "a figure and its unit")
        return
    unit = _unit_after(statement.text, number.start + figure.end)
    if unit and unit not in _allowed(statement.proof, number):
        yield statement.finding("units", f"{unit} after {number.shown!r}", f"a {number.unit}")
        return
    if not _true(statement, number, figure, unit):
        yield statement.finding("numbers", f"{number.shown!r}", f"{number.reading} = {number.value:g}")


def _worded_right(text: str, figure: Figure) -> bool:
    """True where nothing stands in a shown number but a hedge, the figure and its unit."""
    before, after = text[: figure.start].strip().lower(), text[figure.end :]
    return (not before or before in HEDGES or before == "$") and (
        not after or _UNIT.fullmatch(after) is not None
    )


def _true(statement: Statement, number: ShownNumber, figure: Figure, unit: str) -> bool:
    if figure.kind == "ordinal" and number.unit in (Unit.SHARE, Unit.RATIO) and unit != "percentile":
        figure = Figure(figure.start, figure.end, 1 / figure.quantity, "part")
    hedge = hedge_before(statement.text, number.start + figure.start)
    if hedge in ("above", "below") and _LEVELS.search(number.reading):
        hedge = ""
    raw = figure.kind in ("part", "multiple") and not unit
    value = number.value * (1.0 if raw else SCALES.get(Unit(number.unit), 1.0))
    value /= 1e6 if unit == "million" else 1.0
    if figure.kind == "count" and number.unit == Unit.RATIO:
        figure = Figure(figure.start, figure.end, figure.quantity, "multiple")
    if figure.kind == "multiple" and number.unit == Unit.COUNT:
        figure = Figure(figure.start, figure.end, figure.quantity, "count")
    return agrees(figure, value, hedge)


def _allowed(proof: Proof, number: ShownNumber) -> frozenset[str]:
    """Unit words of a number; a difference of two returns is said in points."""
    subject = number.reading.partition(".")[0]
    difference = any(mark in number.reading for mark in ("spread", ".excess_", "-")) or (
        subject in proof.vocabulary.names and subject not in proof.vocabulary.labels
    )  # fmt: skip
    if number.unit == Unit.FRACTION and difference:
        return frozenset({"points"})
    if _HOURS.search(number.reading):
        return frozenset({"hours"})
    return ALLOWED.get(number.unit, frozenset())


def _unit_after(text: str, place: int) -> str:
    match = _UNIT.match(text, place)
    return UNIT_WORDS[match[1].lower()] if match else ""


def _idiom(statement: Statement, figure: Figure) -> bool:
    text = statement.text
    word, before, after = text[figure.start : figure.end].lower(), text[: figure.start], text[figure.end :]
    if word in {"one", "zero"}:
        return not _MEASURED.match(after)
    if _DAYS.match(after) and figure.kind in ("digits", "count"):
        measure = f"_{figure.quantity:g}d"
        return any(measure in name for name in statement.read)
    if figure.kind == "ordinal":
        return (
            word == "first" or bool(_FIFTHS.search(before)) or (word == "second" and not _TIMED.match(after))
        )
    if word.endswith(("quarter", "quarters")):
        return word == "quarter" or bool(re.match(r"[’']s\b", after))
    if word == "tenths":
        return before.endswith("few ")
    return word == "half" and (bool(_HALVES.search(before)) or after.startswith(" day"))
