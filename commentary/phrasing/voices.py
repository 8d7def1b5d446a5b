"""Voices: folders of wordings laid over the bank. ``templates/voices/<voice>/``.

``voice.toml`` says what of the bank a voice admits; ``<section>/<message>.toml`` has its own phrases, in the bank's
format. A message that the voice words is said in its words alone; any other in those of the bank's phrases that the
voice admits, and in none where its section is one of ``own``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from commentary.authored import STRICT, validated
from commentary.errors import AuthoringError, Problem
from commentary.library import Document, Library
from commentary.phrasing.lexicon import FAMILIES, Lexicon, Phrase, PhraseFile, PhrasesFile
from commentary.phrasing.register import figured
from commentary.shapes import dataclass

FOLDER = "templates/voices"
FILE = "voice.toml"

STABLE = "stable"
"""Tier of a wording that never rests: readers of some voices want the same words every day."""

Device = Literal[
    "plain", "antithesis", "simile", "question", "aphorism", "triad", "callback", "contrast", "definition"
]  # fmt: skip


@dataclass(frozen=True)
class AdmittedFile:
    """Which of the bank's phrases a voice may say."""

    __pydantic_config__ = STRICT

    tiers: tuple[Literal["signature", "frame", "fact"], ...]
    families: tuple[str, ...]
    devices: tuple[Device, ...]
    figures: bool = False  # only those that print a figure


@dataclass(frozen=True)
class VoiceFile:
    """Keys of ``voice.toml``."""

    __pydantic_config__ = STRICT

    about: str
    bank: AdmittedFile
    own: tuple[str, ...] = ()  # sections that it says in its own words alone
    never: tuple[str, ...] = ()  # words that no phrase of the bank may have to be said


@dataclass(frozen=True)
class Tone:
    """A voice as read: what it admits, and its own phrases by message."""

    name: str
    file: VoiceFile
    phrases: Mapping[str, tuple[Phrase, ...]]

    @property
    def folder(self) -> str:
        """Where its files are."""
        return f"{FOLDER}/{self.name}"

    def admits(self, phrase: Phrase) -> bool:
        """Whether a phrase of the bank may be said."""
        told, bank = phrase.file, self.file.bank
        if phrase.message.partition("/")[0] in self.file.own or told.tier not in bank.tiers:
            return False
        if bank.figures and not figured(told.text):
            return False
        plain = told.text.lower()
        return self.keeps(told) and not any(word in plain for word in self.file.never)

    def keeps(self, phrase: PhraseFile) -> bool:
        """Whether a phrase has a family and a device that the voice admits."""
        return phrase.family in self.file.bank.families and phrase.device in self.file.bank.devices


@dataclass(frozen=True)
class _Laid(Mapping[str, tuple[Phrase, ...]]):
    """Phrases by message, each worked out when it is asked for."""

    bank: Mapping[str, tuple[Phrase, ...]]
    tone: Tone

    def __getitem__(self, message: str) -> tuple[Phrase, ...]:
        if message in self.tone.phrases:
            return self.tone.phrases[message]
        return tuple(phrase for phrase in self.bank[message] if self.tone.admits(phrase))

    def __iter__(self) -> Iterator[str]:
        return iter(self.bank)

    def __len__(self) -> int:
        return len(self.bank)


def laid_over(bank: Lexicon, tone: Tone) -> Lexicon:
    """The bank as a voice says it."""
    return Lexicon(_Laid(bank.phrases, tone))


def load_voices(library: Library) -> dict[str, Tone]:
    """Voices by name. Raises AuthoringError with every mistake of every file."""
    documents = library.documents(FOLDER)
    heads = validated([item for item in documents if _is_head(item)], VoiceFile)
    files = validated([item for item in documents if not _is_head(item)], PhrasesFile)
    names = {document.folder for document, _ in heads}
    if lost := [item for item in documents if _voice(item) not in names]:
        raise AuthoringError(
            Problem(
                f"{FOLDER}/{_voice(item)}/{FILE}", "(file)", "no file", "what of the bank the voice admits"
            )
            for item in lost[:1]
        )
    return {head.folder: Tone(head.folder, file, dict(_own(head.folder, files))) for head, file in heads}


def _own(voice: str, files: list[tuple[Document, PhrasesFile]]) -> Iterator[tuple[str, tuple[Phrase, ...]]]:
    for document, file in files:
        if _voice(document) == voice:
            message = f"{document.folder}/{document.name}"
            yield (
                message,
                tuple(Phrase(f"{message}#{voice}.{entry.id}", message, entry) for entry in file.phrases),
            )


def _is_head(document: Document) -> bool:
    return document.place.count("/") == FOLDER.count("/") + 2 and document.place.endswith(f"/{FILE}")


def _voice(document: Document) -> str:
    return document.place.removeprefix(f"{FOLDER}/").partition("/")[0]


def voice_problems(tone: Tone, sections: set[str]) -> Iterator[Problem]:
    """What a voice names and nobody has, and phrases of its own that it would not admit."""
    place = f"{FOLDER}/{tone.name}/{FILE}"
    for family in tone.file.bank.families:
        if family not in FAMILIES:
            yield Problem(place, "bank.families", repr(family), f"one of {', '.join(FAMILIES)}")
    for section in tone.file.own:
        if section not in sections:
            yield Problem(
                place, "own", repr(section), f"a section of a layout: {', '.join(sorted(sections))}"
            )
    for message, phrases in tone.phrases.items():
        for phrase in phrases:
            if not tone.keeps(phrase.file):
                told = f"family {phrase.file.family!r}, device {phrase.file.device!r}"
                wanted = f"a family and a device that {FILE} admits"
                yield Problem(
                    f"{FOLDER}/{tone.name}/{message}.toml", f"phrases.{phrase.file.id}", told, wanted
                )


def stable_problems(bank: Lexicon) -> Iterator[Problem]:
    """Phrases of the bank that would never rest: only a voice may have them."""
    for message, phrases in bank.phrases.items():
        for phrase in phrases:
            if phrase.file.tier == STABLE:
                wanted = "signature, frame or fact; only a voice's own phrases never rest"
                yield Problem(
                    f"templates/phrases/{message}.toml", f"phrases.{phrase.file.id}", STABLE, wanted
                )
