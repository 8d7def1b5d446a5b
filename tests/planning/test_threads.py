"""Threads: opened as a predicate with frozen levels, settled by later sessions."""

from __future__ import annotations

from datetime import date

import pytest

from commentary.errors import CommentaryError
from commentary.model import Memory, PhraseUse, Thread
from commentary.planning.threads import failing, open_thread, ranks_of, recalled, settle, told_of
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


def test_what_settles_a_thread_against() -> None:
    asked = message("watch/regained", {"it": "gold"}, thread={**ASK, "fails": "it.move_z <= -1", "rank": 2})
    fails = failing([asked, message("watch/other")])
    day = date(2024, 8, 6)
    for move, status in ((-1.0, ["failed"]), (-0.9, []), (None, [])):
        scene = {"gold.level": 200.0} | ({} if move is None else {"gold.move_z": move})
        assert [thread.status for thread in settle([OPEN], scene, day, fails)] == status
    met = settle([OPEN], {"gold.level": 230.0, "gold.move_z": -1.0}, day, fails)
    assert [thread.status for thread in met] == ["met"]
    assert ranks_of([asked]) == {"regained": 2}


def test_prose_speaks_of_what_was_met_then_of_the_highest_rank_then_of_the_last() -> None:
    def settled(name: str, status: str, day: int) -> Thread:
        return Thread(name, "x", "1 > 0", date(2024, 8, day), date(2024, 8, 30), status, date(2024, 8, 9))

    older, newer = settled("range:gold", "met", 5), settled("range:silver", "met", 7)
    lapsed, high = settled("sp_200", "lapsed", 8), settled("haven", "met", 2)
    scene = told_of([lapsed, older, newer], date(2024, 8, 9))
    assert (scene["settled.met"], scene["settled.failed"], scene["settled.lapsed"]) == (2.0, 0.0, 1.0)
    assert (scene["settled.thread"], scene["settled.subject"]) == ("range", "silver")
    # born on Wednesday the 7th: two sessions before Friday
    assert (scene["settled.born_date"], scene["settled.age"]) == (float(date(2024, 8, 7).toordinal()), 2.0)
    ranked = told_of([lapsed, older, newer, high], date(2024, 8, 9), {"haven": 3, "sp_200": 9})
    assert ranked["settled.thread"] == "haven"
    assert "settled.subject" not in ranked
    assert set(told_of([], BORN)) == {"settled.met", "settled.failed", "settled.lapsed"}


def test_an_image_returns_once_and_only_from_the_note_that_asked() -> None:
    def use(phrase: str, day: int) -> PhraseUse:
        return PhraseUse(phrase, date(2024, 8, day), "rotation", "daily")

    back = message("yesterday/well", recalls="through/well")
    met = Thread("a", "x", "1 > 0", BORN, date(2024, 8, 9), "met", date(2024, 8, 7))
    lapsed = Thread("a", "x", "1 > 0", BORN, date(2024, 8, 9), "lapsed", date(2024, 8, 9))
    printed = Memory((use("through/well#deep", 5),))
    assert recalled([back], printed, [met]) == {"yesterday/well"}
    assert recalled([back], printed, [lapsed]) == frozenset()
    assert recalled([back], Memory((use("through/well#deep", 2),)), [met]) == frozenset()
    again = Memory((use("through/well#deep", 5), use("yesterday/well#up", 6)))
    assert recalled([back], again, [met]) == frozenset()
