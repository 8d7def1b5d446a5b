"""Threads: what would change the reading, opened in one note and settled in a later one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any

from commentary import calendar
from commentary.binding import bound
from commentary.conditions import Condition, parse
from commentary.errors import CommentaryError
from commentary.model import Memory, Scalar, Thread
from commentary.planning.messages import Message

STATUSES = ("met", "failed", "lapsed")

NONE: Mapping[str, Any] = MappingProxyType({})

_LEVEL = re.compile(r"\[([a-z0-9_.]+)\]")


def thread_name(message: str, names: Mapping[str, str]) -> str:
    """Name of the thread that a message opens over its subjects."""
    return ":".join((message.split("/")[1], *names.values()))


def open_thread(message: Message, scene: Mapping[str, Scalar], session: date) -> Thread:
    """The thread that a message opens, its bracketed levels frozen at today's values.

    Raises CommentaryError where a bracketed reading is missing: ``levels_known`` asks first.
    """
    file = message.file.thread
    if file is None:
        raise CommentaryError(f"message {message.name} opens no thread")

    def frozen(match: re.Match[str]) -> str:
        value = scene.get(match[1])
        if not isinstance(value, float):
            raise CommentaryError(f"{message.name}: thread level [{match[1]}] is missing on {session}")
        return repr(value)

    return Thread(
        name=thread_name(message.name, message.names),
        text=file.title,
        predicate=_LEVEL.sub(frozen, bound(file.predicate, message.names)),
        born=session,
        expires=_after(session, file.sessions),
    )


def levels_known(message: Message, scene: Mapping[str, Scalar]) -> bool:
    """Whether every level that the message's thread would freeze is known today."""
    return all(isinstance(scene.get(name), float) for name in levels_of(message))


def levels_of(message: Message) -> list[str]:
    """Readings whose value of today the message's thread would freeze."""
    thread = message.file.thread
    return _LEVEL.findall(bound(thread.predicate, message.names)) if thread else []


def predicate_for(message: Message) -> Condition:
    """The predicate of a message's thread with its bracketed levels as names, as the linter reads it.

    Raises ConditionError for text outside the language, CommentaryError where the message opens no thread.
    """
    file = message.file.thread
    if file is None:
        raise CommentaryError(f"message {message.name} opens no thread")
    return parse(_LEVEL.sub(lambda match: match[1], bound(file.predicate, message.names)))


def failing(messages: Iterable[Message]) -> dict[str, Condition]:
    """What settles threads against, by name of the thread, where their messages say so."""
    return {
        thread_name(message.name, message.names): parse(bound(message.file.thread.fails, message.names))
        for message in messages
        if message.file.thread and message.file.thread.fails
    }


def settle(
    threads: Sequence[Thread],
    scene: Mapping[str, Scalar],
    session: date,
    fails: Mapping[str, Condition] = NONE,
) -> tuple[Thread, ...]:
    """Threads that today meets, fails or lets lapse; those that stay open are left out."""
    settled: list[Thread] = []
    for thread in threads:
        if thread.born >= session or any(thread.name == other.name for other in settled):
            continue
        if status := _status(thread, scene, session, fails.get(thread.name)):
            settled.append(replace(thread, status=status, settled=session))
    return tuple(settled)


def _status(thread: Thread, scene: Mapping[str, Scalar], session: date, fails: Condition | None) -> str:
    if parse(thread.predicate).holds(scene) is True:
        return "met"
    if fails is not None and fails.holds(scene) is True:
        return "failed"
    return "lapsed" if session >= thread.expires else ""


def told_of(settled: Sequence[Thread], session: date, ranks: Mapping[str, int] = NONE) -> dict[str, Scalar]:
    """Names of the scene for what became of threads: how many, and the one that prose may speak of.

    That is one of those that were met, else failed, else lapsed: of the highest rank by name of its message, the last
    opened.
    """
    scene: dict[str, Scalar] = {
        f"settled.{status}": float(sum(thread.status == status for thread in settled)) for status in STATUSES
    }
    if not settled:
        return scene

    def order(thread: Thread) -> tuple[int, int, int, str]:
        rank = ranks.get(thread.name.partition(":")[0], 1)
        return STATUSES.index(thread.status), -rank, -thread.born.toordinal(), thread.name

    foremost = min(settled, key=order)
    message, _, subject = foremost.name.partition(":")
    age = calendar.session_number(session) - calendar.session_number(foremost.born)
    scene.update({"settled.thread": message, "settled.status": foremost.status})
    scene.update({"settled.born_date": float(foremost.born.toordinal()), "settled.age": float(age)})
    return scene | ({"settled.subject": subject} if subject else {})


def ranks_of(messages: Iterable[Message]) -> dict[str, int]:
    """Rank of the thread that each message opens, by the message's name in its folder."""
    return {
        message.name.partition("/")[2]: message.file.thread.rank
        for message in messages
        if message.file.thread is not None
    }


def recalled(messages: Iterable[Message], memory: Memory, settled: Sequence[Thread]) -> frozenset[str]:
    """Messages whose image may return: the note that opened a thread met today printed it, and it has not yet."""
    births = {thread.born for thread in settled if thread.status == "met"}
    images = {message.name: message.file.recalls for message in messages if message.file.recalls}
    if not births or not images:
        return frozenset()
    printed: dict[str, set[date]] = {}
    first = min(births)
    for use in memory.uses:
        if use.session >= first:
            printed.setdefault(use.phrase.partition("#")[0], set()).add(use.session)
    return frozenset(
        name
        for name, image in images.items()
        if any(day in births and not _since(printed.get(name, ()), day) for day in printed.get(image, ()))
    )


def _since(days: Iterable[date], day: date) -> bool:
    return any(other > day for other in days)


def _after(session: date, count: int) -> date:
    for _ in range(count):
        session = calendar.next_session(session)
    return session
