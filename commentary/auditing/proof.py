"""What an audit is given and what it gives back."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

from commentary.auditing.tabled import UNTOLD, Due, Level
from commentary.auditing.tabled import Tabled as Tabled
from commentary.disputes import Dispute
from commentary.model import (
    Card,
    InputStatus,
    Memory,
    Note,
    PastSession,
    Plan,
    ReadingSpec,
    Scalar,
    Sentence,
    Table,
    Verdict,
)
from commentary.shapes import dataclass

if TYPE_CHECKING:
    from commentary.universe import Universe


class Named(Protocol):
    """How prose calls an instrument, a pair, a group or a verdict; only a pair has words for legs."""

    @property
    def full(self) -> str: ...

    @property
    def short(self) -> str: ...

    @property
    def long_words(self) -> str: ...

    @property
    def short_words(self) -> str: ...


@dataclass(frozen=True)
class Finding:
    """One claim that is not borne out: which check, in which sentence or cell, got and wanted."""

    check: str
    where: str
    got: str
    wanted: str

    def __str__(self) -> str:
        return f"{self.check}: {self.where!r}: got {self.got}; wanted {self.wanted}"


@dataclass(frozen=True)
class PhraseText:
    """A phrase of the bank as its author wrote it: ``text`` with slots, ``asks`` the conditions of its
    message and its own, before ``it`` and ``other`` are bound."""

    text: str
    asks: str = ""


PAIR_FORMS = {"long_words": 0, "short_words": 1, "full": 2}
"""Forms of a pair's name in the order of ``Vocabulary.names``."""


@dataclass(frozen=True)
class Vocabulary:
    """How prose names things: ``names`` is instrument id → every name of it, articles left out.

    A pair's names are the words for its legs, then its own. ``labels`` are the instruments' rows of a table (pairs have
    none), ``inverse`` the ids whose ``move_z`` has the opposite sign of their price, ``others`` the names of
    what is no instrument: verdicts, sleeves, groups.
    """

    names: Mapping[str, tuple[str, ...]]
    labels: Mapping[str, str] = field(default_factory=dict)
    inverse: frozenset[str] = frozenset()
    others: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def called(self, ident: str, form: str = "") -> frozenset[str]:
        """Names of an id in small letters, articles left out; none for an unknown one.

        ``form`` asks for one of a pair's: long_words, short_words or full.
        """
        names = (*self.names.get(ident, ()), *self.others.get(ident, ()))
        place = PAIR_FORMS.get(form) if ident not in self.labels else None
        if place is not None and len(names) == len(PAIR_FORMS):
            names = (names[place],)
        return frozenset(map(str.lower, names))

    @cached_property
    def ids(self) -> Mapping[str, frozenset[str]]:
        """Name in small letters → ids it may stand for; a pair's word that names an instrument is its name."""
        found: dict[str, frozenset[str]] = {}
        for key in sorted(self.names, key=lambda key: key not in self.labels):
            for name in map(str.lower, self.names[key]):
                if key in self.labels or found.get(name, frozenset()).isdisjoint(self.labels):
                    found[name] = found.get(name, frozenset()) | {key}
        return found

    @cached_property
    def rows(self) -> Mapping[str, str]:
        """Label in small letters → id."""
        return {label.lower(): key for key, label in self.labels.items()}

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Any name, longest first: "gold miners" is not gold."""
        every = sorted({name for names in self.names.values() for name in names}, key=len, reverse=True)
        letters: dict[str, list[str]] = {}
        for name in every:  # by first letters: most words of a text begin no name
            letters.setdefault(re.escape(name[:1].lower()), []).append(_spelt(name))
        groups = [f"(?=[{key}{key.upper()}])(?:{'|'.join(names)})" for key, names in letters.items()]
        return re.compile(rf"(?<![\w&-])(?:{'|'.join(groups) or '(?!)'})(?![\w-])")


@dataclass(frozen=True)
class Proof:
    """A finished note beside everything that it must agree with.

    ``scene`` maps readings and the verdict's names to values (what is missing is absent); ``shares`` are
    the verdict's shares by label, ``phrases`` the bank by a phrase's name, ``levels`` the tables' file, ``before``
    the sessions before the note's, oldest first, ``desk`` what the desk put into the card. Without ``verdict``,
    ``before``, ``plan``, ``levels``, ``inputs`` or ``html`` what they would bear out is not held against them.
    """

    markdown: str
    sentences: Sequence[Sentence]
    tables: Sequence[Table]
    scene: Mapping[str, Scalar]
    specs: Mapping[str, ReadingSpec]
    vocabulary: Vocabulary
    session: date
    shares: Mapping[str, float] = field(default_factory=dict)
    phrases: Mapping[str, PhraseText] = field(default_factory=dict)
    verdict: Verdict | None = None
    plan: Plan | None = None
    levels: Sequence[Level] = ()
    titles: Mapping[str, str] = field(default_factory=dict)
    inputs: Sequence[InputStatus] = ()
    drawn: str = ""  # the set of inputs that the card names
    disputes: Sequence[Dispute] = ()  # second opinions that disagree
    html: str = ""
    before: Sequence[PastSession] | None = None
    desk: Mapping[str, object] = field(default_factory=dict)
    memory: Memory = Memory()
    shape: str = "note"  # note, posts or spoken
    agenda: Sequence[Due] = ()

    @cached_property
    def spoken(self) -> Mapping[str, frozenset[str]]:
        """Subject → the names among its readings: "sectors" → today's best and worst sector."""
        found: dict[str, frozenset[str]] = {}
        for name, value in self.scene.items():
            if isinstance(value, str) and "." in name:
                subject = name.partition(".")[0]
                found[subject] = found.get(subject, frozenset()) | {value}
        return found

    @classmethod
    def of(
        cls,
        note: Note,
        universe: Universe,
        names: Mapping[str, Named],
        phrases: Mapping[str, PhraseText] | None = None,
        tables: Tabled = UNTOLD,
    ) -> Proof:
        """Proof of a note; ``names`` are the names in prose of instruments, pairs and groups by id.

        ``phrases`` is the bank by name, ``tables`` the tables' file; what is left out is not held against it.
        """
        return cls(
            markdown=note.markdown,
            sentences=note.sentences,
            tables=note.tables,
            scene=note.plan.scene,
            vocabulary=_vocabulary(universe, names),
            session=note.session,
            shares=note.verdict.shares,
            phrases=phrases or {},
            verdict=note.verdict,
            plan=note.plan,
            levels=tables.levels,
            titles=tables.titles,
            html=note.html,
            shape=tables.shapes.get(note.edition, "note"),
            agenda=tables.agenda,
            **_of_card(note.card),
        )


