"""Episodes, counted by hand and over the four stretches of real bars."""

from __future__ import annotations

import os
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentary.auditing import episodes as audited
from commentary.auditing.proof import Proof, Vocabulary
from commentary.bank import Bank
from commentary.episode import (
    CALM,
    EASING,
    NAMES,
    REMEMBERED,
    ended,
    episode_names,
    is_stress,
    remembered,
    running,
)
from commentary.model import RULED, VERDICTS, PastSession
from commentary.tapes import Tapes
from tests.verdicts import verdict

BETWEEN = "undecided:flight_to_safety/forced_exit"
LETTERS = {"x": "forced_exit", "f": "flight_to_safety", "m": "mixed", ".": "quiet", "r": "relief_rally"}
START = date(2024, 1, 1)


def day(place: int, letter: str, severity: int, phase: str = "") -> PastSession:
    kind = BETWEEN if letter == "m" else "won"
    label = LETTERS[letter]
    return PastSession(START + timedelta(place), label, kind, 0.9, "quiet", severity, phase, "")


def days(text: str) -> list[PastSession]:
    """``x4`` is a forced exit of severity 4, ``f1`` a mild flight, ``m`` between the two, ``.`` quiet,
    ``r`` a session of relief."""
    found: list[PastSession] = []
    for part in text.split():
        severity = int(part[1:] or 0)
        found.append(day(len(found), part[0], severity, "relief" if part[0] == "r" else ""))
    return found


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("x1", 1),
        ("f2", 1),
        ("f1", 1),
        ("m", None),  # a day that nobody could tell opens none
        (". . .", None),
        ("x1 .", None),  # one session without stress ends what was of severity 1
        ("f1 f3", 2),
        ("f3 . .", 3),
        ("f3 . . .", None),
        ("x4 . . . .", 5),
        ("x4 . . . . .", None),
        ("x5 . . . . . .", 7),
        ("x5 . . . . . . .", None),
        ("f2 . f1 .", 4),  # mild stress carries on, and the gravest day sets how long
        ("f2 . m .", 4),
        ("f2 . . x4", 1),  # the first is over; this is another
        ("x4 f2 . . . .", 6),
    ],
)
def test_how_long_an_episode_runs(text: str, count: int | None) -> None:
    found = running(days(text))
    assert (found.day if found else None) == count


@pytest.mark.parametrize(
    ("text", "label", "first", "gravest"),
    [
        ("f2 . x1", "forced_exit", "flight_to_safety", 0),  # called by its forced day, however mild
        ("x2 f4 .", "forced_exit", "forced_exit", 1),
        ("f3 f2", "flight_to_safety", "flight_to_safety", 0),
        ("f3 f3", "flight_to_safety", "flight_to_safety", 0),  # the first of its highest severity
    ],
)
def test_what_an_episode_is_called(text: str, label: str, first: str, gravest: int) -> None:
    found = running(days(text))
    assert found is not None
    assert (found.label, found.first.label, (found.gravest.session - START).days) == (label, first, gravest)


def test_counts_of_an_episode() -> None:
    found = running(days("f2 x3 r . x2 ."))
    assert found is not None
    assert (found.forced, found.stressed, found.quiet, found.eased_by) == (2, 3, 1, "")


def test_what_eased_is_what_has_come_since_the_last_stress() -> None:
    sessions = days("x3 r .")
    names = episode_names(sessions[:-1], sessions[-1])
    assert names["episode.eased_by"] == "relief"
    assert "episode.eased_by" not in episode_names(sessions[:1], sessions[1]), "today is not yet known"
    again = days("x3 r f2 .")
    assert "episode.eased_by" not in episode_names(again[:-1], again[-1])


def test_the_session_after_an_episode_says_what_ended_it() -> None:
    sessions = days("x3 r . .")
    assert ended(sessions[:-1]) is None
    names = episode_names(sessions[:-1], sessions[-1])
    assert names == {
        "ended.label": "forced_exit",
        "ended.day": 3.0,
        "ended.forced_count": 1.0,
        "ended.first_date": float(START.toordinal()),
        "ended.last_date": float(START.toordinal()),
        "ended.eased_by": "relief",
    }
    assert episode_names(sessions, day(4, ".", 0)) == {}


def test_another_episode_may_open_as_one_ends() -> None:
    sessions = days("f2 . . x4")
    names = episode_names(sessions[:-1], sessions[-1])
    assert "ended.label" not in names, "it ended a session earlier"
    assert names["episode.day"] == 1.0


def test_an_episode_longer_than_memory_has_no_first_day() -> None:
    text = " ".join(["x5 . . . ."] * 30)
    sessions = days(text)
    names = episode_names(sessions[:-1], sessions[-1])
    assert names["episode.label"] == "forced_exit"
    assert not {"episode.day", "episode.first_date", "episode.first_label"} & set(names)


PARTS = st.sampled_from(["x1", "x3", "x5", "f1", "f2", "f4", "m", ".", ".", ".", "r"])


