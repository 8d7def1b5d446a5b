"""Threads: what would change the reading, opened in one note and settled in a later one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from commentary import calendar
from commentary.binding import bound
from commentary.conditions import Condition, parse
from commentary.errors import CommentaryError
from commentary.model import Scalar, Thread
from commentary.planning.messages import Message

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
    if message.file.thread is None:
        return True
    names = _LEVEL.findall(bound(message.file.thread.predicate, message.names))
    return all(isinstance(scene.get(name), float) for name in names)


def predicate_for(message: Message) -> Condition:
    """The predicate of a message's thread with its bracketed levels as names, as the linter reads it.

    Raises ConditionError for text outside the language, CommentaryError where the message opens no thread.
    """
    file = message.file.thread
    if file is None:
        raise CommentaryError(f"message {message.name} opens no thread")
    return parse(_LEVEL.sub(lambda match: match[1], bound(file.predicate, message.names)))


def settle(threads: Sequence[Thread], scene: Mapping[str, Scalar], session: date) -> tuple[Thread, ...]:
    """Threads that today meets or lets lapse; those that stay open are left out."""
    settled: list[Thread] = []
    for thread in threads:
        if thread.born >= session or any(thread.name == other.name for other in settled):
            continue
        if parse(thread.predicate).holds(scene) is True:
            settled.append(replace(thread, status="met", settled=session))
        elif session >= thread.expires:
            settled.append(replace(thread, status="lapsed", settled=session))
    return tuple(settled)


def _after(session: date, count: int) -> date:
    for _ in range(count):
        session = calendar.next_session(session)
    return session
