"""Names of subjects: in full at first mention in a section, short afterwards, with agreement in number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from commentary.desk import is_entry
from commentary.model import ReadingSpec, Scalar
from commentary.phrasing.trace import Figure, NothingToSayError, Recorder
from commentary.units import Unit


@dataclass(frozen=True, slots=True)
class Naming:
    """How a subject is called."""

    full: str
    short: str
    number: str = "singular"
    long_words: str = ""  # of a pair: its first leg
    short_words: str = ""  # of a pair: its second leg


@dataclass
class Speaker:
    """What one phrase may read: the scene, the names, who has been mentioned in this section."""

    scene: Mapping[str, Scalar]
    specs: Mapping[str, ReadingSpec]
    names: Mapping[str, Naming]
    recorder: Recorder
    mentioned: set[str] = field(default_factory=set)
    just_named: set[str] = field(default_factory=set)

    def subject(self, name: str) -> Subject:
        """The subject that a phrase writes before the dot."""
        return Subject(name, self)


class Subject:
    """``gold`` in ``{{ gold.return_1d | percent }}`` and ``{{ gold.name }}``."""

    def __init__(self, ident: str, speaker: Speaker) -> None:
        self._ident, self._speaker = ident, speaker

    def __getattr__(self, measure: str) -> object:
        if measure.startswith("__"):
            raise AttributeError(measure)
        if measure in ("name", "full", "short", "long_words", "short_words"):
            return self._called(measure)
        return self._reading(measure)

    def __str__(self) -> str:
        return str(self._value(self._ident))

    def _called(self, form: str) -> str:
        speaker, naming = self._speaker, self._speaker.names.get(self._ident)
        if naming is None:
            raise NothingToSayError
        if form in ("long_words", "short_words"):
            return speaker.recorder.name(self._ident, getattr(naming, form))
        seen = self._ident in speaker.mentioned
        speaker.just_named.add(self._ident)
        text = naming.short if form == "short" or (form == "name" and seen) else naming.full
        return speaker.recorder.name(self._ident, text)

    def _reading(self, measure: str) -> object:
        return self._value(f"{self._ident}.{measure}")

    def _value(self, reading: str) -> object:
        value = self._speaker.scene.get(reading)
        if value is None:
            raise NothingToSayError
        if isinstance(value, str):
            told = is_entry(reading)
            return self._speaker.recorder.report(reading, value) if told else Subject(value, self._speaker)
        spec = self._speaker.specs.get(reading)
        return Figure(reading, value, spec.unit if spec else Unit.COUNT, self._speaker.recorder)


def plural(speaker: Speaker, ident: str) -> bool:
    """True where a subject takes a plural verb."""
    naming = speaker.names.get(ident)
    return naming is not None and naming.number == "plural"


def listed(names: Sequence[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``. Raises NothingToSayError for none."""
    if not names:
        raise NothingToSayError
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
