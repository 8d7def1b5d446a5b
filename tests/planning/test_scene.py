"""The scene: what conditions and slots may read, and what must stay absent."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentary.model import RULED, VERDICTS, GateLine
from commentary.planning.scene import SCOPE, build_scene
from tests.verdicts import SESSION, before, tape, verdict

LABELS = (*VERDICTS, *RULED)


def test_readings_verdict_and_dates_stand_side_by_side() -> None:
    scene = build_scene(tape({"gold.return_1d": -0.01}), verdict(tags=("led_by_credit",)), ())
    assert scene["gold.return_1d"] == -0.01
    assert scene["verdict"] == "forced_exit"
    assert scene["severity"] == 4.0
    assert scene["opposing_share"] == pytest.approx(2 / 10)
    assert scene["tag_led_by_credit"] == 1.0
    assert scene["calendar.date"] == float(SESSION.toordinal())
    # 2024-08-05 was a Monday: the sessions beside it are Friday's and Tuesday's.
    assert scene["calendar.date_prev"] == float(SESSION.toordinal() - 3)
    assert scene["calendar.date_next"] == float(SESSION.toordinal() + 1)


def test_the_narrowest_of_its_own_gates() -> None:
    gates = (
        GateLine("forced_exit", "a", True, 0.4),
        GateLine("forced_exit", "b", True, -0.1),
        GateLine("forced_exit", "c", True, None),
        GateLine("rotation", "d", True, 0.01),
        GateLine("forced_exit", "e", False, 0.02),
    )
    assert build_scene(tape({}), verdict(gates=gates), ())["gate_margin"] == 0.1
    assert "gate_margin" not in build_scene(tape({}), verdict(gates=gates[2:4]), ())


def test_what_is_not_known_is_absent() -> None:
    scene = build_scene(tape({}), verdict(phase="", worst_sleeve="", supporting=0.0, opposing=0.0), ())
    for name in (
        "phase",
        "worst_sleeve",
        "leader",
        "opposing_share",
        "yesterday.verdict",
        "yesterday.verdict_2",
    ):
        assert name not in scene
    assert "episode.sessions_since_forced" not in scene


def test_yesterday_and_the_run_of_its_label() -> None:
    scene = build_scene(tape({}), verdict(), before("quiet", "rotation", "rotation"))
    assert scene["yesterday.verdict"] == "rotation"
    assert scene["yesterday.verdict_2"] == "rotation"
    assert scene["yesterday.streak"] == 2.0
    assert scene["streak.verdict"] == 1.0


@pytest.mark.parametrize(
    ("label", "past", "day", "called"),
    [
        ("forced_exit", (), 1.0, "forced_exit"),
        ("forced_exit", ("quiet", "rotation"), 1.0, "forced_exit"),
        ("forced_exit", ("flight_to_safety", "quiet"), 3.0, "forced_exit"),
        ("relief_rally", ("flight_to_safety", "quiet"), 3.0, "flight_to_safety"),
        ("quiet", ("forced_exit", "quiet"), 3.0, "forced_exit"),
    ],
)
def test_days_of_an_episode(label: str, past: tuple[str, ...], day: float, called: str) -> None:
    severity = 4 if label == "forced_exit" else 0
    scene = build_scene(tape({}), verdict(label, severity=severity), before(*past))
    assert (scene["episode.day"], scene["episode.label"]) == (day, called)


def test_outside_an_episode_there_is_none_to_speak_of() -> None:
    scene = build_scene(tape({}), verdict("quiet", severity=0), before("forced_exit", *["quiet"] * 2))
    assert not [
        name for name in scene if name.startswith("episode.") and name != "episode.sessions_since_forced"
    ]


def test_sessions_since_a_forced_exit() -> None:
    scene = build_scene(tape({}), verdict(), before("forced_exit", "quiet", "quiet"))
    assert scene["episode.sessions_since_forced"] == 3.0


@given(st.sampled_from(LABELS), st.lists(st.sampled_from(LABELS), max_size=30))
def test_a_run_and_an_episode_fit_into_what_is_remembered(label: str, past: list[str]) -> None:
    scene = build_scene(tape({}), verdict(label), before(*past))
    assert 1 <= float(scene["streak.verdict"]) <= len(past) + 1
    assert 1 <= float(scene.get("episode.day", 1.0)) <= len(past) + 1
    assert set(scene) <= {*SCOPE}
