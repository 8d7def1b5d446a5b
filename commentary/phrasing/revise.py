"""Revision: a draft outside its bands has a few wordings exchanged, each for another of the same message.

Greedy: of the wordings that may be said the one that brings the measures nearest, until they hold or nothing helps.
The draft is read again after each round, since joins and names change with the words; it is kept where it is nearer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, partial

from commentary.extent import heads
from commentary.model import Choice, Plan, Section, Sentence
from commentary.phrasing.choose import loud, scope_of, true_of
from commentary.phrasing.exchange import TITLE, Swap, likely, swaps, words_in
from commentary.phrasing.lexicon import Phrase
from commentary.phrasing.paragraph import Paragraph, Told
from commentary.phrasing.register import figured
from commentary.phrasing.rhythm import Bar, Limit, Rhythm, Scale, bar, measures
from commentary.phrasing.shorten import Chosen, Write
from commentary.phrasing.wordings import APART, LAST, PAST, Voice, figures_of, take, telling, thin
from commentary.shapes import dataclass

ROUNDS, SWAPS = 4, 12
"""Readings of the draft, and wordings exchanged between two of them."""

INSIDE = 0.01
"""Part of a limit by which a measure is brought within it: estimates are of wordings without their readings."""

WORDS = "mattr"
"""The measure that weighs every word."""


def revised(chosen: Chosen, plan: Plan, voice: Voice, write: Write) -> tuple[Chosen, Sequence[Sentence]]:
    """The wordings chosen and as printed, some exchanged where the note would lie outside the limits of its rhythm."""
    best = _filled(_trimmed(_Draft(chosen, write(chosen), plan, voice, {}), write), write)
    tried: set[str] = set()
    for _ in range(ROUNDS):
        if not best.cost or (other := _exchanged(best, tried)) is None:
            break
        draft = replace(best, chosen=other, sentences=write(other))
        if draft.cost < best.cost:
            best = draft
    return best.chosen, best.sentences


@dataclass(frozen=True)
class _Draft:
    """Wordings as they would be printed."""

    chosen: Chosen
    sentences: Sequence[Sentence]
    plan: Plan
    voice: Voice
    fit: dict[tuple[int, int], Sequence[Phrase]]  # wordings that may be said, by paragraph and place

    def others(self, paragraph: int, place: int) -> Sequence[Phrase]:
        """Wordings of a message that are true and rested; of a very large move, those with its figure."""
        at = paragraph, place
        if at not in self.fit:
            choice = _choice(self.chosen, at)
            scope, bare = scope_of(choice, self.plan.scene), loud(choice, self.plan.scene)
            self.fit[at] = [
                phrase
                for phrase in self.voice.lexicon.of(choice.message)
                if not (bare and not figured(phrase.file.text))
                and not self.voice.rest.resting(phrase, fresh=True)
                and true_of(phrase, choice, scope)
            ]
        return self.fit[at]

    @cached_property
    def prose(self) -> Sequence[tuple[str, Sentence]]:
        """Sentences, each under the name of its paragraph."""
        begun = heads(self.plan.sections, self.sentences)
        return [
            (begun.get(item.section, item.section), item) for item in self.sentences if item.section != TITLE
        ]

    @cached_property
    def rhythm(self) -> Rhythm:
        found: dict[str, list[Sentence]] = {}
        for name, item in self.prose:
            found.setdefault(name, []).append(item)
        return Rhythm({name: _bar(items) for name, items in found.items()})

    @cached_property
    def limits(self) -> Mapping[str, Limit]:
        if self.voice.limits is None or not self.rhythm.bars:
            return {}
        return self.voice.limits(self.rhythm.counts[1], self.rhythm.counts[0])

    @cached_property
    def cost(self) -> float:
        """How far the draft lies outside its limits, as parts of them."""
        return Scale.of(self.limits).beyond(self.rhythm.counts) if self.limits else 0.0

    @property
    def missing(self) -> float:
        """Words that the draft has too few."""
        return self.least("words") * (1 + INSIDE) - self.rhythm.counts[1] if self.limits else 0.0

    def least(self, name: str) -> float:
        """The least that a measure may be; nought where nothing is."""
        return (self.limits[name].least if name in self.limits else None) or 0.0


def _bar(items: Sequence[Sentence]) -> Bar:
    return bar([item.text for item in items], sum(item.family != "none" for item in items))


def _trimmed(draft: _Draft, write: Write) -> _Draft:
    """The draft without paragraphs of a few words, the last first, as long as the others have words enough."""
    kept, spare = list(draft.chosen), -draft.missing
    for section, paragraph in reversed(draft.chosen):
        words = sum(len(words_in(phrase.file.text)) for phrase in paragraph.taken.values())
        if thin(section, paragraph) and (words <= spare or not draft.limits):
            kept.remove((section, paragraph))
            spare -= words
    return replace(draft, chosen=kept, sentences=write(kept)) if len(kept) < len(draft.chosen) else draft


def _filled(draft: _Draft, write: Write) -> _Draft:
    """The draft with further messages of its paragraphs where it has too few words, the most salient first.

    What has been told may then be told once more.
    """
    missing = draft.missing
    if missing <= 0:
        return draft
    told = _told(draft.chosen)
    for number, place in sorted(_further(draft.chosen), key=partial(_turn, draft.chosen)):
        (section, paragraph), at = draft.chosen[number], (place, _choice(draft.chosen, (number, place)))
        told.remove(paragraph)
        paragraph.most = telling(section, draft.voice, short=True)
        if take(paragraph, at, (draft.plan.scene, draft.voice), told):
            missing -= len(words_in(paragraph.taken[place].file.text))
            if missing <= 0:
                break
        told.add(paragraph)
    return replace(draft, sentences=write(draft.chosen))


def _turn(chosen: Chosen, at: tuple[int, int]) -> tuple[bool, float]:
    """Where a message stands among those that may be added: what the day did before what was and what may be."""
    return chosen[at[0]][0].name in (*LAST, PAST), -_choice(chosen, at).salience


def _further(chosen: Chosen) -> Iterator[tuple[int, int]]:
    """Paragraph and place of every message that was planned and not said, where a paragraph may run on."""
    for number, (section, paragraph) in enumerate(chosen):
        if section.name not in APART and not section.every:
            yield from (
                (number, place) for place in range(len(section.choices)) if place not in paragraph.taken
            )


def _choice(chosen: Chosen, at: tuple[int, int]) -> Choice:
    return chosen[at[0]][0].choices[at[1]]


def _exchanged(draft: _Draft, tried: set[str]) -> Chosen | None:
    """Wordings of which the best have been exchanged; None where no exchange helps."""
    chosen, counts, scale = list(draft.chosen), draft.rhythm.counts, Scale.of(draft.limits, INSIDE)
    place = f"{draft.voice.rest.session.isoformat()}|{draft.voice.rest.edition}"
    poor = measures(counts)[WORDS] < draft.least(WORDS) * (1 + INSIDE)
    found = swaps(chosen, draft.prose, draft.others, new=poor)
    left = likely([swap for swap in found if swap.phrase.name not in tried], counts, scale, place)
    moved, told = False, _told(chosen)
    for _ in range(SWAPS):
        swap = next(
            (swap for swap in likely(left, counts, scale, place) if _take(chosen, swap, draft, told)), None
        )
        if swap is None:
            break
        moved = True
        tried.add(swap.phrase.name)
        counts = swap.moved(counts)
        left = [other for other in left if (other.paragraph, other.place) != (swap.paragraph, swap.place)]
    return chosen if moved else None


def _take(chosen: list[tuple[Section, Paragraph]], swap: Swap, draft: _Draft, told: Told) -> bool:
    """Exchange a wording if the other may stand beside what the note says."""
    section, paragraph = chosen[swap.paragraph]
    told.remove(paragraph)
    said = paragraph.without(swap.place), told
    choice = section.choices[swap.place]
    figures = figures_of(swap.phrase, choice, (draft.plan.scene, draft.voice), said)
    if figures is not None:
        paragraph = paragraph.with_wording(swap.place, swap.phrase, figures)
        chosen[swap.paragraph] = section, paragraph
    told.add(paragraph)
    return figures is not None


def _told(chosen: Chosen) -> Told:
    """What all paragraphs say."""
    told = Told()
    for section, paragraph in chosen:
        told.add(paragraph, heading=section.name == TITLE)
    return told
