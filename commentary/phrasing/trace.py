"""Figures and names as they pass through a template, marked so that the trace finds them afterwards."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from commentary.desk import Reported
from commentary.model import ShownNumber
from commentary.units import Unit

OPEN, SHUT, END = "\ue000", "\ue001", "\ue002"
TOLD = "\ue003"
_MARK = re.compile(f"{OPEN}(\\d+){SHUT}([^{END}]*){END}|{TOLD}(\\d+){END}")


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
    reports: list[tuple[str, str]] = field(default_factory=list)

    def show(self, figure: Figure, text: str) -> str:
        """The text of a figure, marked with its place in the record."""
        self.figures.append((figure.reading, figure.value, figure.unit.value))
        return f"{OPEN}{len(self.figures) - 1}{SHUT}{text}{END}"

    def name(self, subject: str, text: str) -> str:
        """The name of a subject, remembered."""
        if subject not in self.subjects:
            self.subjects.append(subject)
        return text

    def report(self, name: str, text: str) -> str:
        """A mark in place of a text that the desk put in: nothing that words are put through changes it."""
        self.reports.append((name, text))
        return f"{TOLD}{len(self.reports) - 1}{END}"


def unmarked(text: str, recorder: Recorder) -> tuple[str, tuple[ShownNumber, ...]]:
    """Plain text, and every figure with its place in it."""
    pieces = list(_pieces(text, recorder))
    numbers = tuple(
        ShownNumber(shown, value, unit, reading, start, start + len(shown))
        for shown, start, match in pieces
        if match is not None and match[1]
        for reading, value, unit in (recorder.figures[int(match[1])],)
    )
    return "".join(shown for shown, _, _ in pieces), numbers


def reported(text: str, recorder: Recorder) -> tuple[Reported, ...]:
    """Every text of the desk with its place in the plain text."""
    return tuple(
        Reported(shown, recorder.reports[int(match[3])][0], start, start + len(shown))
        for shown, start, match in _pieces(text, recorder)
        if match is not None and match[3]
    )


def _pieces(text: str, recorder: Recorder) -> Iterator[tuple[str, int, re.Match[str] | None]]:
    """What is printed, piece by piece, with its start and its mark; own words have none."""
    length = last = 0
    for match in _MARK.finditer(text):
        between = text[last : match.start()]
        yield between, length, None
        length += len(between)
        shown = recorder.reports[int(match[3])][1] if match[3] else match[2]
        yield shown, length, match
        length += len(shown)
        last = match.end()
    yield text[last:], length, None


def split_sentences(text: str) -> list[str]:
    """Sentences of a marked text, in order; marks never span two."""
    return [part for part in re.split(r"(?<=[.!?])(?<!U\.S\.)\s+", text.strip()) if part]
