"""The plan of one note: scene, thesis, choices, order, threads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from functools import cached_property

from commentary.desk import scene_of
from commentary.episode import remembered
from commentary.errors import CommentaryError
from commentary.library import Library
from commentary.model import Choice, Memory, PastSession, Plan, Scalar, Section, Tape, Thread, Verdict
from commentary.planning.arrange import arrange
from commentary.planning.desk import with_entries
from commentary.planning.layout import LayoutFile, Thesis, load_layouts, load_theses
from commentary.planning.messages import Message, load_messages
from commentary.planning.paid import paid_out
from commentary.planning.scene import build_scene
from commentary.planning.select import Argued, choices
from commentary.planning.themes import Theme, choose_theme, load_themes
from commentary.planning.thesis import choose_thesis, subjects_of
from commentary.planning.threads import failing, open_thread, ranks_of, recalled, settle, thread_name, told_of
from commentary.shapes import dataclass
from commentary.weeks import last_week, thread_names


@dataclass(frozen=True)
class Planner:
    """Everything that planning reads from files."""

    messages: tuple[Message, ...]
    theses: tuple[Thesis, ...]
    layouts: Mapping[str, LayoutFile]
    themes: tuple[Theme, ...] = ()

    @cached_property
    def _bare(self) -> Planner:
        return replace(self, messages=with_entries(self.messages, {}))

    def over(self, desk: Mapping[str, object]) -> Planner:
        """The same with what is said of desk entries written out for those that there are."""
        return replace(self, messages=with_entries(self.messages, desk)) if desk else self._bare

    @cached_property
    def _spoken(self) -> dict[tuple[str, frozenset[str]], list[Message]]:
        return {}

    def spoken(self, verdict: str, layout: LayoutFile) -> list[Message]:
        """The messages that may be said under a verdict and for which a layout has a section."""
        folders = frozenset(entry.of or entry.name for entry in layout.sections)
        key = verdict, folders
        if key not in self._spoken:
            self._spoken[key] = [
                message
                for message in self.messages
                if message.section in folders and verdict in (message.file.verdicts or (verdict,))
            ]
        return self._spoken[key]


def load_planner(library: Library) -> Planner:
    """Messages, theses, layouts and themes. Raises AuthoringError with all mistakes of a folder at once."""
    return Planner(load_messages(library), load_theses(library), load_layouts(library), load_themes(library))


@dataclass(frozen=True)
class Situation:
    """What a plan is made from: the tape, its verdict, what came before, what the desk put in."""

    tape: Tape
    verdict: Verdict
    before: Sequence[PastSession]
    memory: Memory
    desk: Mapping[str, object] = field(default_factory=dict)


def make_plan(planner: Planner, situation: Situation, layout_name: str = "") -> Plan:
    """Plan of the note by the verdict's layout or the one named; what an open thread asks is not asked again.

    Raises CommentaryError where there is no such layout.
    """
    verdict, layout = situation.verdict, _layout(planner, layout_name or situation.verdict.label)
    planner = planner.over(situation.desk)
    scene = build_scene(situation.tape, verdict, situation.before)
    scene.update(scene_of(situation.desk, verdict.leader))
    asked = [thread for thread in situation.memory.threads if thread.status == "open"]
    settled = settle(asked, scene, situation.tape.session, failing(planner.messages))
    scene.update(told_of(settled, situation.tape.session, ranks_of(planner.messages)))
    scene.update(_of_week(situation, settled))
    argued, pair = _argued(planner, scene, recalled(planner.messages, situation.memory, settled))
    waiting = {thread.name for thread in asked} - {thread.name for thread in settled}
    found = [
        choice
        for choice in choices(planner.spoken(verdict.label, layout), scene, verdict, argued)
        if not choice.thread or thread_name(choice.message, choice.names) not in waiting
    ]
    sections = arrange(layout, _one_image(found, argued.recalled), scene)
    threads = _threads(planner, sections, scene, situation)
    return Plan(argued.thesis, pair, sections, threads, settled, scene)


def _one_image(found: Sequence[Choice], recalled: frozenset[str]) -> list[Choice]:
    """The choices with one image at most that returns: that of which there is most to say."""
    returning = [choice for choice in found if choice.message in recalled]
    best = max(returning, key=lambda choice: (choice.salience, choice.message), default=None)
    return [choice for choice in found if choice.message not in recalled or choice is best]


def _argued(
    planner: Planner, scene: dict[str, Scalar], returning: frozenset[str]
) -> tuple[Argued, tuple[str, ...]]:
    """Theme and thesis of the day, put into the scene, and the pair of readings."""
    paid = paid_out(scene)
    theme = choose_theme([item for item in planner.themes if paid.isdisjoint(item.when.names)], scene)
    theses = [item for item in planner.theses if paid.isdisjoint((*item.when.names, *item.file.pair))]
    thesis, pair = choose_thesis(theses, scene, theme.file.theses if theme else ())
    scene["thesis"] = thesis
    if theme:
        scene["theme"] = theme.name
    subjects = subjects_of(planner.theses, thesis)
    return Argued(thesis, subjects, theme.name if theme else "", returning), pair


def _layout(planner: Planner, name: str) -> LayoutFile:
    if name not in planner.layouts:
        raise CommentaryError(f"rules/layouts has no {name}.toml; there are {', '.join(planner.layouts)}")
    return planner.layouts[name]


def _of_week(situation: Situation, settled: Sequence[Thread]) -> dict[str, Scalar]:
    """What the week did to the threads of its notes."""
    first = last_week(situation.before, remembered(situation.verdict))[0]
    return thread_names(situation.memory.threads, settled, first)


def _threads(
    planner: Planner, sections: Sequence[Section], scene: Mapping[str, Scalar], situation: Situation
) -> tuple[Thread, ...]:
    asked = {(choice.message, tuple(choice.names.items())) for choice in _asking(sections)}
    found = {
        key: item
        for item in planner.messages
        if item.file.thread and (key := (item.name, tuple(item.names.items()))) in asked
    }
    return tuple(
        open_thread(found[choice.message, tuple(choice.names.items())], scene, situation.tape.session)
        for choice in _asking(sections)
    )


def _asking(sections: Sequence[Section]) -> list[Choice]:
    return [choice for section in sections for choice in section.choices if choice.thread]