def _of_card(card: Card) -> dict[str, Any]:
    return {
        "specs": card.tape.specs,
        "inputs": card.tape.inputs,
        "drawn": card.inputs,
        "disputes": card.tape.disputes,
        "before": card.before,
        "desk": card.desk,
        "memory": card.memory,
    }


_LAST: list[tuple[Universe, Mapping[str, Named], Vocabulary]] = []


def _vocabulary(universe: Universe, names: Mapping[str, Named]) -> Vocabulary:
    """The vocabulary of the last proof where it is the same: a run proof-reads many notes with one."""
    if not (_LAST and _LAST[0][0] is universe and _LAST[0][1] is names):
        _LAST[:] = [(universe, names, vocabulary_of(universe, names))]
    return _LAST[0][2]


def vocabulary_of(universe: Universe, names: Mapping[str, Named]) -> Vocabulary:
    """Vocabulary of a universe, with the words that pairs have for their legs."""
    said: dict[str, tuple[str, ...]] = {}
    for key, item in universe.instruments.items():
        further = _maturities(item.full) if item.kind == "yield" else []
        said[key] = tuple(dict.fromkeys(map(_bare, [item.full, item.short, *further])))
    for key, naming in names.items():
        if naming.long_words:
            said[key] = tuple(map(_bare, (naming.long_words, naming.short_words, naming.full)))
    labels = {key: item.label for key, item in universe.instruments.items()}
    inverse = frozenset(key for key, item in universe.instruments.items() if item.inverse)
    plain = {key: naming for key, naming in names.items() if not naming.long_words}
    others = {key: tuple(map(_bare, (naming.full, naming.short))) for key, naming in plain.items()}
    return Vocabulary(said, labels, inverse, others)


def _bare(name: str) -> str:
    return re.sub(r"^the ", "", name, flags=re.IGNORECASE)


def _maturities(full: str) -> list[str]:
    """A desk says "ten-years", "the ten-year", "ten-year Treasuries" for ten-year yields."""
    if not re.fullmatch(r"[a-z]+-year yields", full):
        return []
    base = full.removesuffix(" yields")
    return [
        base,
        f"{base}s",
        f"{base} yield",
        f"{base} note",
        f"{base} Treasuries",
        f"{base} Treasury yields",
    ]


def _spelt(name: str) -> str:
    """A name that begins small may begin a sentence; one with capitals is spelt as it is."""
    first, rest = name[0], re.escape(name[1:])
    return f"[{first}{first.upper()}]{rest}" if first.islower() else re.escape(name)
