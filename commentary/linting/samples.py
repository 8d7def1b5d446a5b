"""Phrases with made-up figures: what a reader would see, without a market and without a template engine.

A slot is a reading with a format, a name in one of its forms, a list of names, or a verb that agrees with one.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from commentary.model import ReadingSpec, Scalar, Sentence
from commentary.phrasing.lexicon import Phrase
from commentary.phrasing.numbers import FORMATS
from commentary.phrasing.references import Naming, Speaker, Subject, listed, plural
from commentary.phrasing.trace import (
    OPEN,
    SHUT,
    Figure,
    NothingToSayError,
    Recorder,
    split_sentences,
    unmarked,
)
from commentary.planning.messages import Message
from commentary.units import Unit

USUAL: Mapping[Unit, float] = {
    Unit.FRACTION: 0.023, Unit.SHARE: 0.4, Unit.SIGMA: 1.7, Unit.BASIS_POINTS: 14.0, Unit.PERCENT: 4.2,
    Unit.POINTS: 2.4, Unit.PERCENT_POINTS: 1.3, Unit.PRICE: 187.86, Unit.RATIO: 3.0, Unit.COUNT: 4.0,
    Unit.SESSIONS: 4.0, Unit.DATE: float(date(2020, 3, 16).toordinal()), Unit.FLAG: 1.0,
}  # fmt: skip
"""A figure of each unit as a day might have it."""

VOWEL: Mapping[Unit, float] = {
    **USUAL, Unit.FRACTION: 0.08, Unit.SHARE: 0.11, Unit.SIGMA: 8.0, Unit.BASIS_POINTS: 18.0, Unit.PERCENT: 8.25,
    Unit.POINTS: 11.0, Unit.PERCENT_POINTS: 8.0, Unit.PRICE: 80.5, Unit.RATIO: 8.0, Unit.COUNT: 8.0,
    Unit.SESSIONS: 11.0,
}  # fmt: skip
"""Figures that are spoken with a vowel first."""

STANDING_FOR = {
    "leader": "oil", "runner_up": "rotation", "verdict": "rotation", "worst_sleeve": "metals", "phase": "relief",
    "leadership.widest": "small_vs_nasdaq100",
}  # fmt: skip
"""Names of the verdict's scope that are words, and one that each may be."""

_SLOT = re.compile(r"{{\s*(.*?)\s*}}", re.DOTALL)
_VERB = re.compile(r"verb\((.*)\)$")
_ARTICLE = re.compile(rf"\b([Aa]) (?={OPEN}\d+{SHUT}(?:8|11\b|18\b|eight|eleven))")


class MadeUp(Mapping[str, Scalar]):
    """A day on which every reading has a value: what is set, else what its unit usually has."""

    def __init__(self, specs: Mapping[str, ReadingSpec], usual: Mapping[Unit, float] = USUAL) -> None:
        self.specs, self.usual = specs, usual

    def __getitem__(self, key: str) -> Scalar:
        found = self.found(key)
        if found is None:
            raise KeyError(key)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self.specs)

    def __len__(self) -> int:
        return len(self.specs)

    def found(self, key: str) -> Scalar | None:
        """The value; None for a name that is none of a reading."""
        if key in STANDING_FOR:
            return STANDING_FOR[key]
        if key.startswith("yesterday.") or key.endswith("_label"):
            return "rotation"
        spec = self.specs.get(key)
        if spec is None:
            return self.usual[Unit.DATE if "date" in key else Unit.COUNT] if "." in key else None
        if spec.unit == Unit.NAME:
            return spec.inputs[0] if spec.inputs else "technology"
        return self.usual[spec.unit]


@dataclass(frozen=True)
class Maker:
    """What samples are made with."""

    specs: Mapping[str, ReadingSpec]
    names: Mapping[str, Naming]

    def sample(
        self, phrase: Phrase, message: Message, scene: MadeUp, members: Mapping[str, tuple[str, ...]]
    ) -> tuple[Sentence, ...]:
        """The phrase's sentences with their traced figures; none where a slot has nothing to show.

        ``members`` are the names of the message's lists.
        """
        speaker = Speaker(scene, self.specs, self.names, Recorder())
        slots = _Slots(speaker, message.names, members)
        try:
            marked = _SLOT.sub(lambda match: slots.filled(match[1]), phrase.file.text)
        except (NothingToSayError, AttributeError):
            return ()
        marked = _ARTICLE.sub(r"\1n ", marked.strip())
        return tuple(_sentence(part, phrase, speaker) for part in split_sentences(marked))


@dataclass(frozen=True)
class _Slots:
    speaker: Speaker
    names: Mapping[str, str]
    members: Mapping[str, tuple[str, ...]]

    def filled(self, slot: str) -> str:
        path, _, form = (part.strip() for part in slot.partition("|"))
        first, *rest = path.split(".")
        if first in self.members and not rest:
            return self._group(self.members[first], form)
        subject: object = self._first(first)
        for part in rest:
            subject = getattr(subject, part)
        if verb := _VERB.match(form):
            return _agreeing(
                verb[1], many=isinstance(subject, Subject) and plural(self.speaker, subject._ident)
            )
        if form:
            shown: Callable[[Figure], str] | None = FORMATS.get(form)
            if shown is None or not isinstance(subject, Figure):
                raise NothingToSayError
            return shown(subject)
        return str(subject)

    def _first(self, name: str) -> object:
        ident = self.names.get(name, name)
        value = self.speaker.scene.get(ident)
        if isinstance(value, str):
            return Subject(value, self.speaker)
        if value is None:
            return self.speaker.subject(ident)
        spec = self.speaker.specs.get(ident)
        return Figure(ident, value, spec.unit if spec else Unit.COUNT, self.speaker.recorder)

    def _group(self, members: tuple[str, ...], form: str) -> str:
        if verb := _VERB.match(form):
            return _agreeing(verb[1], many=len(members) > 1 or plural(self.speaker, members[0]))
        return listed([str(self.speaker.subject(member).name) for member in members])


def _agreeing(arguments: str, *, many: bool) -> str:
    forms: tuple[str, str] = ast.literal_eval(f"({arguments})")
    return forms[many]


def _sentence(part: str, phrase: Phrase, speaker: Speaker) -> Sentence:
    plain, numbers = unmarked(part, speaker.recorder)
    head = plain[:1].upper() + plain[1:]
    return Sentence(
        text=head,
        section=phrase.message.split("/")[0],
        message=phrase.message,
        phrase=phrase.name,
        stance="neutral",
        place="body",
        family=phrase.file.family,
        tier=phrase.file.tier,
        when="",
        numbers=numbers,
        subjects=tuple(dict.fromkeys(speaker.recorder.subjects)),
    )