@given(st.lists(PARTS, min_size=1, max_size=60).map(" ".join).map(days))
def test_an_episode_holds_together(sessions: list[PastSession]) -> None:
    found = running(sessions)
    names = episode_names(sessions[:-1], sessions[-1])
    assert set(names) <= set(NAMES)
    assert ("episode.label" in names) == (found is not None)
    if found is None:
        return
    inside = sessions[-found.day :]
    assert inside[0] == found.first
    assert is_stress(found.first)
    assert found.stressed == sum(map(is_stress, inside))
    assert found.quiet < CALM[max(found.gravest.severity, 1) - 1]
    before = running(sessions[:-1])
    assert found.day == 1 or (
        before is not None and before.first == found.first and before.day == found.day - 1
    )


@given(st.lists(PARTS, min_size=1, max_size=40).map(" ".join).map(days))
def test_what_lies_before_a_long_calm_changes_nothing(sessions: list[PastSession]) -> None:
    calm = [day(-place, ".", 0) for place in range(10, 0, -1)]
    loud = [day(-11, "x", 5)]
    alone, after = running(sessions), running([*loud, *calm, *sessions])
    assert (alone is None) == (after is None)
    assert alone is None or after is None or (alone.first, alone.day) == (after.first, after.day)


@given(st.lists(PARTS, min_size=1, max_size=150).map(" ".join).map(days))
def test_the_auditor_counts_the_same(sessions: list[PastSession]) -> None:
    *before, today = sessions
    kept = tuple(before[-REMEMBERED:])
    judged = verdict(today.label, session=today.session, kind=today.kind, severity=today.severity)
    names = episode_names(kept, today)
    proof = Proof("", (), (), names, {}, Vocabulary({}), today.session, verdict=judged, before=kept)
    assert list(audited.named(proof)) == []


STRETCHES = (
    ("2008-09-12", "2008-10-20"),
    ("2020-02-20", "2020-03-31"),
    ("2024-07-22", "2024-08-12"),
    ("2025-04-01", "2025-04-22"),
)


@pytest.fixture(scope="module")
def judged(bank: Bank) -> dict[str, list[PastSession]]:
    if "COMMENTARY_MARKET_DATA" not in os.environ:
        pytest.skip("COMMENTARY_MARKET_DATA is not set")
    tapes = Tapes.open(os.environ["COMMENTARY_MARKET_DATA"], bank)
    return {
        first: [
            remembered(each)
            for each in tapes.judged(date.fromisoformat(first) - timedelta(200), date.fromisoformat(last))
        ]
        for first, last in STRETCHES
    }


@pytest.mark.market
@pytest.mark.parametrize(("first", "last"), STRETCHES)
def test_a_stretch_is_told_as_one_episode(
    first: str, last: str, judged: dict[str, list[PastSession]]
) -> None:
    """What a strategist would insist on, whatever the label of a single day."""
    sessions = judged[first]
    start = next(place for place, each in enumerate(sessions) if each.session >= date.fromisoformat(first))
    found = {place: running(sessions[: place + 1]) for place in range(start, len(sessions))}
    inside = {place: episode for place, episode in found.items() if episode}
    grave = [place for place in inside if sessions[place].severity >= 4]
    assert grave, "the stretch has days of severity 4"
    firsts = {inside[place].first.session for place in grave}
    assert len(firsts) == 1, "its grave days belong to one episode"
    (begun,) = firsts
    run = [place for place, episode in inside.items() if episode.first.session == begun]
    assert [inside[place].day for place in run] == [*range(inside[run[0]].day, inside[run[0]].day + len(run))]
    assert run == [*range(run[0], run[-1] + 1)], "no session of it stands outside"
    assert {inside[place].label for place in run[run.index(grave[0]) :]} <= {
        "forced_exit",
        "flight_to_safety",
    }
    phases = [sessions[place].phase for place in run]
    assert all(phases), "every session of an episode has a phase"
    assert phases.count("onset") == (inside[run[0]].day == 1)
    assert (phases[0] == "onset") == (inside[run[0]].day == 1)
    assert any(phase in EASING for phase in phases[run.index(grave[0]) :]), "relief or exhaustion follows"
    assert date.fromisoformat(first) - timedelta(14) <= begun <= sessions[grave[0]].session


@pytest.mark.market
@pytest.mark.parametrize("first", [first for first, _ in STRETCHES])
def test_phases_fit_the_labels(first: str, judged: dict[str, list[PastSession]]) -> None:
    sessions = judged[first]
    for place, each in enumerate(sessions[REMEMBERED:], start=REMEMBERED):
        episode = running(sessions[max(place - REMEMBERED, 0) : place + 1])
        if each.phase == "onset":
            assert episode is not None and episode.day == 1
        if each.phase == "cascade":
            assert each.label == "forced_exit" and episode is not None and episode.day > 1
        if each.phase == "strain":
            assert is_stress(each) and each.label != "forced_exit"
        if each.phase == "relief":
            assert each.label == "relief_rally"
        if each.phase in ("aftermath", "unresolved"):
            assert not is_stress(each) and episode is not None
        if episode is None:
            assert each.phase in ("", "relief")
        assert each.label in (*VERDICTS, *RULED)
