"""Everything that a run reads from files before it looks at a market: rules, phrases, tables, names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property

from commentary import __version__
from commentary.auditing import PhraseText, Tabled
from commentary.auditing.style_bands import BandsFile, load_bands
from commentary.errors import AuthoringError, Problem
from commentary.folders import cache_folder
from commentary.library import Document, Library
from commentary.model import Note, Verdict
from commentary.phrasing.claims import ClaimFile, borne_out, load_claims
from commentary.phrasing.lexicon import Lexicon, load_lexicon
from commentary.phrasing.references import Naming
from commentary.phrasing.rhythm import Limits
from commentary.phrasing.slots import PhraseBook
from commentary.phrasing.voices import Tone, laid_over, load_voices
from commentary.planning.editions import EditionFile, load_editions
from commentary.planning.plan import Planner, load_planner
from commentary.rendering.statements import Words
from commentary.rendering.surfaces import Kit
from commentary.rendering.tables import TablesFile, load_tables
from commentary.rendering.weekly import DueFile, load_agenda
from commentary.rulebook.book import Rulebook
from commentary.shapes import dataclass
from commentary.universe import Universe, load_universe


@dataclass(frozen=True)
class Tongue:
    """What one voice speaks with: the messages that it has words for, and the words."""

    planner: Planner
    lexicon: Lexicon
    book: PhraseBook


@dataclass(frozen=True)
class Bank:
    """The files of one run, each read when it is first asked for."""

    library: Library

    @cached_property
    def rulebook(self) -> Rulebook:
        from commentary.rulebook.load import load_rulebook

        return load_rulebook(self.library)

    @cached_property
    def planner(self) -> Planner:
        return load_planner(self.library)

    @cached_property
    def lexicon(self) -> Lexicon:
        return borne_out(load_lexicon(self.library), self.claims)

    @cached_property
    def book(self) -> PhraseBook:
        return PhraseBook(self.lexicon, cache_folder() / "templates")

    @cached_property
    def voices(self) -> Mapping[str, Tone]:
        return {
            name: replace(tone, phrases=borne_out(Lexicon(tone.phrases), self.claims, tone.folder).phrases)
            for name, tone in load_voices(self.library).items()
        }

    @cached_property
    def claims(self) -> Mapping[str, ClaimFile]:
        return load_claims(self.library)

    @cached_property
    def bands(self) -> BandsFile:
        return load_bands(self.library)

    def limits(self, verdict: Verdict, edition: str) -> Limits:
        """What the rhythm of an edition's note is held to, from its words and sentences."""
        return self.bands.limits((self.bands.group(verdict.label), verdict.confidence_word, edition))

    def tongue(self, voice: str) -> Tongue:
        """Messages and wordings of a voice; the bank's own where it is ``""``."""
        if voice not in self._tongues:
            lexicon = laid_over(self.lexicon, self.voices[voice])
            said = tuple(item for item in self.planner.messages if lexicon.of(item.name))
            book = PhraseBook(lexicon, cache_folder() / "templates")
            self._tongues[voice] = Tongue(replace(self.planner, messages=said), lexicon, book)
        return self._tongues[voice]

    @cached_property
    def _tongues(self) -> dict[str, Tongue]:
        return {"": Tongue(self.planner, self.lexicon, self.book)}

    @cached_property
    def universe(self) -> Universe:
        return load_universe(self.library)

    @cached_property
    def editions(self) -> Mapping[str, EditionFile]:
        return load_editions(self.library)

    @cached_property
    def tables(self) -> TablesFile:
        return load_tables(self.library)

    @cached_property
    def agenda(self) -> tuple[DueFile, ...]:
        return load_agenda(self.library)

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """What tables call readings, derived numbers and strengths."""
        steps = {step.key: step.title for step in self.rulebook.steps}
        return {**steps, **self.tables.titles}

    @cached_property
    def tabled(self) -> Tabled:
        """What the auditor holds tables against."""
        shapes = {name: edition.shape for name, edition in self.editions.items()}
        return Tabled(self.tables.levels, self.titles, shapes, self.agenda)

    @cached_property
    def words(self) -> Words:
        """Names as the lines around the prose write them."""
        short = {ident: naming.short for ident, naming in self.names.items()}
        return Words(short, {ident: item.label for ident, item in self.universe.instruments.items()})

    def kit(self, edition: EditionFile) -> Kit:
        """What the surfaces of an edition are made with."""
        shown = (edition.tables, edition.rows, self.titles, edition.shape, self.agenda)
        return Kit(self.library, self.tables, self.universe, self.words, *shown)

    @cached_property
    def names(self) -> Mapping[str, Naming]:
        """Names in prose of instruments, pairs, verdicts, sleeves, groups, and of what is published."""
        names = {
            ident: Naming(item.full, item.short, item.number)
            for ident, item in self.universe.instruments.items()
        }
        for place in ("rules/macro.toml", "rules/words.toml", "rules/pairs.toml"):
            names.update(_namings(self.library.document(place)))
        return names

    def wordings(self, note: Note) -> dict[str, PhraseText]:
        """The phrases that a note prints, as their authors wrote them, for the auditor."""
        asks = {message.name: message.file.when for message in self.planner.messages}
        lexicon = self.tongue(self.editions[note.edition].voice).lexicon
        printed = {(sentence.message, sentence.phrase) for sentence in note.sentences}
        return {
            phrase.name: PhraseText(phrase.file.text, f"{asks.get(message, '')} {phrase.file.when}")
            for message in {message for message, _ in printed}
            for phrase in lexicon.of(message)
            if (message, phrase.name) in printed
        }

    @cached_property
    def versions(self) -> dict[str, str]:
        """Version of the program and fingerprints of rules and templates."""
        return {
            "program": __version__,
            "rules": self.library.fingerprint("rules"),
            "templates": self.library.fingerprint("templates"),
        }


def _namings(document: Document) -> dict[str, Naming]:
    """Names by id. Raises AuthoringError for every entry that has none in full."""
    entries = [
        (f"{group}.{ident}", ident, entry)
        for group, found in document.data.items()
        for ident, entry in found.items()
    ]
    if nameless := [key for key, _, entry in entries if "full" not in entry]:
        raise AuthoringError(Problem(document.place, f"{key}.full", "nothing", "a name") for key in nameless)
    return {ident: _naming(entry) for _, ident, entry in entries}


def _naming(entry: Mapping[str, object]) -> Naming:
    """Names of an entry of words.toml or pairs.toml; a pair's ``short`` is its leg and no name."""
    full = str(entry["full"])
    short = entry.get("short", full)
    words = {key: str(entry.get(key, "")) for key in ("long_words", "short_words")}
    return Naming(
        full, short if isinstance(short, str) else full, str(entry.get("number", "singular")), **words
    )
