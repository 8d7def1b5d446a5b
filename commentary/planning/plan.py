"""The plan of one note: scene, thesis, choices, order, threads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field, replace

from commentary.desk import scene_of
from commentary.errors import CommentaryError
from commentary.library import Library
from commentary.model import Choice, Memory, PastSession, Plan, Scalar, Section, Tape, Thread, Verdict
from commentary.planning.arrange import arrange
from commentary.planning.desk import with_entries
from commentary.planning.layout import LayoutFile, Thesis, load_layouts, load_theses
from commentary.planning.messages import Message, load_messages
from commentary.planning.scene import build_scene
from commentary.planning.select import choices
from commentary.planning.thesis import choose_thesis
from commentary.planning.threads import open_thread, settle, thread_name
from commentary.shapes import dataclass


@dataclass(frozen=True)
class Planner:
    """Everything that planning reads from files."""

    messages: tuple[Message, ...]
    theses: tuple[Thesis, ...]
    layouts: Mapping[str, LayoutFile]


def load_planner(library: Library) -> Planner:
    """Messages, theses and layouts. Raises AuthoringError with all mistakes of a folder at once."""
    return Planner(load_messages(library), load_theses(library), load_layouts(library))


@dataclass(frozen=True)
class Situation:
    """What a plan is made from: the tape, its verdict, what came before, what the desk put in."""

    tape: Tape
    verdict: Verdict
    before: Sequence[PastSession]
    memory: Memory
    desk: Mapping[str, object] = field(default_factory=dict)


def make_plan(planner: Planner, situation: Situation) -> Plan:
    """Plan of the note; what an open thread asks is not asked again.

    Raises CommentaryError where the verdict has no layout.
    """
    verdict = situation.verdict
    layout = planner.layouts.get(verdict.label)
    if layout is None:
        raise CommentaryError(
            f"rules/layouts has no {verdict.label}.toml; there are {', '.join(planner.layouts)}"
        )
    planner = replace(planner, messages=with_entries(planner.messages, situation.desk))
    scene = build_scene(situation.tape, verdict, situation.before)
    scene.update(scene_of(situation.desk, verdict.leader))
    settled = settle(situation.memory.threads, scene, situation.tape.session)
    for status in ("met", "lapsed"):
        scene[f"settled.{status}"] = float(sum(thread.status == status for thread in settled))
    thesis, pair = choose_thesis(planner.theses, scene)
    waiting = {thread.name for thread in situation.memory.threads} - {thread.name for thread in settled}
    found = [
        choice
        for choice in choices(planner.messages, scene, verdict, thesis)
        if not choice.thread or thread_name(choice.message, choice.names) not in waiting
    ]
    sections = arrange(layout, found, scene)
    threads = _threads(planner, sections, scene, situation)
    return Plan(thesis, pair, sections, threads, settled, scene)


def _threads(
    planner: Planner, sections: Sequence[Section], scene: Mapping[str, Scalar], situation: Situation
) -> tuple[Thread, ...]:
    chosen = [choice for section in sections for choice in section.choices if choice.thread]
    return tuple(open_thread(_message(planner, choice), scene, situation.tape.session) for choice in chosen)


def _message(planner: Planner, choice: Choice) -> Message:
    return next(
        item for item in planner.messages if item.name == choice.message and item.names == choice.names
    )
