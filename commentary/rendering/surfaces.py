"""From a draft to the finished note: its tables, its Markdown, its page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field, replace

from commentary.conditions import parse
from commentary.episode import remembered
from commentary.library import Library
from commentary.model import Card, Note, PastSession, Plan, Sentence, Table, Thread, Verdict
from commentary.rendering import tables as build
from commentary.rendering.cases import HEADER, Told, case_table
from commentary.rendering.html import html
from commentary.rendering.markdown import Surface, markdown
from commentary.rendering.statements import Words
from commentary.rendering.tables import TablesFile, Tabulated
from commentary.rendering.weekly import DueFile, agenda, standing_table, week
from commentary.shapes import dataclass
from commentary.shown import Showing
from commentary.universe import Universe
from commentary.weeks import last_week, standing


@dataclass(frozen=True)
class Draft:
    """A note before it has a surface."""

    card: Card
    verdict: Verdict
    plan: Plan
    sentences: Sequence[Sentence]


@dataclass(frozen=True)
class Kit:
    """What surfaces are made with."""

    library: Library
    tables: TablesFile
    universe: Universe
    words: Words
    shown: tuple[str, ...]  # tables of the edition
    rows: int  # of the table of moves
    titles: Mapping[str, str] = field(default_factory=dict)  # reading → what tables call it
    shape: str = "note"  # of the edition: note, posts or spoken
    agenda: tuple[DueFile, ...] = ()  # what may be due


def render(draft: Draft, kit: Kit) -> Note:
    """Markdown and page of a draft. Raises jinja2.UndefinedError where a template misspells a slot."""
    found = _tables(draft, kit)
    surface = Surface(draft.plan, draft.sentences, draft.verdict, draft.card, found, kit.words, kit.shape)
    text = markdown(surface, kit.library)
    return Note(
        session=draft.card.tape.session,
        edition=draft.card.edition,
        title=surface.title,
        markdown=text,
        html=html(surface, text, kit.library),
        sentences=tuple(draft.sentences),
        tables=found,
        verdict=draft.verdict,
        plan=draft.plan,
        card=draft.card,
    )


def _tables(draft: Draft, kit: Kit) -> tuple[Table, ...]:
    moves, short = kit.tables.moves, kit.rows < kit.tables.moves.rows
    moves = replace(
        moves, rows=kit.rows, core=moves.core[: kit.rows], foremost=0 if short else moves.foremost
    )
    said = frozenset() if short else named(draft)
    source = Tabulated(replace(kit.tables, moves=moves), kit.universe, draft.plan.scene, said)
    made = {
        "case": lambda: _case(draft, kit),
        "moves": lambda: build.moves(source),
        "levels": lambda: build.levels(source),
        "threads": lambda: build.threads(draft.plan.threads, draft.plan.settled),
        "standing": lambda: standing_table(_standing(draft)),
        "week": lambda: week(_days(draft), draft.plan.scene, kit.words),
        "agenda": lambda: agenda(kit.agenda, draft.plan.scene, draft.card.tape.session),
    }
    return tuple(made[name]() for name in kit.shown)


PAIR = 2
"""Instruments of which a figure may be made and still be looked up."""


def named(draft: Draft) -> frozenset[str]:
    """Instruments that a reader looks for in the table: those of printed figures and of levels that were set.

    What a figure is worked out from, where that is one instrument or the two sides of a pair.
    """
    specs = draft.card.tape.specs
    asked = {name for item in draft.plan.threads for name in parse(item.predicate).names}
    shown = {each.reading for sentence in draft.sentences for each in sentence.numbers}
    inputs = [specs[name].inputs for name in asked | shown if name in specs]
    return frozenset(ident for found in inputs if len(found) <= PAIR for ident in found)


TABLES = ("case", "moves", "levels", "threads", "standing", "week", "agenda")
"""Names of tables that an edition may show."""


def _days(draft: Draft) -> tuple[PastSession, ...]:
    return last_week(draft.card.before, remembered(draft.verdict))


def _standing(draft: Draft) -> tuple[Thread, ...]:
    plan, first = draft.plan, _days(draft)[0].session
    return standing(draft.card.memory.threads, plan.settled, plan.threads, first)


def _case(draft: Draft, kit: Kit) -> Table:
    """The case in short; without rows where the verdict carries none."""
    if draft.verdict.case is None:
        return Table("case", HEADER, ())
    showing = Showing(draft.card.tape.specs, kit.titles, kit.words.labels)
    return case_table(Told(draft.verdict.case, draft.verdict, draft.plan.scene, kit.words, showing))


def only_printed(plan: Plan, sentences: Sequence[Sentence]) -> Plan:
    """The plan with the threads that a printed sentence opens."""
    return replace(
        plan, threads=tuple(item for item in plan.threads if any(_opens(each, item) for each in sentences))
    )


def _opens(sentence: Sentence, thread: Thread) -> bool:
    """Whether a sentence is the one that opens a thread: of its message, over its subjects."""
    message, *subjects = thread.name.split(":")
    return sentence.message == f"watch/{message}" and set(subjects) <= set(sentence.subjects)
