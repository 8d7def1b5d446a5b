"""From a source to the coverage of the bank: what was true over a range of sessions, and what notes made of it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from commentary.cards import FORMAT
from commentary.episode import REMEMBERED
from commentary.errors import HeldError
from commentary.evaluation.coverage import Calendar, Rested, Slot, Wording, need_of
from commentary.evaluation.coverage_sheets import Coverage
from commentary.linting.supply import keep
from commentary.model import Card, Memory, PhraseUse, Scalar
from commentary.phrasing.choose import IMAGE_REST, RESTS
from commentary.pipeline import compose
from commentary.ranges import remembering
from commentary.scenes import Scenes, open_scenes
from commentary.sheet_text import sheet_fields, sheets_text
from commentary.truths import Truths

if TYPE_CHECKING:
    from commentary.bank import Bank
    from commentary.model import Section
    from commentary.phrasing.lexicon import Phrase
    from commentary.planning.messages import Message
    from commentary.rendering.surfaces import Draft
    from commentary.tapes import Tapes

EDITION = "daily"

IMAGE = "image"
"""How signature lines with an image rest."""

REST = {
    **{tier: Rested(*rest) for tier, rest in RESTS.items()},
    IMAGE: Rested(IMAGE_REST, RESTS["signature"][1]),
}


@dataclass
class Composed:
    """What notes in a row chose and printed, by running number of the session."""

    chosen: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    printed: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    wanted: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    short: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    used: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    argued: dict[int, set[str]] = field(default_factory=dict)  # thesis and theme
    told: dict[str, dict[int, Scalar]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, place: int, draft: Draft, known: Collection[str]) -> None:
        """Count a note. Names that are neither readings nor ``known`` are such as only notes in a row can tell."""
        printed = {(sentence.section, sentence.message) for sentence in draft.sentences}
        for message in {message for _, message in printed}:
            self.printed[message].append(place)
        for message in {choice.message for section in draft.plan.sections for choice in section.choices}:
            self.chosen[message].append(place)
        for section in draft.plan.sections:
            said = {message for name, message in printed if name == section.name}
            for message in set(_foremost(section)) - said:
                self.wanted[message].append(place)
                if len(said) < section.quota:
                    self.short[message].append(place)
        for phrase in {sentence.phrase for sentence in draft.sentences}:
            self.used[phrase].append(place)
        self.argued[place] = {draft.plan.thesis, str(draft.plan.scene.get("theme", ""))}
        for name in draft.plan.scene.keys() - draft.card.tape.values.keys() - set(known):
            self.told[name][place] = draft.plan.scene[name]


def covered(tapes: Tapes, span: tuple[date, date], *, notes: bool, done: Callable[[int], None]) -> Coverage:
    """Coverage from one session to another.

    With ``notes`` they are composed in order of date, each remembering the ones before; ``done`` is told of each.
    Raises HeldError where no session lies between, AuthoringError for mistakes in the rules.
    """
    scenes = open_scenes(tapes)
    places = [place for place, day in enumerate(scenes.sessions) if span[0] <= day <= span[1]]
    if not places:
        first, last = scenes.sessions[0], scenes.sessions[-1]
        raise HeldError(
            f"no session from {span[0]} to {span[1]} is in the data, which run from {first} to {last}"
        )
    composed = Composed()
    for place, draft in drafts(scenes, places) if notes else ():
        if draft is not None:
            composed.add(place, draft, scenes.judged)
        done(1)
    slots = _slots(tapes.bank, scenes, places, composed)
    calendar = Calendar(scenes.labels)
    needs = {slot.message: need_of(slot, REST, calendar) for slot in slots} if notes else {}
    coverage = Coverage(slots, needs, len(places))
    if notes:
        keep(scenes.folder, coverage)
    return coverage


def coverage_text(coverage: Coverage, form: str) -> str:
    """``form`` is table, md or json."""
    sheets = coverage.sheets()
    if form == "json":
        whole = {"sheets": [sheet_fields(sheet) for sheet in sheets]}
        return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"
    return sheets_text(sheets, form)


def drafts(scenes: Scenes, places: Sequence[int]) -> Iterator[tuple[int, Draft | None]]:
    """Notes in order of date, composed and not set out; None for a session that is held."""
    memory, kept = Memory(), _Kept()
    before = scenes.before
    for place in places:
        try:
            tape = scenes.tapes.tape(scenes.sessions[place])
        except HeldError:
            yield place, None
            continue
        past = tuple(before[max(place - REMEMBERED, 0) : place])
        card = Card(FORMAT, EDITION, tape, past, memory, {}, {}, {}, scenes.tapes.bank.versions)
        draft = compose(card, scenes.tapes.bank)
        memory = kept.of(remembering(replace(memory, uses=()), draft), draft.verdict.label)
        yield place, draft


class _Kept:
    """The uses that a rest can still depend on: twenty years of them would have to be read for every note."""

    def __init__(self) -> None:
        self._last: dict[tuple[str, str], PhraseUse] = {}
        self._notes: dict[str, list[PhraseUse]] = defaultdict(list)

    def of(self, memory: Memory, label: str) -> Memory:
        """Memory with the last use of each phrase under each verdict, and one of each of a verdict's last notes."""
        self._last.update({(use.phrase, use.label): use for use in memory.uses})
        self._notes[label] += memory.uses[:1]
        most = max(rest.notes for rest in REST.values()) + 1
        recent = [use for uses in self._notes.values() for use in uses[-most:]]
        return replace(memory, uses=(*self._last.values(), *recent))


