"""Figures and names as they pass through a template, marked so that the trace finds them afterwards."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from commentary.model import ShownNumber
from commentary.units import Unit

OPEN, SHUT, END = "\ue000", "\ue001", "\ue002"
_MARK = re.compile(f"{OPEN}(\\d+){SHUT}([^{END}]*){END}")


class NothingToSayError(Exception):
    """A slot has no value, or one too small to print: the phrase is not used today."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A reading's value on its way into a sentence."""

    reading: str
    value: float
    unit: Unit
    recorder: Recorder


@dataclass
class Recorder:
    """Collects what one phrase shows: figures in order, subjects named."""

    figures: list[tuple[str, float, str]] = field(default_factory=list)
    subjects: list[str] = field(default_factory=list)

    def show(self, figure: Figure, text: str) -> str:
        """The text of a figure, marked with its place in the record."""
        self.figures.append((figure.reading, figure.value, figure.unit.value))
        return f"{OPEN}{len(self.figures) - 1}{SHUT}{text}{END}"

    def name(self, subject: str, text: str) -> str:
        """The name of a subject, remembered."""
        if subject not in self.subjects:
            self.subjects.append(subject)
        return text


def unmarked(text: str, recorder: Recorder) -> tuple[str, tuple[ShownNumber, ...]]:
    """Plain text, and every figure with its place in it."""
    parts: list[str] = []
    numbers: list[ShownNumber] = []
    length = last = 0
    for match in _MARK.finditer(text):
        between = text[last : match.start()]
        parts += [between, match[2]]
        start = length + len(between)
        length = start + len(match[2])
        reading, value, unit = recorder.figures[int(match[1])]
        numbers.append(ShownNumber(match[2], value, unit, reading, start, length))
        last = match.end()
    return "".join(parts) + text[last:], tuple(numbers)


def split_sentences(text: str) -> list[str]:
    """Sentences of a marked text, in order; marks never span two."""
    return [part for part in re.split(r"(?<=[.!?])(?<!U\.S\.)\s+", text.strip()) if part]
