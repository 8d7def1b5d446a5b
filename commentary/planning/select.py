"""Selection: the messages that are true today, each with its stance and salience."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from commentary.binding import bound
from commentary.model import Choice, Scalar, Verdict
from commentary.planning.messages import BoundList, Message
from commentary.planning.paid import paid_out
from commentary.planning.threads import levels_known
from commentary.shapes import dataclass

NAMING = ("title", "standfirst", "question", "through", "closing")
"""Sections that name the question of the day: what was written for it comes first there."""

GAINS, GAINS_NAMING = (1.0, 1.0, 0.4), (12.0, 10.0, 1.5)
"""Salience added to a message of the day's theme, of its thesis, and to one that reads a subject of its pair:
elsewhere, and where the question is named."""


@dataclass(frozen=True)
class Argued:
    """What a note argues: its thesis, the subjects of that, its theme, and messages whose image may return."""

    thesis: str
    subjects: frozenset[str] = frozenset()
    theme: str = ""
    recalled: frozenset[str] = frozenset()


def choices(
    messages: Iterable[Message], scene: Mapping[str, Scalar], verdict: Verdict, argued: Argued
) -> Iterator[Choice]:
    """Every message that is true of the scene and may be said under the verdict and what is argued."""
    paid = paid_out(scene)
    for message in messages:
        if not _admitted(message, verdict, argued) or (paid and not paid.isdisjoint(message.when.names)):
            continue
        chosen = choice_of(message, scene, verdict)
        if chosen is not None:
            yield replace(chosen, salience=chosen.salience + _bonus(message, argued))


def _admitted(message: Message, verdict: Verdict, argued: Argued) -> bool:
    file = message.file
    return (
        (not file.verdicts or verdict.label in file.verdicts)
        and (not file.theses or argued.thesis in file.theses)
        and (not file.themes or argued.theme in file.themes)
        and (not file.recalls or message.name in argued.recalled)
    )


def _bonus(message: Message, argued: Argued) -> float:
    """What a message gains by what is argued."""
    file = message.file
    theme, thesis, pair = GAINS_NAMING if message.section in NAMING else GAINS
    if file.themes or file.theses:
        return theme if file.themes else thesis
    return pair if reads(message, argued.subjects) else 0.0


def reads(message: Message, subjects: frozenset[str]) -> bool:
    """Whether a message's condition reads one of some subjects."""
    return any(name.partition(".")[0] in subjects for name in message.when.names)


def choice_of(message: Message, scene: Mapping[str, Scalar], verdict: Verdict) -> Choice | None:
    """The choice that a message makes of the scene; None where it is not true, or not known to be."""
    lists = {name: members(entry, scene) for name, entry in message.lists.items()}
    scope = (
        {**scene, **{f"{name}.count": float(len(found)) for name, found in lists.items()}} if lists else scene
    )
    if message.when.holds(scope) is not True or not levels_known(message, scene):
        return None
    salience = message.salience.number(scope)
    if salience != salience:
        return None
    return Choice(
        message=message.name,
        section=message.section,
        stance=_stance(message, verdict),
        place=message.file.place,
        salience=salience,
        names=message.names,
        lists=lists,
        when=_joined(message, lists),
        topic=bound(message.file.topic, message.names),
        thread=message.file.thread.title if message.file.thread else "",
    )


def members(entry: BoundList, scene: Mapping[str, Scalar]) -> tuple[str, ...]:
    """Members of a list for which its condition holds, in its order."""
    held = [
        (-order.number(scene), place, member)
        for place, (member, (when, order)) in enumerate(entry.members.items())
        if when.holds(scene) is True
    ]
    return tuple(member for _, _, member in sorted(held)[: entry.most])


def _stance(message: Message, verdict: Verdict) -> str:
    """The ledger's polarity of the evidence that the message names, else what its file says."""
    if not message.file.evidence:
        return message.file.stance
    for line in verdict.evidence:
        if line.item == message.file.evidence:
            points = line.points.get(verdict.label, 0.0)
            return "supports" if points > 0 else "opposes" if points < 0 else "neutral"
    return "neutral"


def _joined(message: Message, lists: Mapping[str, tuple[str, ...]]) -> str:
    """The condition as it was met today, with the members of lists written out and counted."""
    own = message.when.source
    for name, found in lists.items():
        own = own.replace(f"{name}.count", str(len(found)))
    members = [
        message.lists[name].members[member][0].source for name, found in lists.items() for member in found
    ]
    return " and ".join(f"({part})" for part in (own, *members))