def _foremost(section: Section) -> Iterator[str]:
    """The messages that a section would print if none of its phrases rested."""
    if section.every:
        return
    found: dict[str, None] = {}
    for choice in sorted(section.choices, key=lambda choice: -choice.salience):
        if len(found) < section.quota:
            found[choice.message] = None
    yield from found


def _slots(bank: Bank, scenes: Scenes, places: Sequence[int], composed: Composed) -> list[Slot]:
    """Every message with where it and its phrases were true, chosen and printed."""
    truths = Truths(bank, scenes, _told(len(scenes.sessions), composed))
    within = np.zeros(len(scenes.sessions), dtype=bool)
    within[places] = True
    by_name: dict[str, list[_True]] = defaultdict(list)
    for message in truths.messages:
        true = truths.of(message) & within & _argued(message, composed, len(within))
        phrases = {
            phrase.name: true & truths.of_phrase(message, phrase) for phrase in bank.lexicon.of(message.name)
        }
        lacking = {phrase.name: truths.lacking(message, phrase) for phrase in bank.lexicon.of(message.name)}
        by_name[message.name].append((true, phrases, lacking))
    return [_slot(name, found, bank, composed) for name, found in sorted(by_name.items())]


_True = tuple[np.ndarray, Mapping[str, np.ndarray], Mapping[str, Sequence[str]]]
"""Where a message over one subject is true, and each of its phrases; what these rest on and is never known."""


def _slot(name: str, found: Sequence[_True], bank: Bank, composed: Composed) -> Slot:
    wordings = tuple(
        Wording(
            phrase.name,
            _tier(phrase),
            frozenset(np.flatnonzero(np.any([each[phrase.name] for _, each, _ in found], axis=0)).tolist()),
            composed.used[phrase.name],
            min((each[phrase.name] for _, _, each in found), key=len),
        )
        for phrase in bank.lexicon.of(name)
    )
    true = int(np.any([each for each, _, _ in found], axis=0).sum())
    return Slot(
        name,
        wordings,
        true,
        len(composed.chosen[name]),
        composed.printed[name],
        composed.wanted[name],
        composed.short[name],
    )


def _tier(phrase: Phrase) -> str:
    image = phrase.file.tier == "signature" and phrase.file.family != "none"
    return IMAGE if image else phrase.file.tier


def _argued(message: Message, composed: Composed, length: int) -> np.ndarray:
    """Where a note argued what a message is for; everywhere where it names nothing, or no note was composed."""
    true = np.ones(length, dtype=bool)
    for names in (message.file.theses, message.file.themes):
        if names and composed.argued:
            true &= [not composed.argued.get(place, set()).isdisjoint(names) for place in range(length)]
    return true


def _told(length: int, composed: Composed) -> dict[str, np.ndarray]:
    """Columns of what only notes can tell."""
    columns: dict[str, np.ndarray] = {}
    for name, values in composed.told.items():
        words = any(isinstance(value, str) for value in values.values())
        columns[name] = np.full(length, None, dtype=object) if words else np.full(length, np.nan)
        for place, value in values.items():
            columns[name][place] = value
    return columns
