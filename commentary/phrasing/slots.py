"""Phrases as templates: Jinja in an immutable sandbox, slots that read the scene and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from jinja2 import FunctionLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from commentary.bytecode import Bytecode
from commentary.phrasing.lexicon import Lexicon, Phrase
from commentary.phrasing.numbers import FORMATS
from commentary.phrasing.references import Speaker, Subject, listed, plural
from commentary.shapes import dataclass


@dataclass(frozen=True)
class Slots:
    """What one phrase's slots read."""

    speaker: Speaker
    names: Mapping[str, str]
    lists: Mapping[str, tuple[str, ...]]


class _Names(tuple[str, ...]):
    """Members of a list, on their way into a sentence."""


class _SlotContext(Context):
    """Resolves every name of a phrase from its slots."""

    def resolve_or_missing(self, key: str) -> object:
        slots: Slots = self.parent["slots"]
        if key in slots.lists:
            return _Names(slots.lists[key])
        speaker = slots.speaker
        ident = slots.names.get(key, key)
        value = speaker.scene.get(ident)
        if isinstance(value, str):
            return Subject(value, speaker)
        return speaker.subject(ident) if value is None else getattr(_Bare(speaker), ident)


class _Bare:
    """Names of the scene without a dot, such as ``confidence``."""

    def __init__(self, speaker: Speaker) -> None:
        self._speaker = speaker

    def __getattr__(self, name: str) -> object:
        return Subject(name, self._speaker)._value(name)


@pass_context
def _names(context: Context, found: _Names) -> str:
    speaker: Speaker = context.parent["slots"].speaker
    return listed([str(Subject(ident, speaker).name) for ident in found])


@pass_context
def _verb(context: Context, subject: Subject | _Names, singular: str, many: str) -> str:
    speaker: Speaker = context.parent["slots"].speaker
    idents = subject if isinstance(subject, _Names) else (subject._ident,)
    return many if len(idents) > 1 or plural(speaker, idents[0]) else singular


class PhraseBook:
    """Compiled phrases of a lexicon; compiled code is kept in ``cache`` between runs."""

    def __init__(self, lexicon: Lexicon, cache: Path | None = None) -> None:
        self.lexicon = lexicon
        self.environment = ImmutableSandboxedEnvironment(
            loader=FunctionLoader(self._source),
            undefined=StrictUndefined,
            autoescape=False,
            bytecode_cache=Bytecode(cache) if cache else None,
            cache_size=-1,
        )
        self.environment.context_class = _SlotContext
        self.environment.filters = {**FORMATS, "names": _names, "verb": _verb}

    def _source(self, name: str) -> str | None:
        message = name.rpartition("#")[0]
        return next((phrase.file.text for phrase in self.lexicon.of(message) if phrase.name == name), None)

    def render(self, phrase: Phrase, slots: Slots) -> str:
        """Marked text of a phrase. Raises NothingToSayError where a slot has nothing to show."""
        return self.environment.get_template(phrase.name).render(slots=slots).strip()
