"""Threads: opened as a predicate with frozen levels, settled by later sessions."""

from __future__ import annotations

from datetime import date

import pytest

from commentary.errors import CommentaryError
from commentary.model import Thread
from commentary.planning.threads import open_thread, settle
from tests.planning.made import message

BORN = date(2024, 8, 5)
ASK = {"title": "gold regains its level", "predicate": "it.level > [it.level]", "sessions": 3}
OPEN = Thread("regained:gold", "gold regains its level", "gold.level > 222.48", BORN, date(2024, 8, 8))


def test_levels_are_frozen_and_the_end_counts_sessions() -> None:
    opened = open_thread(message("watch/regained", {"it": "gold"}, thread=ASK), {"gold.level": 222.48}, BORN)
    assert opened == OPEN


def test_sessions_skip_the_weekend_and_the_holiday() -> None:
    # 2024-08-30 was the Friday before Labor Day: three sessions later is Thursday, 5 September.
    asked = message("watch/regained", {"it": "gold"}, thread=ASK)
    assert open_thread(asked, {"gold.level": 1.0}, date(2024, 8, 30)).expires == date(2024, 9, 5)


def test_a_level_that_is_missing_is_named() -> None:
    with pytest.raises(CommentaryError, match=r"watch/regained: thread level \[gold.level\] is missing"):
        open_thread(message("watch/regained", {"it": "gold"}, thread=ASK), {}, BORN)


@pytest.mark.parametrize(
    ("session", "level", "status"),
    [
        (date(2024, 8, 6), 230.0, "met"),
        (date(2024, 8, 6), 200.0, None),
        (date(2024, 8, 6), None, None),  # unknown is not failed
        (date(2024, 8, 8), 200.0, "lapsed"),
        (date(2024, 8, 8), None, "lapsed"),
        (date(2024, 8, 8), 230.0, "met"),  # the last session still counts
        (BORN, 230.0, None),  # the session that asked does not answer
    ],
)
def test_how_a_thread_is_settled(session: date, level: float | None, status: str | None) -> None:
    found = settle([OPEN], {} if level is None else {"gold.level": level}, session)
    assert [thread.status for thread in found] == ([status] if status else [])
    assert all(thread.settled == session for thread in found)
